"""CEN409: a package is bought for a period that is sold."""

from cenguard.rules.money import period_not_sold
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def package(**inputs):
    """A package with some terms."""
    return a_world().instance().package("China", "Europe", 10, "package", **inputs)


test_period_not_sold = table(
    period_not_sold.RULE,
    case("twelve months", package(paymentType="PrePaid", period=12), "violated package"),
    case("six months", package(paymentType="PrePaid", period=6)),
    case("as text", package(paymentType="PrePaid", period="6")),
    case("none is said", package(paymentType="PrePaid")),
    case("pay-as-you-go has no period", package(paymentType="PostPaid", period=12)),
    case("not known yet", package(paymentType="PrePaid", period=UNKNOWN), "undetermined package"),
    case("a payment that is not known", package(paymentType=UNKNOWN, period=12), "undetermined package"),
    case("what stands has been accepted", package(paymentType="PrePaid", period=12).standing()),
    case("an update sends no period", package(paymentType="PrePaid", period=12).updated("package", period=1)),
)
