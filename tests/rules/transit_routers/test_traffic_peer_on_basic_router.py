"""CEN316: paying by traffic is sold between Enterprise Edition routers."""

from cenguard.resources.tokens import PEER
from cenguard.rules.transit_routers import traffic_peer_on_basic_router
from cenguard.testing import a_world
from tests.rules.tables import case, table


def between(near, far, billing="DataTransfer"):
    """A peer between the routers of two regions."""
    return a_world().instance().router(near, "near").router(far, "far").peer("near", "far", 5, billing=billing)


test_traffic_peer_on_basic_router = table(
    traffic_peer_on_basic_router.RULE,
    case("two regions of cloud connect networks", between("ccn-cn-shanghai", "ccn-eu-central-1"), "violated peer"),
    case("two regions of routers that the program makes", between("cn-hangzhou", "eu-central-1")),
    case("billed by package", between("ccn-cn-shanghai", "ccn-eu-central-1", "BandwidthPackage")),
    case("one end is Enterprise", between("ccn-cn-shanghai", "eu-central-1")),
    case(
        "routers whose state calls them Basic",
        between("cn-hangzhou", "eu-central-1").standing("near", "far").outputs("near", type="Basic").outputs("far", type="Basic"),
        "violated peer",
    ),
    case(
        "routers from elsewhere",
        a_world()
        .instance()
        .resource(PEER, "peer", {"transitRouterId": "tr-1", "peerTransitRouterId": "tr-2", "bandwidthType": "DataTransfer"}),
        "undetermined peer",
    ),
)
