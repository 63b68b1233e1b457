"""CEN327: one table learns a vSwitch block from one VPC."""

from cenguard.resources import tokens
from cenguard.rules.routes import contested_route
from cenguard.testing import UNKNOWN, of
from tests.network.routes.estates import one_router, two_routers
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def twins(table="near-table", blocks=(A, A)):
    """Two networks with a block, in tables."""
    estate = one_router().table("near", "other").site("near", "plant", blocks[0]).site("near", "office", blocks[1])
    return estate.joined("near-table", "plant").joined(table, "office")


def entered_by_some():
    """Two networks with a block, in a table with which an attachment is associated that is not known."""
    estate = one_router().site("near", "plant", A).site("near", "office", A).propagated("near-table", "plant", "office")
    table = of("near-table", "transitRouterRouteTableId")
    return estate.resource(tokens.ASSOCIATION, "some", {"transitRouterAttachmentId": UNKNOWN, "transitRouterRouteTableId": table})


def denying(name, table="near-table", **more):
    """What a route map says that keeps the routes of a network out of a table."""
    return {"transitRouterRouteTableId": of(table, "transitRouterRouteTableId"), "sourceInstanceIds": [of(name)], **more}


test_contested_route = table(
    contested_route.RULE,
    case("one block, one table", twins(), "violated near-table"),
    case("two tables", twins("other")),
    case("a table that only an attachment enters which is not known yet", entered_by_some(), "violated near-table"),
    case("two blocks", twins(blocks=(A, B))),
    case("one inside the other", twins(blocks=("10.1.0.0/16", A))),
    case(
        "over a peer",
        two_routers()
        .site("near", "plant", A)
        .site("far", "office", A)
        .joined("near-table", "plant")
        .joined("far-table", "office"),
        "violated far-table",
        "violated near-table",
    ),
    case("a route map keeps one of them out", twins().map("apart", "cn-hangzhou", "RegionIn", **denying("office"))),
    case(
        "a route map of the far table does",
        two_routers()
        .site("near", "plant", A)
        .site("far", "office", A)
        .joined("near-table", "plant")
        .joined("far-table", "office")
        .map("apart", "eu-central-1", "RegionOut", **denying("office", "far-table")),
        "violated far-table",
    ),
    case(
        "a route map of which it is not known whom it keeps out",
        twins().map("apart", "cn-hangzhou", "RegionIn", **denying("office", sourceInstanceIds=UNKNOWN)),
        "undetermined near-table",
    ),
    case(
        "a route map of the table, whatever its instance turns out to be",
        twins().map("apart", "cn-hangzhou", "RegionIn", **denying("office", cenId=UNKNOWN)),
    ),
    case(
        "a route map of some table of some instance",
        twins().map("apart", "cn-hangzhou", "RegionIn", **denying("office", cenId=UNKNOWN, transitRouterRouteTableId=UNKNOWN)),
        "undetermined near-table",
    ),
    case(
        "only the VPCs' own blocks are known",
        one_router()
        .attach_to("near", "plant", cidr="10.0.0.0/8", routed=False)
        .attach_to("near", "office", cidr="10.0.0.0/8", routed=False)
        .joined("near-table", "plant", "office"),
        "undetermined near-table",
    ),
)
