"""The same input is the same bytes: whatever the order of resources, of what they depend on, or the hash seed."""

import json
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document
from cenguard.reports.human import render as render_human
from cenguard.reports.json import render
from tests.commands.test_cli import ROOT, run

RECORDINGS = Path(__file__).parent / "recordings"
DOCUMENTS = sorted(RECORDINGS.glob("*/preview*.json"))
SEEDS = ("0", "1", "2", "3", "4")
LOST = ("instanceId", "bandwidthPackageId", "regionIds", "cenId", "geographicRegionBId")
MISSPELT = {"us-west-1": "ap-southeast-1", "eu-central-1": "eu-west-1", "Asia-Pacific": "asia", "North-America": "Europe"}


def variants(path):
    """A document, and copies with mistakes in it, so that every way to join and to judge resources is walked."""
    text = path.read_text("utf-8")
    yield json.loads(text)
    for key in LOST:
        copy = json.loads(text)
        for step in copy["steps"]:
            ((step.get("newState") or {}).get("inputs") or {}).pop(key, None)
        yield copy
    for right, wrong in MISSPELT.items():
        copy = json.loads(text)
        for step in copy["steps"][::2]:
            if step.get("newState"):
                step["newState"]["inputs"] = json.loads(json.dumps(step["newState"].get("inputs", {})).replace(right, wrong))
        yield copy


def shuffled(document, seed):
    """The same document with steps, keys and lists of dependencies in another order; the engine promises none."""
    chance = random.Random(seed)

    def mix(value, key=""):
        if isinstance(value, dict):
            items = list(value.items())
            chance.shuffle(items)
            return {name: mix(item, name) for name, item in items}
        if isinstance(value, list):
            items = [mix(item) for item in value]
            if key in ("steps", "dependencies") or (items and all(str(item).startswith("urn:") for item in items)):
                chance.shuffle(items)
            return items
        return value

    return mix(document)


def reports(document):
    report = check([read_document(json.dumps(document).encode(), "preview.json")], Options())
    return render(report), render_human(report, verbose=True)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_order_of_a_document_changes_no_byte(path):
    for document in variants(path):
        assert {reports(shuffled(document, seed)) for seed in range(4)} == {reports(document)}


def test_the_shuffled_documents_are_others_and_hold_findings():
    """The test above would pass over nothing if shuffling did nothing, or if there were nothing to order."""
    documents = [document for path in DOCUMENTS for document in variants(path)]
    findings = [json.loads(reports(document)[0])["findings"] for document in documents]

    assert all(json.dumps(shuffled(document, 1)) != json.dumps(document) for document in documents)
    assert sum(map(len, findings)) > len(documents)
    assert len({finding["rule"] for items in findings for finding in items}) > 8


def outputs(*arguments):
    """What the command prints under five hash seeds."""
    with ThreadPoolExecutor(2) as pool:
        return {done.stdout for done in pool.map(lambda seed: run(*arguments, env={"PYTHONHASHSEED": seed}), SEEDS)}


@pytest.mark.parametrize("form", ["json", "human"])
def test_an_estate_is_the_same_bytes_under_five_hash_seeds(tmp_path, form):
    files = []
    documents = [document for path in sorted(RECORDINGS.glob("*/preview.json")) for document in variants(path)]
    for number, document in enumerate(documents):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(document).replace("urn:pulumi:dev::", f"urn:pulumi:dev{number}::"))
        files.append(file)
    printed = outputs("check", *files, "--format", form, "--verbose")

    assert len(printed) == 1
    assert printed.pop().count(b"CEN") > 100


def test_a_program_is_the_same_bytes_under_five_hash_seeds():
    pytest.importorskip("pulumi_alicloud")
    printed = outputs("check", "examples/enterprise-peer-without-package", "--format", "json")

    assert len(printed) == 1
    assert json.loads(printed.pop())["summary"]["mandatory"] == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["needs", "cn-beijing", "us-west-1", "eu-central-1", "cn-hongkong", "--format", "json"],
        ["explain", RECORDINGS / "enterprise-create" / "preview.json", "--from", "cn-hangzhou", "--to", "eu-central-1"],
    ],
    ids=["needs", "explain"],
)
def test_the_other_commands_too(arguments):
    assert len(outputs(*arguments)) == 1


def test_the_clock_is_in_no_report(tmp_path):
    """A year later the same input gives the same bytes."""
    probe = (
        "import sys, time, datetime\n"
        "real = time.time\ntime.time = lambda: real() + 366 * 86400\n"
        "class Later(datetime.datetime):\n    now = classmethod(lambda cls, tz=None: cls(2031, 1, 1, tzinfo=tz))\n"
        "class LaterDay(datetime.date):\n    today = classmethod(lambda cls: cls(2031, 1, 1))\n"
        "datetime.datetime, datetime.date = Later, LaterDay\n"
        "from cenguard.commands.cli import main\nmain()\n"
    )
    document = str(RECORDINGS / "basic-replace-package" / "preview.json")
    later = subprocess.run(
        [sys.executable, "-c", probe, "check", document, "--format", "json"], capture_output=True, check=False, cwd=ROOT
    )

    assert later.stdout == run("check", document, "--format", "json").stdout
    assert json.loads(later.stdout)["findings"]
