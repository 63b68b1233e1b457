"""CEN304: pay-by-traffic takes no package, and neither does a Platinum link."""

from cenguard.network.connectivity import connectivity_of
from cenguard.rules.transit_routers import peer_billing_conflict
from cenguard.testing import UNKNOWN, assert_says
from tests.rules.tables import OF_NETWORKS, case, enterprise, table


def peered(**options):
    """Hangzhou and Frankfurt, a package for them, and a peer."""
    return enterprise().package("China", "Europe", 10, "package").peer("near", "far", 5, **options)


test_peer_billing_conflict = table(
    peer_billing_conflict.RULE,
    case("by traffic, with an empty id", peered(billing="DataTransfer", package="")),
    case("pay-by-traffic takes no package", peered(billing="DataTransfer", package="package"), "violated peer"),
    case(
        "a Platinum link takes no package",
        peered(billing="BandwidthPackage", package="package", defaultLinkType="Platinum"),
        "violated peer",
    ),
    case(
        "each by itself is kept",
        peered(billing="BandwidthPackage", package="package", defaultLinkType="Gold", name="gold").peer(
            "near", "far", 5, "traffic", billing="DataTransfer", defaultLinkType="Platinum", routed=False
        ),
    ),
    case(
        "a Platinum link whose billing is not known",
        peered(billing=UNKNOWN, defaultLinkType="Platinum"),
        "undetermined peer",
    ),
)


def test_a_conflict_leaves_the_pair_broken_and_says_so_once():
    world = peered(billing="DataTransfer", package="package-attachment")
    (connectivity,) = connectivity_of(world.assembled()).values()

    assert_says(world, "CEN304 violated peer", rules=OF_NETWORKS)
    assert [connection.disposition for connection in connectivity.connections.values()] == ["broken"]
