"""Entries of a network's own table that are published to the instance one by one, and what route maps make of them."""

import pytest

from cenguard.network.known import Inventory, KnownAttachment
from cenguard.resources import tokens
from cenguard.rules.routes import contested_route, one_way_route, partly_routed, required_route_unmet
from cenguard.testing import UNKNOWN, of
from cenguard.testing.judging import findings_of
from tests.network.routes.estates import one_router, routes_in, two_routers, verdict
from tests.rules.tables import case, table

A, B, BEYOND = "10.1.1.0/24", "10.2.1.0/24", "10.9.0.0/16"
EVERYTHING = "0.0.0.0/0"
NEAR = of("near-table", "transitRouterRouteTableId")


def advertising(estate, name, block, table=None):
    """The same where a network sends a block to an appliance of its own, and publishes that."""
    given = of(name, "routeTableId") if table is None else of(table)
    return estate.resource(
        tokens.ADVERTISED_ENTRY, f"{name}-advertised", {"instanceId": of("core"), "routeTableId": given, "cidrBlock": block}
    )


def two_networks(blocks=(B,)):
    """Two networks in one table, of which the office is a resource of the program."""
    estate = one_router().site("near", "plant", A)
    estate.resource(
        next(token for token, kind in tokens.NETWORKS.items() if kind == "VPC"), "office", {"cidrBlock": "10.2.0.0/16"}
    )
    return estate.site("near", "office", *blocks).joined("near-table", "plant", "office")


def both(block=BEYOND, blocks=(B,)):
    """The same; the office advertises a block."""
    return advertising(two_networks(blocks), "office", block)


def denied(estate, direction="RegionIn", **conditions):
    """The same with a map that denies routes of the office."""
    return estate.map(
        "deny", "cn-hangzhou", direction, transitRouterRouteTableId=NEAR, sourceInstanceIds=[of("office")], **conditions
    )


def mapped(block=BEYOND, *, blocks=(B,), direction="RegionIn", **conditions):
    """The same of an office that advertises a block."""
    return denied(both(block, blocks), direction, **conditions)


def of_newer_type(targets):
    """An entry of the newer type in the office, which says where its route is published, and a map that denies custom routes."""
    entry = two_networks().by_newer_hand("office", BEYOND, kind="NatGateway", routePublishTargets=targets)
    return denied(entry, routeTypes=["Custom"])


def with_shop(estate):
    """The same with a third network in that table."""
    return estate.site("near", "shop", "10.3.1.0/24").joined("near-table", "shop")


def by_hand():
    """Two networks in one table; the plant has an entry for 10.0.0.0/8, and the office advertises a way to everywhere."""
    made = one_router().site("near", "plant", A, publish=False).by_hand("plant", "10.0.0.0/8").site("near", "office", B)
    return advertising(made.joined("near-table", "plant", "office"), "office", EVERYTHING)


def one_way():
    """The office learns the plant, and the plant's table learns an egress network, and not the office."""
    made = (
        one_router()
        .table("near", "others")
        .site("near", "plant", A)
        .site("near", "office", B)
        .site("near", "egress", "10.3.1.0/24")
    )
    made = made.associated("near-table", "plant").associated("others", "office", "egress").propagated("near-table", "egress")
    return made.propagated("others", "plant", "office", "egress")


def with_premises(*, learned=False, block=EVERYTHING):
    """A plant and a leased line, and an office that advertises a way to everywhere; the plant's table learns the line, or not."""
    made = one_router().table("near", "lines").site("near", "plant", A).site("near", "line", kind="VBR").site("near", "office", B)
    made = advertising(made.associated("near-table", "plant", "office").associated("lines", "line"), "office", block)
    return made.propagated("near-table", "office", *(["line"] if learned else [])).propagated("lines", "plant", "office")


