"""What other systems read from this repository: the action, the template, the hooks; and completion of the shell."""

import re
from pathlib import Path

import click
import pytest
import yaml

from cenguard.commands.cli import main
from tests.commands.test_cli import run

ROOT = Path(__file__).parents[2]


def test_no_input_of_the_action_becomes_text_of_a_script():
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))

    assert action["runs"]["using"] == "composite"
    for step in action["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_every_option_of_the_plugs_is_one_of_the_command():
    known = run("check", "--help").stdout.decode()

    for name in ("--fail-on", "--format", "--new", "--settings", "--base", "-o"):
        assert name in known


def test_the_template_declares_its_inputs():
    spec, jobs = yaml.safe_load_all((ROOT / "templates" / "check.yml").read_text("utf-8"))
    text = (ROOT / "templates" / "check.yml").read_text("utf-8")

    for name in spec["spec"]["inputs"]:
        assert f"$[[ inputs.{name} ]]" in text
    assert jobs["cenguard"]["artifacts"]["reports"] == {
        "codequality": "gl-code-quality-report.json",
        "junit": "cenguard.xml",
        "dotenv": "cenguard.env",
    }


def test_the_hooks_run_the_command():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))

    assert {item["id"]: item["entry"] for item in hooks} == dict.fromkeys(
        ("cenguard", "cenguard-system", "cenguard-terraform"), "cenguard check"
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_of_a_shell(shell):
    done = run(env={"_CENGUARD_COMPLETE": f"{shell}_source"})

    assert "cenguard" in done.stdout.decode() or shell == "bash"


def test_completion_knows_the_commands():
    done = run(env={"_CENGUARD_COMPLETE": "zsh_complete", "COMP_WORDS": "cenguard m", "COMP_CWORD": "1"})

    assert "map" in done.stdout.decode()


def test_completion_knows_where_a_file_may_stand():
    context = click.Context(main)
    commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    called = [
        (name, parameter, parameter.metavar or parameter.type.name.upper())
        for name, command in commands.items()
        for parameter in command.params
    ]
    wanted = [
        (name, item)
        for name, item, word in called
        if re.search("SOURCE|JSON|URL|DOCUMENT|FILE|PATH|DIR", word) and "=" not in word
    ]

    assert {name for name, _ in wanted} == commands.keys() - {"lsp"}
    for name, parameter in wanted:
        found = parameter.shell_complete(click.Context(commands[name]), "pre")
        assert [(item.type, item.value) for item in found] == [("file", "pre")], (name, parameter.name)


def test_every_command_is_told_in_a_whole_line():
    lines = run("--help").stdout.decode().split("Commands:\n")[1].splitlines()

    assert [line.split()[0] for line in lines] == main.list_commands(click.Context(main))
    assert [line for line in lines if line.endswith("...") or not line.endswith(".")] == []
