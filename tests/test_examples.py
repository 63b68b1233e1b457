"""Every example gives the whole verdict that its README states.

`python tests/test_examples.py` writes today's verdicts into the READMEs; read the difference before you commit it.
"""

import json
import re
import shlex
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest

from cenguard.check import Options, check, exit_status
from cenguard.inventory import read_inventories
from cenguard.readers.program import read_program
from cenguard.reports.human import render
from cenguard.reports.json import render as render_json

pytest.importorskip("pulumi_alicloud")

ROOT = Path(__file__).parents[1]
FOLDERS = sorted(path.parent for path in (ROOT / "examples").glob("*/Pulumi.yaml"))
STATED = re.compile(r"`cenguard check (examples/[^`]+)` ends with status (\d) and the line\n\n```text\n(.+)\n```\n")
ROW = re.compile(r"^\| (CEN\d+) \| (\w+) \| (\w+) \| (\S+) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Stated:
    """One command of a README, and what it says will happen."""

    arguments: str
    status: int
    last_line: str
    findings: Counter[tuple[str, ...]]


def stated(folder: Path) -> list[Stated]:
    text = (folder / "README.md").read_text("utf-8")
    matches = list(STATED.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return [
        Stated(match[1], int(match[2]), match[3], Counter(ROW.findall(text[match.end() : end])))
        for match, end in zip(matches, ends, strict=True)
    ]


CASES = [item for folder in FOLDERS for item in stated(folder)]


def run(case):
    folder, *options = shlex.split(case.arguments)
    assert options[::2] == ["--inventory"] * (len(options) // 2), "the test knows no other option"
    inventory = read_inventories([ROOT / name for name in options[1::2]])
    records = read_program(ROOT / folder, stack=None, config={}, stack_outputs=inventory.stacks)
    return check([records], Options(inventory=inventory))


def found(report):
    return [(item.rule, item.verdict, item.level, item.resource) for item in report.findings]


@pytest.fixture(scope="module")
def reports():
    """The report of each command; two programs at a time."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip((case.arguments for case in CASES), pool.map(run, CASES), strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.arguments)
def test_an_example_gives_the_verdict_that_its_readme_states(case, reports):
    report = reports[case.arguments]

    assert Counter(found(report)) == case.findings, "is it meant? `python tests/test_examples.py` writes it into the README"
    assert render(report).splitlines()[-1] == case.last_line
    assert exit_status(report, "mandatory") == case.status


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_readme_states_the_verdict_of_its_own_program(folder):
    assert {case.arguments.split()[0] for case in stated(folder)} == {f"examples/{folder.name}"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.arguments)
def test_its_report_keeps_the_contract(case, reports):
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8"))

    jsonschema.validate(json.loads(render_json(reports[case.arguments])), schema)


def test_there_are_right_wrong_and_undetermined_ones():
    assert {case.status for case in CASES} == {0, 1}
    assert {"violated", "undetermined"} == {finding[1] for case in CASES for finding in case.findings}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_finding_leads_to_a_line_of_the_program(folder, reports):
    lines = (folder / "__main__.py").read_text("utf-8").splitlines()
    for case in stated(folder):
        for finding in reports[case.arguments].findings:
            assert finding.location is not None
            assert finding.location.path == "__main__.py"
            assert "(" in lines[finding.location.line - 1], "a call begins there"


@pytest.mark.parametrize("name", ["missing-package", "hub-and-spoke", "app-stack"])
def test_the_command_says_the_same(name):
    for case in stated(ROOT / "examples" / name):
        command = [sys.executable, "-m", "cenguard", "check", *shlex.split(case.arguments)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)

        assert done.returncode == case.status
        assert done.stdout.decode("utf-8").splitlines()[-1] == case.last_line


def test_the_example_program_of_the_repository_passes():
    report = check([read_program(ROOT, stack=None, config={}, stack_outputs={})], Options())

    assert {item.rule for item in report.findings} == {"CEN407"}  # advice: two of its area pairs cross the border
    assert {pair.disposition for pair in report.pairs} == {"funded"}
    assert len(report.purchases) == 3


def write_verdicts():
    for folder in FOLDERS:
        readme = folder / "README.md"
        parts = re.split(r"(?=`cenguard check examples/)", readme.read_text("utf-8"))
        for number, case in enumerate(stated(folder), 1):
            report = run(case)
            rows = "".join(f"| {' | '.join(row)} |\n" for row in sorted(found(report)))
            table = f"| rule | verdict | level | resource |\n|---|---|---|---|\n{rows}" if rows else "No finding.\n"
            part = parts[number].replace(f"status {case.status}", f"status {exit_status(report, 'mandatory')}", 1)
            part = part.replace(f"```text\n{case.last_line}\n", f"```text\n{render(report).splitlines()[-1]}\n", 1)
            parts[number] = re.sub(r"(?:\| rule .*\n(?:\|.*\n)*|No finding\.\n)", lambda _, new=table: new, part, count=1)
        readme.write_text("".join(parts), "utf-8")


if __name__ == "__main__":
    write_verdicts()
