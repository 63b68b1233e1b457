"""CEN202: an attached package joins areas that two attached regions lie in."""

import pytest

from cenguard.judging.check import check
from cenguard.rules.bandwidth import mis_area_bandwidth_package, unknown_area
from cenguard.testing import UNKNOWN, a_world, findings_of, said
from tests.rules.tables import basic, case, table


def hong_kong():
    """One region, which is not of the area that its id speaks of."""
    return a_world().instance().attach("cn-hongkong", "branch")


def with_singapore():
    """Two regions of one area."""
    return hong_kong().attach("ap-southeast-1", "depot")


def bought(first, second):
    """Beijing and Silicon Valley with a package."""
    return basic().package(first, second, 10, "package")


test_mis_area_bandwidth_package = table(
    mis_area_bandwidth_package.RULE,
    case(
        "China with Asia-Pacific serves no pair of Hong Kong and Singapore",
        with_singapore().package("China", "Asia-Pacific", 10, "package"),
        "violated package",
    ),
    case(
        "a package within one area serves two regions of it",
        with_singapore().package("Asia-Pacific", "Asia-Pacific", 10, "package"),
    ),
    case("the order of the two areas does not matter", bought("North-America", "China")),
    case(
        "bought ahead on a connected instance is advisory",
        bought("China", "North-America").limit("cn-beijing", "us-west-1", 5).package("China", "Europe", 10, "ahead"),
        "violated ahead (advisory)",
    ),
    case(
        "one that is attached twice is said once",
        bought("China", "Europe").attach_package("package", "again"),
        "violated package",
    ),
    case("one region alone", hong_kong().package("China", "Europe", 10, "package"), "undetermined package"),
    case("an area that is not known", bought(UNKNOWN, "Europe"), "undetermined package"),
    case(
        "a region that is not known",
        basic().attach(UNKNOWN, "later").package("China", "Europe", 10, "package"),
        "undetermined package",
    ),
    case(
        "a region whose area is not certain may be the other end",
        basic().attach("me-east-1", "tower").package("China", "Europe", 10, "package"),
        "undetermined package",
    ),
    case(
        "a region whose area is not certain is no end beside regions of other areas",
        basic().attach("me-east-1", "tower").package("Europe", "Asia-Pacific", 10, "package"),
        "violated package (advisory)",
    ),
    case(
        "an instance from elsewhere",
        a_world().on("cen-1").attach("cn-beijing", "shop").attach("us-west-1", "sales").package("China", "Europe", 10, "package"),
        "undetermined package",
    ),
    case(
        "a misspelt area is another rule's finding",
        bought("China", "Eurpe"),
        "CEN216 violated package",
        beside=[unknown_area.RULE],
    ),
)


def test_one_region_alone_is_told_what_is_odd():
    world = hong_kong().package("China", "Europe", 10, "package")

    assert (
        "cn-hongkong lies in Asia-Pacific" in said(world, rules=[mis_area_bandwidth_package.RULE])["CEN202 undetermined package"]
    )


def three_areas():
    """A third network, in Singapore."""
    return basic().attach("ap-southeast-1", "depot")


@pytest.mark.parametrize(
    ("world", "name", "areas"),
    [
        pytest.param(
            three_areas().package("China", "Europe", 10, "package").limit("cn-beijing", "us-west-1", 5),
            "package",
            "China/North-America",
            id="a limit says what it was meant for",
        ),
        pytest.param(
            three_areas().package("Europe", "North-America", 10, "package"),
            "package",
            "Asia-Pacific/North-America",
            id="one of its areas is right",
        ),
        pytest.param(
            three_areas().package("China", "North-America", 10, "america").package("China", "Europe", 10, "package"),
            "package",
            "Asia-Pacific/China",
            id="beside one that serves a pair",
        ),
        pytest.param(
            three_areas().package("Europe", "North-America", 10, "one").package("China", "Europe", 10, "two"),
            "two",
            "Asia-Pacific/China",
            id="no two are bought for the same areas",
        ),
    ],
)
def test_a_package_that_is_not_bought_yet_is_bought_for_the_areas_that_it_was_meant_for(world, name, areas):
    fix = findings_of(world, rules=[mis_area_bandwidth_package.RULE])[f"CEN202 violated {name}"].fix

    assert fix.summary.startswith(f"Buy it for {areas},")


def test_nothing_is_bought_in_place_of_a_package_that_nothing_lacks():
    world = bought("China", "North-America").limit("cn-beijing", "us-west-1", 5).package("China", "Europe", 10, "ahead")

    assert findings_of(world)["CEN202 violated ahead (advisory)"].fix.summary == (
        "Take it out while it is not bought yet, or attach the networks that it is to serve."
    )


@pytest.mark.parametrize(
    ("one", "two", "resources"), [(UNKNOWN, UNKNOWN, ("first", "second")), ("cenbwp-1", "cenbwp-2", ("cenbwp-1", "cenbwp-2"))]
)
def test_packages_that_are_no_resources_are_told_apart(one, two, resources):
    """They shared the fingerprint of their instance: a waiver of one hid both, and tools that join by it showed one."""
    world = basic().attach_package(one, "first").attach_package(two, "second")
    found = check([world.records()], world.options()).findings

    assert tuple(item.resource for item in found if item.rule == "CEN202") == resources
    assert len({item.fingerprint for item in found}) == len(found)
    assert {name for item in found for name in item.packages} <= {one, two} - {UNKNOWN}  # URNs and ids, and no words
