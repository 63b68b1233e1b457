"""What replaces a resource of a program though no changed value of its does.

Seen with engine 3.276 and the provider: a path of `replaceOnChanges` whose value changes, also inside of a property; a
`replacementTrigger` other than the state's, where both have one; a resource of `replaceWith` that is replaced.
"""

from typing import Any

import msgspec

from cenguard.resources.values import Unknown


class Forced(msgspec.Struct, frozen=True, kw_only=True):
    """The options of a program's resource that force its replacement."""

    on: tuple[str, ...] = ()
    """Paths of properties: `replaceOnChanges`."""
    beside: tuple[str, ...] = ()
    """URNs of resources that it is replaced with: `replaceWith`."""
    trigger: Any = None
    """The value of `replacementTrigger`."""

    def by_trigger(self, old: Any) -> bool:
        """Whether the value is another one than that of the state."""
        return self.trigger is not None and old is not None and _differ(self.trigger, old)


def _differ(first: Any, second: Any) -> bool:
    """Whether two values differ whatever the parts of them turn out to be that are not known."""
    if isinstance(first, Unknown) or isinstance(second, Unknown):
        return False
    if isinstance(first, dict) and isinstance(second, dict):
        return first.keys() != second.keys() or any(_differ(first[key], second[key]) for key in first)
    if isinstance(first, list) and isinstance(second, list):
        return len(first) != len(second) or any(map(_differ, first, second))
    return bool(first != second)
