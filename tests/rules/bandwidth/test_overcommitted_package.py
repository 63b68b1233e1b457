"""CEN208: limits and peers drawn on a package add up to no more than it holds."""

from cenguard.rules.bandwidth import duplicate_limit, overcommitted_package
from cenguard.testing import SECRET, UNKNOWN
from tests.rules.tables import basic, case, enterprise, table


def drawn(*mbps, package=10):
    """Beijing's package to North America, and what Silicon Valley and Virginia draw on it."""
    world = basic().attach("us-east-1", "backup").package("China", "North-America", package, "package")
    for far, share in zip(("us-west-1", "us-east-1"), mbps, strict=False):
        world.limit("cn-beijing", far, share)
    return world


def peered(mbps, **options):
    """Two routers, a small package, and a peer."""
    return enterprise().package("China", "Europe", 4, "package").peer("near", "far", mbps, **options)


test_overcommitted_package = table(
    overcommitted_package.RULE,
    case("a sum above it", drawn(6, 5), "violated package"),
    case("one alone above it", drawn(11), "violated package"),
    case("one Mbps too much", drawn(10, 1), "violated package"),
    case("a sum equal to it", drawn(5, 5)),
    case("all of it", drawn(10)),
    case("as the program spells them", drawn("4", 6.0)),
    case("a share that is not known", drawn(5, UNKNOWN), "undetermined package"),
    case("a share that is secret", drawn(5, SECRET), "undetermined package"),
    case("an unknown share does not hide what is too much without it", drawn(11, UNKNOWN), "violated package"),
    case("a size that is not known", drawn(5, package=UNKNOWN), "undetermined package"),
    case(
        "two limits for one pair draw once",
        drawn(6).limit("us-west-1", "cn-beijing", 6, "reverse"),
        "CEN212 violated reverse",
        beside=[duplicate_limit.RULE],
    ),
    case(
        "of two limits for one pair, the one that is more than there is, whatever its name",
        drawn(6).limit("us-west-1", "cn-beijing", 11, "z-last"),
        "CEN208 violated package",
        "CEN212 violated z-last",
        beside=[duplicate_limit.RULE],
    ),
    case(
        "the smaller one of two is certain in a sum",
        drawn(3, 6).limit("us-west-1", "cn-beijing", 4, "a-first"),
    ),
    case(
        "only the larger one of two does not fit: which one the service keeps is not known",
        drawn(3, 6).limit("us-west-1", "cn-beijing", 7, "a-first"),
        "undetermined package",
    ),
    case(
        "the smaller one of two does not fit",
        drawn(5, 6).limit("us-west-1", "cn-beijing", 7, "a-first"),
        "violated package",
    ),
    case(
        "beside a second package of its areas, limits wait for CEN204 and peers are judged",
        peered(3, billing="BandwidthPackage", package="package-attachment").package("Europe", "China", 50, "second"),
    ),
    case(
        "beside a second package of its areas, a peer that is too much for the one that it names",
        peered(5, billing="BandwidthPackage", package="package-attachment").package("Europe", "China", 50, "second"),
        "violated package",
    ),
    case(
        "a peer by traffic that names a package draws on none",
        peered(50, billing="DataTransfer", package="package-attachment"),
    ),
    case(
        "peers draw on the package they name",
        peered(5, billing="BandwidthPackage", package="package-attachment"),
        "violated package",
    ),
    case("a peer that may be paid by traffic", peered(50, billing=UNKNOWN, package="package-attachment"), "undetermined package"),
    case(
        "a peer that may be paid by traffic does not hide what is too much without it",
        peered(5, billing="BandwidthPackage", package="package-attachment").peer(
            "near", "far", 5, "whether", billing=UNKNOWN, package="package-attachment", routed=False
        ),
        "violated package",
    ),
    case("a peer paid by traffic draws on none", peered(50, billing="DataTransfer")),
    case("a package that is attached twice is drawn on once", drawn(6).attach_package("package", "again")),
)
