"""CEN301: a peer billed by package names one."""

from cenguard.rules.transit_routers import peer_without_package, unknown_bandwidth_type
from cenguard.testing import SECRET, UNKNOWN
from tests.rules.tables import case, enterprise, table


def peered(**options):
    """Hangzhou and Frankfurt with a peer."""
    return enterprise().peer("near", "far", 5, **options)


def bought():
    """Hangzhou and Frankfurt with a package."""
    return enterprise().package("China", "Europe", 10, "package")


test_peer_without_package = table(
    peer_without_package.RULE,
    case("billed by package, without one", peered(billing="BandwidthPackage"), "violated peer"),
    case("no billing type, without a package", peered(), "violated peer"),
    case("a package that the peer does not name", bought().peer("near", "far", 5), "violated peer"),
    case("billed by package, with one", bought().peer("near", "far", 5, billing="BandwidthPackage", package="package")),
    case("no billing type, with a package", bought().peer("near", "far", 5, package="package")),
    case("a package that is not known yet is named", peered(billing="BandwidthPackage", package=UNKNOWN)),
    case("by traffic it needs none", peered(billing="DataTransfer")),
    case(
        "a misspelt billing is another rule's finding",
        peered(billing="Package"),
        "CEN306 violated peer",
        beside=[unknown_bandwidth_type.RULE],
    ),
    case("a billing that is not known", peered(billing=UNKNOWN), "undetermined peer"),
    case("a billing that is secret", peered(billing=SECRET), "undetermined peer"),
    case("an empty id is none", peered(billing="BandwidthPackage", package=""), "violated peer"),
)
