"""CEN304: pay-by-traffic takes no package, and neither does a Platinum link."""

import pytest

from cenguard.network.connectivity import connectivity_of
from cenguard.resources.tokens import PEER
from cenguard.rules.transit_routers import peer_billing_conflict
from cenguard.testing import UNKNOWN, a_world, an_inventory, assert_says
from tests.rules.tables import OF_NETWORKS, case, enterprise, table


def peered(**options):
    """Hangzhou and Frankfurt, a package for them, and a peer."""
    return enterprise().package("China", "Europe", 10, "package").peer("near", "far", 5, **options)


def platinum(*editions, declared=()):
    """A Platinum peer by traffic, and what an inventory says of the editions of its routers."""
    regions = ("cn-hangzhou", "eu-central-1")
    rows = [(f"tr-{region}", "cen-1", region, edition) for region, edition in zip(regions, editions, strict=False)]
    stated = {
        "cenId": "cen-1",
        "transitRouterId": "tr-cn-hangzhou",
        "peerTransitRouterId": "tr-eu-central-1",
        "peerTransitRouterRegionId": "eu-central-1",
        "bandwidthType": "DataTransfer",
        "bandwidth": 5,
        "defaultLinkType": "Platinum",
    }
    world = a_world().on("cen-1").resource(PEER, "peer", stated, region="cn-hangzhou")
    for region in declared:
        world.router(region)
    return world.inventory(an_inventory(instances=["cen-1"], routers=rows))


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
        "by traffic, and a package that is not known and may be none",
        peered(billing="DataTransfer", package=UNKNOWN),
        "undetermined peer",
    ),
    case("a package, and a billing that is not known", peered(billing=UNKNOWN, package="package"), "undetermined peer"),
    case(
        "a link that is not known, on a package",
        peered(billing="BandwidthPackage", package="package", defaultLinkType=UNKNOWN),
        "undetermined peer",
    ),
    case("a link that is not known, by traffic", peered(billing="DataTransfer", defaultLinkType=UNKNOWN)),
    case(
        "a Platinum link with a package, however it is billed",
        peered(billing=UNKNOWN, package="package", defaultLinkType="Platinum"),
        "violated peer",
    ),
    case(
        "a Platinum link whose billing is not known",
        peered(billing=UNKNOWN, defaultLinkType="Platinum"),
        "undetermined peer",
    ),
    case("a Platinum link by traffic of an end that an inventory calls Basic", platinum("enterprise", "basic"), "violated peer"),
    case("of two Enterprise ends", platinum("enterprise", "enterprise")),
    case("of ends that nobody tells of", platinum()),
    case("the input makes an Enterprise router where an old row says Basic", platinum("basic", declared=["cn-hangzhou"])),
    case(
        "or makes one there of an instance that is not known",
        platinum("basic").on(UNKNOWN).router("cn-hangzhou", "open"),
        "undetermined peer",
    ),
    case(
        "one in another region changes nothing, whatever its instance is",
        platinum("basic").on(UNKNOWN).router("us-west-1", "open"),
        "violated peer",
    ),
    case(
        "a Platinum link into a region of cloud connect networks",
        a_world()
        .instance()
        .router("cn-hangzhou", "near")
        .router("ccn-cn-shanghai", "far")
        .peer("near", "far", 5, billing="DataTransfer", defaultLinkType="Platinum"),
        "violated peer",
    ),
)


def test_a_conflict_leaves_the_pair_broken_and_says_so_once():
    world = peered(billing="DataTransfer", package="package-attachment")
    (connectivity,) = connectivity_of(world.assembled()).values()

    assert_says(world, "CEN304 violated peer", rules=OF_NETWORKS)
    assert [connection.disposition for connection in connectivity.connections.values()] == ["broken"]


@pytest.mark.parametrize(
    ("areas", "link", "is_said"),
    [(("China", "Europe"), "Gold", True), (("China", "North-America"), "Gold", False), (("China", "Europe"), "Platinum", False)],
)
def test_a_package_of_the_pair_may_be_what_is_meant(areas, link, is_said):
    """Without the peer it idles, which is told only after the fix."""
    world = enterprise().package(*areas, 10, "package")
    world = world.peer("near", "far", 5, billing="DataTransfer", package="package", defaultLinkType=link)
    (finding,) = peer_billing_conflict.check(world.assembled())

    assert ("Set bandwidth_type to BandwidthPackage instead where package is to carry it" in finding.fix.summary) is is_said
