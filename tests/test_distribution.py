"""The wheel holds what it needs and runs outside the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = folder.glob("cenguard-*.whl")
    target = folder / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def test_it_holds_the_data_and_the_mark_of_types_and_nothing_else(unpacked):
    assert (unpacked / "cenguard" / "py.typed").exists()
    assert sorted(path.name for path in (unpacked / "cenguard" / "geography" / "editions").glob("*.json")) == [
        "areas-2019-01.json",
        "areas-2026-03.json",
    ]
    assert sorted(path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")) == [
        "cenguard",
        "cenguard_components",
    ]


def test_the_command_runs_from_it(unpacked, tmp_path):
    document = ROOT / "tests" / "recordings" / "basic-delete-package" / "preview.json"
    probe = "import cenguard, sys; print(cenguard.__file__, file=sys.stderr); from cenguard.commands.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", probe, "check", str(document)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
    )

    assert str(unpacked) in done.stderr
    assert done.returncode == 1
    assert "CEN201" in done.stdout


def test_its_metadata_names_the_command_and_the_extras(unpacked):
    (information,) = unpacked.glob("*.dist-info")

    assert "cenguard = cenguard.commands.cli:main" in (information / "entry_points.txt").read_text()
    metadata = (information / "METADATA").read_text()
    assert {"Provides-Extra: components", "Provides-Extra: pulumi"} <= set(metadata.splitlines())
