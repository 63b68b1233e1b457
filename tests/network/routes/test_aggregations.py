"""Aggregations of a table: a wide route in the VPCs that take what it publishes, and none of the table's own."""

import pytest

from cenguard.resources import tokens
from cenguard.testing import UNKNOWN, of
from tests.network.routes.estates import one_router, pair_of, routes_in, verdict

A, B = "10.1.1.0/24", "10.2.1.0/24"


def estate(*, publish=True, aggregated=None, denied=False, by_hand=None, kind="VPC", learned=True):
    """Two networks in one table, with an aggregation and a map that keeps the office's routes from the plant."""
    made = (
        one_router().site("near", "plant", *([A] if kind == "VPC" else []), publish=publish, kind=kind).site("near", "office", B)
    )
    made = made.joined("near-table", "plant").associated("near-table", "office")
    if learned:
        made = made.propagated("near-table", "office")
    if aggregated is not None:
        made = made.resource(
            tokens.AGGREGATION,
            "wide",
            {
                "transitRouteTableId": of("near-table", "transitRouterRouteTableId"),
                "transitRouteTableAggregationCidr": aggregated,
                "transitRouteTableAggregationScope": "VPC",
            },
        )
    if denied:
        made = made.map(
            "keep",
            "cn-hangzhou",
            "RegionOut",
            transitRouterRouteTableId=of("near-table", "transitRouterRouteTableId"),
            sourceInstanceIds=[of("office")],
            destinationInstanceIds=[of("plant")],
        )
    if by_hand is not None:
        made = made.by_hand("plant", by_hand, kind="NatGateway")
    return made


CASES = {
    "a map denies the longer route": (estate(denied=True), "one_way: denied / routed"),
    "and the wide one leads all the same": (estate(denied=True, aggregated="10.0.0.0/8"), "reachable: routed / routed"),
    "a wide one beside the block leads nothing": (estate(denied=True, aggregated="10.64.0.0/10"), "one_way: denied / routed"),
    "one of which the block is not known": (estate(denied=True, aggregated=UNKNOWN), "undetermined: undetermined / routed"),
    "into a network that takes nothing": (estate(publish=False, aggregated="10.0.0.0/8"), "one_way: not_published / routed"),
    "it is no route of the table": (estate(learned=False, aggregated="10.0.0.0/8"), "one_way: not_learned / routed"),
    "an entry between it and the published route": (
        estate(aggregated="10.0.0.0/8", by_hand="10.2.0.0/16"),
        "undetermined: undetermined / routed",
    ),
    "an entry that is wider than it": (estate(aggregated="10.2.0.0/15", by_hand="10.0.0.0/8"), "reachable: routed / routed"),
    "an entry of the same length": (
        estate(aggregated="10.2.0.0/16", by_hand="10.2.0.0/16"),
        "undetermined: undetermined / routed",
    ),
    "an entry that is longer than both": (estate(aggregated="10.0.0.0/8", by_hand="10.2.1.0/25"), "diverted: diverted / routed"),
    "it reaches VPCs only": (estate(denied=True, aggregated="10.0.0.0/8", kind="VBR"), "one_way: denied / routed"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_becomes_of_the_packets(name):
    world, expected = CASES[name]
    assert verdict(world) == expected


def test_the_evidence_names_it():
    world = estate(denied=True, aggregated="10.0.0.0/8")
    routes = routes_in(world)
    plant, office = routes.find("plant")[0], routes.find("office")[0]
    steps = [step.text for step in routes.leg(plant, office, evidence=True).steps]
    assert "wide puts 10.0.0.0/8 into plant, which leads to plant-attachment" in steps
    assert pair_of(world, "plant", "office").forward.disposition == "routed"
