"""What findings say of something that an update makes while the old one in its place is there still."""

from collections.abc import Iterator
from typing import NamedTuple

from cenguard.network import Blocker, Network
from cenguard.network.leaving import Beside
from cenguard.rules import evidence


class Collision(NamedTuple):
    """One thing that is made too early, and how it is said."""

    urn: str
    old: str
    """What sentences call the old one."""
    until: str
    """How long the old one is there, as the end of a sentence."""
    fix: str
    blocker: Blocker | None
    same: bool

    def message(self, label: str, refused: str) -> str:
        """What happens: that one is refused, but for one that is imported, which goes with the old one."""
        if not self.same:
            return refused
        return (
            f"The update imports {label}, and deletes {self.old} after it: both are one object for the service, which is "
            "gone then; where something needs it yet, the service refuses that, and the update fails half-way."
        )


def collisions(network: Network, *types: str) -> Iterator[Collision]:
    """What of some types is made too early."""
    for item in network.leaving.beside:
        if item.type in types:
            old = f"the old {item.name}" if not item.renamed else item.name
            yield Collision(item.urn, old, _until(item, old), _fix(item), _blocker(item, old), item.same)


def _until(item: Beside, old: str) -> str:
    if item.stays:
        leaves = "which leaves the program" if item.renamed else "which is replaced"
        return f"{old}, {leaves} and stays in the cloud, goes on"
    return f"{old} goes on until later in the same update"


def _fix(item: Beside) -> str:
    if item.stays and not item.renamed:
        return "Leave out what forces the replacement, or what keeps the old one (`destroy = false`, `retain_on_delete`)."
    if item.stays:
        return f"Import the one that stays as {item.name}, or let it be deleted in an update before this one."
    if item.same:
        return evidence.under_one_name(item.urn)
    if item.renamed and item.moves:
        return "Take the old one out in an update of its own first."
    if item.renamed:
        return f"Let the new name stand for the old one, by {evidence.renaming(item.urn)}, or take the old one out in an update of its own first."
    return "Leave out what forces the replacement, or let the old one be deleted first (`delete_before_replace`; no `create_before_destroy`)."


def _blocker(item: Beside, old: str) -> Blocker | None:
    if item.blocker is not None or not item.unordered:
        return item.blocker
    return Blocker(
        f"order {item.old}",
        f"Terraform deletes {old} and makes the new one in no certain order",
        "a `moved` block lets the new name stand for the old one",
    )
