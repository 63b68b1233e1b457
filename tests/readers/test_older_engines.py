"""Documents of older engines.

3.100 writes null for a property that depends on nothing, and hides the steps of a refresh. Events of 3.227 and before do not
say what is only read.
"""

import gzip
import json
from pathlib import Path

import pytest

from cenguard.errors import UnreadableInput
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.merging import merge
from cenguard.readers.sources import read_document
from cenguard.readers.states import read_state_of
from cenguard.resources.records import Change

RUNS = Path(__file__).parents[1] / "recordings" / "runs"
REGIONS = ("cn-beijing", "us-west-1")


def content(name):
    path = RUNS / f"engine-3.100-{name}.json"
    return path.read_bytes() if path.exists() else gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes())


def documents(*names):
    return merge([read_document(content(name), f"{name}.json") for name in names])


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


@pytest.mark.parametrize("beside", [(), ("preview-refresh-export",)])
def test_a_refresh_that_shows_the_stack_alone_has_found_nothing_good(beside):
    report = check(documents("refresh", *beside), Options())

    assert [(item.rule, item.level) for item in report.findings] == [("CEN904", "mandatory")]
    assert "does not show what the refresh found of 9 resources" in report.findings[0].message
    assert "the events of `pulumi refresh --yes --skip-preview --json`, or the stack's export after" in report.findings[0].message


def test_an_update_after_a_refresh_is_planned():
    report = check(documents("preview-refresh"), Options())

    assert [item.rule for item in report.findings] == ["CEN904"]
    assert "it hides 8 unchanged resources: add --show-sames" in report.findings[0].message

    report = check(documents("preview-refresh", "preview-refresh-export"), Options())

    assert [item.rule for item in report.findings] == ["CEN405"]


def test_what_is_looked_up_is_known_in_the_log_of_a_refresh():
    log = gzip.decompress((RUNS / "engine-3.150-refresh.ndjson.gz").read_bytes())
    source = read_document(log, "refresh.ndjson")

    assert [item.name for item in source.resources if item.change is Change.READ] == ["other"]
    report = check([source], Options())
    assert {(item.rule, str(item.verdict)) for item in report.findings} == {("CEN208", "violated"), ("CEN201", "undetermined")}


def test_a_log_that_does_not_say_of_what_run_it_is_tells_what_holds_for_each():
    log = gzip.decompress((RUNS / "engine-3.150-refresh.ndjson.gz").read_bytes()).splitlines()
    refused = {"sequence": 52, "timestamp": 0, "diagnosticEvent": {"message": "error: refused", "severity": "error"}}
    source = read_document(b"\n".join([*log[:-2], json.dumps(refused).encode(), *log[-2:]]), "up.ndjson")

    assert (
        "the run failed (refused): mend what it says, and run it again; what stands now is in the stack's export"
        in source.missing
    )


def test_a_run_that_was_canceled_is_not_whole():
    log = gzip.decompress((RUNS / "engine-3.150-refresh.ndjson.gz").read_bytes())
    canceled = log.replace(b'"PolicyPacks":{}', b'"PolicyPacks":{},"isPreview":true,"result":"canceled"')

    assert not read_document(canceled, "up.ndjson").complete
