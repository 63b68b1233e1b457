"""What is not told may be anything: a way that something unknown could take or give is never certain."""

import pytest

from cenguard.resources import tokens
from cenguard.testing import UNKNOWN, of
from tests.network.routes.estates import Estate, one_router, pair_of, two_routers, verdict

A, B = "10.1.1.0/24", "10.2.1.0/24"
UNSURE = "undetermined: undetermined / undetermined"


def untold(estate, table, name="some"):
    """A propagation into a table of an attachment that is not told."""
    home = estate._provider_name("near")
    inputs = {"transitRouterAttachmentId": UNKNOWN, "transitRouterRouteTableId": of(table, "transitRouterRouteTableId")}
    return estate.resource(tokens.PROPAGATION, name, inputs, provider=home)


def directly():
    """Two networks that are attached directly, in one region."""
    return Estate().instance().direct("cn-hangzhou", "plant", A).direct("cn-hangzhou", "office", B)


def over_a_peer():
    """Two networks in two regions; what the near table learns beside its own network is not told."""
    estate = two_sites().associated("near-table", "peer").joined("far-table", "peer")
    return untold(estate, "near-table")


def two_sites():
    estate = one_router().router("eu-central-1", "far").table("far", "far-table").link("near", "far")
    estate = estate.site("near", "plant", A).site("far", "office", B)
    return estate.joined("near-table", "plant").joined("far-table", "office")


def sharing(*switches, of_other=(), learned=True):
    """A network in whose block another one lies, seen from a plant."""
    estate = one_router().site("near", "plant", A)
    for name in ("office", "other"):
        estate.network("cn-hangzhou", name, cidrBlock="10.2.0.0/16")
    estate = estate.site("near", "office", *switches).site("near", "other", *of_other)
    estate = estate.joined("near-table", "plant", "office").associated("near-table", "other")
    return estate.propagated("near-table", "other") if learned else estate


def both():
    """Two networks in one table."""
    return one_router().site("near", "plant", A).site("near", "office", B).joined("near-table", "plant", "office")


def to_a_switch(*tables, publish=False):
    """Two networks; the block of the one vSwitch of the second is not known."""
    estate = one_router().network("cn-hangzhou", "office", cidrBlock="10.2.0.0/16").site("near", "plant", A, publish=publish)
    return estate.site("near", "office", UNKNOWN).joined("near-table", "office", *tables)


def beside_a_peer(*entries):
    """Two networks in one region, of which the second is not in the first one's table; with which table a peer is associated is not told."""
    estate = one_router().table("near", "other").router("eu-central-1", "far").table("far", "far-table").link("near", "far")
    estate = estate.site("near", "plant", A).site("near", "office", B).site("far", "store", "10.3.1.0/24")
    estate = estate.joined("near-table", "plant", "peer").joined("other", "office").joined("far-table", "store")
    inputs = {"transitRouterAttachmentId": of("peer", "transitRouterAttachmentId"), "transitRouterRouteTableId": UNKNOWN}
    estate = estate.resource(tokens.ASSOCIATION, "some", inputs, provider=estate._provider_name("far"))
    for block in entries:
        estate = estate.entry("far-table", block, "store")
    return estate


