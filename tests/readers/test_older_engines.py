"""Documents of engine 3.100, which writes null for a property that depends on nothing."""

import gzip
import json
from pathlib import Path

import pytest

from cenguard.errors import UnreadableInput
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document
from cenguard.readers.states import read_state_of

RUNS = Path(__file__).parents[1] / "recordings" / "runs"
REGIONS = ("cn-beijing", "us-west-1")


def content(name):
    return (RUNS / f"engine-3.100-{name}.json").read_bytes()


def pairs(records):
    return {pair.regions: (str(pair.disposition), pair.mbps, pair.mbps_before) for pair in check([records], Options()).pairs}


@pytest.mark.parametrize(("name", "wanted"), [("create", ("funded", 4, None)), ("export", ("funded", 4, None))])
def test_it_is_read_as_any_other(name, wanted):
    assert pairs(read_document(content(name), f"{name}.json")) == {REGIONS: wanted}


def test_so_is_a_change_of_what_stands():
    report = check([read_document(content("change"), "change.json")], Options())

    assert [item.rule for item in report.findings if item.level == "mandatory"] == ["CEN208"]
    assert [(pair.mbps_before, str(pair.disposition)) for pair in report.pairs] == [(4, "overdrawn")]


def test_so_is_a_state_of_its_backend():
    deployment = json.loads(content("export"))["deployment"]
    checkpoint = json.dumps({"version": 3, "checkpoint": {"stack": "organization/network/py", "latest": deployment}}).encode()

    for text in (checkpoint, gzip.compress(checkpoint)):
        records = read_state_of(text, "py.json")
        assert pairs(records) == {REGIONS: ("funded", 4, None)}
        assert all(None not in item.property_dependencies.values() for item in records.resources)


def test_nulls_elsewhere_are_refused_as_ever():
    document = json.loads(content("export"))
    document["deployment"]["resources"][2]["dependencies"] = None

    with pytest.raises(UnreadableInput, match="dependencies"):
        read_document(json.dumps(document).encode(), "export.json")
