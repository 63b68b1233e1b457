"""A prepaid package is neither protected nor kept when it is deleted.

What it does:
    Looks at `protect` and `retain_on_delete` of each prepaid package. The engine tells a policy pack only the first.

Why it matters:
    Deleting it removes it from the state only: it stays in the account, and billed, until it expires.

Example:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Instead:
    {PROTECTED_PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    For packages that may be lost.

Source:
    aliyun/terraform-provider-alicloud, issue 2092: a prepaid package is forgotten, not deleted
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, Network
from cenguard.network.details import Terms
from cenguard.resources.addresses import is_address
from cenguard.rules.money.terms import about_package, bought, payment_step
from cenguard.rules.needs import Need
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each prepaid package that nothing keeps."""
    for package, terms in bought(network):
        if terms.protected or terms.retained or (terms.payment.blocker is None and not terms.is_prepaid):
            continue
        untold = _protection_untold(terms)
        kept = "prevent_destroy" if is_address(terms.urn) else "protect"
        told = f" (whether it is kept on deletion, {terms.retention_untold})" if terms.retention_untold else ""
        yield about_package(
            package,
            f"Package {package.label} is prepaid and not protected{told}: a deletion takes it out of the state, and it stays billed.",
            question=(
                f"package {package.label} is prepaid, and so worth protecting,"
                if terms.payment.blocker
                else f"package {package.label}, which is prepaid, is protected"
            ),
            blocker=terms.payment.blocker or untold,
            because=(
                payment_step(package, terms),
                f"{kept} of {package.label}: {'not told' if untold else 'false'}",
            ),
            fix="Protect it.",
            cause=single.protects(package.urn),
        )


def _protection_untold(terms: Terms) -> Blocker | None:
    """Why it cannot be told whether a package is protected: neither plans nor states of Terraform hold `lifecycle`, only files do."""
    if terms.protection_told or terms.protected:
        return None
    return Blocker(
        "prevent_destroy",
        "prevent_destroy and removed blocks are in no plan and no state of Terraform",
        "lifecycle { prevent_destroy = true } in the package's block keeps it; the .tf files beside the plan would settle it",
    )


RULE = Rule(
    code="CEN406",
    name="unprotected-package",
    level=Level.ADVISORY,
    effect=Effect.COSTS,
    scope=Scope.RESOURCE,
    check=check,
    of_what_stands=True,
    needs=(Need.RETENTION,),
    page=__doc__,
)
