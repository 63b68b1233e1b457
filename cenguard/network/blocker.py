"""Why a verdict is open: a value that is not known, and what would settle it."""

from collections.abc import Iterable

import msgspec

from cenguard.text.printable import with_settle


class Blocker(msgspec.Struct, frozen=True):
    """A value that a verdict hangs on, and what would settle it."""

    key: str
    """What to group by: findings with one key hang on one value."""
    text: str
    """What is not known, and where it would come from."""
    settle: str = ""
    """What would settle it."""

    def __str__(self) -> str:
        return with_settle(self.text, self.settle)


def all_open(blockers: Iterable[Blocker | None]) -> Blocker | None:
    """Why none of several is certain, by the first of them; None where one is."""
    found = tuple(blockers)
    return found[0] if found and None not in found else None
