"""A new package is prepaid and does not renew itself.

What it does:
    Looks at payment and renewal of each package that the update buys.

Why it matters:
    At expiry the pair of regions falls to the 1 Kbps test bandwidth, while preview and refresh stay clean. Renewal cannot
    be switched on later: the provider sends it only at creation.

Example:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=10,
        geographic_region_a_id="China",
        geographic_region_b_id="North-America",
        payment_type="PrePaid",
        period=1,
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
    When expiry is watched elsewhere.

Source:
    CreateCenBandwidthPackage, `AutoRenew`; aliyun/terraform-provider-alicloud, pull request 9354
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.rules.money.terms import about_package, bought, is_undone, payment_step, told
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each new prepaid package without renewal."""
    for package, terms in bought(network):
        if not terms.is_new or terms.auto_renew.value or (terms.payment.blocker is None and not terms.is_prepaid):
            continue
        months = terms.period.value
        period = f"{months:g} month{'s' * (months != 1)}" if months else "its period"
        users = "its pairs fall" if package.attached else "what draws on it falls"
        yield about_package(
            package,
            f"Package {package.label} is prepaid without auto_renew: after {period} it expires, and {users} to 1 Kbps.",
            question=f"package {package.label} renews itself",
            blocker=terms.payment.blocker or terms.auto_renew.blocker,
            because=(
                payment_step(package, terms),
                f"autoRenew of {package.label}: {told(terms.auto_renew)}",
            ),
            fix="Switch automatic renewal on now: a later change has no effect.",
            cause=None if is_undone(terms) else single.says(package.urn, {"autoRenew": True}),
        )


RULE = Rule(
    code="CEN402",
    name="expiring-package",
    level=Level.ADVISORY,
    effect=Effect.COSTS,
    scope=Scope.RESOURCE,
    check=check,
    spares_standing=True,
    page=__doc__,
)
