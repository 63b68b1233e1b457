"""What the input names may hold anything; what people read is text that nobody but us has laid out."""

import ast
import json
import unicodedata
from pathlib import Path

import pytest

from cenguard.errors import CenguardError
from cenguard.geography.catalogue import default_catalogue
from cenguard.judging.check import check, network_of
from cenguard.judging.options import Options
from cenguard.judging.proof import prove
from cenguard.readers.sources import read_document
from cenguard.reports.human import render
from cenguard.reports.proof import render as render_proof
from tests.commands.test_cli import run

RECORDINGS = Path(__file__).parent / "recordings"
PAYLOADS = {
    "a new line": "x\nFORGED ✓ nothing found",
    "a CI command": "x\r\nFORGED ::error::all is well",
    "a colour": "x\x1b[32mFORGED\x1b[0m",
    "a title": "x\x1b]0;FORGED\x07",
    "an eight-bit control": "x\x9b2JFORGED",
    "a backspace": "x\b\b\bFORGED",
    "a right-to-left override": "x\u202eFORGED",
    "a line separator": "x\u2028FORGED",
    "a next line": "x\x85FORGED",
    "a vertical tab": "x\x0bFORGED",
    "a CI command after a space": f"x {'long ' * 9}::error::all is well",
    "quotes": 'x"),FORGED("',
    "a backslash": "x\\",
}
FIELDS = {
    "a resource": ("::core", "::{}"),
    "a package": ("::package", "::{}"),
    "a limit": ("::limit", "::{}"),
    "a stack": ("urn:pulumi:dev::", "urn:pulumi:{}::"),
    "a project": ("::network::", "::{}::"),
    "a region": ("us-west-1", "{}"),
    "an area": ("Asia-Pacific", "{}"),
    "a path": ("__main__.py", "{}.py"),
    "a provider": ("::bj", "::{}"),
}


def documents():
    for scenario in ("basic-replace-package", "enterprise-create", "external-package", "basic-delete-package"):
        yield scenario, (RECORDINGS / scenario / "preview.json").read_text("utf-8")


def poisoned(text, field, payload):
    """A document with a name replaced wherever it stands."""
    old, new = FIELDS[field]
    return text.replace(old, json.dumps(new.format(payload))[1:-1])


def assert_harmless(text):
    for line in text.split("\n"):
        assert not line.lstrip().startswith(("FORGED", "::")), line
        hostile = [char for char in line if unicodedata.category(char) in ("Cc", "Zl", "Zp") or char == "\u202e"]
        assert hostile == [], line


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("field", FIELDS)
def test_no_name_lays_out_the_report(field, payload):
    changed = 0
    for scenario, text in documents():
        hostile = poisoned(text, field, payload)
        changed += hostile != text
        try:
            report = check([read_document(hostile.encode(), f"{scenario}.json")], Options())
        except CenguardError as error:
            assert_harmless(str(error))
            continue
        assert_harmless(render(report))
        assert_harmless(render(report, verbose=True))
    assert changed


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("field", ["a resource", "a package", "a limit", "a stack", "an area"])
def test_no_name_lays_out_a_proof(field, payload):
    for scenario, text in documents():
        network = network_of([read_document(poisoned(text, field, payload).encode(), scenario)], Options())
        regions = ("cn-hangzhou", "eu-central-1") if scenario.startswith("enterprise") else ("cn-beijing", "us-west-1")

        assert_harmless(render_proof(prove(network, *regions, None), "human"))


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("field", FIELDS)
def test_a_snippet_to_paste_stays_one_that_python_reads(field, payload):
    """Names in it are quoted: nothing that a document names becomes code."""
    snippets = 0
    for scenario, text in documents():
        try:
            report = check([read_document(poisoned(text, field, payload).encode(), scenario)], Options())
        except CenguardError:
            continue
        for finding in report.findings:
            if finding.fix and finding.fix.python and finding.rule != "CEN301":
                snippets += 1
                calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(finding.fix.python)) if isinstance(node, ast.Call)}
                assert "FORGED" not in calls
    assert snippets or field in ("a region", "a stack")


def test_a_message_of_the_command_stays_one_line(tmp_path):
    path = tmp_path / "in.json"
    path.write_text(
        json.dumps(
            {"steps": [{"op": "explode", "urn": "u\nFORGED\x1b[31m", "newState": {"urn": "u", "type": "t"}}], "changeSummary": {}}
        )
    )
    done = run("check", path)

    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
    assert b"\x1b" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "no\x1b[31m\nFORGED.json"],
        ["needs", "cn-beijing\x1b[31m\nFORGED", "us-west-1"],
        ["explain", RECORDINGS / "basic-create" / "preview.json", "--from", "a\nFORGED", "--to", "us-west-1"],
        ["rules", "CEN\nFORGED\x1b[31m"],
        ["areas", "\x1b[31m\nFORGED"],
        ["check", ".", "--settings", "no\nFORGED\x1b[1m.toml"],
        ["check", RECORDINGS / "basic-create" / "preview.json", "--select", "\nFORGED\x1b"],
    ],
    ids=["source", "needs", "explain", "rules", "areas", "settings", "select"],
)
def test_what_was_typed_is_repeated_harmlessly(arguments):
    done = run(*arguments)

    assert done.returncode == 2
    assert_harmless(done.stderr.decode())
    assert len(done.stderr.decode().splitlines()) == 1


def test_the_catalogue_itself_is_printable():
    """What is ours needs no escaping, so that escaped text in a report always is somebody else's."""
    for region in default_catalogue().regions.values():
        assert f"{region.id}{region.title}{region.notes}".isprintable()
