"""Fixes of a large input are proved in the part of it that they touch, and are those of the whole input."""

import json

import pytest

from benchmarks import estate, terraform
from cenguard.findings.fix import Options as Waiting
from cenguard.findings.fix import Ref, Set
from cenguard.judging import neighbours
from cenguard.judging.check import check
from cenguard.judging.neighbours import Neighbours
from cenguard.judging.options import Options
from cenguard.readers.preview import read_preview
from cenguard.readers.terraform.plan import read_plan
from cenguard.reports.json import render

SIZE = 700
"""Attachments: 980 resources, of 70 instances that share nothing."""


def sources(road):
    """An input with several faults, some of which have fixes."""
    if road == "terraform":
        return [read_plan(terraform.plan(SIZE), "plan.json")]
    return [read_preview(estate.preview(SIZE), "preview.json")]


@pytest.mark.parametrize("road", ["pulumi", "terraform"])
def test_the_fixes_are_those_of_the_whole_input(road, monkeypatch):
    options = Options(ignore=("CEN406",))  # a cause for each package would be too many to prove
    of_the_part = json.loads(render(check(sources(road), options)))
    monkeypatch.setattr(neighbours, "FEW", 10**9)
    of_the_whole = json.loads(render(check(sources(road), options)))
    edited = [item["rule"] for item in of_the_part["findings"] if item["fix"] and item["fix"]["edits"]]
    assert {"CEN201", "CEN208"} <= set(edited)
    assert of_the_part == of_the_whole


def test_what_shares_a_resource_or_an_id_hangs_together():
    found = sources("pulumi")
    records = {record.name: record for record in found[0].resources}
    records["core-7"].id = "cen-7"
    records["network-9-0"].inputs["childInstanceId"] = "cen-7"  # as good as any id that two of them name
    core, limit = records["core-9"].urn, records["limit-9"].urn
    part = Neighbours(found).of([Set(urn=limit, options=Waiting(depends_on=(core,)))])
    instances = {record.name for record in part[0].resources if record.type == "alicloud:cen/instance:Instance"}
    assert instances == {"core-7", "core-9"}
    assert {record.name for record in part[0].resources} >= {"main", "attached-9", "package-7", "network-7-3"}


def test_what_an_edit_refers_to_is_there_too():
    found = sources("pulumi")
    records = {record.name: record for record in found[0].resources}
    part = Neighbours(found).of([Set(urn=records["limit-9"].urn, properties={"instanceId": Ref(records["core-11"].urn)})])
    assert {record.name for record in part[0].resources if record.name.startswith("core-")} == {"core-9", "core-11"}


def test_a_small_input_is_judged_whole():
    small = [read_preview(estate.preview(100), "preview.json")]
    assert Neighbours(small).of([]) is small
