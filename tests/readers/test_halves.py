"""The halves of a replacement in their order, and imports that change nothing: plans and logs of engine 3.276."""

from pathlib import Path

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_estate
from cenguard.resources.records import Change

HALVES = Path(__file__).parents[1] / "recordings" / "halves"


def read(*names):
    """What documents of the folder say, as one input."""
    return read_estate([str(HALVES / f"{name}.gz") for name in names])


def mandatory(sources):
    return {(item.rule, item.resource) for item in check(sources, Options()).findings if item.level == "mandatory"}


def test_an_import_that_changes_nothing_has_no_step_in_a_plan():
    for names in (("import-plan.json",), ("import-plan.json", "import-export.json")):
        (source,) = read(*names)
        found = {record.name: record for record in source.resources}
        limit, attachment = found["lim-cn-beijing-us-west-1"], found["pkg-china-north-america-on"]

        assert (limit.change, limit.imported) == (attachment.change, attachment.imported) == (Change.SAME, True)
        assert limit.inputs == {"bandwidthLimit": 4, "instanceId": "cen-000001emu", "regionIds": ["cn-beijing", "us-west-1"]}
        assert found["pkg-china-north-america"].change is Change.UPDATE
        assert found["pkg-china-north-america"].inputs["geographicRegionBId"] == "North-America"
        assert mandatory([source]) == set()


def test_an_update_that_follows_an_import_is_one_of_what_exists():
    (source,) = read("import-plan.json", "import-export.json")

    assert next(record for record in source.resources if record.name == "pkg-china-north-america").imported


@pytest.mark.parametrize("names", [("plan.json", "export.json"), ("events.ndjson",)], ids=["plan and export", "events"])
def test_a_limit_that_is_made_before_the_old_one_is_deleted_drops_its_pair(names):
    sources = read(*(f"limit-made-first-{name}" for name in names))

    assert ("CEN212", "lim-cn-beijing-us-west-1") in mandatory(sources)


@pytest.mark.parametrize(
    "names",
    [("limit-deleted-first-plan.json", "limit-export.json"), ("limit-deleted-first-events.ndjson",)],
    ids=["plan and export", "events"],
)
def test_one_that_is_deleted_first_keeps_it(names):
    assert mandatory(read(*names)) == set()


def test_an_attachment_under_a_new_name_without_an_alias():
    assert mandatory(read("renamed-attachment-preview.json")) == {("CEN104", "x")}
