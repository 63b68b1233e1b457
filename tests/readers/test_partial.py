"""Documents that show less, or more, than the network: recorded ones, each with the answer it deserves.

`answer.json` holds the command and what its answer must have; `also` holds further commands on the same folder.
"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cenguard.commands.cli import main

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[1] / "recordings" / "partial").glob("*/answer.json"))
ABSENT = object()


def questions():
    for folder in FOLDERS:
        answer = json.loads((folder / "answer.json").read_text())
        for index, item in enumerate([answer, *answer.get("also", [])]):
            yield pytest.param(folder, item["command"], item["expect"], id=f"{folder.name}-{index}")


@pytest.mark.parametrize(("folder", "command", "expected"), [*questions()])
def test_a_recorded_document_has_its_answer(folder, command, expected, monkeypatch):
    monkeypatch.chdir(folder)
    wants_json = "--format" not in command
    result = CliRunner().invoke(main, [*command, "--format", "json"] if wants_json else command)

    assert result.exit_code == expected["status"], result.output
    said = " ".join(result.stdout.split())
    for text in expected.get("stdout_lacks", ()):
        assert text not in said
    for text in expected.get("stdout_has", ()):
        assert any(word in said for word in ([text] if isinstance(text, str) else text))
    if wants_json:
        agrees(json.loads(result.stdout), expected)


def agrees(report, expected):
    violated = [item for item in report["findings"] if item["verdict"] == "violated"]
    for item in expected.get("violated", ()):
        wanted = {"rule": item} if isinstance(item, str) else item
        found = [one for one in violated if all(one[key] == value for key, value in wanted.items() if key != "count")]
        assert len(found) == wanted["count"] if "count" in wanted else found, (wanted, [one["rule"] for one in violated])
    assert not {item["rule"] for item in report["findings"]} & set(expected.get("never", ()))
    assert not {item["rule"] for item in violated} & set(expected.get("never_violated", ()))
    if "mandatory" in expected:
        assert sorted(item["rule"] for item in violated if item["level"] == "mandatory") == sorted(expected["mandatory"])
    for path, wanted in expected.get("json", {}).items():
        found = at(report, path)
        assert found != wanted["not"] if isinstance(wanted, dict) else found == wanted, (path, found)


def at(value, path):
    """A value by its path: keys, numbers, `key=value` of a list's item (a list's own items joined by commas), `#` for how many."""
    for part in path.split("/"):
        if part == "#":
            value = len(value)
        elif isinstance(value, list) and "=" in part:
            key, _, wanted = part.partition("=")
            value = next(item for item in value if ",".join(item[key]) == wanted)
        elif isinstance(value, list):
            value = value[int(part)] if int(part) < len(value) else ABSENT
        else:
            value = value[part]
    return value
