"""CEN405: a package is not resized while it is attached."""

from cenguard.rules.money import resized_while_attached
from cenguard.testing import UNKNOWN, a_world, said
from tests.rules.tables import basic, case, table


def package(**inputs):
    """A package with some terms."""
    return a_world().instance().package("China", "Europe", 10, "package", **inputs)


test_resized_while_attached = table(
    resized_while_attached.RULE,
    case("attached, and another size", package().standing().updated("package", bandwidth=5), "violated package"),
    case("attached, and something else changes", package().standing().updated("package", description="old")),
    case(
        "not attached before",
        a_world().instance().package("China", "Europe", 10, "package", attached=False).standing().updated("package", bandwidth=5),
    ),
    case("attached by the same update", package().standing("package", "core").updated("package", bandwidth=5)),
    case(
        "a size that is not known",
        a_world().instance().package("China", "Europe", UNKNOWN, "package").standing().updated("package", bandwidth=5),
        "undetermined package",
    ),
    case("a new package", package()),
    case(
        "its attachment leaves the program and stays in the cloud",
        package().standing().retained("package-attachment").deleted("package-attachment").updated("package", bandwidth=5),
        "violated package",
    ),
)


def test_a_package_that_shrinks_before_its_limit_does_is_told_so():
    """The limit depends on the package: within one update the package has its turn first."""
    world = basic().package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 8, "limit").standing()
    both = world.updated("package", bandwidth=20).updated("limit", bandwidthLimit=15)
    message = said(both, rules=[resized_while_attached.RULE])["CEN405 violated package"]

    assert "below the 15 Mbps that are drawn on it" in message


def test_a_package_that_grows_only_waits():
    world = basic().package("China", "North-America", 20, "package").limit("cn-beijing", "us-west-1", 15, "limit").standing()
    both = world.updated("package", bandwidth=10).updated("limit", bandwidthLimit=8)

    assert "drawn on it" not in said(both, rules=[resized_while_attached.RULE])["CEN405 violated package"]
