"""CEN410: renewal is decided when a package is bought."""

from cenguard.rules.money import ineffective_renewal_change
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def package(**inputs):
    """A package with some terms."""
    return a_world().instance().package("China", "Europe", 10, "package", **inputs)


test_ineffective_renewal_change = table(
    ineffective_renewal_change.RULE,
    case("renewal is switched on", package(autoRenew=True).standing().updated("package", autoRenew=None), "violated package"),
    case("another period", package(period=6).standing().updated("package", period=1), "violated package"),
    case("something else changes", package(autoRenew=True).standing().updated("package", bandwidth=5)),
    case("not set is false", package(autoRenew=False).standing().updated("package", autoRenew=None)),
    case(
        "a replacement is bought anew",
        package(autoRenew=True).standing().replaced("package", autoRenew=None, geographicRegionAId="Europe"),
    ),
    case("a new package", package(autoRenew=True)),
    case(
        "renewal that is not known", package(autoRenew=UNKNOWN).standing().updated("package", bandwidth=5), "undetermined package"
    ),
)
