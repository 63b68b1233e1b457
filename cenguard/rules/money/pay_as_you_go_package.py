"""A package is bought pay-as-you-go.

What it does:
    Looks at the payment type of each package that the update buys.

Why it matters:
    Only accounts on an allow-list may buy `PostPaid` packages; for others the deployment fails.

Example:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=10,
        geographic_region_a_id="China",
        geographic_region_b_id="North-America",
        payment_type="PostPaid",
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
    When your account is on the list.

Source:
    https://www.alibabacloud.com/help/doc-detail/65919.htm; aliyun/terraform-provider-alicloud, issue 2092
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.network.details import POSTPAID, PREPAID, Terms
from cenguard.resources.type_table import camel
from cenguard.rules.money.terms import about_package, bought, for_a_period, is_undone, payment_step
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each pay-as-you-go package that the update buys."""
    for package, terms in bought(network):
        if not package.is_new or (terms.payment.value != POSTPAID and terms.payment.blocker is None):
            continue
        yield about_package(
            package,
            f"Package {package.label} is {POSTPAID}: only accounts on an allow-list may buy that.",
            question=f"package {package.label} is pay-as-you-go",
            blocker=terms.payment.blocker,
            because=(payment_step(package, terms),),
            fix="Make sure that your account may, or buy it PrePaid, with automatic renewal.",
            cause=None
            if is_undone(terms)
            else single.says(
                package.urn,
                {_property(terms): PREPAID, **for_a_period(terms), "autoRenew": True},
                protect=None if terms.protected or terms.retained else True,  # prepaid, it would be CEN406
            ),
        )


def _property(terms: Terms) -> str:
    """The property that says how it is paid."""
    return camel(terms.payment_property)


RULE = Rule(
    code="CEN403",
    name="pay-as-you-go-package",
    level=Level.ADVISORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    spares_standing=True,
    page=__doc__,
)
