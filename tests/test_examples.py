"""Every example gives what its README states, and every twin's fix makes it right.

`python tests/test_examples.py` writes what the programs give today into the READMEs and maps; read the difference before you
commit it.
"""

import argparse
import datetime as dt
import difflib
import json
import re
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cenguard.commands.cli import gather
from cenguard.judging.check import check, exit_status, network_of
from cenguard.judging.options import Options
from cenguard.judging.regional_map import map_of
from cenguard.readers.program.reader import read_program
from cenguard.reports import human
from cenguard.reports import json as machine
from cenguard.reports.map import document as drawing
from tests.warm_programs import warm_programs

pytest.importorskip("pulumi_alicloud")

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
FOLDERS = sorted(path.parent for path in EXAMPLES.glob("*/Pulumi.yaml"))
BLOCK = re.compile(r"<!-- (difference|plan|check|packages)(.*?) -->\n(?:.*?\n)??<!-- end -->\n", re.DOTALL)
RUNG = re.compile(r"^\| \d+ \| \[([\w-]+)\]\(\1/\) \|.*\| \[([\w-]+)\]\(\2/\) \|.*\| (CEN\d+(?:, CEN\d+)*) \|$", re.MULTILINE)
LADDER = RUNG.findall((EXAMPLES / "README.md").read_text("utf-8"))
RIGHT = [right for right, _, _ in LADDER]
TWINS = {twin: right for right, twin, _ in LADDER}
MEANT = "is it meant? `python tests/test_examples.py` writes it into the README"


@dataclass(frozen=True)
class Seen:
    """One check of an example: what it gave, and what its program printed."""

    status: int
    output: str
    report: dict[str, Any]
    map: str
    resources: list[tuple[str, str, str]]
    printed: str

    @property
    def mandatory(self):
        return sorted({item["rule"] for item in self.report["findings"] if item["level"] == "mandatory"})


def checks(folder):
    """The arguments of every check that a README states."""
    blocks = BLOCK.finditer((folder / "README.md").read_text("utf-8"))
    return [f"examples/{folder.name}{block[2]}" for block in blocks if block[1] == "check"]


GIVEN = argparse.ArgumentParser()
GIVEN.add_argument("folder")
GIVEN.add_argument("--inventory", type=Path, action="append", default=[])
GIVEN.add_argument("--today", type=dt.date.fromisoformat)


def observed(arguments, printed):
    """One check as the command does it; `printed` tells what its program printed."""
    given = GIVEN.parse_args(shlex.split(arguments))
    with chdir(ROOT):
        options, records = gather((given.folder,), None, {}, None, given.inventory, None, today=given.today)
        report = check(records, options)
        return Seen(
            status=exit_status(report, "mandatory"),
            output=human.render(report),
            report=json.loads(machine.render(report)),
            map=drawing.render(map_of(network_of(records, options)), "svg", f"The network of {given.folder}"),
            resources=[(resource.type, resource.name, resource.provider or "") for resource in records[0].resources],
            printed=printed(),
        )


@cache
def every_check():
    """What each check gave."""
    with warm_programs() as printed:
        return {item: observed(item, printed) for folder in FOLDERS for item in checks(folder)}


def seen_of(name):
    return [every_check()[arguments] for arguments in checks(EXAMPLES / name)]


def difference(folder):
    """What the twin's program does otherwise than the right one."""
    right, wrong = (
        re.sub(r'\A""".*?"""\n+', "", (place / "__main__.py").read_text("utf-8"), flags=re.DOTALL).splitlines()
        for place in (EXAMPLES / TWINS[folder.name], folder)
    )
    lines = [re.sub("^@@.*", "@@", line) for line in difflib.unified_diff(right, wrong, n=2, lineterm="")][3:]
    return "\n".join(["```diff", *map(str.rstrip, lines), "```", ""])


def short(kind):
    package, module, name = kind.split(":")
    return f"{module.partition('/')[0]}.{name}" if package == "alicloud" else name.replace("alicloud", "Provider")


def plan(seen):
    """What the program declares, and what its components planned."""
    names: dict[str, list[str]] = {}
    for kind, name, _ in sorted(seen.resources):  # the SDK registers them in no certain order
        if kind != "pulumi:pulumi:Stack" and not name.startswith("default"):
            names.setdefault(short(kind), []).append(f"`{name}`")
    rows = "".join(
        f"| {kind} | {len(found)} | {', '.join(found[:4])}{', …' * (len(found) > 4)} |\n" for kind, found in names.items()
    )
    printed = f"\nThe plan, as the program prints it:\n\n```text\n{seen.printed.strip()}\n```\n" if seen.printed else ""
    return f"| resource | | names |\n|---|--:|---|\n{rows}{printed}"


