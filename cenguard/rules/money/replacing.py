"""Why a package is replaced, and what undoes that."""

from cenguard.network import BandwidthPackage
from cenguard.network.details import Before, Terms
from cenguard.rules.evidence import areas_of

UNDO = "Undo the change. To move to other areas, buy a second package beside it, move the limits, and let the old one expire."
FORCED = (
    "Leave out what forces it: neither its areas nor its payment change, so it is an option (--replace, -replace), a taint, a trigger, "
    "`replace_on_changes`, or an import of another one."
)


def undo(package: BandwidthPackage, before: Before | None) -> str:
    """What undoes a replacement, in words."""
    if before is None or sorted(before.areas) != sorted(package.areas):
        return UNDO
    if _moved(package, before):
        return "Undo the change: write the two areas in the order they had."
    return (
        "Undo the change. To pay in another way, detach the package in an update of its own first, once nothing draws on it any more, "
        "and buy the other one then."
    )


def old_text(before: Before) -> str:
    """Areas and payment before."""
    return f"{'/'.join(before.areas)}, {before.payment or 'no payment type'}"


def _moved(package: BandwidthPackage, before: Before) -> bool:
    """Whether its areas are other ones, or in another order where they have one: the list is a set."""
    if package.areas_listed:
        return sorted(before.areas) != sorted(package.areas)
    return before.areas != package.areas


def why_replaced(package: BandwidthPackage, terms: Terms, before: Before | None) -> str:
    """What of it changes so that it is replaced; empty where nothing does, or it is not told."""
    if before is None:
        return ""
    if _moved(package, before):
        if sorted(before.areas) == sorted(package.areas):
            return "its two areas are merely swapped: order means nothing to the service, but the provider replaces it"
        return f"areas {'/'.join(before.areas)} → {areas_of(package)}"
    if before.payment != terms.payment.value and terms.payment.blocker is None:
        return f"payment {before.payment or 'not set'} → {terms.payment.value or 'not set'}"
    return ""
