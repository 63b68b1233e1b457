"""Commands whose answer has no head say on standard error what a document leaves out."""

import json

import pytest
from click.testing import CliRunner

from cenguard.commands.cli import main
from tests.readers.documents import RECORDINGS

TARGETED = RECORDINGS / "partial" / "target-limit-only" / "preview.json"
WHOLE = RECORDINGS / "basic-unchanged" / "preview.json"
LEFT_OUT = "left out by --target or --exclude"
ASKED = {
    "explain": ("--from", "cn-beijing", "--to", "us-west-1", "--format", "json"),
    "map": ("--format", "json"),
    "upgrade": ("--format", "json"),
    "fix": ("--format", "json"),
}


@pytest.mark.parametrize("command", ASKED)
def test_what_a_target_leaves_out_is_said_beside_the_answer(command):
    done = CliRunner().invoke(main, [command, str(TARGETED), *ASKED[command]])

    assert json.loads(done.stdout)
    (line,) = (line for line in done.stderr.splitlines() if LEFT_OUT in line)
    assert line.startswith(f"note: {TARGETED}: ")
    assert "to judge the whole program" in line


@pytest.mark.parametrize("command", ASKED)
def test_of_a_whole_document_nothing_is_said(command):
    done = CliRunner().invoke(main, [command, str(WHOLE), *ASKED[command]])

    assert json.loads(done.stdout)
    assert not done.stderr


def test_waivers_of_a_targeted_document_say_what_they_were_taken_from(tmp_path):
    given = ["waivers", "--from", str(TARGETED), "--until", "2100-01-01", "-o", str(tmp_path / "waivers.toml")]

    assert LEFT_OUT in CliRunner().invoke(main, given).stderr


def test_a_refusal_stays_one_line():
    done = CliRunner().invoke(main, ["explain", str(TARGETED), "--from", "cn-beijing", "--to", "cn-nowhere"])

    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