def stated(arguments, seen):
    """One check: command, status and output."""
    return f"`cenguard check {arguments}` ends with status {seen.status}:\n\n```text\n{seen.output.strip()}\n```\n"


def packages(seen):
    """What a deployment buys, and what is paid for otherwise."""
    head = "| area pair | Mbps | payment | period | renews itself |\n|---|--:|---|---|---|\n"
    rows = [
        f"| {'/'.join(item['area_pair'])} | {item['mbps']:g} | {item['payment']} | {item['period']} months"
        f" | {'yes' if item['auto_renew'] else 'no'} |\n"
        for item in seen.report["purchases"]
    ]
    paid = {"pay_by_traffic": "paid by traffic, at most {mbps:g} Mbps", "outside": "on a package that is bought elsewhere"}
    others = [
        f"- {' – '.join(item['regions'])}: {paid[item['disposition']].format(**item)}\n"
        for item in seen.report["pairs"]
        if item["disposition"] in paid
    ]
    lines = "\n".join(part for part in (head + "".join(rows) if rows else "", "".join(others)) if part)
    return lines or "Nothing: no package is needed.\n"


def rewritten(folder):
    """The README with what its program gives today."""
    seen = seen_of(folder.name)
    left = iter(zip(checks(folder), seen, strict=True))
    parts = {
        "difference": lambda: difference(folder),
        "plan": lambda: plan(seen[-1]),
        "check": lambda: stated(*next(left)),
        "packages": lambda: packages(seen[-1]),
    }
    return BLOCK.sub(
        lambda block: f"<!-- {block[1]}{block[2]} -->\n{parts[block[1]]()}<!-- end -->\n",
        (folder / "README.md").read_text("utf-8"),
    )


def every_folder(test):
    return pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)(test)


@every_folder
def test_a_readme_states_what_its_program_gives(folder):
    assert (folder / "README.md").read_text("utf-8") == rewritten(folder), MEANT


@every_folder
def test_its_picture_is_the_map_of_its_network(folder):
    assert (folder / "map.svg").read_text("utf-8") == seen_of(folder.name)[-1].map, MEANT
    assert "](map.svg)" in (folder / "README.md").read_text("utf-8")


@every_folder
def test_its_readme_has_every_part(folder):
    blocks = {block[1] for block in BLOCK.finditer((folder / "README.md").read_text("utf-8"))}

    assert blocks == ({"difference", "check"} if folder.name in TWINS else {"plan", "check", "packages"})


def test_the_ladder_has_fourteen_rungs_and_every_example_stands_on_one():
    assert len(LADDER) == 14
    assert sorted([*RIGHT, *TWINS]) == [folder.name for folder in FOLDERS]


CONNECTED = {"funded", "pay_by_traffic", "ccn_free", "outside"}
APART = {"hub-and-spoke": {"no_package"}}
"""Regions that need not reach each other, as the example's own settings say."""


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_example_breaks_no_mandatory_rule_and_connects_what_it_wants(name):
    seen = seen_of(name)

    assert {(item.status, *item.mandatory) for item in seen} == {(0,)}
    assert {pair["disposition"] for pair in seen[-1].report["pairs"]} <= CONNECTED | APART.get(name, set())


@pytest.mark.parametrize(("twin", "codes"), [(twin, codes) for _, twin, codes in LADDER])
def test_its_twin_breaks_the_rules_that_the_ladder_states(twin, codes):
    seen = seen_of(twin)[-1]

    assert ", ".join(seen.mandatory) == codes
    assert seen.status == 1


@every_folder
def test_its_report_keeps_the_contract(folder):
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8"))
    for seen in seen_of(folder.name):
        jsonschema.validate(seen.report, schema)


@every_folder
def test_every_finding_leads_to_a_line_of_the_program(folder):
    lines = (folder / "__main__.py").read_text("utf-8").splitlines()
    for finding in (item for seen in seen_of(folder.name) for item in seen.report["findings"]):
        assert finding["location"]["path"] == "__main__.py"
        assert "(" in lines[finding["location"]["line"] - 1], "a call begins there"


