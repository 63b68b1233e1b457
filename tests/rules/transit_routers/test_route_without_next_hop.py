"""CEN317: a route entry to an attachment names it."""

from cenguard.resources.tokens import ROUTE_ENTRY
from cenguard.rules.transit_routers import route_without_next_hop
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def entry(kind, hop=None):
    """A route entry."""
    inputs = {
        "transitRouterRouteEntryNextHopType": kind,
        "transitRouterRouteEntryNextHopId": hop,
        "transitRouterRouteTableId": "vtb-1",
    }
    return a_world().resource(ROUTE_ENTRY, "entry", inputs)


test_route_without_next_hop = table(
    route_without_next_hop.RULE,
    case("no next hop", entry("Attachment"), "violated entry"),
    case("a next hop", entry("Attachment", "tr-attach-1")),
    case("a next hop that is not known yet", entry("Attachment", UNKNOWN)),
    case("a black hole needs none", entry("BlackHole")),
    case("a type that is not known", entry(UNKNOWN), "undetermined entry"),
)
