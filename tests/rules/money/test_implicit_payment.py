"""CEN401: how a package is paid is said."""

import pytest

from cenguard.rules.money import expiring_package, implicit_payment, pay_as_you_go_package, period_not_sold
from cenguard.testing import UNKNOWN, a_world
from tests.held import edits_by, report_of
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


@pytest.mark.parametrize(
    ("rule", "terms"),
    [
        (implicit_payment.RULE, {"paymentType": None}),
        (expiring_package.RULE, {"paymentType": "PrePaid"}),
        (pay_as_you_go_package.RULE, {"paymentType": "PostPaid"}),
        (period_not_sold.RULE, {"paymentType": "PrePaid", "period": 4, "autoRenew": True}),
    ],
    ids=lambda value: getattr(value, "code", ""),
)
def test_no_term_is_mended_of_a_replacement_that_is_to_be_undone(rule, terms):
    """CEN404 undoes it. The fix of CEN401 took a payment away that the program does not say."""
    bought_again = package(**terms).replaced("package", geographicRegionBId="Asia-Pacific")
    report = report_of([bought_again.records()], bought_again.options())
    edits = {item["rule"]: item["fix"]["edits"] for item in report["findings"]}

    assert edits[rule.code] == []
    assert edits["CEN404"][0]["properties"]["geographicRegionBId"] == "Asia-Pacific"
