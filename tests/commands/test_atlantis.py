"""`--format atlantis`: one line that has the letters `fail` exactly where the exit status is not 0."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

RECORDINGS = Path(__file__).parents[1] / "recordings" / "terraform"
GOOD = RECORDINGS / "terraform-basic-create" / "plan.json"
BAD = RECORDINGS / "tofu-misarea" / "plan.json"


def run(*arguments, cwd):
    """The command as a pipeline calls it."""
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    return subprocess.run(
        [sys.executable, "-m", "cenguard", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def named_failover(source, folder):
    """A plan in which a package, an instance and the file itself have the letters in their names."""
    path = folder / "failover.json"
    path.write_text(source.read_text("utf-8").replace('"core"', '"failover"').replace(".core", ".failover"), "utf-8")
    return path


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ((GOOD,), 0),
        ((BAD,), 1),
        ((BAD, "--fail-on", "never"), 0),
        ((GOOD, "--fail-on", "advisory"), 1),
        (("nothing-here.json",), 2),
        ((GOOD, "--select", "CEN999"), 2),
        ((GOOD, "--no-such-option"), 2),
        ((BAD, "--new", "--fail-on", "sometimes"), 2),
    ],
    ids=["right", "wrong", "nothing fails", "an advisory one fails", "no file", "no rule", "no option", "no word"],
)
def test_the_letters_are_there_exactly_where_the_status_is_not_0(tmp_path, arguments, status):
    done = run("check", *arguments, "--format", "atlantis", cwd=tmp_path)

    assert done.returncode == status, done.stderr
    assert done.stdout.startswith("cenguard: ")
    assert done.stdout.count("\n") == 1
    assert ("fail" in done.stdout.lower()) == (status != 0)
    assert status or not done.stderr  # Atlantis reads both


@pytest.mark.parametrize(("source", "status"), [(GOOD, 0), (BAD, 1)], ids=["right", "wrong"])
def test_no_name_of_the_input_brings_the_letters(tmp_path, source, status):
    path = named_failover(source, tmp_path)
    done = run("check", path, "--format=atlantis", "-o", "json=failover.report.json", cwd=tmp_path)

    assert done.returncode == status
    assert ("fail" in done.stdout.lower()) == bool(status)
    assert "failover" not in done.stdout
    assert "failover" in (tmp_path / "failover.report.json").read_text("utf-8")


def test_the_reports_of_several_jobs_have_one_verdict(tmp_path):
    for name, source in (("a", GOOD), ("b", BAD)):
        run("check", source, "--format", "json", "-o", f"json={name}.json", cwd=tmp_path)
    assert json.loads((tmp_path / "b.json").read_text("utf-8"))["summary"]["mandatory"]

    passed = run("report", "a.json", "b.json", "--format", "atlantis", cwd=tmp_path)
    failed = run("report", "a.json", "b.json", "--format", "atlantis", "--fail-on", "mandatory", cwd=tmp_path)
    assert (passed.returncode, "fail" in passed.stdout) == (0, False)
    assert (failed.returncode, "fail" in failed.stdout) == (1, True)


def test_it_is_printed_and_no_file(tmp_path):
    done = run("check", GOOD, "-o", "atlantis=verdict.txt", cwd=tmp_path)

    assert done.returncode == 2
    assert "no format 'atlantis'" in done.stderr
