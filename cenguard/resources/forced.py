"""What replaces a resource of a program though no changed value of its does.

Seen with engine 3.276 and the provider: a path of `replaceOnChanges` whose value changes, also inside of a property; a
`replacementTrigger` other than the state's, where both have one; a resource of `replaceWith` that is replaced.
"""

from typing import Any

import msgspec

from cenguard.resources.values import is_known


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
        return self.trigger is not None and old is not None and is_known(self.trigger) and is_known(old) and self.trigger != old
