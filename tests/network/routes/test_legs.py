"""What becomes of packets between two networks: every disposition, and what decides when several things are wrong."""

import pytest

from cenguard.resources import tokens
from cenguard.testing import UNKNOWN, of, unknown_from
from tests.network.routes.estates import Estate, one_router, two_routers, verdict

A, B = "10.1.1.0/24", "10.2.1.0/24"


def both(**office):
    """Two networks on one router, in one table."""
    return one_router().site("near", "plant", A).site("near", "office", B, **office).joined("near-table", "plant", "office")


def apart(*, advertise=True, plant=True, office=True):
    """Two networks in two regions, each in the table that the peer is in."""
    estate = two_routers(advertise=advertise).site("near", "plant", A, publish=plant).site("far", "office", B, publish=office)
    return estate.joined("near-table", "plant").joined("far-table", "office")


def two_routers_one_way():
    """Two routers with a peer that is propagated into no table of the far one."""
    estate = one_router().router("eu-central-1", "far").table("far", "far-table").link("near", "far")
    return estate.joined("near-table", "peer").associated("far-table", "peer")


CASES = {
    "one table": (both(), "reachable: routed / routed"),
    "over a peer": (apart(), "reachable: routed / routed"),
    "published nowhere": (apart(plant=None), "one_way: not_published / routed"),
    "published on neither side": (apart(plant=False, office=None), "not_published: not_published / not_published"),
    "a switch that is not known": (apart(plant=UNKNOWN), "undetermined: undetermined / routed"),
    "a peer that advertises nothing": (apart(advertise=None), "not_learned: not_learned / not_learned"),
    "a peer whose switch is not known": (apart(advertise=UNKNOWN), "undetermined: undetermined / undetermined"),
    "what is wrong stays wrong beside what is not known": (
        apart(advertise=None, plant=UNKNOWN),
        "not_learned: not_learned / not_learned",
    ),
    "a VPC's switch takes no routes": (
        both().resource(tokens.NETWORK_TABLE, "unused", {"vpcId": "vpc-0"}),
        "reachable: routed / routed",
    ),
    "not associated": (
        one_router().site("near", "plant", A).site("near", "office", B).propagated("near-table", "plant", "office").associated("near-table", "office"),
        "one_way: not_associated / routed",
    ),
    "associated, and not learned": (
        one_router().site("near", "plant", A).site("near", "office", B).associated("near-table", "plant", "office").propagated("near-table", "plant"),
        "one_way: not_learned / routed",
    ),
    "two tables keep networks apart": (
        one_router().table("near", "other").site("near", "plant", A).site("near", "office", B).joined("near-table", "plant").joined("other", "office"),
        "not_learned: not_learned / not_learned",
    ),
    "a black hole that is longer": (both().entry("near-table", "10.2.1.0/25").entry("near-table", "10.2.1.128/25"), "one_way: blackhole / routed"),
    "a black hole for a part": (both().entry("near-table", "10.2.1.0/25"), "partly: partly / routed"),
    "a wider black hole loses": (both().entry("near-table", "10.2.0.0/16"), "reachable: routed / routed"),
    "a static route of the same block": (both().entry("near-table", B), "undetermined: undetermined / routed"),
    "a static route of the same block to the same network": (both().entry("near-table", B, "office"), "reachable: routed / routed"),
    "a third network takes a longer block": (
        both().site("near", "third", "10.2.1.0/25").joined("near-table", "third"),
        "diverted: diverted / routed",
    ),
    "between two VBRs on Basic Edition a map that may deny changes nothing": (
        Estate().instance().direct("cn-hangzhou", "plant", kind="VBR").direct("cn-hangzhou", "office", kind="VBR")
        .map("deny", "cn-hangzhou", "RegionOut", destinationCidrBlocks=["10.0.0.0/8"], cidrMatchMode="Include"),
        "denied: denied / denied",
    ),
    "and one that permits opens them": (
        Estate().instance().direct("cn-hangzhou", "plant", kind="VBR").direct("cn-hangzhou", "office", kind="VBR")
        .map("permit", "cn-hangzhou", "RegionOut", "Permit"),
        "reachable: routed / routed",
    ),
    "another network hands over the same block": (
        both().site("near", "third", B).joined("near-table", "third"),
        "contested: contested / routed",
    ),
    "another network of the same block in another table": (
        both().table("near", "other").site("near", "third", B).joined("other", "third"),
        "reachable: routed / routed",
    ),
    "blocks that overlap": (
        one_router().site("near", "plant", "10.2.0.0/16").site("near", "office", B).joined("near-table", "plant", "office"),
        "overlapping: overlapping / partly",
    ),
    "by hand instead of publication": (
        both(publish=None).by_hand("office", "10.0.0.0/8"),
        "reachable: routed / routed",
    ),
    "by hand, narrower than the block": (both(publish=None).by_hand("office", "10.1.1.0/25"), "partly: routed / partly"),
    "by hand to another block": (both(publish=None).by_hand("office", "10.9.0.0/16"), "one_way: routed / not_published"),
    "out by another door": (both().by_hand("office", "10.1.1.0/24", kind="VpcPeer"), "undetermined: routed / undetermined"),
    "out by a longer way": (
        both().by_hand("office", "10.1.1.0/25", kind="VpcPeer").by_hand("office", "10.1.1.128/25", kind="VpcPeer"),
        "diverted: routed / diverted",
    ),
    "the way to the Internet is no other door": (both().by_hand("office", "0.0.0.0/0", kind="NatGateway"), "reachable: routed / routed"),
    "the way to the Internet alone leads nowhere here": (
        both(publish=None).by_hand("office", "0.0.0.0/0", kind="NatGateway"),
        "one_way: routed / not_published",
    ),
    "the flags of a VPC make relations with the system table": (
        one_router()
        .site("near", "plant", A, routeTableAssociationEnabled=True, routeTablePropagationEnabled=True)
        .site("near", "office", B, routeTableAssociationEnabled=True, routeTablePropagationEnabled=True),
        "reachable: routed / routed",
    ),
    "a table that is looked up is assumed to be the system table": (
        one_router().site("near", "plant", A).site("near", "office", B).joined(unknown_from("near"), "plant", "office"),
        "assumed: assumed / assumed",
    ),
    "a table that is only an id": (
        one_router().site("near", "plant", A).site("near", "office", B).joined("vtb-1", "plant", "office"),
        "undetermined: undetermined / undetermined",
    ),
    "an association that is not known": (
        one_router()
        .site("near", "plant", A)
        .site("near", "office", B)
        .propagated("near-table", "plant", "office")
        .associated("near-table", "office")
        .resource(tokens.ASSOCIATION, "some", {"transitRouterAttachmentId": UNKNOWN, "transitRouterRouteTableId": of("near-table", "transitRouterRouteTableId")}),
        "undetermined: undetermined / routed",
    ),
    "a table whose router is not known lies where what has one end is joined with it": (
        two_routers_one_way()
        .resource(tokens.ROUTE_TABLE, "spokes", {"transitRouterId": UNKNOWN})
        .site("near", "plant", A)
        .site("far", "office", B)
        .associated("spokes", "plant")
        .propagated("near-table", "plant")
        .propagated("spokes", "peer")
        .joined("far-table", "office"),
        "one_way: routed / not_learned",
    ),
    "a table of another router": (
        one_router().router("eu-central-1", "far").table("far", "far-table").site("near", "plant", A).site("near", "office", B).joined("near-table", "office").joined("far-table", "plant"),
        "not_associated: not_associated / not_learned",
    ),
    "on premises, what it hands over is not known": (
        one_router().site("near", "plant", A).site("near", "office", kind="VBR").joined("near-table", "plant", "office"),
        "reachable: routed / routed",
    ),
    "a static route beside blocks that are not known": (
        one_router().site("near", "plant", A).site("near", "office", kind="VBR").joined("near-table", "plant", "office").entry("near-table", "192.168.0.0/16"),
        "undetermined: undetermined / routed",
    ),
    "on premises to on premises": (
        one_router().site("near", "plant", kind="VBR").site("near", "office", kind="VPN").joined("near-table", "plant", "office"),
        "undetermined: undetermined / undetermined",
    ),
    "a leased line publishes nothing by itself": (
        one_router().site("near", "plant", A).site("near", "office", kind="VBR", publish=None).joined("near-table", "plant", "office"),
        "one_way: routed / not_published",
    ),
    "one table of a network sends it elsewhere, and by the other one it would be lost": (
        one_router()
        .table("near", "other")
        .site("near", "plant", A)
        .site("near", "office", B)
        .resource(tokens.NETWORK_TABLE, "second", {"vpcId": of("plant")})
        .joined("near-table", "plant")
        .joined("other", "office")
        .by_hand("plant", "10.2.0.0/16", kind="VpcPeer"),
        "not_learned: diverted / not_learned",
    ),
    "one table of a network sends it elsewhere, and by the other one it gets there": (
        both().resource(tokens.NETWORK_TABLE, "second", {"vpcId": of("plant")}).by_hand("plant", "10.2.1.0/25", kind="VpcPeer"),
        "reachable: routed / routed",
    ),
    "a VPN connection publishes by itself": (
        one_router().site("near", "plant", A).site("near", "office", kind="VPN", publish=None).joined("near-table", "plant", "office"),
        "reachable: routed / routed",
    ),
    "a firewall that manages the tables": (
        both().resource(tokens.FIREWALL, "wall", {"transitRouterId": of("near", "transitRouterId"), "routeMode": "managed"}),
        "undetermined: undetermined / undetermined",
    ),
    "a firewall led by hand": (
        both().resource(tokens.FIREWALL, "wall", {"transitRouterId": of("near", "transitRouterId"), "routeMode": "manual"}),
        "reachable: routed / routed",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("estate", "expected"), CASES.values(), ids=CASES)
def test_a_pair_has_its_verdict(estate, expected):
    assert verdict(estate) == expected
