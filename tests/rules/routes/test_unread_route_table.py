"""CEN324: what a table knows is found by somebody."""

from cenguard.resources.tokens import ASSOCIATION, PROPAGATION
from cenguard.rules.routes import unread_route_table
from cenguard.testing import UNKNOWN, of
from tests.network.routes.estates import one_router
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def apart():
    """A network that is known in a table which nothing enters."""
    estate = one_router().table("near", "other").site("near", "plant", A).associated("near-table", "plant")
    return estate.propagated("other", "plant")


def beyond():
    """Two routers whose peer is known at the far end only in a table which nothing enters."""
    estate = one_router().router("eu-central-1", "far").table("far", "far-table").table("far", "other").link("near", "far")
    estate.site("near", "plant", A).joined("near-table", "plant", "peer")
    return (
        estate.site("far", "office", B).joined("far-table", "office").associated("far-table", "peer").propagated("other", "peer")
    )


def by_flag(looks, known=True):
    """A network that the system table knows as well, and one of which it is not known whether it looks there."""
    estate = one_router().table("near", "other").site("near", "plant", A, routeTablePropagationEnabled=known)
    return estate.propagated("other", "plant").site("near", "office", B, routeTableAssociationEnabled=looks)


def loose(estate, token, attachment, into):
    """A relation of which something is not told."""
    return estate.resource(token, "some", {"transitRouterAttachmentId": attachment, "transitRouterRouteTableId": into})


OTHER = of("other", "transitRouterRouteTableId")


test_unread_route_table = table(
    unread_route_table.RULE,
    case("known only where nobody looks", apart(), "violated other"),
    case("known in the other table too", apart().propagated("near-table", "plant")),
    case("an entry of a table that is read leads to it", apart().entry("near-table", A, "plant")),
    case("an entry at the other end of a peer finds nothing here", beyond().entry("near-table", B, "peer"), "violated other"),
    case("an entry at the peer's own end finds it", beyond().entry("far-table", A, "peer")),
    case("somebody looks there", apart().site("near", "office", B).associated("other", "office")),
    case("an empty table", one_router().table("near", "other")),
    case(
        "an association that is not known",
        apart()
        .site("near", "office", B)
        .resource(
            ASSOCIATION,
            "some",
            {
                "transitRouterAttachmentId": of("office-attachment", "transitRouterAttachmentId"),
                "transitRouterRouteTableId": UNKNOWN,
            },
        ),
        "undetermined other",
    ),
    case(
        "an association that is not known beside one that says no table",
        apart()
        .site("near", "office", B)
        .resource(ASSOCIATION, "a-broken", {"transitRouterAttachmentId": of("office-attachment", "transitRouterAttachmentId")})
        .resource(
            ASSOCIATION,
            "some",
            {
                "transitRouterAttachmentId": of("office-attachment", "transitRouterAttachmentId"),
                "transitRouterRouteTableId": UNKNOWN,
            },
        ),
        "undetermined other",
    ),
    case("the system table, which is read by flag, knows it", by_flag(looks=True)),
    case("the system table, which may be read by flag, knows it", by_flag(looks=UNKNOWN), "undetermined other"),
    case("the system table may be read, and does not know it", by_flag(looks=UNKNOWN, known=False), "violated other"),
    case(
        "one of two is lost for certain",
        by_flag(looks=UNKNOWN).site("near", "store", "10.3.1.0/24").propagated("other", "store"),
        "violated other",
    ),
    case("an association of an attachment that is not known", loose(apart(), ASSOCIATION, UNKNOWN, OTHER)),
    case(
        "an association of an attachment that is not known, with the other table",
        loose(apart().table("near", "third"), ASSOCIATION, UNKNOWN, of("third", "transitRouterRouteTableId")),
        "violated other",
    ),
    case(
        "a propagation of an attachment that is not known",
        loose(apart().site("near", "office", B), PROPAGATION, UNKNOWN, of("near-table", "transitRouterRouteTableId")),
        "undetermined other",
    ),
    case(
        "an entry of a table that is not known leads to it", apart().entry(UNKNOWN, A, "plant", name="some"), "undetermined other"
    ),
)
