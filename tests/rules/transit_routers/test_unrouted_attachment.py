"""CEN310: each attachment is in a route table, with routes that lead to it."""

import pytest

from cenguard.resources.tokens import ASSOCIATION, ROUTE_ENTRY, VPC_ATTACHMENT
from cenguard.rules.transit_routers import unrouted_attachment
from cenguard.testing import UNKNOWN, a_world, findings_of, of
from tests.rules.tables import case, table

ENTRY = {"transitRouterRouteEntryNextHopType": "Attachment", "transitRouterRouteEntryDestinationCidrBlock": "10.0.0.0/8"}


def near():
    """A router in Hangzhou."""
    return a_world().instance().router("cn-hangzhou", "near")


def peered(*, near_end=True, far_end=True):
    """Two routers and a peer, routed at some ends."""
    world = near().router("eu-central-1", "far").peer("near", "far", 5, billing="DataTransfer", routed=False)
    if near_end:
        world.route("near", "peer")
    return world.route("far", "peer") if far_end else world


def may_be_associated():
    """An attachment that is not propagated, and an association of one that is not known."""
    world = near().attach_to("near", "plant", routed=False)
    return world.resource(ASSOCIATION, "in", {"transitRouterAttachmentId": UNKNOWN, "transitRouterRouteTableId": "vtb-1"})


def routers_of(instance):
    """A router of an instance that is made elsewhere, and a network that is in none of its tables."""
    return a_world().on(instance).router("cn-hangzhou", "near").attach_to("near", "plant", routed=False)


test_unrouted_attachment = table(
    unrouted_attachment.RULE,
    case("another stack's instance, and a router of ours", routers_of("cen-1"), "violated plant"),
    case("the same, and others add to its tables", routers_of("cen-1").shared("cen-1"), "undetermined plant"),
    case("others add to another instance's", routers_of("cen-1").shared("cen-2"), "violated plant"),
    case("in no table", near().attach_to("near", "plant", routed=False), "violated plant"),
    case("associated and propagated", near().attach_to("near", "plant")),
    case(
        "associated only",
        near().attach_to("near", "plant", routed=False).route("near", "plant", propagated=False),
        "violated plant",
    ),
    case(
        "propagated only",
        near().attach_to("near", "plant", routed=False).route("near", "plant", associated=False),
        "violated plant",
    ),
    case(
        "a route entry leads to it instead",
        near()
        .attach_to("near", "plant", routed=False)
        .route("near", "plant", propagated=False)
        .resource(
            ROUTE_ENTRY,
            "entry",
            {
                **ENTRY,
                "transitRouterRouteTableId": of("near-table", "transitRouterRouteTableId"),
                "transitRouterRouteEntryNextHopId": of("plant", "transitRouterAttachmentId"),
            },
        ),
    ),
    case(
        "the deprecated flags",
        near().attach_to("near", "plant", routed=False, routeTableAssociationEnabled=True, routeTablePropagationEnabled=True),
    ),
    case(
        "the deprecated flags set to false",
        near().attach_to("near", "plant", routed=False, routeTableAssociationEnabled=False, routeTablePropagationEnabled=False),
        "violated plant",
    ),
    case(
        "a flag that is not known",
        near().attach_to("near", "plant", routed=False, routeTableAssociationEnabled=UNKNOWN, routeTablePropagationEnabled=True),
        "undetermined plant",
    ),
    case(
        "an association of an attachment that is not known may be its own",
        near()
        .attach_to("near", "plant", routed=False)
        .route("near", "plant", associated=False)
        .resource(ASSOCIATION, "in", {"transitRouterAttachmentId": UNKNOWN, "transitRouterRouteTableId": "vtb-1"}),
        "undetermined plant",
    ),
    case("whatever it is, nothing leads to an attachment that is not propagated", may_be_associated(), "violated plant"),
    case("a peer routed at both ends", peered()),
    case("a peer routed at its near end only", peered(far_end=False), "violated peer"),
    case("a peer routed at its far end only", peered(near_end=False), "violated peer"),
    case("a VPN attachment hands on its id", near().attach_to("near", "vpn", "VPN")),
    case("a direct attachment needs no table", a_world().instance().attach("cn-hangzhou", "shop")),
    case(
        "a router from elsewhere may keep its tables elsewhere",
        a_world()
        .instance()
        .resource(VPC_ATTACHMENT, "plant", {"cenId": of("core"), "transitRouterId": "tr-1", "vpcId": "vpc-1"}),
        "undetermined plant",
    ),
)


@pytest.mark.parametrize(
    ("world", "lacks", "fix"),
    [
        (
            near().attach_to("near", "plant", routed=False),
            "plant is not routed: no association and no propagation and no route entry at near. It carries no traffic.",
            "Add a TransitRouterRouteTableAssociation, and a TransitRouterRouteTablePropagation (or a route entry) for it.",
        ),
        (
            near().attach_to("near", "plant", routed=False).route("near", "plant", propagated=False),
            "plant is not routed: no propagation and no route entry at near. It carries packets one way at most, and no answer comes back.",
            "Add a TransitRouterRouteTablePropagation (or a route entry) for it.",
        ),
        (
            may_be_associated(),
            "plant is not routed: no propagation and no route entry at near. It carries packets one way at most, and no answer comes back.",
            "Add a TransitRouterRouteTablePropagation (or a route entry) for it.",
        ),
        (
            near().attach_to("near", "plant", routed=False).route("near", "plant", associated=False),
            "plant is not routed: no association at near. It carries packets one way at most, and no answer comes back.",
            "Add a TransitRouterRouteTableAssociation for it.",
        ),
    ],
)
def test_what_is_there_or_may_be_is_not_asked_for_again(world, lacks, fix):
    """The service takes one association of an attachment at a router."""
    (finding,) = findings_of(world, rules=[unrouted_attachment.RULE]).values()

    assert (finding.message, finding.fix.summary) == (lacks, fix)


@pytest.mark.parametrize(
    ("lacking", "carries"),
    [
        ({"near_end": False}, "no traffic"),
        ({"far_end": False}, "no traffic"),
        ({"near_end": "propagation", "far_end": "association"}, "packets one way at most"),
        ({"near_end": "propagation", "far_end": "propagation"}, "no traffic"),
        ({"near_end": True, "far_end": "association"}, "packets one way at most"),
    ],
)
def test_a_peer_that_lacks_something_may_carry_packets_one_way(lacking, carries):
    """They are let in at one end, and led to the peer at the other."""
    world = peered(near_end=False, far_end=False)
    for router in ("near", "far"):
        lacks = lacking.get(f"{router}_end", True)
        if lacks is not False:
            world.route(router, "peer", associated=lacks != "association", propagated=lacks != "propagation")
    (finding,) = findings_of(world, rules=[unrouted_attachment.RULE]).values()

    assert f"It carries {carries}" in finding.message
