"""What may be there or not: a pair is what it is in every network that may be, and the report says of it what its findings say."""

import pytest
from msgspec import structs

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.resources.records import Change
from cenguard.testing import a_world
from tests.network.routes.estates import one_router


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


@pytest.mark.parametrize("stack", ["dev", "prod"])
@pytest.mark.parametrize("called", ["limit", "older"])
def test_what_a_base_leaves_open_is_open_whatever_stack_or_name_it_had(stack, called):
    """A run of another stack's, or under an older name, was killed while it deleted the limit."""

    def network(name, **kwargs):
        world = a_world(**kwargs).instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
        world.package("China", "North-America", 10, "package", paymentType="PrePaid", autoRenew=True).protected("package")
        return world.limit("cn-beijing", "us-west-1", 5, name)

    base = network(called, stack=stack).standing().records()
    begun = next(item for item in base.resources if item.name == called)
    base.uncertain = [structs.replace(begun, delete=True, change=Change.SAME)]
    source = network("limit", stack="dev").records()
    if called != "limit":
        urn = next(item.urn for item in source.resources if item.name == "limit")
        source.aliases = {urn: (begun.urn.replace(f":{stack}:", ":dev:", 1),)}
    (pair,) = check([source], Options(base=(base,))).pairs

    assert pair.disposition == "undetermined"


def test_of_several_findings_with_one_fingerprint_each_is_judged_by_itself():
    """All are about the hub; only the last of them was left, and said for certain of the network that may not be attached."""
    world = one_router().site("near", "hub", "10.0.1.0/24").joined("near-table", "hub")
    for index, name in enumerate(("kiln", "mill", "yard"), 1):
        world.site("near", name, f"10.{index}.1.0/24").propagated("near-table", name)
        world.table("near", f"{name}-table").joined(f"{name}-table", name)
    records = world.standing().refused("yard-attachment").records()
    found = [item for item in check([records], Options()).findings if item.rule == "CEN322"]

    said = {name: item.verdict for item in found for name in ("kiln", "mill", "yard") if f"hub reaches {name}," in item.message}
    assert said == {"kiln": "violated", "mill": "violated", "yard": "undetermined"}
