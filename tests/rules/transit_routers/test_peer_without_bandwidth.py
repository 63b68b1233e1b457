"""CEN305: a peer has a bandwidth of its own, of more than 1 Mbps where it draws on a package."""

from cenguard.network.connectivity import connectivity_of
from cenguard.rules.transit_routers import peer_without_bandwidth
from cenguard.testing import UNKNOWN
from tests.rules.tables import case, enterprise, table


def by_package(mbps):
    """Hangzhou and Frankfurt with a peer that draws on a package."""
    world = enterprise().package("China", "Europe", 10, "package")
    return world.peer("near", "far", mbps, billing="BandwidthPackage", package="package")


def by_traffic(mbps):
    """Hangzhou and Frankfurt with a peer paid by traffic."""
    return enterprise().peer("near", "far", mbps, billing="DataTransfer")


test_peer_without_bandwidth = table(
    peer_without_bandwidth.RULE,
    case("none", by_package(None), "violated peer"),
    case("zero", by_package(0), "violated peer"),
    case("exactly 1 Mbps on a package is advisory", by_package(1), "violated peer (advisory)"),
    case("none by traffic is advisory, for the service throttles it", by_traffic(None), "violated peer (advisory)"),
    case("2 Mbps on a package are enough", by_package(2)),
    case("1 Mbps by traffic is enough", by_traffic(1)),
    case("a bandwidth that is not known", by_package(UNKNOWN), "undetermined peer"),
    case(
        "exactly 1 Mbps, and a billing that is not known",
        enterprise().peer("near", "far", 1, billing=UNKNOWN),
        "undetermined peer",
    ),
    case("none, and a billing that is not known", enterprise().peer("near", "far", None, billing=UNKNOWN), "undetermined peer"),
)


def test_none_by_traffic_connects_all_the_same():
    (connectivity,) = connectivity_of(by_traffic(None).assembled()).values()

    assert [connection.disposition for connection in connectivity.connections.values()] == ["pay_by_traffic"]
