"""CEN408: a change takes no pair's connectivity away."""

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.resources.records import SourceKind
from cenguard.rules.money import lost_connectivity
from cenguard.testing import UNKNOWN, a_world, an_inventory, assert_says, findings_of
from tests.rules.tables import case, table


def joined(mbps=5, *, size=10, **more):
    """Beijing and Silicon Valley with a limit."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    return world.package("China", "North-America", size, "package").limit("cn-beijing", "us-west-1", mbps, "limit", **more)


def hub():
    """A limit and its package, whose networks other stacks attach."""
    return a_world().instance().package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit")


def by_traffic(mbps=4):
    """Routers in Beijing and Silicon Valley, joined by a peer that is paid by traffic: no package anywhere."""
    world = a_world().instance()
    for region, router in (("cn-beijing", "north"), ("us-west-1", "west")):
        world.router(region, router).attach_to(router, f"{router}-vpc")
    return world.peer("north", "west", mbps, billing="DataTransfer", routed=False)


test_lost_connectivity = table(
    lost_connectivity.RULE,
    case(
        "the package is deleted, with all that draws on it",
        joined().standing().deleted("limit", "package-attachment", "package"),
        "violated core",
    ),
    case("the package attachment is deleted", joined().standing().deleted("package-attachment"), "violated core"),
    case("the limit itself is deleted", joined().standing().deleted("limit"), "violated core (advisory)"),
    case("the limit itself is lowered", joined(2).standing().updated("limit", bandwidthLimit=5), "violated core (advisory)"),
    case(
        "the limit is lowered, and its package replaced: not the limit alone is meant",
        joined(2)
        .standing()
        .updated("limit", bandwidthLimit=5)
        .replaced("package", paymentType="PrePaid")
        .replaced("package-attachment"),
        "violated core",
    ),
    case(
        "the limit is lowered, and its package shrinks",
        joined(2, size=4).standing().updated("limit", bandwidthLimit=5).updated("package", bandwidth=10),
        "violated core",
    ),
    case(
        "an inventory has the package alone, and what is declared for the pair now is broken: nobody knows that anything carried it",
        a_world()
        .on("cen-1")
        .attach("cn-beijing", "shop")
        .attach("us-west-1", "sales")
        .standing()
        .limit("cn-beijing", "us-west-1", 5, "limit")
        .limit("us-west-1", "cn-beijing", 5, "again")
        .inventory(an_inventory(packages=[("cenbwp-1", "China", "North-America", 10, "cen-1")])),
    ),
    case(
        "more is drawn on a package than it holds: something is refused, which one is not known",
        joined(5, size=4).standing().updated("package", bandwidth=10),
    ),
    case(
        "the only peer of a pair is deleted, and a package may have been bought in the console: without a peer it carries nothing",
        by_traffic().standing().deleted("peer"),
        "violated core (advisory)",
    ),
    case(
        "a peer is deleted, and a limit, whose regions are not known, may be of the same pair",
        by_traffic().standing().deleted("peer").limit("cn-beijing", UNKNOWN, 4, "next"),
        "undetermined core",
    ),
    case("the limit is raised", joined(5).standing().updated("limit", bandwidthLimit=2)),
    case("a limit whose networks are attached elsewhere is raised", hub().standing().updated("limit", bandwidthLimit=2)),
    case(
        "it is lowered",
        hub().standing().updated("limit", bandwidthLimit=8),
        "violated core (advisory)",
    ),
    case(
        "it is lowered while the instance of its package's attachment becomes unknown: that may be the one that it had",
        a_world()
        .on(UNKNOWN)
        .package("China", "North-America", 10, "package")
        .instance()
        .limit("cn-beijing", "us-west-1", 5, "limit")
        .standing()
        .updated("limit", bandwidthLimit=8)
        .updated("package-attachment", instanceId="core-id"),
        "violated core (advisory)",
    ),
    case(
        "or the package of that attachment",
        a_world()
        .instance()
        .attach_package(UNKNOWN, "package-attachment")
        .package("China", "North-America", 10, "package", attached=False)
        .limit("cn-beijing", "us-west-1", 5, "limit")
        .standing()
        .updated("limit", bandwidthLimit=8)
        .updated("package-attachment", bandwidthPackageId="package-id"),
        "violated core (advisory)",
    ),
    case(
        "one of two peers gets a billing that nobody knows yet: it may be the one that it had",
        by_traffic(10)
        .peer("north", "west", 10, "again", billing=UNKNOWN, routed=False)
        .standing()
        .updated("again", bandwidthType="DataTransfer"),
        "undetermined core",
    ),
    case(
        "it carried less than what the other one loses",
        by_traffic(10)
        .peer("north", "west", 2, "again", billing=UNKNOWN, routed=False)
        .standing()
        .updated("again", bandwidthType="DataTransfer")
        .updated("peer", bandwidth=20),
        "violated core (advisory)",
    ),
    case("a limit that waits for nothing is raised", joined(5, after=()).standing().updated("limit", bandwidthLimit=2)),
    case(
        "the limit gets Mbps that nobody knows yet: they may be fewer",
        joined(UNKNOWN).standing().updated("limit", bandwidthLimit=5),
        "undetermined core",
    ),
    case(
        "so does a peer paid by traffic",
        by_traffic(UNKNOWN).standing().updated("peer", bandwidth=5),
        "undetermined core",
    ),
    case("nothing changes, and nobody knows the Mbps", joined(UNKNOWN).standing()),
    case("nothing changes", joined().standing()),
    case("everything is new", joined()),
    case("a region that is detached is no pair any more", joined().standing().deleted("limit", "sales")),
    case(
        "a package that is not known yet may keep the pair",
        joined().standing().deleted("package-attachment").attach_package(UNKNOWN, "next"),
        "undetermined core",
    ),
)


def test_what_cannot_work_any_more_is_told_as_broken():
    """Nobody knows whether the service leaves the test bandwidth, or nothing, where it refuses a change."""
    world = by_traffic(0).standing().updated("peer", bandwidth=4)

    (finding,) = findings_of(world, rules=[lost_connectivity.RULE]).values()

    assert finding.message.endswith("cn-beijing – us-west-1: 4 Mbps → broken (CEN305).")


def test_a_package_of_other_areas_takes_the_pair_along():
    world = (
        a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales").package("China", "Europe", 10, "package")
    )
    world.limit("cn-beijing", "us-west-1", 5, "limit").standing().replaced("package", geographicRegionBId="North-America")

    assert_says(world, "violated core", rules=[lost_connectivity.RULE])


def test_what_a_refresh_shows_was_lost_outside_of_the_update():
    records = joined().standing().deleted("limit").records()
    records.refreshed, records.gone, records.deleted = True, records.deleted, []
    (finding,) = [item for item in check([records], Options()).findings if item.rule == "CEN408"]

    assert finding.level == "advisory"
    assert "outside of this update" in finding.message


def test_the_state_of_another_stack_beside_a_refresh_changes_nothing_either():
    records = joined().standing().deleted("limit").records()
    records.refreshed, records.gone, records.deleted = True, records.deleted, []
    other = a_world(project="shop").instance("lab").standing().records()
    other.kind = SourceKind.EXPORT
    change = a_world(project="shop").instance("lab").records()
    change.kind = SourceKind.PREVIEW

    def level_beside(source):
        (finding,) = [item for item in check([records, source], Options()).findings if item.rule == "CEN408"]
        return finding.level, "outside of this update" in finding.message

    assert level_beside(other) == ("advisory", True)
    assert level_beside(change) != ("advisory", True)


@pytest.mark.parametrize(
    "world",
    [joined(2).standing().updated("limit", bandwidthLimit=5), joined().standing().deleted("limit")],
    ids=["lowered", "deleted"],
)
def test_who_lowers_a_limit_is_not_told_to_keep_the_package(world):
    (finding,) = findings_of(world, rules=[lost_connectivity.RULE]).values()

    assert finding.fix.summary == "Deploy it if that is meant; else give the limit or peer of each pair its Mbps again."
