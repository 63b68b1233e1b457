"""What route maps make of a route: the order in which they are asked, and what of them is not known."""

import pytest

from cenguard.testing import UNKNOWN, of
from tests.network.routes.estates import one_router, pair_of, verdict

PLANT, OFFICE = "10.1.1.0/24", "10.2.1.0/24"
HERE = {"transitRouterRouteTableId": of("near-table", "transitRouterRouteTableId")}
THERE = {"sourceInstanceIds": [of("office")], **HERE}


def together():
    """Two networks of one table."""
    estate = one_router().site("near", "plant", PLANT).site("near", "office", OFFICE)
    return estate.joined("near-table", "plant", "office")


def permitted(**inputs):
    """A map that permits what the office hands over, and one behind it that denies it."""
    return (
        together()
        .map("permit", "cn-hangzhou", "RegionIn", "Permit", 5, **THERE, **inputs)
        .map("deny", "cn-hangzhou", "RegionIn", "Deny", 10, **THERE)
    )


def denied(**inputs):
    """A map that denies a block which holds the office's."""
    return together().map("deny", "cn-hangzhou", "RegionIn", destinationCidrBlocks=["10.2.0.0/16"], **HERE, **inputs)


@pytest.mark.parametrize(
    ("estate", "expected"),
    [
        (permitted(), "reachable: routed / routed"),
        (permitted(nextPriority=10), "one_way: denied / routed"),
        (permitted(nextPriority=6), "one_way: denied / routed"),
        (permitted(nextPriority=11), "reachable: routed / routed"),
        (permitted(nextPriority=UNKNOWN), "undetermined: undetermined / routed"),
        (together().map("odd", "cn-hangzhou", "RegionIn", UNKNOWN, **THERE), "undetermined: undetermined / routed"),
        (denied(cidrMatchMode="Include"), "one_way: denied / routed"),
        (denied(cidrMatchMode="Complete"), "reachable: routed / routed"),
        (denied(), "undetermined: undetermined / routed"),
        (denied(cidrMatchMode=UNKNOWN), "undetermined: undetermined / routed"),
    ],
    ids=[
        "the first that fits decides",
        "one that permits may hand on",
        "to the next that there is",
        "and to none",
        "or nobody knows to which",
        "nobody knows what it does",
        "a block inside the listed one",
        "is not equal to it",
        "what holds without a mode is not documented",
        "nor is it where the mode is not known",
    ],
)
def test_what_maps_make_of_a_route(estate, expected):
    assert verdict(estate) == expected


def test_one_of_two_networks_of_one_block_gets_what_is_sent_to_it():
    pair = pair_of(together().site("near", "third", OFFICE).joined("near-table", "third"), "plant", "office", evidence=True)

    assert pair.disposition == "contested"
    assert pair.forward.steps[-1].text.endswith("from office and third: one of them gets it")
