"""What becomes of packets: the dispositions of a leg and of a pair of networks, in the order in which they decide."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import msgspec

from cenguard.network import Blocker, CenInstance
from cenguard.network.assumptions import ASSUMPTIONS
from cenguard.network.connectivity import UNCONNECTED, Connection, Disposition
from cenguard.network.ways import Way

__all__ = [
    "ASSUMPTIONS",
    "BLOCK",
    "BROKEN",
    "FAILING",
    "GOOD",
    "OPEN",
    "WORST_FIRST",
    "Leg",
    "Pair",
    "Step",
    "Verdict",
    "Way",
    "of_blocks",
    "of_legs",
]

FAILING = (Way.OVERLAPPING, Way.NOT_PUBLISHED, Way.NOT_ASSOCIATED, Way.DENIED, Way.NOT_LEARNED, Way.BLACKHOLE)
"""Certain failures, in the packet's order."""
OPEN = (Way.DIVERTED, Way.CONTESTED, Way.UNDETERMINED)
"""What is neither routed nor a failure, in the order in which they decide."""
GOOD = frozenset({Way.ASSUMED, Way.ROUTED})
WORST_FIRST = (
    Way.ONE_WAY, Way.PARTLY, *FAILING, Way.UNCONNECTED, Way.CONTESTED, Way.DIVERTED, Way.UNDETERMINED, Way.ASSUMED, Way.REACHABLE,
)  # fmt: skip
"""Dispositions of pairs as reports list them."""
BROKEN = UNCONNECTED | {Disposition.BROKEN}
"""Dispositions of two regions between which nothing is carried."""
_RANK = {way: rank for rank, way in enumerate((*FAILING, *OPEN))}

BLOCK = "\0"
"""What stands in evidence for the blocks it is about, until they are known."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One line of evidence: what holds or fails, and the resource and property it rests on."""

    text: str
    urn: str | None = None
    property: str | None = None
    aside: bool = False
    """Whether the packet did not come that far: what would follow."""


class Leg(msgspec.Struct, kw_only=True, eq=False):
    """One direction of a pair of networks."""

    disposition: Way
    blocks: dict[str, Way] = {}
    """By block of the receiver; the empty text stands for whatever it hands over."""
    blocker: Blocker | None = None
    steps: tuple[Step, ...] = ()
    """In the packet's order; empty unless evidence was asked for."""
    assumes: frozenset[str] = frozenset()
    over_two_peers: bool = False
    """Whether static entries lead it over a second peer, which nobody knows to work."""


class Pair(msgspec.Struct, kw_only=True, eq=False):
    """Both directions of a pair of networks of one instance."""

    instance: CenInstance
    disposition: Way
    cause: Way | str | None = None
    """Of `one_way`, why the other leg fails; of `unconnected`, the disposition of the regions."""
    forward: Leg
    back: Leg
    regions: Connection | None = None
    """What connects their regions; None within one region, and where a region is not known."""
    relay: tuple[str, ...] = ()
    """Of an `unconnected` pair, regions that both have peers to: CEN passes no routes on there."""


class Verdict(NamedTuple):
    """What both directions of a pair come to; the fields are those of a `Pair`."""

    disposition: Way
    cause: Way | str | None
    regions: Connection | None
    relay: tuple[str, ...] = ()


def of_blocks(ways: Iterable[Way]) -> Way:
    """The disposition of a leg by those of the receiver's blocks."""
    found = frozenset(ways)
    if len(found) == 1:
        return next(iter(found))
    good, failing = found & GOOD, found & frozenset(FAILING)
    if Way.PARTLY in found or (good and failing):
        return Way.PARTLY
    left = [way for way in found if way in OPEN] or [way for way in found if way in FAILING]
    return min(left, key=_RANK.__getitem__) if left else Way.ASSUMED


@cache
def of_legs(forward: Way, back: Way, *, regions_open: bool) -> tuple[Way, Way | None]:
    """The disposition of a connected pair by those of its legs, and the cause of one that is `one_way`."""
    legs = (forward, back)
    good = [way for way in legs if way in GOOD]
    failing = [way for way in legs if way in FAILING]
    if len(good) == 2:
        if regions_open:
            return Way.UNDETERMINED, None
        return (Way.ASSUMED if Way.ASSUMED in good else Way.REACHABLE), None
    if good and failing:
        return Way.ONE_WAY, failing[0]
    if Way.PARTLY in legs and not failing:
        return Way.PARTLY, None
    if failing:
        return min(failing, key=_RANK.__getitem__), None
    return min((way for way in legs if way in OPEN), key=_RANK.__getitem__), None
