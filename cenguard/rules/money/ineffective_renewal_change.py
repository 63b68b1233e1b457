"""An update changes renewal or period of a package that exists.

What it does:
    Compares `auto_renew` and `period` of each package with its old state.

Why it matters:
    The provider sends both only at creation: the update succeeds and changes nothing, and the package expires as before.

Before:
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

Example:
    {PROTECTED_PACKAGE}
    {ATTACHED}
    {LIMIT}

Instead:
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

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    aliyun/terraform-provider-alicloud, pull request 9354
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.rules.money.terms import about_package, bought
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each package whose renewal only seems to change."""
    for package, terms in bought(network):
        before = terms.before
        if before is None or terms.replaced:
            continue
        changed = [
            (name, old, given)
            for name, old, given in (
                ("auto_renew", before.auto_renew, terms.auto_renew),
                ("period", before.period, terms.period),
            )
            if given.blocker or (old or None) != (given.value or None)
        ]
        certain = [item for item in changed if item[2].blocker is None]
        if not changed:
            continue
        names = " and ".join(name for name, _, _ in certain or changed)
        yield about_package(
            package,
            f"The update changes {names} of package {package.label}, and the provider sends that only at creation: nothing changes.",
            question=f"{names} of package {package.label} {'change' if ' and ' in names else 'changes'}",
            blocker=None if certain else changed[0][2].blocker,
            because=tuple(
                f"{name} of {package.label}: {_shown(old)} → {'not known' if given.blocker else _shown(given.value)}"
                for name, old, given in certain or changed
            ),
            fix="Change it in the console; leave the program as it was, or let it say what the console says.",
            cause=single.undone(network, package.urn, ("autoRenew", "period")),
        )


def _shown(value: float | bool | None) -> str:
    """A value as people say it."""
    if value is None:
        return "not set"
    return ("yes" if value else "no") if isinstance(value, bool) else f"{value:g}"


RULE = Rule(
    code="CEN410",
    name="ineffective-renewal-change",
    level=Level.ADVISORY,
    effect=Effect.COSTS,
    scope=Scope.RESOURCE,
    check=check,
    needs_old_state=True,
    page=__doc__,
)
