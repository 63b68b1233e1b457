"""CEN325: an attachment is associated once at each router."""

from cenguard.rules.routes import attachment_associated_twice
from cenguard.testing import unknown_from
from tests.network.routes.estates import one_router, two_routers
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def twice():
    """A network in two tables."""
    return (
        one_router()
        .table("near", "other")
        .site("near", "plant", A)
        .associated("near-table", "plant")
        .associated("other", "plant")
    )


test_attachment_associated_twice = table(
    attachment_associated_twice.RULE,
    case("two tables", twice(), "violated plant-attachment"),
    case("one table", one_router().site("near", "plant", A).associated("near-table", "plant")),
    case("what stands", twice().standing()),
    case("a peer at both its routers", two_routers()),
    case(
        "a flag, and another table",
        one_router().site("near", "plant", A, routeTableAssociationEnabled=True).associated("near-table", "plant"),
        "violated plant-attachment",
    ),
    case(
        "a flag, and the table that is looked up",
        one_router().site("near", "plant", A, routeTableAssociationEnabled=True).associated(unknown_from("near"), "plant"),
    ),
    case("a flag alone", one_router().site("near", "plant", A, routeTableAssociationEnabled=True)),
    case(
        "a peer in two tables that are only ids",
        two_routers().link("near", "far", "second").associated("vtb-1", "second").associated("vtb-2", "second"),
    ),
)
