"""CEN401: how a package is paid is said."""

import pytest

from cenguard.rules.money import implicit_payment, pay_as_you_go_package
from cenguard.testing import UNKNOWN, a_world
from tests.held import edits_by
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


@pytest.mark.parametrize(("period", "said"), [(None, 1), (4, 1), (6, None), (UNKNOWN, None)])
def test_a_period_of_the_program_is_not_written_over(period, said):
    """Nor by the fix of CEN403, which buys it prepaid as well."""
    for rule, payment in ((implicit_payment.RULE, None), (pay_as_you_go_package.RULE, "PostPaid")):
        (edit,) = edits_by(package(paymentType=payment, period=period), rule)

        assert edit["properties"].get("period") == said
