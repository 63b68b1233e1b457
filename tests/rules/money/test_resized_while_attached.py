"""CEN405: a package is not resized while it is attached."""

from cenguard.rules.money import resized_while_attached
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


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
)