CASES = {
    "a peer that may hand over an entry": (beside_a_peer("10.2.0.0/16"), "not_learned: undetermined / not_learned"),
    "a peer that may hand over an entry for something else": (
        beside_a_peer("10.4.0.0/16"),
        "not_learned: not_learned / not_learned",
    ),
    "a peer that may hand over nothing about it": (beside_a_peer(), "not_learned: not_learned / not_learned"),
    "a network that publishes nothing may send what is not known elsewhere by an entry of its own": (
        to_a_switch("plant").by_hand("plant", "10.2.0.0/16", kind="VpcPeer"),
        "undetermined: undetermined / routed",
    ),
    "a network that publishes nothing and has no such entry": (to_a_switch("plant"), "one_way: not_published / routed"),
    "a network in no table may send what is not known elsewhere": (
        to_a_switch(publish=True).by_hand("plant", "10.2.0.0/16", kind="VpcPeer"),
        "not_learned: undetermined / not_learned",
    ),
    "a network in no table sends what is not known nowhere else": (
        to_a_switch(publish=True),
        "not_associated: not_associated / not_learned",
    ),
    "a route map that may act on their table": (
        both().map("some", "cn-hangzhou", "RegionIn", transitRouterRouteTableId=UNKNOWN),
        UNSURE,
    ),
    "a route map keeps the route from the plant, and an entry of whichever table may get there": (
        both()
        .map(
            "some",
            "cn-hangzhou",
            "RegionOut",
            transitRouterRouteTableId=of("near-table", "transitRouterRouteTableId"),
            sourceInstanceIds=[of("office")],
        )
        .entry(UNKNOWN, "10.0.0.0/8", "office", name="loose"),
        "undetermined: undetermined / routed",
    ),
    "a route map that may act on a table, and permits": (
        both().map("some", "cn-hangzhou", "RegionIn", "Permit", transitRouterRouteTableId=UNKNOWN),
        "reachable: routed / routed",
    ),
    "a route map that may act on a table of another region": (
        both().map("some", "eu-central-1", "RegionIn", transitRouterRouteTableId=UNKNOWN),
        "reachable: routed / routed",
    ),
    "a route map of a region that is not known, and of its system table": (
        both().map("some", UNKNOWN, "RegionIn"),
        "reachable: routed / routed",
    ),
    "a route map of some instance, that may act on their table": (
        both().map("some", "cn-hangzhou", "RegionIn", cenId=UNKNOWN, transitRouterRouteTableId=UNKNOWN),
        UNSURE,
    ),
    "a route map of some instance, on Basic Edition": (
        directly().map("some", "cn-hangzhou", "RegionIn", cenId=UNKNOWN),
        UNSURE,
    ),
    "a route map of some instance, in another region": (
        directly().map("some", "eu-central-1", "RegionIn", cenId=UNKNOWN),
        "reachable: routed / routed",
    ),
    "a propagation that may be the peer's": (over_a_peer(), "undetermined: undetermined / routed"),
    "a black hole that a route over that peer may win over": (
        over_a_peer().entry("near-table", "10.0.0.0/8"),
        "undetermined: undetermined / routed",
    ),
    "nothing could come over a peer that advertises nothing": (
        untold(two_routers(advertise=False).site("near", "plant", A).site("far", "office", B), "near-table", "more")
        .joined("near-table", "plant")
        .joined("far-table", "office"),
        "not_learned: not_learned / not_learned",
    ),
    "another network that has no vSwitch here may have any in its block": (sharing(B), "undetermined: undetermined / routed"),
    "and where it is learned nowhere it takes nothing": (sharing(B, learned=False), "reachable: routed / routed"),
    "and where a propagation is not told it may": (
        untold(sharing(B, of_other=["10.2.1.0/25"], learned=False), "near-table"),
        "undetermined: undetermined / routed",
    ),
    "another network's vSwitch whose block is not known": (
        sharing(B, of_other=["10.2.9.0/24", UNKNOWN]),
        "undetermined: undetermined / routed",
    ),
    "a vSwitch whose block is not known, in a block that another network is in": (
        sharing(UNKNOWN, of_other=[B]),
        "undetermined: undetermined / routed",
    ),
    "a vSwitch whose block is not known, and nobody near": (
        sharing(B, UNKNOWN, of_other=["10.9.1.0/24"]),
        "reachable: routed / routed",
    ),
}


@pytest.mark.parametrize(("estate", "expected"), CASES.values(), ids=CASES)
def test_a_pair_has_its_verdict(estate, expected):
    assert verdict(estate) == expected


def test_a_network_with_a_vswitch_of_unknown_block_may_keep_the_packets():
    estate = sharing(UNKNOWN, of_other=[B])
    assert verdict(estate, "office", "other") == UNSURE


def test_the_evidence_names_the_part_of_a_block_whose_way_it_tells():
    estate = (
        one_router().network("cn-hangzhou", "office", cidrBlock="10.2.0.0/16").site("near", "plant", A).site("near", "office")
    )
    estate = estate.joined("near-table", "plant", "office").entry("near-table", "10.2.1.0/24", name="hole")
    leg = pair_of(estate, "plant", "office", evidence=True).forward
    texts = [step.text for step in leg.steps]

    assert leg.disposition == "undetermined"
    assert not [text for text in texts if "  " in text]
    assert [text for text in texts if "10.2." in text]


@pytest.mark.parametrize(("switch", "expected"), [(True, "reachable"), (False, "undetermined"), (UNKNOWN, "undetermined")])
def test_what_the_basic_edition_puts_into_tables_that_take_nothing_is_not_documented(switch, expected):
    estate = Estate().instance().network("cn-hangzhou", "plant", systemRouteTableRoutePropagationEnable=switch)
    estate.attach("cn-hangzhou", "plant-attachment", network=of("plant")).vswitch("plant", "10.1.1.0/24", name="plant-switch")

    assert pair_of(estate.direct("cn-hangzhou", "office", "10.2.1.0/24"), "plant", "office").disposition == expected


DENIES = {
    "transitRouterRouteTableId": of("near-table", "transitRouterRouteTableId"),
    "sourceInstanceIds": [of("office")],
}


def denied(estate, direction):
    """An estate in which a map denies the route of the office."""
    return estate.propagated("near-table", "office").map("apart", "cn-hangzhou", direction, **DENIES)


@pytest.mark.parametrize(
    ("lose", "by"),
    [
        (lambda estate: denied(estate, "RegionIn"), "denied"),
        (lambda estate: denied(estate, "RegionOut"), "denied"),
        (lambda estate: estate.entry("near-table", "10.0.0.0/8"), "blackhole"),
        (lambda estate: estate, "not_learned"),
    ],
)
def test_another_stack_may_have_the_route_that_this_one_lacks(lose, by):
    """A longer one goes before a black hole, and no map touches a static one."""
    for shared, expected in ((), f"one_way: {by} / routed"), (("core",), "undetermined: undetermined / routed"):
        estate = one_router().shared(*shared).site("near", "plant", A).site("near", "office", B)
        assert verdict(lose(estate.joined("near-table", "plant").associated("near-table", "office"))) == expected
