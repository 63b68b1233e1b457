"""CEN403: only accounts on a list may buy pay-as-you-go."""

import pytest

from cenguard.findings.fix import from_json
from cenguard.judging.check import check
from cenguard.judging.edited import edited
from cenguard.rules.money import pay_as_you_go_package
from cenguard.testing import UNKNOWN, a_world, findings_of
from tests.held import edits_by
from tests.rules.tables import case, table


def package(**inputs):
    """A package with some terms."""
    return a_world().instance().package("China", "Europe", 10, "package", **inputs)


test_pay_as_you_go_package = table(
    pay_as_you_go_package.RULE,
    case("pay-as-you-go", package(paymentType="PostPaid"), "violated package"),
    case("by the deprecated name", package(paymentType=None, chargeType="PostPaid"), "violated package"),
    case("prepaid", package(paymentType="PrePaid")),
    case("nothing is said, so prepaid", package(paymentType=None)),
    case("not known yet", package(paymentType=UNKNOWN), "undetermined package"),
    case(
        "a resized one was bought so: nothing is bought now",
        package(paymentType="PostPaid").standing().updated("package", bandwidth=5),
    ),
    case(
        "one that is bought so in the place of another",
        package(paymentType="PostPaid").standing().replaced("package", paymentType="PrePaid"),
        "violated package",
    ),
    case("what stands has been accepted", package(paymentType="PostPaid").standing()),
)


def test_what_becomes_prepaid_is_protected_at_once():
    world = a_world().instance().attach("cn-beijing", "shop").attach("eu-central-1", "plant")
    world = world.package("China", "Europe", 10, "package").limit("cn-beijing", "eu-central-1", 10, "limit")
    report = check(edited([world.records()], map(from_json, edits_by(world, pay_as_you_go_package.RULE))), world.options())

    assert not {"CEN402", "CEN403", "CEN406"} & {item.rule for item in report.findings}


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        ({"geographicRegionBId": UNKNOWN}, "geographicRegionAId and geographicRegionBId of eu: China/(not told)"),
        ({"geographicRegionBId": None}, "geographicRegionAId and geographicRegionBId of eu: China/(not set)"),
        (
            {"geographicRegionAId": None, "geographicRegionBId": None, "geographicRegionIds": ["China"]},
            "geographicRegionIds of eu: China/China",
        ),
    ],
    ids=["not known yet", "not there", "one area that is both"],
)
def test_the_evidence_says_which_area_is_missing(areas, said):
    world = a_world().instance().package("China", "Europe", 5, "eu", paymentType="PostPaid", **areas)

    found = findings_of(world, rules=[pay_as_you_go_package.RULE])["CEN403 violated eu"]

    assert found.because[0] == f"{said}, bandwidth: 5 Mbps"
