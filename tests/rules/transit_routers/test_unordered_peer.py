"""CEN312: a peer waits for the attachment of its package."""

from cenguard.rules.transit_routers import unordered_peer
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def peered(package, *, after=(), **inputs):
    """Two routers, a package and a peer that draws on it."""
    world = (
        a_world().instance().router("cn-hangzhou", "near").router("eu-central-1", "far").package("China", "Europe", 10, "package")
    )
    return world.peer("near", "far", 5, package=package, after=after, **inputs)


test_unordered_peer = table(
    unordered_peer.RULE,
    case(
        "a package from elsewhere may have been attached before",
        peered("cenbwp-1").attach_package("cenbwp-1", "bound"),
        "undetermined peer",
    ),
    case("the package's own id", peered("package"), "violated peer"),
    case("the id that the attachment hands on", peered("package-attachment")),
    case("a dependency that is said", peered("package", after=["package-attachment"])),
    case("what stands has been accepted", peered("package").standing()),
    case("one that stands, and gets other Mbps", peered("package").standing().updated("peer", bandwidth=2)),
    case(
        "it draws on a package that is attached now",
        peered("package").standing("core", "near", "far", "peer").updated("peer", cenBandwidthPackageId="cenbwp-before"),
        "violated peer",
    ),
    case(
        "a package that is not attached is another rule's finding",
        a_world()
        .instance()
        .router("cn-hangzhou", "near")
        .router("eu-central-1", "far")
        .package("China", "Europe", 10, "package", attached=False)
        .peer("near", "far", 5, package="package"),
    ),
    case("a peer paid by traffic draws on none", peered("package", billing="DataTransfer")),
    case("a peer that may be paid by traffic", peered("package", billing=UNKNOWN), "undetermined peer"),
    case("without a package there is nothing to wait for", peered(None)),
    case("a package that is not known", peered(UNKNOWN)),
)
