"""CEN331: a router publishes into as many VPCs as the service takes."""

from cenguard.rules.routes import published_beyond_limit
from cenguard.testing import UNKNOWN
from tests.network.routes.estates import one_router
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def sites(count, publish=True):
    """Networks on one router."""
    estate = one_router()
    for number in range(count):
        estate.site("near", f"site-{number}", publish=publish)
    return estate


test_published_beyond_limit = table(
    published_beyond_limit.RULE,
    case("one too many", sites(51), "violated near"),
    case("as many as may be", sites(50)),
    case("more that publish nothing", sites(51, publish=None)),
    case(
        "whether the last one publishes is not known",
        sites(2).site("near", "last", publish=UNKNOWN),
        "undetermined near",
        limit=2,
    ),
    case("one too many without one that is not known", sites(3).site("near", "last", publish=UNKNOWN), "violated near", limit=2),
    case("not too many, though it is not known", sites(1).site("near", "last", publish=UNKNOWN), limit=2),
    case("what stands", sites(51).standing()),
    case("a limit of your own", sites(3), "violated near", limit=2),
)
