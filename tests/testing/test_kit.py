"""The test kit holds an author to what is there: whole sets, levels, and names that a world declares."""

from dataclasses import replace

import pytest

from cenguard.resources.records import Change
from cenguard.rules.bandwidth import mis_area_bandwidth_package, unfunded_region_pair
from cenguard.testing import a_change, a_world, assert_says, findings_of, of, said


def connected():
    """Beijing and Silicon Valley with a package and a limit."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    return world.package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit")


def test_a_finding_has_its_reasons_and_its_fix():
    world = connected().package("China", "Europe", 10, "ahead")
    found = findings_of(world, rules=[mis_area_bandwidth_package.RULE])

    assert list(found) == ["CEN202 violated ahead (advisory)"]
    assert found["CEN202 violated ahead (advisory)"].area_pair == ("China", "Europe")
    assert said(world, rules=[mis_area_bandwidth_package.RULE]) == {
        sentence: finding.message for sentence, finding in found.items()
    }


def test_a_second_finding_of_one_subject_is_one_more():
    world = connected()
    for region, area in (("eu-central-1", "Europe"), ("ap-southeast-1", "Asia-Pacific")):
        world.attach(region, region).package("China", area, 10, area).limit("cn-beijing", region, 5)
    rules = [unfunded_region_pair.RULE]

    assert_says(world, "violated core", "violated core #2", "violated core #3", rules=rules)
    with pytest.raises(AssertionError, match="besides: CEN218 violated core #3"):
        assert_says(world, "violated core", "violated core #2", rules=rules)
    with pytest.raises(AssertionError, match="missing: CEN218 violated core #4"):
        assert_says(world, *("violated core" + suffix for suffix in ("", " #2", " #3", " #4")), rules=rules)


@pytest.mark.parametrize(
    "world",
    [
        connected().limit("cn-beijing", "us-west-1", 5, "again", after=["shpo"]),
        connected().resource("random:index/randomId:RandomId", "id", {"keepers": [of("shpo")]}),
    ],
    ids=["waited for", "read"],
)
def test_a_name_that_the_world_does_not_declare_is_told(world):
    with pytest.raises(KeyError, match="the world declares no shpo"):
        world.records()


def test_what_an_update_deletes_is_waited_for_no_more():
    records = connected().standing().deleted("sales").records()
    limit = next(record for record in records.resources if record.name == "limit")

    assert [urn.rpartition("::")[2] for urn in limit.dependencies] == ["core", "shop", "package-attachment"]


def test_a_rule_that_raises_is_no_rule_that_is_quiet():
    def broken(_network):
        raise ValueError

    rule = replace(mis_area_bandwidth_package.RULE, check=broken)

    with pytest.raises(
        AssertionError, match=r"Rule CEN202 mis-area-bandwidth-package failed: ValueError\..*test_kit\.py:\d+ in broken"
    ):
        assert_says(a_world(), rules=[rule])


def test_a_change_makes_anew_what_the_provider_does():
    """As a preview says it, whatever the type."""
    before = a_world().instance("core").attach("cn-beijing", "shop").limit("cn-beijing", "us-west-1", 4, "limit")
    after = a_world().instance("core").attach("cn-hangzhou", "shop").limit("cn-beijing", "us-west-1", 8, "limit")
    said = {record.name: record.change for record in a_change(before.records(), after.records()).resources}

    assert (said["shop"], said["limit"], said["core"]) == (Change.REPLACE, Change.UPDATE, Change.SAME)


@pytest.mark.parametrize("standing", [False, True])
def test_a_change_makes_anew_what_is_made_of_another_thing_and_nothing_else(standing):
    """What depends on what stands is as it was, though its id is not said; what is moved, or made of what is made anew, is not."""

    def world(instance="core", area="Europe"):
        made = a_world().instance("core").instance("lab").on(instance).attach("cn-beijing", "shop")
        return made.on("core").package("China", area, 10, "package").limit("cn-beijing", "eu-central-1", 4, "limit")

    before = world().standing() if standing else world()
    for after, anew in (
        (world(), set()),
        (world("lab"), {"shop"}),
        (world(area="North-America"), {"package", "package-attachment"}),
    ):
        found = a_change(before.records(), after.records()).resources
        assert {record.name for record in found if record.change is Change.REPLACE} == anew
        assert {record.name for record in found if record.change is Change.UPDATE} == set()
