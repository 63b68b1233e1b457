"""What a report says of networks: groups that fare alike, and the verdict for each pair of groups.

Its size depends on groups and not on networks.
"""

import msgspec


class ReportedGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Networks of one instance that fare alike."""

    id: str
    region: str | None
    kind: str
    table: str | None
    """The table with which they are associated; None for none, or one that is not told."""
    published: str
    """`auto`, `manual`, `both`, `none`, `always`, `basic` or `unknown`."""
    count: int
    examples: tuple[str, ...]
    members: tuple[str, ...] | None = None
    """All of them, where that is asked for."""


class ReportedCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many pairs of groups have a disposition, and of networks."""

    groups: int
    networks: int


class ReportedRoutePair(msgspec.Struct, frozen=True, kw_only=True):
    """A pair of groups that do not simply reach each other."""

    groups: tuple[str, str]
    disposition: str
    forward: str
    back: str
    cause: str | None


class ReportedInstanceRoutes(msgspec.Struct, frozen=True, kw_only=True):
    """The networks of one instance."""

    instance: str
    networks: int
    groups: tuple[ReportedGroup, ...]
    more_groups: int = 0
    """Groups that are not listed."""
    counts: dict[str, ReportedCount] | None = None
    pairs: tuple[ReportedRoutePair, ...] | None = None
    """All but reachable ones, worst first; None where there are too many to be worked out."""
    more: int = 0
    """Pairs that are not listed."""


class ReportedIntent(msgspec.Struct, frozen=True, kw_only=True):
    """What `require` or `forbid` asked, and what it comes to."""

    intent: str
    disposition: str
    count: int
    examples: tuple[tuple[str, str], ...]


class ReportedRoutes(msgspec.Struct, frozen=True, kw_only=True):
    """What a report says of routes."""

    complete: bool
    """False where an instance has more legs than are worked out."""
    assumes: tuple[str, ...]
    instances: tuple[ReportedInstanceRoutes, ...]
    asked: tuple[ReportedIntent, ...] = ()
