"""What findings say of Mbps and months is what there is, and what they advise to buy is sold."""

import pytest

from cenguard.rules.bandwidth.required_pair_unmet import RULE as CEN219
from cenguard.rules.evidence import NO_PEER
from cenguard.testing import a_world, findings_of
from tests.rules.tables import basic, enterprise
from tests.rules.test_sentences import said


def drawn(package, *mbps):
    """A package of China and North America, and what two pairs draw on it."""
    world = basic().attach("us-east-1", "backup").package("China", "North-America", package, "package")
    for far, share in zip(("us-west-1", "us-east-1"), mbps, strict=False):
        world.limit("cn-beijing", far, share)
    return world


@pytest.mark.parametrize(
    ("world", "code", "advice"),
    [
        (drawn(10, 6, 5), "CEN208", "Lower the limits by 1 Mbps, or buy 11 Mbps."),
        (drawn(3, 2.5, 1.2), "CEN208", "Lower the limits by 0.7 Mbps, or buy 4 Mbps."),
        (drawn(10_000, 6000, 6000), "CEN208", "Lower the limits by 2000 Mbps: no package holds more than 10,000 Mbps."),
        (drawn(20_000, 15_000, 15_000), "CEN208", "Lower the limits by 20000 Mbps: no package holds more than 10,000 Mbps."),
        (drawn(10, 10), "CEN206", "Lower what the other pairs have, or buy more."),
        (drawn(10_000, 10_000), "CEN206", "Lower what the other pairs have: no package holds more than 10,000 Mbps."),
        (
            drawn(10).package("China", "North-America", 5, "second"),
            "CEN204",
            "Keep one package for each area pair; enlarge it instead of adding a second one.",
        ),
        (
            drawn(10_000).package("China", "North-America", 5, "second"),
            "CEN204",
            "Keep one package for each area pair; no package holds more than 10,000 Mbps, and there is no second one.",
        ),
    ],
)
def test_what_is_to_be_bought_is_sold(world, code, advice):
    assert said(world, code).fix.summary == advice


@pytest.mark.parametrize(
    ("world", "code", "words"),
    [
        (drawn(10, 1_234_567), "CEN208", "1234567 Mbps are drawn on it"),
        (drawn(10_000.001), "CEN214", "10000.001 Mbps is not a whole number"),
    ],
)
def test_a_number_is_the_one_that_the_program_has(world, code, words):
    assert words in said(world, code).message


@pytest.mark.parametrize(
    ("period", "sold"),
    [
        (None, "sells one month, prepaid"),
        (1, "sells 1 month, prepaid"),
        (6, "sells 6 months, prepaid"),
        (12, "sells it, prepaid"),
    ],
)
def test_a_package_without_a_payment_type_is_bought_for_its_period(period, sold):
    world = a_world().instance().package("China", "Europe", 10, "package", paymentType=None, period=period)

    assert sold in said(world, "CEN401").message


@pytest.mark.parametrize(
    ("world", "advice"),
    [
        (basic(), "Give the pair its Mbps with a limit that draws on a package."),
        (enterprise(), "Give the pair its Mbps with a peer that draws on a package, or a peer paid by traffic."),
        (
            enterprise().attach("eu-west-1", "shop").attach("cn-beijing", "sales"),
            "Give the pairs their Mbps with a limit or a peer that draws on a package, or, between Enterprise routers, a peer paid by traffic.",
        ),
        (
            a_world()
            .instance()
            .router("cn-hangzhou", "near")
            .attach_to("near", "plant")
            .attach("ccn-cn-shanghai", "shops", "CCN"),
            f"Give the pair its Mbps: {NO_PEER.format(pairs='ccn-cn-shanghai – cn-hangzhou')}.",
        ),
    ],
)
def test_what_gives_a_required_pair_its_mbps_works_between_its_routers(world, advice):
    """Between Basic routers a peer paid by traffic was advised, which the service refuses (CEN316)."""
    advised = [
        item.fix.summary for item in findings_of(world, rules=[CEN219], options={"CEN219": {"require": "every-pair"}}).values()
    ]

    assert advice in advised
