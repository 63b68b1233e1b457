"""A region whose only company is the CCN of its own region is cut off from the rest, and the wish says so first."""

import pytest

from cenguard.errors import InvalidIntent
from cenguard.planning.intent import parse

NETWORKS = {
    "tokyo": {"region": "ap-northeast-1", "id": "vpc-1"},
    "shanghai": {"region": "cn-shanghai", "id": "vpc-2"},
    "branches": {"region": "ccn-cn-shanghai", "kind": "CCN", "id": "ccn-1"},
}


def wish(hub, networks=NETWORKS):
    packages = {"payment_type": "PrePaid", "sizes": {"Asia-Pacific/China": 2 if hub.startswith("ccn") else 4}}
    return {
        "edition": "basic",
        "networks": networks,
        "interconnect": {"hub": {"region": hub, "bandwidth": 2}},
        "packages": packages,
    }


def test_a_region_beside_a_ccn_hub_is_not_joined_to_the_others():
    """The rules would call its idle share of the package CEN206."""
    with pytest.raises(InvalidIntent, match="cn-shanghai"):
        parse(wish("ccn-cn-shanghai"))


def test_with_the_hub_abroad_everybody_is_joined():
    parse(wish("ap-northeast-1"))


def test_a_ccn_with_its_own_region_alone_needs_nothing():
    networks = {key: NETWORKS[key] for key in ("shanghai", "branches")}
    arguments = {**wish("cn-shanghai", networks), "packages": {"payment_type": "PrePaid"}}

    assert parse(arguments).plan.packages == ()
