"""CEN406: a prepaid package is protected, or kept when it is deleted."""

from cenguard.rules.money import unprotected_package
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def package(**inputs):
    """A package with some terms."""
    return a_world().instance().package("China", "Europe", 10, "package", **inputs)


test_unprotected_package = table(
    unprotected_package.RULE,
    case("neither", package(paymentType="PrePaid"), "violated package"),
    case("prepaid by default", package(paymentType=None), "violated package"),
    case("protected", package(paymentType="PrePaid").protected("package")),
    case("retained", package(paymentType="PrePaid").retained("package")),
    case("pay-as-you-go can be deleted", package(paymentType="PostPaid")),
    case("not known yet", package(paymentType=UNKNOWN), "undetermined package"),
)
