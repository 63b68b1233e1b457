"""An update deletes a prepaid package.

What it does:
    Looks for prepaid packages among what the update deletes, those that are retained excepted.

Why it matters:
    The provider takes it out of the state and answers OK; it stays in the account, and billed, until it expires.

Before:
    {PROTECTED_PACKAGE}
    {ATTACHED}
    {LIMIT}

Example:
    # the package is gone from the program

Instead:
    {PROTECTED_PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    aliyun/terraform-provider-alicloud, issue 2092
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.network.details import PREPAID
from cenguard.resources.addresses import is_address
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each prepaid package that is deleted."""
    for item in network.details.deletions:
        if item.retained or item.payment not in (None, PREPAID):
            continue
        which = "an old package" if item.leftover else "package"
        yield finding_about(
            item,
            f"The update deletes {which} {item.label}, which is prepaid: it leaves the state and stays billed until it expires.",
            question=f"package {item.label}, which the update deletes, is prepaid",
            blocker=item.blocker,
            because=(
                f"paymentType of {item.label}: {item.payment or ('not known' if item.blocker else 'not set (prepaid)')}",
                *(
                    ()
                    if is_address(item.urn)
                    else (f"retainOnDelete of {item.label}: {'false' if item.retention_told else 'not told'}",)
                ),
            ),
            fix="No program holds it any more: see in the console until when it is paid for, and let it expire."
            if item.leftover
            else "Keep it in the program until it expires, or have it kept on deletion first, so that it is let go knowingly.",
            packages=(item.urn,),
            apart=item.id or "old" if item.leftover else "",
        )


RULE = Rule(
    code="CEN411",
    name="deleted-prepaid-package",
    level=Level.ADVISORY,
    effect=Effect.COSTS,
    scope=Scope.RESOURCE,
    check=check,
    needs_old_state=True,
    needs=(Need.RETENTION,),
    page=__doc__,
)
