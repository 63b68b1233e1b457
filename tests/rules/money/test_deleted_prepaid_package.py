"""CEN411: a prepaid package that is deleted stays billed."""

from cenguard.rules.money import deleted_prepaid_package
from cenguard.testing import SECRET, a_world
from tests.rules.tables import case, table


def package(**inputs):
    """A package with some terms."""
    return a_world().instance().package("China", "Europe", 10, "package", **inputs)


def deleted(**inputs):
    """A package that the update deletes."""
    return package(**inputs).standing().deleted("package-attachment", "package")


test_deleted_prepaid_package = table(
    deleted_prepaid_package.RULE,
    case("prepaid", deleted(paymentType="PrePaid"), "violated package"),
    case("prepaid by default", deleted(paymentType=None), "violated package"),
    case("pay-as-you-go", deleted(paymentType="PostPaid")),
    case("retained", package(paymentType="PrePaid").retained("package").standing().deleted("package-attachment", "package")),
    case("only its attachment is deleted", package(paymentType="PrePaid").standing().deleted("package-attachment")),
    case("nothing is deleted", package(paymentType="PrePaid").standing()),
    case("a payment that the state hides", deleted(paymentType=SECRET), "undetermined package"),
)
