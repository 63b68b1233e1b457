"""CEN308: a bare id stands where a router or attachment is named."""

from cenguard.resources.tokens import ASSOCIATION, PEER
from cenguard.rules.transit_routers import composite_router_id
from cenguard.testing import a_world, findings_of, of
from tests.held import edits_by
from tests.rules.tables import case, table

TABLE = "alicloud:cen/transitRouterRouteTable:TransitRouterRouteTable"


def peer_of(near, far):
    """A peer of two routers by their ids."""
    return a_world().instance().resource(PEER, "peer", {"cenId": of("core"), "transitRouterId": near, "peerTransitRouterId": far})


def with_table(router_id):
    """A route table of a router."""
    return (
        a_world()
        .instance()
        .router("cn-hangzhou", "near")
        .resource(TABLE, "table", {"transitRouterId": router_id}, region="cn-hangzhou")
    )


test_composite_router_id = table(
    composite_router_id.RULE,
    case("the id of a router", with_table("cen-1:tr-1"), "violated table"),
    case("the router's own id", with_table("tr-1")),
    case("a value that is not known says nothing", with_table(of("near"))),
    case(
        "the id of a peer in an association",
        a_world().resource(
            ASSOCIATION, "in", {"transitRouterAttachmentId": "cen-1:tr-attach-1", "transitRouterRouteTableId": "vtb-1"}
        ),
        "violated in",
    ),
    case(
        "the id of a VPN attachment is right",
        a_world().resource(ASSOCIATION, "in", {"transitRouterAttachmentId": "tr-attach-1", "transitRouterRouteTableId": "vtb-1"}),
    ),
    case(
        "a router that stands hands on its id",
        with_table(of("near")).standing("near").outputs("near", id="cen-1:tr-1"),
        "violated table",
    ),
    case("both ends of a peer are one finding", peer_of("cen-1:tr-1", "cen-1:tr-2"), "violated peer"),
)


def test_every_id_that_is_wrong_is_told_and_mended():
    world = peer_of("cen-1:tr-1", "cen-1:tr-2")
    [finding] = findings_of(world, rules=[composite_router_id.RULE]).values()

    assert "transitRouterId to cen-1:tr-1 and peerTransitRouterId to cen-1:tr-2" in finding.message
    assert finding.fix.summary == "Hand on the transit router id instead of the ids of the resources."
    [edit] = edits_by(world, composite_router_id.RULE)
    assert edit["properties"] == {"transitRouterId": "tr-1", "peerTransitRouterId": "tr-2"}
