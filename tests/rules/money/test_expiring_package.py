"""CEN402: a new prepaid package renews itself."""

from cenguard.rules.money import expiring_package
from cenguard.testing import UNKNOWN, a_world, findings_of
from tests.rules.tables import case, table


def package(**inputs):
    """A package with some terms."""
    return a_world().instance().package("China", "Europe", 10, "package", **inputs)


test_expiring_package = table(
    expiring_package.RULE,
    case("prepaid without renewal", package(paymentType="PrePaid", period=1), "violated package"),
    case("prepaid by default", package(paymentType=None), "violated package"),
    case("prepaid with renewal", package(paymentType="PrePaid", autoRenew=True)),
    case("renewal as text", package(paymentType="PrePaid", autoRenew="true")),
    case("renewal refused", package(paymentType="PrePaid", autoRenew=False), "violated package"),
    case("pay-as-you-go does not expire", package(paymentType="PostPaid")),
    case("what stands is not new", package(paymentType="PrePaid").standing()),
    case(
        "a replacement is new",
        package(paymentType="PrePaid").standing().replaced("package", geographicRegionAId="Europe"),
        "violated package",
    ),
    case("renewal that is not known", package(paymentType="PrePaid", autoRenew=UNKNOWN), "undetermined package"),
    case("payment that is not known", package(paymentType=UNKNOWN), "undetermined package"),
    case("payment that is not known, with renewal", package(paymentType=UNKNOWN, autoRenew=True)),
)


def test_one_that_is_attached_to_nothing_has_no_pairs():
    loose = a_world().instance().package("China", "Europe", 10, "package", attached=False, paymentType="PrePaid", period=1)
    for world, users in ((loose, "what draws on it falls"), (package(paymentType="PrePaid", period=1), "its pairs fall")):
        (finding,) = findings_of(world, rules=[expiring_package.RULE]).values()
        assert finding.message.endswith(f"after 1 month it expires, and {users} to 1 Kbps.")
