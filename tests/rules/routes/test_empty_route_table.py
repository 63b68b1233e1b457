"""CEN323: a table that something enters has a route."""

from cenguard.resources.tokens import PREFIX_LIST_ASSOCIATION, PROPAGATION
from cenguard.rules.routes import empty_route_table
from cenguard.testing import UNKNOWN, of
from tests.network.routes.estates import one_router
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def entered():
    """A table that a network enters, and that knows nothing."""
    return one_router().site("near", "plant", A).associated("near-table", "plant")


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
