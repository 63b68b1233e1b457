"""CEN332: networks that must reach each other do."""

from cenguard.rules.routes import required_route_unmet
from cenguard.testing import UNKNOWN
from tests.network.routes.estates import one_router, two_routers
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"
WANTED = {"require": [{"from": "plant", "to": "office"}]}


def sites(publish=True, together=True):
    """Two networks on one router."""
    estate = one_router().table("near", "other").site("near", "plant", A).site("near", "office", B, publish=publish)
    return estate.joined("near-table", "plant").joined("near-table" if together else "other", "office")


def tagged(value):
    """The same, the office with a tag."""
    estate = one_router().table("near", "other").network("cn-hangzhou", "office", tags={"tier": value})
    estate.site("near", "plant", A).site("near", "office", B).joined("near-table", "plant")
    return estate.joined("other", "office")


test_required_route_unmet = table(
    required_route_unmet.RULE,
    case("nothing is asked for", sites(together=False)),
    case("they reach each other", sites(), **WANTED),
    case("kept apart", sites(together=False), "violated core", **WANTED),
    case("one way", sites(publish=None), "violated core", **WANTED),
    case("forward is enough", sites(publish=None), require=[{"from": "plant", "to": "office", "direction": "forward"}]),
    case("not known", sites(publish=UNKNOWN), "undetermined core", **WANTED),
    case("regions that nothing joins", two_routers().site("near", "plant", A), "undetermined core", **WANTED),
    case("a tag", tagged("db"), "violated core", require=[{"from": "plant", "to": "tag:tier=db"}]),
    case("another tag", tagged("web"), "undetermined core", require=[{"from": "plant", "to": "tag:tier=db"}]),
    case("a tag that is not known", tagged(UNKNOWN), "undetermined core", require=[{"from": "plant", "to": "tag:tier=db"}]),
    case("a block", sites(together=False), "violated core", require=[{"from": "cidr:10.1.0.0/16", "to": "cidr:10.2.0.0/16"}]),
    case("a region and a kind", sites(together=False), "violated core", require=[{"from": "region:cn-*", "to": "kind:VPC"}]),
    case("a name that means no network", sites(together=False), "undetermined core", require=[{"from": "plnt", "to": "office"}]),
    case("another instance", sites(together=False), require=[{"from": "plant", "to": "office", "instance": "other"}]),
)
