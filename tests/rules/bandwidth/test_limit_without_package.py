"""CEN207: the area pair of a limit has a package on its instance."""

from cenguard.rules.bandwidth import limit_without_package
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import basic, case, table


def limited(world, first="cn-beijing", second="us-west-1", mbps=5):
    """A world with a limit."""
    return world.limit(first, second, mbps, "limit")


test_limit_without_package = table(
    limit_without_package.RULE,
    case("there is no package at all", limited(basic()), "violated limit"),
    case(
        "a limit that stands, gets other Mbps, and whose package is bought elsewhere",
        limited(basic().package("China", "Europe", 10, "package")).standing().updated("limit", bandwidthLimit=2),
    ),
    case(
        "it gets them while its package is detached",
        limited(basic().package("China", "North-America", 10, "package"))
        .standing()
        .updated("limit", bandwidthLimit=2)
        .deleted("package-attachment"),
        "violated limit",
    ),
    case("a package of other areas is none", limited(basic().package("China", "Europe", 10, "package")), "violated limit"),
    case(
        "a package on another instance is none",
        limited(basic().instance("other").package("China", "North-America", 10, "package").on("core")),
        "violated limit",
    ),
    case(
        "a package for the area pair is one, however small",
        limited(basic().package("China", "North-America", 2, "package"), mbps=50),
    ),
    case(
        "a package known by its id alone may be the one",
        limited(basic().attach_package("cenbwp-1")),
        "undetermined limit",
    ),
    case(
        "a package whose one known area is another is none",
        limited(basic().package("Europe", UNKNOWN, 10, "package")),
        "violated limit",
    ),
    case(
        "a package whose one known area fits may be the one",
        limited(basic().package("China", UNKNOWN, 10, "package")),
        "undetermined limit",
    ),
    case("regions that are not known", limited(basic(), second=UNKNOWN), "undetermined limit"),
    case(
        "on an instance known by its id the package may stand elsewhere",
        limited(a_world().on("cen-1")),
        "undetermined limit",
    ),
    case("one region named twice needs none", limited(basic(), second="cn-beijing")),
)
