"""A report takes its place when it is whole: a disk without room leaves what was there before."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cenguard.commands.inventory import refuse_to_write_over
from cenguard.text.toml_text import write_over
from tests.commands.test_cli import run
from tests.fleet.fleets import write_fleet

RECORDINGS = Path(__file__).parents[1] / "recordings"
EXPORT = RECORDINGS / "basic-create" / "export-after-up.json"
EDITIONS = Path(__file__).parents[2] / "cenguard" / "geography" / "editions"

BEGUN = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); from cenguard.commands.cli import main; main()"


@pytest.mark.parametrize("command", ["check", "audit"])
def test_a_disk_without_room_leaves_the_report_that_was_there(tmp_path, command):
    root = write_fleet(tmp_path / "fleet", instances=3)
    given = [root / "net/core-0.json", root / "apps/shop-0.json"] if command == "check" else [root, "--workers", "1"]
    place = tmp_path / "out/report.json"
    place.parent.mkdir()

    def run(most):
        script = [
            sys.executable,
            "-c",
            BEGUN.format(most),
            command,
            *map(str, given),
            "--fail-on",
            "never",
            "--quiet",
            "-o",
            f"json={place}",
        ]
        return subprocess.run(script, check=False, capture_output=True, text=True, timeout=60)

    assert run(1 << 30).returncode == 0
    whole = place.read_bytes()
    place.chmod(0o640)
    assert run(1 << 30).returncode == 0
    assert (place.stat().st_mode & 0o777, place.read_bytes()) == (0o640, whole)

    told = run(len(whole) - 1000)

    assert told.returncode == 2
    assert told.stderr.splitlines()[-1] == f"cenguard: {place}: cannot be written: File too large"
    assert place.read_bytes() == whole
    assert list(place.parent.iterdir()) == [place]


def test_a_report_goes_to_what_a_link_leads_to_and_to_a_device(tmp_path):
    root = write_fleet(tmp_path / "fleet", instances=1)
    (tmp_path / "link.json").symlink_to("real.json")

    script = [
        sys.executable,
        "-m",
        "cenguard",
        "audit",
        str(root),
        "--workers",
        "1",
        "--quiet",
        "-o",
        f"json={tmp_path}/link.json",
    ]
    told = subprocess.run([*script, "-o", "markdown=/dev/stdout"], check=False, capture_output=True, text=True, timeout=60)

    assert "cenguard audit:" in told.stdout
    assert (tmp_path / "link.json").is_symlink()
    assert Path(tmp_path / "real.json").read_text().startswith("{")


@pytest.fixture
def device(tmp_path):
    """Something that takes what is written and keeps nothing, such as /dev/null: a pipe by its name, with who reads it."""
    place = tmp_path / "device"
    os.mkfifo(place)
    reader = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
    yield place, lambda: os.read(reader, 1 << 16).decode()
    os.close(reader)


def export(folder):
    place = folder / "export.json"
    place.write_bytes((RECORDINGS / "basic-create/export-after-up.json").read_bytes())
    return place


def test_no_file_takes_the_place_of_a_device(tmp_path, device):
    place, said = device
    for command in (["anonymise"], ["inventory"]):
        done = run(*command, export(tmp_path), "-o", place)
        assert (done.returncode, said()[:1] in "{#") == (0, True), done.stderr
        assert stat.S_ISFIFO(place.lstat().st_mode)


def test_what_is_written_over_keeps_its_link_and_its_mode(tmp_path):
    real, link = tmp_path / "real.toml", tmp_path / "link.toml"
    assert run("inventory", export(tmp_path), "-o", real).returncode == 0
    real.chmod(0o640)
    link.symlink_to("real.toml")
    real.write_text(real.read_text().replace("bandwidth = 5", "bandwidth = 6"))

    assert run("inventory", export(tmp_path), "-o", link).returncode == 0
    assert link.is_symlink()
    assert "bandwidth = 5" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o640


def test_what_is_open_already_is_added_to(capfd):
    """`cenguard check … -o json=/dev/stdout >> log` emptied the log, whose place a new file took."""
    os.write(1, b"before ")
    refuse_to_write_over(Path("/dev/stdout"))  # nothing of it is lost
    write_over(Path("/dev/stdout"), "the report")
    os.write(1, b" after")

    assert capfd.readouterr().out == "before the report after"


@pytest.mark.parametrize("file", ["organisation.toml", "waivers.toml", "areas.json"])
def test_what_settings_name_is_not_written_over(tmp_path, file):
    """The team's waivers were a report, and the next check refused them."""
    row = 'rule = "CEN201"\nresource = "lab"\nreason = "lab"\nowner = "net"\nexpires = 2099-01-31\n'
    (tmp_path / "waivers.toml").write_text(f"[[waiver]]\n{row}")
    (tmp_path / "areas.json").write_text((EDITIONS / "areas-2026-03.json").read_text())
    (tmp_path / "organisation.toml").write_text('waivers = "waivers.toml"\nareas = "areas.json"\n')
    (tmp_path / "cenguard.toml").write_text('extends = "organisation.toml"\n')
    before = (tmp_path / file).read_text()
    done = run("check", export(tmp_path), "--settings", tmp_path / "cenguard.toml", "-o", f"json={tmp_path / file}")

    assert (done.returncode, "is read here, and is not written over" in done.stderr.decode()) == (2, True)
    assert (tmp_path / file).read_text() == before


def test_one_file_takes_one_format(tmp_path):
    """Settings and options may name the same one."""
    (tmp_path / "cenguard.toml").write_text('[output]\njson = "told"\n')
    given = ["check", export(tmp_path), "--settings", tmp_path / "cenguard.toml", "-o"]
    done = run(*given, f"sarif={tmp_path / 'told'}")
    assert (done.returncode, "is given for two formats" in done.stderr.decode()) == (2, True)

    assert run(*given, f"json={tmp_path / 'told'}").returncode == 0
    (tmp_path / "cenguard.toml").write_text('[output]\njson = "told"\nsarif = "told"\n')
    assert run(*given, f"markdown={tmp_path / 'comment.md'}").returncode == 2


def test_a_disk_without_room_leaves_no_half_of_what_init_writes(tmp_path):
    # -B: what Python keeps of a module would be cut short too
    script = [sys.executable, "-B", "-c", BEGUN.format(300), "init", str(tmp_path), "--ci", "github", "--pack", "executable"]
    done = subprocess.run(script, check=False, capture_output=True, text=True, timeout=60)

    assert (done.returncode, "cannot be written: File too large" in done.stderr) == (2, True)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.skipif(os.name == "nt", reason="there a pipe that nobody reads ends otherwise")
@pytest.mark.parametrize(
    ("stream", "arguments", "status"),
    [
        ("stdout", ["init", "."], 0),
        ("stderr", ["check", "--nonsense"], 2),
        ("stderr", ["inventory", EXPORT, "-o", "net.toml"], 0),
    ],
)
def test_a_pipe_that_nobody_reads_changes_neither_the_status_nor_what_is_written(tmp_path, stream, arguments, status):
    """`cenguard init | head -1` wrote half of the files; a wrong option was status 0, and what went well status 1."""
    reading, writing = os.pipe()
    os.close(reading)
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: writing}
    done = subprocess.run([sys.executable, "-m", "cenguard", *map(str, arguments)], cwd=tmp_path, check=False, **streams)
    os.close(writing)

    assert done.returncode == status
    wanted = {"init": {"cenguard.toml", "policy_pack"}, "check": set(), "inventory": {"net.toml"}}
    assert {item.name for item in tmp_path.iterdir()} == wanted[arguments[0]]
