"""CEN325: an attachment is associated once at each router."""

from cenguard.rules.routes import attachment_associated_twice
from cenguard.testing import UNKNOWN, unknown_from
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


def moved(table="near-table", *, first=False):
    """A network that moves to another table, by an update that replaces its association."""
    world = one_router().table("near", "other").site("near", "plant", A).associated(table, "plant").standing()
    name = f"plant-attachment-in-{table if table == 'near-table' else 'table'}"
    world.replaced(name, transitRouterRouteTableId="other-id", transitRouterAttachmentId="plant-attachment-id")
    world._specs[name].record.delete_first = first
    return world


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
    case(
        "a flag that is not known, and another table",
        one_router().site("near", "plant", A, routeTableAssociationEnabled=UNKNOWN).associated("near-table", "plant"),
        "undetermined plant-attachment",
    ),
    case(
        "both stand",
        one_router().site("near", "plant", A, routeTableAssociationEnabled=UNKNOWN).associated("near-table", "plant").standing(),
    ),
    case("an unknown flag alone", one_router().site("near", "plant", A, routeTableAssociationEnabled=UNKNOWN)),
    case("a flag alone", one_router().site("near", "plant", A, routeTableAssociationEnabled=True)),
    case(
        "a peer in two tables that are only ids",
        two_routers().link("near", "far", "second").associated("vtb-1", "second").associated("vtb-2", "second"),
    ),
    case(
        "a peer at both its routers, neither of which it tells",
        two_routers(transitRouterId=UNKNOWN, peerTransitRouterId=UNKNOWN),
    ),
    case(
        "and in two tables of one of them",
        two_routers(transitRouterId=UNKNOWN, peerTransitRouterId=UNKNOWN).table("far", "other").associated("other", "peer"),
        "violated peer",
    ),
    case(
        "another table: the new association is made before the old one is deleted",
        moved(),
        "violated plant-attachment-in-near-table",
    ),
    case(
        "replaced since its table is not known any more: it may be the same one, and nothing is replaced",
        moved(UNKNOWN),
        "undetermined plant-attachment-in-table",
    ),
    case("the old one is deleted first", moved(first=True)),
    case(
        "a new name without an alias",
        one_router()
        .site("near", "plant", A)
        .associated("near-table", "plant")
        .standing()
        .associated("vtb-2", "plant")
        .deleted("plant-attachment-in-near-table"),
        "violated plant-attachment-in-vtb-2",
    ),
)
