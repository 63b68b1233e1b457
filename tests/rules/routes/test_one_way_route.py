"""CEN322: what goes out comes back."""

from cenguard.rules.routes import one_way_route
from cenguard.testing import UNKNOWN
from tests.network.routes.estates import one_router
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def sites(back=True):
    """Two networks in two tables; the way back is there or not."""
    estate = (
        one_router().table("near", "other").site("near", "plant", A).site("near", "office", B).site("near", "shop", "10.3.1.0/24")
    )
    estate.associated("near-table", "plant").associated("other", "office", "shop")
    estate.propagated("near-table", "office", "shop").propagated("other", "office", "shop")
    return estate.propagated("other", "plant") if back else estate.propagated("near-table", "plant")


test_one_way_route = table(
    one_way_route.RULE,
    case("no way back", sites(back=False), "violated plant-attachment"),
    case(
        "another network, of which it is asked whether it belongs into the same table",
        sites(back=False)
        .site("near", "annex", "10.4.1.0/24", transitRouterId=UNKNOWN)
        .joined("near-table", "annex")
        .propagated("other", "annex"),
        "violated plant-attachment",
    ),
    case("both ways", sites()),
    case(
        "CEN320 says what is missing",
        one_router().site("near", "plant", A, publish=None).site("near", "office", B).joined("near-table", "plant", "office"),
    ),
    case("a black hole is meant", sites().entry("other", A)),
    case(
        "isolation is meant",
        one_router()
        .table("near", "other")
        .site("near", "plant", A)
        .site("near", "office", B)
        .joined("near-table", "plant")
        .joined("other", "office"),
    ),
)
