"""Networks that fare alike are one group, and no others."""

from cenguard.network.routes.groups import groups_of
from cenguard.resources import tokens
from cenguard.rules.routes import required_route_unmet
from cenguard.testing import UNKNOWN, assert_says, of
from tests.network.routes.estates import one_router, pair_of, routes_in, verdict

A, B, C = "10.1.1.0/24", "10.2.1.0/24", "10.3.1.0/24"
ALL, OF_SHOP = "10.0.0.0/8", "10.3.0.0/16"


def groups(estate):
    """The groups of an estate, by the names of their networks."""
    return [sorted(member.key for member in group.members) for group in groups_of(routes_in(estate))]


def own_table(estate, network, name, *entries):
    """A custom table of a network that takes nothing: blocks that lead to its attachment, or elsewhere."""
    estate.resource(tokens.NETWORK_TABLE, name, {"vpcId": of(network), "routePropagationEnable": False})
    for block, is_led in entries:
        hop = of(f"{network}-attachment", "transitRouterAttachmentId") if is_led else "ngw-1"
        inputs = {
            "routeTableId": of(name),
            "destinationCidrblock": block,
            "nexthopType": "Attachment" if is_led else "NatGateway",
            "nexthopId": hop,
        }
        estate.resource(tokens.NETWORK_ENTRY, f"{name}-{block}", inputs)
    return estate


def test_entries_of_one_table_and_those_of_two_are_not_alike():
    estate = one_router().site("near", "plant", A, publish=False).site("near", "office", B, publish=False)
    estate.site("near", "shop", C).joined("near-table", "plant", "office", "shop")
    own_table(own_table(estate, "plant", "plant-one", (ALL, True), (OF_SHOP, False)), "plant", "plant-two")
    own_table(own_table(estate, "office", "office-one", (ALL, True)), "office", "office-two", (OF_SHOP, False))

    assert verdict(estate, "plant", "shop") == "diverted: diverted / routed"
    assert verdict(estate, "office", "shop") == "reachable: routed / routed"
    assert ["office"] in groups(estate)


def denied(key, value):
    """A network of which nothing is known beside one that is, and a map of their table that denies what it lists."""
    estate = one_router().attach_to("near", "unknown", network=UNKNOWN, routed=False, autoPublishRouteEnabled=True)
    estate.attach_to("near", "known", network="vpc-7", routed=False, autoPublishRouteEnabled=True)
    estate.site("near", "plant", A).joined("near-table", "unknown", "known", "plant")
    table = of("near-table", "transitRouterRouteTableId")
    return estate.map("apart", "cn-hangzhou", "RegionIn", transitRouterRouteTableId=table, **{key: value})


def test_a_map_may_mean_a_network_that_is_not_known():
    estate = denied("sourceInstanceIds", ["vpc-9"])
    leg = pair_of(estate, "plant", "unknown").forward

    assert leg.disposition == "undetermined"
    assert "apart asks for a region or a network that is not known yet" in leg.blocker.text
    assert pair_of(estate, "plant", "known").forward.disposition == "routed"
    assert ["known"] in groups(estate)


def test_what_becomes_of_a_networks_packets_to_itself_is_no_answer_about_others():
    """The first of the networks has a vSwitch somewhere in its block: another one inside it may meet that, and it is that one itself."""
    estate = one_router().network("cn-hangzhou", "annex", cidrBlock="10.9.0.0/16").site("near", "annex", UNKNOWN)
    estate.site("near", "plant", A).site("near", "shop", C).joined("near-table", "annex", "plant", "shop")
    routes = routes_in(estate)
    members = list(routes.members)

    assert members[0].key == "annex"
    assert [leg.disposition for leg in routes.legs(members)[0][1:]] == ["routed", "routed"]
    assert_says(estate, rules=[required_route_unmet.RULE], options={"CEN332": {"require": [{"from": "*", "to": "annex"}]}})
