"""CEN323: a table that something enters has a route."""

from cenguard.resources.tokens import ASSOCIATION, PREFIX_LIST_ASSOCIATION, PROPAGATION
from cenguard.rules.routes import empty_route_table
from cenguard.testing import UNKNOWN, of
from tests.network.routes.estates import one_router
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def entered():
    """A table that a network enters, and that knows nothing."""
    return one_router().site("near", "plant", A).associated("near-table", "plant")


def relation(estate, token, attachment, into):
    """An association or propagation of which something is not told."""
    named = {"transitRouterAttachmentId": attachment, "transitRouterRouteTableId": into}
    return estate.resource(token, f"some-{token.rpartition(':')[2]}", named)


PLANT, TABLE = of("plant-attachment", "transitRouterAttachmentId"), of("near-table", "transitRouterRouteTableId")


def site():
    """A network in no table."""
    return one_router().site("near", "plant", A)


test_empty_route_table = table(
    empty_route_table.RULE,
    case("nothing in it", entered(), "violated near-table"),
    case("a propagation", entered().propagated("near-table", "plant")),
    case("an entry", entered().entry("near-table", "0.0.0.0/0", "plant")),
    case("a black hole", entered().entry("near-table", "0.0.0.0/0")),
    case("nothing enters it", one_router()),
    case(
        "a propagation into a table that is not known",
        entered().resource(
            PROPAGATION,
            "some",
            {
                "transitRouterAttachmentId": of("plant-attachment", "transitRouterAttachmentId"),
                "transitRouterRouteTableId": UNKNOWN,
            },
        ),
        "undetermined near-table",
    ),
    case(
        "an association with a table that is not known", relation(site(), ASSOCIATION, PLANT, UNKNOWN), "undetermined near-table"
    ),
    case(
        "an association with a table of its own router, which one is not known",
        relation(
            site().router("eu-central-1", "far").table("far", "far-table").joined("near-table", "plant"),
            ASSOCIATION,
            PLANT,
            UNKNOWN,
        ),
    ),
    case(
        "an association of an attachment that is not known", relation(site(), ASSOCIATION, UNKNOWN, TABLE), "violated near-table"
    ),
    case("a propagation of an attachment that is not known", relation(entered(), PROPAGATION, UNKNOWN, TABLE)),
    case(
        "a propagation of an attachment that is not known into another table",
        relation(entered().table("near", "other"), PROPAGATION, UNKNOWN, of("other", "transitRouterRouteTableId")),
        "violated near-table",
    ),
    case(
        "a prefix list",
        entered().resource(
            PREFIX_LIST_ASSOCIATION,
            "listed",
            {
                "transitRouterTableId": of("near-table", "transitRouterRouteTableId"),
                "prefixListId": "pl-1",
                "nextHop": "BlackHole",
            },
        ),
    ),
)