BOUND = re.compile(r"alicloud:(vpc|expressconnect|cloudconnect)/|alicloud:cen/transitRouter")
"""Resources that lie in the region of their provider."""


@every_folder
def test_what_is_bound_to_a_region_has_a_provider_of_it(folder):
    for kind, name, provider in seen_of(folder.name)[-1].resources:
        if BOUND.match(kind):
            assert "::default" not in provider, f"{name} would lie wherever the stack's configuration points"


def test_new_networks_come_first():
    """Basic Edition is no longer sold: its examples stand in a table of their own, and say for whom they are."""
    new, standing = (EXAMPLES / "README.md").read_text("utf-8").split("## Networks that stand on Basic Edition")
    basic = [name for name, _, _ in RUNG.findall(standing)]

    assert [name for name in basic if "> Basic Edition" not in (EXAMPLES / name / "README.md").read_text("utf-8")] == []
    for name, _, _ in RUNG.findall(new):
        assert any(":TransitRouter" in kind for kind, _, _ in seen_of(name)[-1].resources)


def test_one_example_hangs_on_what_only_an_inventory_knows():
    first, second = seen_of("app-stack")

    assert {item["verdict"] for item in first.report["findings"]} == {"violated", "undetermined"}
    # the inventory settles all but what a Basic network that stands gets in a new region, which is not documented
    assert {item["rule"] for item in second.report["findings"] if item["verdict"] == "undetermined"} == {"CEN111"}


@pytest.mark.parametrize("name", ["missing-package", "hub-and-spoke", "app-stack"])
def test_the_command_says_the_same(name):
    for arguments, seen in zip(checks(EXAMPLES / name), seen_of(name), strict=True):
        command = [sys.executable, "-m", "cenguard", "check", *shlex.split(arguments)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)

        assert done.returncode == seen.status
        assert done.stdout.decode("utf-8") == seen.output


def test_the_command_draws_the_same(tmp_path):
    file = tmp_path / "map.svg"
    subprocess.run([sys.executable, "-m", "cenguard", "map", "examples/hub-and-spoke", "-o", str(file)], cwd=ROOT, check=True)

    assert file.read_text("utf-8") == seen_of("hub-and-spoke")[-1].map


IN_COMPONENTS = {"identical-blocks", "leased-line-as-vpc", "ungranted-partner", "overdrawn-elsewhere"}
"""Twins whose finding is about what a component makes: its arguments are changed, as their pages say."""
BY_HAND = {"open-segments", "one-way-inspection"}
"""Twins that do what somebody forbade, or not what somebody required: several routes would do, and no fix chooses one."""
MENDED = sorted({*TWINS} - IN_COMPONENTS - BY_HAND)


@pytest.fixture(scope="module")
def after_fixes(tmp_path_factory):
    """What is found of each twin once `cenguard fix` has written what it proposes."""
    root = tmp_path_factory.mktemp("mended")  # once, before the threads: only one may make the folder of all tests

    def mend(twin):
        folder = root / twin
        shutil.copytree(EXAMPLES / twin, folder)
        arguments = checks(EXAMPLES / twin)[-1].replace(f"examples/{twin}", str(folder), 1)
        command = [sys.executable, "-m", "cenguard", "fix", "--review", "--write", *shlex.split(arguments)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False), arguments

    with ThreadPoolExecutor(2) as pool:
        written = list(pool.map(mend, MENDED))
    with warm_programs() as printed:
        return {twin: (done, observed(arguments, printed)) for twin, (done, arguments) in zip(MENDED, written, strict=True)}


@pytest.mark.parametrize("twin", MENDED)
def test_what_the_command_writes_mends_the_program(twin, after_fixes):
    done, left = after_fixes[twin]

    assert left.mandatory == [], done.stdout + done.stderr
    assert done.returncode == 0
    assert "wrote " in done.stdout


def test_the_example_program_of_the_repository_passes():
    report = check([read_program(ROOT, stack=None, config={}, stack_outputs={})], Options())

    # advice: two of its area pairs cross the border
    assert {item.rule for item in report.findings} == {"CEN407"}
    assert {pair.disposition for pair in report.pairs} == {"funded"}
    assert len(report.purchases) == 3


if __name__ == "__main__":
    for place in FOLDERS:
        (place / "README.md").write_text(rewritten(place), "utf-8", newline="\n")
        (place / "map.svg").write_text(seen_of(place.name)[-1].map, "utf-8", newline="\n")
