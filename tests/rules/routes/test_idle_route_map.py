"""CEN328: a route map acts on a table that is used."""

from cenguard.resources.tokens import ROUTE_MAP
from cenguard.rules.routes import idle_route_map
from cenguard.testing import a_world, of, unknown_from
from tests.network.routes.estates import one_router
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def used():
    """A table of its own that a network uses."""
    return one_router().site("near", "plant", A).joined("near-table", "plant")


test_idle_route_map = table(
    idle_route_map.RULE,
    case("a denial of the system table, which nothing uses", used().map("denied", "cn-hangzhou", "RegionIn"), "violated denied"),
    case("a permission there says nothing", used().map("allowed", "cn-hangzhou", "RegionIn", "Permit")),
    case(
        "the system table is used",
        one_router().site("near", "plant", A).joined(unknown_from("near"), "plant").map("denied", "cn-hangzhou", "RegionIn"),
    ),
    case(
        "a table that is used",
        used().map("denied", "cn-hangzhou", "RegionIn", transitRouterRouteTableId=of("near-table", "transitRouterRouteTableId")),
    ),
    case(
        "a table that nothing enters",
        one_router().map(
            "denied", "cn-hangzhou", "RegionIn", transitRouterRouteTableId=of("near-table", "transitRouterRouteTableId")
        ),
        "violated denied",
    ),
    case(
        "the Basic Edition has one table",
        a_world()
        .instance()
        .attach("cn-hangzhou", "shop")
        .resource(
            ROUTE_MAP,
            "denied",
            {
                "cenId": of("core"),
                "cenRegionId": "cn-hangzhou",
                "transmitDirection": "RegionIn",
                "mapResult": "Deny",
                "priority": 3,
            },
        ),
    ),
)
