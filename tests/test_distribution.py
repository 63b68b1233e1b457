"""The wheel holds what it needs and runs outside the checkout."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

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
    assert (unpacked / "cenguard_components" / "py.typed").exists()
    assert sorted(path.name for path in (unpacked / "cenguard" / "geography" / "editions").glob("*.json")) == [
        "areas-2019-01.json",
        "areas-2026-03.json",
    ]
    assert sorted(path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")) == [
        "cenguard",
        "cenguard_components",
    ]


def test_each_pinned_version_installs_on_the_oldest_python_we_name():
    (oldest,) = SpecifierSet(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"])
    assert oldest.operator == ">="
    wanted = {item.name: item.metadata.get("Requires-Python") or "" for item in metadata.distributions()}

    assert {name: python for name, python in wanted.items() if not SpecifierSet(python).contains(f"{oldest.version}.0")} == {}


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

    assert "cenguard-pack = cenguard.pack.serve:main" in (information / "entry_points.txt").read_text()
    assert "cenguard = cenguard.commands.cli:main" in (information / "entry_points.txt").read_text()
    metadata = (information / "METADATA").read_text()
    assert {"Provides-Extra: components", "Provides-Extra: pulumi"} <= set(metadata.splitlines())


@pytest.fixture(scope="module")
def installed(unpacked, tmp_path_factory):
    """The interpreter of a fresh environment that holds the wheel, and finds what it needs where the tests have it."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    (packages,) = folder.glob("lib/*/site-packages")
    for path in unpacked.iterdir():
        shutil.copytree(path, packages / path.name)
    # A path file of another environment is not followed: its own cenguard, the checkout, is not found by this.
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "python"


def run_installed(installed, *arguments, cwd):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [installed, "-P", *arguments], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_the_components_are_imported_in_any_folder(installed, tmp_path):
    probe = "import cenguard, cenguard_components as made; print(made.__file__, cenguard.__file__, made.CenNetwork.__name__)"
    done = run_installed(installed, "-c", probe, cwd=tmp_path)

    assert done.stdout.count(str(installed.parents[1])) == 2, done.stderr
    assert done.stdout.endswith("CenNetwork\n")


@pytest.mark.parametrize("name", ["china-america-component", "global", "leased-line-as-vpc", "missing-package"])
def test_a_copied_example_is_checked_as_its_page_says(installed, tmp_path, name):
    page = (ROOT / "examples" / name / "README.md").read_text("utf-8")
    ((status, text),) = re.findall(
        r"`cenguard check examples/[\w-]+` ends with status (\d):\n\n```text\n(.*?)```", page, re.DOTALL
    )
    shutil.copytree(ROOT / "examples" / name, tmp_path / name)
    done = run_installed(installed, "-m", "cenguard", "check", cwd=tmp_path / name)

    assert done.returncode == int(status), done.stderr
    assert done.stdout.splitlines()[-1] == text.splitlines()[-1]
    assert re.findall(r"CEN\d+", done.stdout) == re.findall(r"CEN\d+", text)
