"""A state that was brought into a stack of another project, whose URNs are as they were: the program's aliases name the old project."""

import gzip
import json
from pathlib import Path

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.merging import merge
from cenguard.readers.sources import read_document

RUNS = Path(__file__).parents[1] / "recordings" / "runs"


def content(name):
    return gzip.decompress((RUNS / f"project-renamed-{name}.json.gz").read_bytes())


def read(name, change=lambda text: text):
    return read_document(change(content(name)), f"{name}.json")


def judged(*sources):
    report = check(sources, Options())
    return [item for item in report.findings if item.level == "mandatory" or item.verdict == "undetermined"], report


@pytest.mark.parametrize("change", ["preview", "plan"])
@pytest.mark.parametrize("state_first", [False, True])
def test_its_export_is_the_state_that_a_change_starts_from(change, state_first):
    names = ["export", change] if state_first else [change, "export"]

    (source,) = merge([read(name) for name in names])
    findings, report = judged(source)

    assert (source.project, source.stack) == ("backbone", "live")
    assert findings == []
    connected = {pair.regions: pair.mbps for pair in report.pairs if pair.mbps is not None}
    assert connected == {("cn-beijing", "us-west-1"): 5, ("cn-beijing", "eu-central-1"): 5}


def test_a_plan_that_deletes_no_old_stack_does_not_start_from_it():
    """Aliases stay in a program after the move, and the old stack may still be there."""

    def after(text):
        document = json.loads(text)
        plans = document["resourcePlans"]
        document["resourcePlans"] = {urn: plan for urn, plan in plans.items() if "::backbone::" in urn}
        return json.dumps(document).encode()

    assert len(merge([read("plan", after), read("export")])) == 2


def test_the_export_of_another_stack_stays_a_source_of_its_own():
    def elsewhere(text):
        return text.replace(b"urn:pulumi:dev::network::", b"urn:pulumi:dev::other::")

    for change in ("preview", "plan"):
        assert len(merge([read(change), read("export", elsewhere)])) == 2
