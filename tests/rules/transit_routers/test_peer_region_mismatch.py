"""CEN307: the declared far region of a peer is the far router's."""

from cenguard.rules.transit_routers import peer_region_mismatch
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, enterprise, table


def peered(**options):
    """Hangzhou and Frankfurt with a peer."""
    return enterprise().peer("near", "far", 5, **options)


test_peer_region_mismatch = table(
    peer_region_mismatch.RULE,
    case(
        "a legacy name of what may be the far region",
        a_world()
        .instance()
        .router("cn-beijing", "near")
        .router("cn-hzfinance", "far")
        .peer("near", "far", 10, billing="DataTransfer", region="cn-hangzhou-finance"),
        "undetermined peer",
    ),
    case(
        "the near region under what may be its legacy name",
        a_world()
        .instance()
        .router("cn-hangzhou-finance", "near")
        .router("cn-hzfinance", "far")
        .peer("near", "far", 10, billing="DataTransfer", region="cn-hzfinance"),
        "undetermined peer",
    ),
    case("none is declared", peered(region=None), "violated peer"),
    case("another one is declared", peered(region="eu-west-1"), "violated peer"),
    case("the local one is declared", peered(region="cn-hangzhou"), "violated peer"),
    case("the far router's region is declared", peered()),
    case("one that is not known yet", peered(region=UNKNOWN), "undetermined peer"),
    case(
        "a far router whose provider has no known region",
        enterprise()
        .provider("somewhere", region=None)
        .router(None, "third", provider="somewhere")
        .peer("near", "third", 5, region="eu-central-1"),
        "undetermined peer",
    ),
    case("a far router known by its id is believed", peered(peerTransitRouterId="tr-1")),
    case(
        "two routers of one provider lie in one region, whichever it is",
        a_world()
        .instance()
        .provider("somewhere", region=None)
        .router(None, "near", provider="somewhere")
        .router(None, "far", provider="somewhere")
        .peer("near", "far", 5, region="eu-central-1"),
        "violated peer",
    ),
)
