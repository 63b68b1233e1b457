"""CEN303: the package that a peer draws on is attached to its instance."""

from cenguard.rules.transit_routers import peer_with_unattached_package
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, enterprise, table


def bought(*, attached=False):
    """Hangzhou and Frankfurt, and a package for them."""
    return enterprise().package("China", "Europe", 10, "package", attached=attached)


def drawing(world, package="package"):
    """A peer that draws on a package."""
    return world.peer("near", "far", 5, billing="BandwidthPackage", package=package)


test_peer_with_unattached_package = table(
    peer_with_unattached_package.RULE,
    case("a package that nothing attaches", drawing(bought()), "violated peer"),
    case(
        "a peer that may be paid by traffic",
        bought().peer("near", "far", 5, billing=UNKNOWN, package="package"),
        "undetermined peer",
    ),
    case(
        "a package that is read, whose areas the state has, is attached elsewhere",
        drawing(
            enterprise().read_package(
                "package", "cenbwp-1", geographicRegionAId="China", geographicRegionBId="Europe", bandwidth=10
            )
        ),
        "undetermined peer",
    ),
    case(
        "a package on another instance",
        drawing(bought().instance("other").attach_package("package").on("core")),
        "violated peer",
    ),
    case(
        "a peer that stands was accepted: a state that attaches its package elsewhere is late",
        drawing(bought().instance("other").attach_package("package").on("core")).standing(),
    ),
    case(
        "the update attaches the package of a peer that stands to another instance",
        drawing(bought().instance("other").on("core")).standing().on("other").attach_package("package"),
        "violated peer",
    ),
    case("a package on its instance", drawing(bought(attached=True))),
    case(
        "an attachment of a package that is not known may be its own",
        drawing(bought().attach_package(UNKNOWN)),
        "undetermined peer",
    ),
    case(
        "an attachment of which neither package nor instance is known may be its own",
        drawing(bought().on(UNKNOWN).attach_package(UNKNOWN).on("core")),
        "undetermined peer",
    ),
    case("a package known by its id may be attached elsewhere", drawing(enterprise(), "cenbwp-1"), "undetermined peer"),
    case(
        "an instance from elsewhere may have it attached elsewhere",
        drawing(
            a_world()
            .on("cen-1")
            .router("cn-hangzhou", "near")
            .router("eu-central-1", "far")
            .package("China", "Europe", 10, "package", attached=False)
        ),
        "undetermined peer",
    ),
)
