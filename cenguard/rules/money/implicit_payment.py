"""A bandwidth package does not say how it is paid.

What it does:
    Looks for the payment type of each package that the update buys. Silent about what stands, and about what is imported.

Why it matters:
    Without one, the service sells one month, or the period that is set, prepaid, at once, and does not take it back.

Example:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=10,
        geographic_region_a_id="China",
        geographic_region_b_id="North-America",
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
    Never.

Source:
    API metadata of CreateCenBandwidthPackage; aliyun/terraform-provider-alicloud, resource_alicloud_cen_bandwidth_package.go
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.geography.bandwidth import PERIODS
from cenguard.network import Network
from cenguard.network.details import PREPAID, Terms
from cenguard.rules.money.terms import about_package, bought, for_a_period, is_undone
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each package that is bought without a payment type."""
    for package, terms in bought(network):
        if not terms.is_new or terms.payment.is_set:
            continue
        yield about_package(
            package,
            f"Package {package.label} sets no payment_type: the service sells {_sold(terms)}, prepaid, at once.",
            question="",
            because=("neither paymentType nor chargeType is set",),
            fix="Say it: PrePaid, with a period and automatic renewal, or PostPaid where your account may.",
            cause=None
            if is_undone(terms)
            else single.says(package.urn, {"paymentType": PREPAID, **for_a_period(terms), "autoRenew": True}),
        )


def _sold(terms: Terms) -> str:
    """What is sold: a month, unless the program says another period, which the provider sends whatever it says of payment."""
    period = terms.period
    if not period.is_set:
        return "one month"
    return f"{period.value:g} month{'s' * (period.value != 1)}" if period.value in PERIODS else "it"


RULE = Rule(
    code="CEN401",
    name="implicit-payment",
    level=Level.ADVISORY,
    effect=Effect.COSTS,
    scope=Scope.RESOURCE,
    check=check,
    spares_standing=True,
    page=__doc__,
)
