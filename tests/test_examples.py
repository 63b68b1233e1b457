"""Every example gives the whole verdict that its README states."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cenguard.check import Options, check, exit_status
from cenguard.inventory import read_inventories
from cenguard.readers.program import read_program

EXAMPLES = Path(__file__).parents[1] / "examples"
FOLDERS = sorted(path.parent for path in EXAMPLES.glob("*/Pulumi.yaml"))
ROW = re.compile(r"^\| (CEN\d+) \| (violated|undetermined) \| (mandatory|advisory) \| (\S+) \|$", re.MULTILINE)


def stated(folder):
    """The exit status and the findings of each verdict table, in order."""
    text = (folder / "README.md").read_text()
    status = int(re.search(r"ends with status (\d)", text)[1])
    tables = [sorted(ROW.findall(part)) for part in text.split("| rule |")[1:]] or [[]]
    return status, tables


def found(report):
    return sorted((item.rule, item.verdict, item.level, item.resource) for item in report.findings)


@pytest.fixture(scope="module")
def reports():
    """The report of each example; two programs at a time."""

    def run(folder):
        return folder.name, check([read_program(folder, stack=None, config={}, stack_outputs={})], Options())

    with ThreadPoolExecutor(2) as pool:
        return dict(pool.map(run, FOLDERS))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_an_example_gives_the_verdict_that_its_readme_states(folder, reports):
    status, tables = stated(folder)

    assert found(reports[folder.name]) == tables[0]
    assert exit_status(reports[folder.name], "mandatory") == status


def test_there_are_right_and_wrong_ones():
    verdicts = {stated(folder)[0] for folder in FOLDERS}

    assert len(FOLDERS) >= 6
    assert verdicts == {0, 1}


def test_an_inventory_settles_what_the_app_stack_leaves_open():
    folder = EXAMPLES / "app-stack"
    inventory = read_inventories([folder / "network.inventory.toml"])
    records = read_program(folder, stack=None, config={}, stack_outputs=inventory.stacks)
    report = check([records], Options(inventory=inventory))

    assert found(report) == stated(folder)[1][1]


@pytest.mark.parametrize("name", ["missing-package", "same-region"])
def test_the_command_says_the_same(name):
    command = [sys.executable, "-m", "cenguard", "check", f"examples/{name}"]
    done = subprocess.run(command, cwd=EXAMPLES.parent, capture_output=True, text=True, check=False)

    assert done.returncode == stated(EXAMPLES / name)[0]
    for row in stated(EXAMPLES / name)[1][0]:
        assert row[0] in done.stdout


def test_the_example_program_of_the_repository_passes():
    report = check([read_program(EXAMPLES.parent, stack=None, config={}, stack_outputs={})], Options())

    assert report.findings == ()
    assert {pair.disposition for pair in report.pairs} == {"funded"}
    assert len(report.purchases) == 3
