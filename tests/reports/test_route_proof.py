"""`explain` for networks: the first missing hop by name, both legs, and what a network reaches."""

import json

import pytest

from cenguard.errors import UnknownName
from cenguard.geography.catalogue import default_catalogue
from cenguard.judging.proof import prove
from cenguard.judging.route_proof import are_networks, prove_networks, reach_of
from cenguard.reports.route_proof import render, render_reach
from cenguard.testing import UNKNOWN, a_world
from tests.network.routes.estates import one_router, two_routers

A, B = ("10.1.1.0/24", "10.1.2.0/24"), "10.2.1.0/24"


def half():
    """A peer in both tables; nothing is published into the plant."""
    estate = two_routers().site("near", "plant", *A, publish=None).site("far", "office", B)
    return estate.joined("near-table", "plant").joined("far-table", "office").assembled()


def test_the_first_missing_hop_is_said_with_its_property():
    text = " ".join(render(prove_networks(half(), "plant", "office", None), "human").split())

    assert "plant – office on core (cn-hangzhou – eu-central-1: paid by traffic, 10 Mbps): one way, office to plant only" in text
    assert "plant → office: not published" in text
    assert (
        "plant-attachment publishes nothing into plant: autoPublishRouteEnabled is not set, the service's default is false"
        in text
    )
    assert "near-table leads 10.1.1.0/24" not in text
    assert (
        "near-table learns plant: plant-attachment-into-near-table; it leads 10.1.1.0/24, 10.1.2.0/24 to plant-attachment" in text
    )
    assert "assumes: filters, vswitch_tables, elsewhere, quotas, ipv4, crossing" in text


def test_json_has_both_legs_with_their_steps():
    [found] = json.loads(render(prove_networks(half(), "10.1.2.7", B, None), "json"))
    forward, back = found["legs"]

    assert [found[key] for key in ("from", "to", "disposition", "cause")] == ["plant", "office", "one_way", "not_published"]
    assert forward["prefixes"] == {B: "not_published"}
    assert forward["steps"][0]["property"] == "autoPublishRouteEnabled"
    assert forward["steps"][0]["urn"].endswith("::plant-attachment")
    assert back["prefixes"] == dict.fromkeys(A, "routed")
    assert found["regions"]["disposition"] == "pay_by_traffic"


def test_a_paid_pair_of_regions_over_which_nothing_leads_says_so():
    estate = two_routers(advertise=None).site("near", "plant", *A).site("far", "office", B)
    network = estate.joined("near-table", "plant").joined("far-table", "office").assembled()

    [proof] = prove(network, "cn-hangzhou", "eu-central-1", None)

    assert proof.disposition == "pay_by_traffic"
    assert "no route leads over it: plant to office is not_learned, office to plant is not_learned" in proof.steps


def test_networks_of_different_instances_share_none():
    """A network that two instances have was said to be attached to the first of them."""
    world = (
        a_world().instance("one").attach("cn-beijing", "shop").instance("two").attach("cn-beijing", "again", network="shop-vpc")
    )
    network = world.instance("three").attach("us-west-1", "sales").assembled()
    [proof] = prove_networks(network, "shop-vpc", "sales-vpc", None)

    assert (proof.disposition, proof.legs) == ("no_common_instance", ())
    assert " ".join(render([proof], "human").split()) == (
        "shop-vpc – sales-vpc (shop-vpc is attached to one and two, sales-vpc to three): no common instance"
    )
    assert [item.disposition for item in prove_networks(network, "shop", "again", None)] == ["same_network"]


def test_a_block_of_several_networks_names_none_of_them():
    estate = two_routers().site("near", "plant", "10.1.0.0/16").site("near", "shop", "10.1.0.0/16").site("far", "office", B)

    with pytest.raises(UnknownName, match=r"unknown network '10.1.3.7' \(it names several: plant \(.*\), shop \("):
        prove_networks(estate.assembled(), "10.1.3.7", "office", None)


def test_what_a_network_reaches_is_one_line_for_each_group():
    estate = one_router().table("near", "other")
    for name in ("plant", "shop", "store"):
        estate.site("near", name, f"10.{len(name)}.{ord(name[1])}.0/24").joined("near-table", name)
    text = render_reach(
        reach_of(estate.site("near", "apart", "10.9.0.0/24").joined("other", "apart").assembled(), "plant", None), "human"
    )

    assert "reachable: 2 networks, VPC cn-hangzhou in near-table: shop, store" in text
    assert "not learned: 1 network, VPC cn-hangzhou in other: apart" in text


def test_json_of_what_a_network_reaches_has_both_legs_of_each_group():
    [found] = json.loads(render_reach(reach_of(half(), "office", None), "json"))

    assert found["from"] == "office"
    assert found["instance"].startswith("urn:pulumi:")
    assert found["groups"] == [
        {"id": "g1", "disposition": "one_way", "forward": "routed", "back": "not_published", "examples": ["plant"]}
    ]


def asked(network, first, second):
    """What `explain` says of two texts."""
    return are_networks(network, default_catalogue(), first, second) and prove_networks(network, first, second, None)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("plnt", "office", "there are plant"),
        ("cn-hangzhou", "office", "it is a region, and office is a network"),
        ("10.99.0.1", "office", "unknown network '10.99.0.1'"),
        ("mill", "shop", r"unknown network 'mill' \(there are office, plant\)"),  # Manila is near, and nobody asked for it
        ("cn-hangzho", "eu-central", "unknown region 'cn-hangzho'.*did you mean cn-hangzhou"),
        ("Frankfurt", "Hangzhou", "unknown region 'Frankfurt'.*did you mean eu-central-1"),
        (
            "cn-hangzhou",
            "workshop",
            r"unknown region 'workshop' \(cn-hangzhou is a region; attached are cn-hangzhou, eu-central-1\)",
        ),
    ],
)
def test_a_name_that_is_none_is_refused_with_those_that_are(first, second, said):
    network = half()

    with pytest.raises(UnknownName, match=said):
        asked(network, first, second)


def test_a_region_alone_asks_for_the_other_one():
    with pytest.raises(UnknownName, match="it is a region: name the other one with --to"):
        reach_of(half(), "cn-hangzhou", None)


def test_one_network_is_no_pair():
    [proof] = prove_networks(half(), "plant", "10.1.1.1", None)

    assert proof.disposition == "same_network"


def test_two_networks_that_are_not_known_are_not_one():
    estate = one_router().table("near", "other")
    for name, table in (("plant", "near-table"), ("office", "other")):
        estate.attach_to("near", name, network=UNKNOWN, routed=False, autoPublishRouteEnabled=True).joined(table, name)

    [proof] = prove_networks(estate.assembled(), "plant", "office", None)

    assert proof.disposition == "not_learned"