CASES = {
    "it is handed over": (both(), "reachable: routed / routed"),
    "a map denies system routes": (mapped(routeTypes=["System"]), "partly: partly / routed"),
    "a map denies custom ones": (mapped(routeTypes=["Custom"]), "partly: partly / routed"),
    "a map denies what goes out of either type": (
        mapped(direction="RegionOut", routeTypes=["System", "Custom"]),
        "one_way: denied / routed",
    ),
    "a map denies the system route of a block within it": (
        mapped("10.2.0.0/16", routeTypes=["System"]),
        "reachable: routed / routed",
    ),
    "one that is not known, and a map of custom routes": (
        mapped(UNKNOWN, routeTypes=["Custom"]),
        "undetermined: undetermined / routed",
    ),
    "an entry of the newer type, which may publish its route": (
        of_newer_type([{"targetType": "CEN", "targetInstanceId": "cen-1"}]),
        "undetermined: undetermined / routed",
    ),
    "one that publishes nothing": (of_newer_type([]), "reachable: routed / routed"),
    "a way to everywhere, in which others' blocks lie, and the sender's own": (
        with_shop(both(EVERYTHING)),
        "reachable: routed / routed",
    ),
    "and a black hole": (with_shop(both(EVERYTHING)).entry("near-table", "10.0.0.0/8"), "reachable: routed / routed"),
    "that of a network whose vSwitches are not told": (with_shop(both(EVERYTHING, ())), "reachable: routed / routed"),
    "and a way of the sender's own": (
        both(EVERYTHING).by_hand("plant", EVERYTHING, kind="NatGateway"),
        "reachable: routed / routed",
    ),
    "and entries by hand, which need not lead everywhere": (
        by_hand(),
        "reachable: routed / routed",
    ),
    "a black hole in a part of a block": (both().entry("near-table", "10.9.1.0/24"), "partly: partly / routed"),
    "an entry that leads a part of it to a third network": (
        with_shop(both()).entry("near-table", "10.9.1.0/24", "shop"),
        "reachable: routed / routed",
    ),
    "an entry that leads all of it there": (
        with_shop(both()).entry("near-table", BEYOND, "shop"),
        "undetermined: undetermined / routed",
    ),
    "nothing is left of it": (
        both().entry("near-table", "10.9.0.0/17").entry("near-table", "10.9.128.0/17"),
        "partly: partly / routed",
    ),
    "a wider route of a third network that a map keeps out is not what is missing": (
        advertising(one_way(), "egress", EVERYTHING).map(
            "no-egress", "cn-hangzhou", "RegionIn", transitRouterRouteTableId=NEAR, sourceInstanceIds=[of("egress")]
        ),
        "one_way: not_learned / routed",
    ),
    "a map keeps it out, and an entry leads a part of it there": (
        mapped().entry("near-table", "10.9.8.0/24", "office"),
        "partly: partly / routed",
    ),
    "a map of which it is not known whether it means these networks or all others": (
        both().map(
            "some",
            "cn-hangzhou",
            "RegionIn",
            transitRouterRouteTableId=NEAR,
            sourceInstanceIds=[of("office")],
            sourceInstanceIdsReverseMatch=UNKNOWN,
        ),
        "undetermined: undetermined / undetermined",
    ),
    "an entry of a custom table is not handed over": (
        advertising(one_way().resource(tokens.NETWORK_TABLE, "custom", {"vpcId": of("egress")}), "egress", EVERYTHING, "custom"),
        "one_way: not_learned / routed",
    ),
    "it holds what a leased line hands over": (with_premises(), "diverted: diverted / routed"),
    "and what the table learns of the line is longer": (with_premises(learned=True), "reachable: routed / routed"),
    "a block of which nobody knows whether the line has it": (with_premises(block=BEYOND), "one_way: not_learned / routed"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_becomes_of_the_packets(name):
    world, expected = CASES[name]
    second = "line" if "line" in world._specs else "office"
    assert verdict(world, "plant", second) == expected


@pytest.mark.parametrize(("address", "key"), [("10.3.1.5", "shop"), ("10.2.1.0/24", "office"), ("8.8.8.8", "office")])
def test_whose_an_address_is_where_a_network_advertises_a_way_to_everywhere(address, key):
    (found,) = routes_in(with_shop(both(EVERYTHING))).find(address)
    assert found.key == key


def announcing(*blocks):
    """Two networks, and a leased line of which an inventory tells what it announces."""
    made = one_router().site("near", "plant", A).site("near", "shop", B)
    made.attach_to("near", "line", "VBR", network="vbr-1", routed=False, autoPublishRouteEnabled=True)
    made.joined("near-table", "plant", "shop", "line").standing()
    made._specs["core"].record.id = "cen-1"
    row = KnownAttachment(instance="cen-1", region="cn-hangzhou", kind="VBR", id="vbr-1", cidrs=blocks)
    return made.inventory(Inventory(attachments=(row,)))


@pytest.mark.parametrize("blocks", [("10.0.0.0/8",), (EVERYTHING,), (EVERYTHING, "192.168.0.0/16")])
def test_a_line_announces_a_block_in_which_the_networks_lie(blocks):
    assert verdict(announcing(*blocks), "plant", "line") == "assumed: assumed / assumed"
    (found,) = routes_in(announcing(*blocks)).find("10.2.1.9")
    assert found.key == "shop"


def test_who_looks_at_a_way_to_everywhere_over_a_peer():
    """The far table learns a network that advertises it, and not the line, which is of the far region or of a third one."""
    made = (
        two_routers()
        .site("near", "plant", A)
        .site("far", "office", B)
        .joined("near-table", "plant")
        .joined("far-table", "office")
    )
    made = advertising(made, "office", EVERYTHING).router("us-west-1", "third").site("third", "line", kind="VBR")
    assert verdict(made, "plant", "line") == "unconnected: diverted / not_associated"


test_one_way = table(
    one_way_route.RULE,
    case(
        "a map keeps another network's wider route out",
        advertising(one_way(), "egress", EVERYTHING).map(
            "no-egress", "cn-hangzhou", "RegionIn", transitRouterRouteTableId=NEAR, sourceInstanceIds=[of("egress")]
        ),
        "violated office-attachment",
    ),
    case(
        "a map keeps out a network's routes, the way to everywhere too, in which the sender lies",
        mapped(EVERYTHING),
    ),
)

test_partly = table(
    partly_routed.RULE,
    case(
        "entries by hand need not lead everywhere",
        by_hand(),
    ),
)

test_required = table(
    required_route_unmet.RULE,
    case("the way out of a hub", with_shop(both(EVERYTHING)), options={"require": [{"from": "*", "to": "office"}]}),
)


@pytest.mark.parametrize(
    ("made", "advice"),
    [
        (advertising(with_shop(both(BEYOND)), "shop", BEYOND), "Advertise 10.9.0.0/16 from one of the two only, or "),
        (both(A), "Advertise 10.1.1.0/24 from another network than office, or "),
    ],
)
def test_what_to_do_about_an_advertised_block_that_another_network_has(made, advice):
    found = findings_of(made, rules=[contested_route.RULE])["CEN327 violated near-table"]
    assert found.fix.summary.startswith(advice)
