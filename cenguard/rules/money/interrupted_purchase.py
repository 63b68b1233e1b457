"""A package was being bought when an update was killed.

What it does:
    Looks among the pending operations of a state for packages that were being created, and for attachments of packages.

Why it matters:
    The package may be bought already. The next preview and the next update say nothing of it and buy it again, and the
    entry stays in the state. A run that is interrupted gently leaves none.

Example:
    # the state's pending_operations hold the package, with the operation creating, and this buys it again
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Instead:
    # the same, after `pulumi refresh --import-pending-creates URN ID`, or `--clear-pending-creates` where it was not bought
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    https://www.pulumi.com/docs/cli/commands/pulumi_refresh/; states recorded from the engine
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.rules.about import finding_about
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each purchase or attachment that was interrupted."""
    for item in network.details.interrupted:
        what = f"Package {item.label}" if item.is_package else f"The package attachment {item.label}"
        again = "this update creates it again" if item.created_again else "the next update creates it again without a word"
        paid = ", and a second one is paid" if item.is_package else ""
        yield finding_about(
            item,
            f"{what} was being {'bought' if item.is_package else 'made'} when an update was killed: it may be there already, "
            f"and {again}{paid}.",
            question="",
            because=(f"pending_operations of the state: creating {item.label}",),
            fix=f"Look in the console whether it is there. If so, `pulumi refresh --import-pending-creates {item.urn} ID` with its id; "
            "if not, `pulumi refresh --clear-pending-creates`.",
            level=Level.MANDATORY if item.is_package and item.created_again else None,
        )


RULE = Rule(
    code="CEN415",
    name="interrupted-purchase",
    level=Level.ADVISORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check=check,
    needs_old_state=True,
    page=__doc__,
)
