"""Whether any route leads over a pair of regions: a pair can be paid for and carry nothing."""

from collections.abc import Iterable

import msgspec

from cenguard.geography.regions import RegionPair
from cenguard.network import CenInstance, Network
from cenguard.network.once import once, once_each
from cenguard.network.routes.dispositions import FAILING, GOOD, Pair, Way
from cenguard.network.routes.estate import routes_of
from cenguard.network.routes.groups import Group, GroupPair, groups_of, pairs_of, within_bound

MOST_GROUPS = 200
"""Groups of an instance that a report lists."""
MOST_PAIRS = 200
"""Pairs of groups of an instance that a report lists."""
Regions = tuple[str | None, str | None]


class Verdicts(msgspec.Struct, kw_only=True, eq=False):
    """What the pairs of groups of one instance come to: counted, and kept only where something is said of one."""

    groups: tuple[Group, ...]
    complete: bool
    """False where there are too many: then no pair is worked out."""
    counts: dict[Way, list[int]] = {}
    """Of each disposition, how many pairs of groups, and of networks."""
    assumes: frozenset[str] = frozenset()
    kept: list[GroupPair] = []
    """Those that are one way or partly routed, and of the other dispositions but `reachable` the first ones of the listed groups."""
    between: dict[frozenset[str | None], GroupPair | None] = {}
    """By two regions the pair that shows that nothing is carried between them; None where something is, or may be."""


@once
def verdicts_of(network: Network) -> dict[CenInstance, Verdicts]:
    """The verdicts of each instance that has transit routers."""
    found: dict[CenInstance, Verdicts] = {}
    for instance, routes in routes_of(network).items() if network.routes_told else ():
        if routes.has_routers:
            groups = groups_of(routes)
            found[instance] = made = Verdicts(groups=groups, complete=within_bound(groups))
            if made.complete:
                _take_in(made, pairs_of(routes, groups))
    return found


class _Tally:
    """What pairs of groups with one verdict add up to; what a verdict says of its regions, its first pair shows."""

    __slots__ = ("count", "is_kept", "is_listed")

    def __init__(self, count: list[int], item: GroupPair) -> None:
        way, ways = item.verdict.disposition, (item.verdict.disposition, item.forward.disposition, item.back.disposition)
        self.count = count
        self.is_kept = way is Way.ONE_WAY or Way.PARTLY in ways
        self.is_listed = way is not Way.REACHABLE


def _take_in(made: Verdicts, pairs: Iterable[GroupPair]) -> None:
    """Count pairs, and keep those of which something is said: there are many, and most are reachable."""
    listed = {id(group) for group in made.groups[:MOST_GROUPS]}
    assumes: set[frozenset[str]] = set()
    between: dict[Regions, GroupPair | None] = {}
    room: dict[Way, int] = {}
    tallies: dict[int, _Tally] = {}
    for item in pairs:
        tally = tallies.get(id(item.verdict))
        if tally is None:
            tally = tallies[id(item.verdict)] = _Tally(made.counts.setdefault(item.verdict.disposition, [0, 0]), item)
            _lay_between(between, item)
        assumes.add(item.forward.assumes)
        assumes.add(item.back.assumes)
        tally.count[0] += 1
        tally.count[1] += item.count
        if tally.is_kept:
            made.kept.append(item)
        elif tally.is_listed and listed.issuperset(map(id, item.groups)):
            way = item.verdict.disposition
            if room.setdefault(way, 0) < MOST_PAIRS:
                room[way] += 1
                made.kept.append(item)
    made.assumes = frozenset().union(*assumes)
    made.between = {frozenset(regions): shown for regions, shown in between.items()}


def _lay_between(between: dict[Regions, GroupPair | None], item: GroupPair) -> None:
    """What a pair shows of its two regions: something is carried, or this one shows that nothing is."""
    first, second = item.groups
    regions = first.first.end.region, second.first.end.region  # in one order, as groups stand by region
    if regions[0] == regions[1]:
        return
    forward, back = item.forward.disposition, item.back.disposition
    carries = not (forward in FAILING or back in FAILING) or Way.PARTLY in (forward, back)
    known = between.get(regions, item)
    if carries or known is None:
        between[regions] = None
    elif regions not in between or (item.verdict.disposition is Way.ONE_WAY and known.verdict.disposition is not Way.ONE_WAY):
        between[regions] = item


class Silence:
    """That no route leads over a pair of regions, with a pair of networks that shows it."""

    def __init__(self, first: Group, second: Group, pair: Pair) -> None:
        self.first, self.second, self.pair = first, second, pair
        self.one_way = pair.disposition is Way.ONE_WAY
        """Whether packets get through in one direction."""

    def __str__(self) -> str:
        here, there = self.first.first, self.second.first
        forward, back = self.pair.forward.disposition, self.pair.back.disposition
        if self.one_way:
            good, other = (here, there) if forward in GOOD else (there, here)
            why = back if forward in GOOD else forward
            return f"routes lead over it one way only: {good.label} to {other.label} is routed, {other.label} to {good.label} is {why}"
        return f"no route leads over it: {here.label} to {there.label} is {forward}, {there.label} to {here.label} is {back}"


@once_each
def silence(network: Network, instance: CenInstance, regions: RegionPair) -> Silence | None:
    """Why nothing is carried between two regions, where that is certain: no two networks of them reach each other in both directions."""
    if not any(not item.direct for item in instance.attachments):
        return None
    verdicts = verdicts_of(network).get(instance)
    shown = verdicts.between.get(frozenset(regions.names)) if verdicts is not None else None
    return Silence(*shown.groups, shown.pair) if shown is not None else None
