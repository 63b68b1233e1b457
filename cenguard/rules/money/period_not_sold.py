"""A package is prepaid for a period that is not sold.

What it does:
    Compares the period of each prepaid package with the months that the service lists: 1, 2, 3 and 6.

Why it matters:
    The provider lets 12 pass and sends it as months, which the service does not list: the purchase may fail.

Example:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=10,
        geographic_region_a_id="China",
        geographic_region_b_id="North-America",
        payment_type="PrePaid",
        period=12,
        auto_renew=True,
        opts=pulumi.ResourceOptions(protect=True),
    )
    {ATTACHED}
    {LIMIT}

Instead:
    {PROTECTED_PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When the service sells it to you.

Source:
    API metadata of CreateCenBandwidthPackage, `Period` and `PricingCycle`
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.geography.bandwidth import PERIODS
from cenguard.network import Network
from cenguard.rules.money.terms import about_package, bought, is_undone
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each prepaid package with another period."""
    for package, terms in bought(network):
        period = terms.period
        if (
            not package.is_new
            or not period.is_set
            or period.value in PERIODS
            or (terms.payment.blocker is None and not terms.is_prepaid)
        ):
            continue
        yield about_package(
            package,
            f"Package {package.label} is bought for {period.value or 0:g} months; sold are {', '.join(map(str, PERIODS))}.",
            question=f"the period of package {package.label} is sold",
            blocker=period.blocker or terms.payment.blocker,
            because=(f"period of {package.label}: {'not known' if period.value is None else f'{period.value:g}'}",),
            fix="Take 6 months, with automatic renewal.",
            cause=None if is_undone(terms) else single.says(package.urn, {"period": 6, "autoRenew": True}),
        )


RULE = Rule(
    code="CEN409",
    name="period-not-sold",
    level=Level.ADVISORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    spares_standing=True,
    page=__doc__,
)
