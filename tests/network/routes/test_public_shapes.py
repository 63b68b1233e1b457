"""Shapes of routing that public programs have, in words of our own, each with what it comes to.

Some of them carry nothing, though they are examples of how to write it; none of them is a mistake of the service.
"""

import pytest

from cenguard.network.routes import Way, routes_of
from cenguard.resources import tokens
from cenguard.testing import of, unknown_from
from tests.network.routes.estates import Estate, one_router, pair_of, two_routers, verdict

A, B, C = "10.1.1.0/24", "10.2.1.0/24", "10.3.1.0/24"


def looked_up(estate, router, *attachments, associated=True, propagated=True):
    """Relations with the table that a look-up of a router found."""
    for name in attachments:
        output = "id" if estate._specs[name].record.type in tokens.NAMED_BY_ID else "transitRouterAttachmentId"
        inputs = {"transitRouterAttachmentId": of(name, output), "transitRouterRouteTableId": unknown_from(router)}
        if associated:
            estate.resource(tokens.ASSOCIATION, f"{name}-in-{router}", inputs)
        if propagated:
            estate.resource(tokens.PROPAGATION, f"{name}-into-{router}", inputs)
    return estate


def two_looked_up(*, publish, advertise=True):
    """Two regions whose routers' tables are looked up, with everything associated and propagated."""
    estate = (
        Estate().instance().router("cn-hangzhou", "near").router("eu-central-1", "far").link("near", "far", advertise=advertise)
    )
    estate.site("near", "plant", A, publish=publish).site("far", "office", B, publish=publish)
    return looked_up(looked_up(estate, "near", "plant-attachment", "peer"), "far", "office-attachment", "peer")


def spokes_of_a_table(**flags):
    """Two spokes in a table that holds one static entry, the shared network's; it is in the system table, which knows them."""
    estate = one_router().site("near", "plant", A, **flags).site("near", "office", B, **flags).site("near", "shared", C)
    estate.associated("near-table", "plant", "office").entry("near-table", "10.3.0.0/16", "shared")
    looked_up(estate, "near", "shared-attachment", propagated=False)
    return looked_up(estate, "near", "plant-attachment", "office-attachment", associated=False)


def inspected():
    """Spokes whose table leads everything to an inspection network; that one knows them."""
    estate = one_router().table("near", "back").site("near", "plant", A).site("near", "office", B).site("near", "guard", C)
    estate.associated("near-table", "plant", "office").entry("near-table", "0.0.0.0/0", "guard")
    return estate.associated("back", "guard").propagated("back", "plant", "office")


def three_regions():
    """A first region with peers to two others, whose networks' own entries name all blocks."""
    estate = two_routers().router("us-west-1", "third").table("third", "third-table").link("near", "third", "second-peer")
    estate.joined("near-table", "second-peer").joined("third-table", "second-peer")
    estate.site("far", "plant", A, publish=None).site("third", "office", B, publish=None)
    estate.joined("far-table", "plant").joined("third-table", "office")
    return estate.by_hand("plant", "10.0.0.0/8").by_hand("office", "10.0.0.0/8")


