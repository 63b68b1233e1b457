"""Levels of what cenguard says of the check itself: settings change them as they change those of rules."""

import json

import pytest

from cenguard.rules.tool_levels import TOOL_FINDINGS
from cenguard.rules.tool_pages import TOOL_PAGES
from tests.commands.test_cli import BAD, run

UNUSED = '[[waiver]]\nrule = "CEN201"\nresource = "gone"\nreason = "lab"\nowner = "net-team"\nexpires = 2999-01-01\n'
OVER = '[[waiver]]\nrule = "CEN203"\nreason = "lab"\nowner = "net-team"\nexpires = 2020-01-01\n'
MISSING = 'expect = ["other"]\n'
OLD = 'inventory = "old.toml"\n'
"""An inventory of 2020, on whose package a finding rests."""


def said(tmp_path, code, text, document=BAD):
    """Exit status, and levels of a code with what fails for nothing else."""
    tmp_path.joinpath("preview.json").write_bytes(document.read_bytes())
    tmp_path.joinpath("cenguard.toml").write_text(text)
    done = run("check", "preview.json", "--select", "CEN219", "--format", "json", "--today", "2026-11-29", cwd=tmp_path)
    return done.returncode, [item["level"] for item in json.loads(done.stdout)["findings"] if item["rule"] == code]


@pytest.mark.parametrize(
    ("code", "name", "text", "default"),
    [
        ("CEN902", "expired-waiver", OVER, "advisory"),
        ("CEN903", "unused-waiver", UNUSED.replace("CEN201", "CEN219"), "advisory"),
        ("CEN906", "expected-instance-missing", MISSING, "mandatory"),
    ],
)
@pytest.mark.parametrize("level", ["mandatory", "advisory", "disabled"])
def test_a_level_in_the_settings(tmp_path, code, name, text, default, level):
    assert said(tmp_path, code, text) == (int(default == "mandatory"), [default])

    for word in (f'{code} = "{level}"', f'[rules.{name}]\nlevel = "{level}"'):
        table = word if word.startswith("[") else f"[rules]\n{word}"
        top = "" if text.startswith("[[") else text
        status, levels = said(tmp_path, code, f"{top}{table}\n{'' if top else text}")

        assert levels == ([] if level == "disabled" else [level])
        assert status == int(level == "mandatory")


def test_an_unknown_setting_can_fail(tmp_path):
    (tmp_path / "org.toml").write_text('[rules]\nunknown-setting = "mandatory"\nCEN219 = "mandatory"\n')
    text = 'extends = "org.toml"\n[rules]\nCEN219 = "disabled"\n'

    assert said(tmp_path, "CEN905", text) == (1, ["mandatory"])


def test_a_team_makes_none_milder(tmp_path):
    (tmp_path / "org.toml").write_text("")
    text = 'extends = "org.toml"\n' + MISSING + '[rules]\nCEN906 = "advisory"\nunused-waiver = "mandatory"\n' + UNUSED

    assert said(tmp_path, "CEN906", text) == (1, ["mandatory"])
    assert said(tmp_path, "CEN905", text) == (1, ["advisory"])  # says so


def test_names_are_those_of_their_pages():
    assert {code: item.name for code, item in TOOL_FINDINGS.items()} == {code: TOOL_PAGES[code][0] for code in TOOL_FINDINGS}
    assert set(TOOL_PAGES) - set(TOOL_FINDINGS) == {"CEN901", "CEN904"}
