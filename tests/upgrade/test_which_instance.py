"""Which instance an upgrade is about, and what is refused."""

import datetime as dt

import pytest

from cenguard.errors import CenguardError
from cenguard.testing import UNKNOWN, a_world
from tests.upgrade.plans import answer, names, peers, whats

CN, US, EU = "cn-beijing", "us-west-1", "eu-central-1"


def basic():
    """Three regions, two packages, two limits; the third pair has none."""
    return (
        a_world()
        .instance("core")
        .attach(CN, "shop", cidr="10.1.0.0/16")
        .attach(US, "sales", cidr="10.2.0.0/16")
        .attach(EU, "plant", cidr="10.3.0.0/16")
        .package("China", "North-America", 20, "pacific")
        .package("China", "Europe", 10, "silk")
        .limit(CN, US, 20)
        .limit(CN, EU, 5)
        .standing()
    )


def refusal(world, **asked):
    with pytest.raises(CenguardError) as caught:
        answer(world, **asked)
    return str(caught.value)


def test_an_instance_is_named_where_there_are_several():
    world = basic().instance("second").attach(CN, "other").standing()

    assert "has 2 Basic CEN instances: core (core-id) and second (second-id); give --instance" in refusal(world)
    assert names([answer(world, instance="second-id").instance]) == ["second"]
    assert names([answer(world, instance="sec*").instance]) == ["second"]
    assert "did you mean second?" in refusal(world, instance="secnd")


def test_there_is_nothing_to_upgrade():
    enterprise = a_world().instance().router(CN, "r").attach_to("r", "shop")

    assert "core is of Enterprise Edition already" in refusal(enterprise)
    assert "core has no network attached" in refusal(a_world().instance().package("China", "Europe", 5))
    assert "has no CEN instance" in refusal(a_world().network(CN, "alone"))


def test_both_editions_on_one_instance_are_refused():
    world = a_world().instance().attach(CN, "shop").router(US, "r").attach_to("r", "sales")

    assert f"core has both editions: networks are attached directly (Basic) in {CN}" in refusal(world)


def test_a_ccn_beside_enterprise_routers_makes_no_second_edition():
    world = a_world().instance().attach("ccn-cn-shanghai", "branches", "CCN").router(US, "r").attach_to("r", "sales")

    assert "is of Enterprise Edition already" in refusal(world)


def test_an_instance_or_a_region_that_is_not_known_is_said():
    elsewhere = a_world().attach(CN, "shop", network="vpc-1")

    assert "does not tell which CEN instance is to be upgraded" in refusal(elsewhere)
    assert "the region of the network that shop attaches is not known" in refusal(
        a_world().instance().attach(UNKNOWN, "shop", network="vpc-1")
    )


def test_an_instance_of_another_stack_leaves_open_what_else_it_has():
    world = a_world().on("cen-1").attach(CN, "shop").attach(US, "sales").standing()
    found = answer(world)

    assert found.instance == "cen-1"
    assert peers(found) == {(CN, US): (None, "package", None)}
    assert any("cen-1 is not a resource of the input" in what for what in whats(found.unknown))
    assert not found.keeps_everything


def test_the_day_of_the_check_is_the_only_clock():
    world = basic()

    assert answer(world, today=dt.date(2027, 5, 1)) == answer(world, today=dt.date(2027, 5, 1))