SHAPES = {
    "system tables looked up, a peer in both, entries of the VPCs by hand": (
        two_looked_up(publish=None).by_hand("plant", "10.0.0.0/8").by_hand("office", "10.0.0.0/8"),
        "assumed: assumed / assumed",
    ),
    "the same, published": (two_looked_up(publish=True), "assumed: assumed / assumed"),
    "spokes of one table with one static entry are apart": (spokes_of_a_table(), "not_learned: not_learned / not_learned"),
    "the same with deprecated flags that say false": (
        spokes_of_a_table(routeTableAssociationEnabled=False, routeTablePropagationEnabled=False),
        "not_learned: not_learned / not_learned",
    ),
    "everything is led to an inspection network": (inspected(), "diverted: diverted / diverted"),
    "static entries for each vSwitch, and no network is propagated": (
        two_routers()
        .site("near", "plant", A, "10.1.2.0/24")
        .site("far", "office", B)
        .associated("near-table", "plant")
        .associated("far-table", "office")
        .entry("near-table", A, "plant")
        .entry("near-table", "10.1.2.0/24", "plant")
        .entry("far-table", B, "office"),
        "reachable: routed / routed",
    ),
    "the same for one vSwitch of two": (
        two_routers()
        .site("near", "plant", A, "10.1.2.0/24")
        .site("far", "office", B)
        .associated("near-table", "plant")
        .associated("far-table", "office")
        .entry("near-table", A, "plant")
        .entry("far-table", B, "office"),
        "partly: routed / partly",
    ),
    "two regions that only a third one joins": (three_regions(), "unconnected: not_learned / not_learned"),
    "a security network's table does not learn one of the others": (
        one_router()
        .table("near", "back")
        .site("near", "plant", A, cenId=None)
        .site("near", "office", C, cenId=None)
        .associated("near-table", "plant")
        .entry("near-table", "0.0.0.0/0", "office")
        .associated("back", "office")
        .site("near", "other", B, cenId=None)
        .propagated("back", "other"),
        "one_way: routed / not_learned",
    ),
    "two VPCs that are peered directly as well": (
        one_router()
        .site("near", "plant", A, publish=None)
        .site("near", "office", B, publish=None)
        .joined("near-table", "plant", "office")
        .by_hand("plant", "10.2.0.0/16", kind="VpcPeer")
        .by_hand("office", "10.1.0.0/16", kind="VpcPeer"),
        "diverted: diverted / diverted",
    ),
    "an attachment, a table and an entry, and no association": (
        one_router()
        .site("near", "plant", A, publish=None)
        .site("near", "office", B, publish=None)
        .entry("near-table", A, "plant")
        .map("deny", "cn-hangzhou", "RegionIn"),
        "not_published: not_published / not_published",
    ),
    "every switch at its default": (two_routers().site("near", "plant", A, publish=None).site("far", "office", B, publish=None), "not_published: not_published / not_published"),
    "a map that denies wide blocks completely meets no vSwitch": (
        one_router()
        .site("near", "plant", A)
        .site("near", "office", B)
        .joined("near-table", "plant", "office")
        .map("deny", "cn-hangzhou", "RegionOut", transitRouterRouteTableId=of("near-table", "transitRouterRouteTableId"),
             destinationCidrBlocks=["192.168.0.0/16", "10.0.0.0/8"], cidrMatchMode="Complete", destinationChildInstanceTypes=["VPC"]),
        "reachable: routed / routed",
    ),
    "a map that denies regions": (
        two_routers()
        .site("near", "plant", A)
        .site("far", "office", B)
        .joined("near-table", "plant")
        .joined("far-table", "office")
        .map("deny", "cn-hangzhou", "RegionIn", transitRouterRouteTableId=of("near-table", "transitRouterRouteTableId"),
             sourceRegionIds=["eu-central-1", "us-west-1"]),
        "one_way: denied / routed",
    ),
    "spokes in one table, propagated into the hub's, and the hub the other way round": (
        inspected().propagated("near-table", "guard"),
        "diverted: diverted / diverted",
    ),
    "everything by look-up, and every switch on": (two_looked_up(publish=True), "assumed: assumed / assumed"),
    "a peer and nothing else": (
        Estate().instance().router("cn-hangzhou", "near").router("eu-central-1", "far").link("near", "far", advertise=None).site("near", "plant", A).site("far", "office", B),
        "not_associated: not_associated / not_associated",
    ),
    "an entry of a VPC to an attachment that is associated with nothing": (
        one_router()
        .site("near", "plant", A, publish=None)
        .site("near", "office", B)
        .joined("near-table", "office")
        .propagated("near-table", "plant")
        .by_hand("plant", "10.2.0.0/16"),
        "one_way: not_associated / routed",
    ),
    "a list of blocks that are dropped": (
        one_router()
        .site("near", "plant", A)
        .site("near", "office", B)
        .associated("near-table", "plant", "office")
        .propagated("near-table", "plant")
        .resource(tokens.PREFIX_LIST, "list", {"entrys": [{"cidr": "10.2.0.0/16"}]}, region="cn-hangzhou")
        .resource(tokens.PREFIX_LIST_ASSOCIATION, "dropped", {"prefixListId": of("list"), "transitRouterId": of("near", "transitRouterId"),
                  "transitRouterTableId": of("near-table", "transitRouterRouteTableId"), "nextHop": "BlackHole", "nextHopType": "BlackHole"}),
        "one_way: blackhole / routed",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("estate", "expected"), SHAPES.values(), ids=SHAPES)
def test_a_shape_comes_to_what_it_comes_to(estate, expected):
    assert verdict(estate) == expected


@pytest.mark.parametrize("make", [spokes_of_a_table, inspected], ids=["shared", "inspected"])
def test_each_spoke_and_the_network_in_the_middle_reach_each_other(make):
    middle = "shared" if make is spokes_of_a_table else "guard"
    good = "assumed" if make is spokes_of_a_table else "reachable"

    assert [pair_of(make(), spoke, middle).disposition for spoke in ("plant", "office")] == [good, good]


def test_a_pair_that_a_third_region_is_joined_with_names_it():
    assert pair_of(three_regions(), "plant", "office").relay == ("cn-hangzhou",)


def test_what_a_security_network_does_not_learn_reaches_it_one_way():
    pair = pair_of(SHAPES["a security network's table does not learn one of the others"][0], "plant", "office")

    assert (pair.disposition, pair.cause) == (Way.ONE_WAY, Way.NOT_LEARNED)


def test_two_instances_joined_by_a_network_are_two():
    """A leg ends at the network in between; what that does with the packets is not told."""
    estate = one_router().site("near", "plant", A).site("near", "between", C).joined("near-table", "plant", "between")
    estate.entry("near-table", "10.2.0.0/16", "between")
    estate.instance("second").on("second").router("cn-hangzhou", "other").table("other", "other-table")
    estate.site("other", "office", B).associated("other-table", "office").propagated("other-table", "office")
    routes = [item for item in routes_of(estate.assembled()).values() if item.members]

    assert sorted(len(item.members) for item in routes) == [1, 2]
    first = next(item for item in routes if len(item.members) == 2)
    assert first.pair(first.find("plant")[0], first.find("between")[0]).disposition == Way.REACHABLE
    assert first.find("office") == []
