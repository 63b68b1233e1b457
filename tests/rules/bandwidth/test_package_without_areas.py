"""CEN215: a package sets both of its areas."""

from cenguard.rules.bandwidth import limit_without_package, missing_bandwidth_package, package_without_areas
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import basic, case, table


def package(first, second, **inputs):
    """A package that nothing attaches."""
    return a_world().package(first, second, 10, "package", attached=False, **inputs)


test_package_without_areas = table(
    package_without_areas.RULE,
    case("neither is set", package(None, None), "violated package"),
    case("only the first is set", package("China", None), "violated package"),
    case("only the second is set", package(None, "Europe"), "violated package"),
    case("one in the deprecated list is an area with itself", package(None, None, geographicRegionIds=["China"])),
    case("one area twice in the deprecated list", package(None, None, geographicRegionIds=["China", "China"])),
    case("two areas in the deprecated list", package(None, None, geographicRegionIds=["China", "Europe"])),
    case("both are set", package("China", "China")),
    case("an area that is set and not known yet is set", package("China", UNKNOWN)),
    case("the first is not known yet, and the second is not set", package(UNKNOWN, None), "violated package"),
    case("the second is not known yet, and the first is not set", package(None, UNKNOWN), "violated package"),
    case(
        "the list is not known yet either: it may name two",
        package(None, UNKNOWN, geographicRegionIds=UNKNOWN),
        "undetermined package",
    ),
    case("neither is known yet", package(UNKNOWN, UNKNOWN), "undetermined package"),
    case("a list that is not known yet", package(None, None, geographicRegionIds=UNKNOWN), "undetermined package"),
    case(
        "what needs such a package is open, not wrong",
        basic().package("China", None, 10, "package").limit("cn-beijing", "us-west-1", 5, "limit"),
        "CEN201 undetermined core",
        "CEN207 undetermined limit",
        "CEN215 violated package",
        beside=[missing_bandwidth_package.RULE, limit_without_package.RULE],
    ),
)
