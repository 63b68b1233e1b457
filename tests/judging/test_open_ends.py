"""What may be there or not: a pair is what it is in every network that may be, and the report says of it what its findings say."""

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.testing import a_world


def half_made(first, second):
    """Two regions on one instance, whose only package is for others; one more is bought, and attaching it ended in an error."""
    world = a_world().instance()
    for region in ("cn-beijing", "us-west-1"):
        world.attach(region, region)
    world.package("Europe", "Asia-Pacific", 10, "other")
    world.package(first, second, 10, "package", attached=False).attach_package("package", "bound")
    records = world.standing().records()
    bound = next(item for item in records.resources if item.name == "bound")
    bound.init_errors = ["timed out"]
    return records


@pytest.mark.parametrize("areas", [("Europe", "Europe"), ("China", "Europe")])
def test_a_pair_that_nothing_serves_either_way_is_cut_off(areas):
    report = check([half_made(*areas)], Options())
    (pair,) = report.pairs

    assert [item.level for item in report.findings if item.rule == "CEN201"] == ["mandatory"]
    assert pair.disposition in ("no_package", "not_attached", "wrong_area")


def test_a_pair_that_is_served_if_it_is_there_is_a_question():
    report = check([half_made("China", "North-America")], Options())
    (pair,) = report.pairs

    assert [item.verdict for item in report.findings if item.rule == "CEN201"] == ["undetermined"]
    assert pair.disposition == "undetermined"
