"""CEN328: a route map acts on a table that is used."""

from cenguard.resources.tokens import ASSOCIATION, ROUTE_MAP
from cenguard.rules.routes import idle_route_map
from cenguard.testing import UNKNOWN, a_world, of, unknown_from
from tests.network.routes.estates import one_router, two_routers
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def used():
    """A table of its own that a network uses."""
    return one_router().site("near", "plant", A).joined("near-table", "plant")


def of_table(name):
    """A table, by its id."""
    return {"transitRouterRouteTableId": of(name, "transitRouterRouteTableId")}


def acting(estate, name="near-table"):
    """A map that acts on a table."""
    return estate.map("denied", "cn-hangzhou", "RegionIn", **of_table(name))


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
        acting(used()),
    ),
    case(
        "a table that nothing enters",
        acting(one_router()),
        "violated denied",
    ),
    case(
        "nothing is looked up in it",
        acting(one_router().site("near", "plant", A).propagated("near-table", "plant")),
        "violated denied",
    ),
    case("it learns nothing", acting(one_router().site("near", "plant", A).associated("near-table", "plant")), "violated denied"),
    case(
        "it learns by an entry",
        acting(one_router().site("near", "plant", A).associated("near-table", "plant").entry("near-table", A, "plant")),
    ),
    case(
        "an association of which the table is not known",
        acting(one_router().site("near", "plant", A).associated(UNKNOWN, "plant").propagated("near-table", "plant")),
        "undetermined denied",
    ),
    case(
        "an association of which only the attachment is not known",
        acting(
            used()
            .resource(ASSOCIATION, "some", {**of_table("other"), "transitRouterAttachmentId": UNKNOWN})
            .table("near", "other")
            .propagated("other", "plant"),
            "other",
        ),
    ),
    case(
        "a propagation of which the table is not known",
        acting(one_router().site("near", "plant", A).associated("near-table", "plant").propagated(UNKNOWN, "plant")),
        "undetermined denied",
    ),
    case(
        "an entry of which the table is not known",
        acting(one_router().site("near", "plant", A).associated("near-table", "plant").entry(UNKNOWN, A, "plant")),
        "undetermined denied",
    ),
    case(
        "it learns nothing, whatever is looked up in it",
        acting(one_router().site("near", "plant", A).associated(UNKNOWN, "plant")),
        "violated denied",
    ),
    case(
        "what is not known is at another router",
        acting(two_routers().site("far", "plant", A).associated(UNKNOWN, "plant").table("near", "other"), "other"),
        "violated denied",
    ),
    case(
        "a flag that is not known may have the system table used",
        one_router().site("near", "plant", A, routeTableAssociationEnabled=UNKNOWN).map("denied", "cn-hangzhou", "RegionIn"),
        "undetermined denied",
    ),
    case(
        "and no other table",
        acting(one_router().site("near", "plant", A, routeTableAssociationEnabled=UNKNOWN).propagated("near-table", "plant")),
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
