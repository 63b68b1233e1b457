"""CEN401: how a package is paid is said."""

from cenguard.rules.money import implicit_payment
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def package(**inputs):
    """A package with some terms."""
    return a_world().instance().package("China", "Europe", 10, "package", **inputs)


test_implicit_payment = table(
    implicit_payment.RULE,
    case("nothing is said", package(paymentType=None), "violated package"),
    case("prepaid", package(paymentType="PrePaid")),
    case("by the deprecated name", package(paymentType=None, chargeType="PrePaid")),
    case("said, though not known yet", package(paymentType=UNKNOWN)),
    case("one that stands was paid", package(paymentType=None).standing()),
    case("one that is imported was paid", package(paymentType=None).imported()),
    case(
        "one that is replaced is bought again",
        package(paymentType=None).replaced("package", geographicRegionBId="Asia-Pacific"),
        "violated package",
    ),
    case("a package that is read is none of ours", a_world().instance().read_package("package", "cenbwp-1")),
)
