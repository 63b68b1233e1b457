"""CEN302: a peer draws on a package of its own regions' areas."""

from cenguard.rules.transit_routers import peer_region_mismatch, peer_with_mis_area_package
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, enterprise, table


def drawing(first, second, package="package", billing="BandwidthPackage"):
    """Hangzhou and Frankfurt, a package for two areas, and a peer that draws on it."""
    world = enterprise().package(first, second, 10, "package")
    return world.peer("near", "far", 5, billing=billing, package=package)


test_peer_with_mis_area_package = table(
    peer_with_mis_area_package.RULE,
    case(
        "both routers on one provider of unknown region are another rule's finding",
        a_world()
        .instance()
        .provider("somewhere", region=None)
        .router(None, "near", provider="somewhere")
        .router(None, "far", provider="somewhere")
        .package("China", "Europe", 10, "package")
        .peer("near", "far", 5, package="package", region="eu-central-1", routed=False),
        "CEN307 violated peer",
        beside=[peer_region_mismatch.RULE],
    ),
    case("a package of other areas", drawing("China", "North-America"), "violated peer"),
    case("a peer that may be paid by traffic", drawing("China", "North-America", billing=UNKNOWN), "undetermined peer"),
    case("its own area pair", drawing("China", "Europe")),
    case("its own area pair the other way round", drawing("Europe", "China")),
    case(
        "a package handed on by its attachment is the same one",
        drawing("China", "North-America", "package-attachment"),
        "violated peer",
    ),
    case("a package known by its id alone", enterprise().peer("near", "far", 5, package="cenbwp-1"), "undetermined peer"),
    case("an area that is not known", drawing("China", UNKNOWN), "undetermined peer"),
    case("an area that is not known beside one of other regions", drawing("North-America", UNKNOWN), "violated peer"),
    case(
        "both ends in one region are another rule's finding",
        enterprise().package("China", "Europe", 10, "package").peer("near", "near", 5, package="package", routed=False),
        "CEN307 violated peer",
        beside=[peer_region_mismatch.RULE],
    ),
)
