"""`cenguard init --agents`: a skill, and a section that is replaced as a whole; nothing else in a repository changes."""

import json
import re

import pytest
import yaml

from tests.commands.test_cli import ROOT, run

SKILL = ".agents/skills/cenguard/SKILL.md"


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_skill_says_who_it_is_and_when_to_use_it_in_less_than_150_lines(tmp_path):
    assert run("init", tmp_path, "--agents").returncode == 0
    assert list(files(tmp_path)) == [SKILL]
    text = (tmp_path / SKILL).read_text()
    head = yaml.safe_load(text.split("---\n")[1])

    assert head["name"] == "cenguard"
    assert "Use it whenever" in head["description"]
    assert len(head["description"]) <= 1024
    assert text.count("\n") < 150


def test_every_command_option_key_and_code_that_the_skill_names_is_there(tmp_path):
    run("init", tmp_path, "--agents")
    text = (tmp_path / SKILL).read_text()
    commands = {}
    for name, rest in re.findall(r"`cenguard (\w+)([^`]*)`", text):
        commands.setdefault(name, set()).update(re.findall(r"--[a-z-]+", rest))
    keys = json.loads((ROOT / "docs" / "report.schema.json").read_text())["properties"]

    assert {"check", "fix", "explain", "needs", "rules", "inventory", "mcp"} <= set(commands)
    for name, options in commands.items():
        help_text = run(name, "--help").stdout.decode()
        assert help_text.startswith("Usage"), name
        assert all(option in help_text for option in options), (name, options)
    for key in ("summary", "findings", "purchases", "traffic", "cuts", "pairs"):
        assert f"`{key}" in text
        assert key in keys


def test_a_section_comes_into_an_agents_file_and_is_replaced_the_next_time(tmp_path):
    before = "# Ours\r\n\r\nNo end of line"
    agents = tmp_path / "AGENTS.md"
    agents.write_bytes(before.encode())
    run("init", tmp_path, "--agents")
    once = agents.read_bytes().decode()
    agents.write_bytes((once.replace("never lower a level", "OLD") + "\r\n## Below\r\n").encode())
    run("init", tmp_path, "--agents")
    twice = agents.read_bytes().decode()

    assert once.startswith(before)
    assert "\n" not in once.replace("\r\n", "")
    assert once.count("cenguard: end") == 1
    assert twice == once + "\r\n## Below\r\n"
    again = run("init", tmp_path, "--agents")
    assert agents.read_bytes().decode() == twice
    assert "written" not in again.stdout.decode()


def test_a_link_stays_a_link_and_a_skill_that_is_somebodys_own_stays(tmp_path):
    (tmp_path / "CLAUDE.md").write_text("x\n")
    (tmp_path / "AGENTS.md").symlink_to("CLAUDE.md")
    (tmp_path / SKILL).parent.mkdir(parents=True)
    (tmp_path / SKILL).write_text("ours\n")
    done = run("init", tmp_path, "--agents")

    assert (tmp_path / "AGENTS.md").is_symlink()
    assert "cenguard check" in (tmp_path / "CLAUDE.md").read_text()
    assert (tmp_path / SKILL).read_text() == "ours\n"
    assert "kept" in done.stdout.decode()


@pytest.mark.parametrize(
    "content",
    [
        b"<!-- cenguard: written by x -->\n",
        b"<!-- cenguard: end -->\n<!-- cenguard: written by x -->\n",
        b"<!-- cenguard: written by a -->\n<!-- cenguard: end -->\n<!-- cenguard: written by a -->\n<!-- cenguard: end -->\n",
        b"\xff\xfe\xff",
    ],
)
def test_marks_that_are_not_whole_are_refused_and_nothing_is_written(tmp_path, content):
    (tmp_path / "AGENTS.md").write_bytes(content)
    done = run("init", tmp_path, "--agents")

    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert files(tmp_path) == {"AGENTS.md": content}
