"""Whether any route leads over a pair of regions: a pair can be paid for and carry nothing."""

from collections.abc import Iterator

from cenguard.geography.regions import RegionPair
from cenguard.network import CenInstance, Network
from cenguard.network.once import once, once_each
from cenguard.routes.dispositions import FAILING, GOOD, Pair, Way
from cenguard.routes.estate import routes_of
from cenguard.routes.groups import Group, GroupPair, groups_of, pairs_of, within_bound


@once
def verdicts_of(network: Network) -> dict[CenInstance, tuple[tuple[Group, ...], tuple[GroupPair, ...] | None]]:
    """Groups of each instance that has transit routers, and the verdict of each pair; None where these are too many."""
    found: dict[CenInstance, tuple[tuple[Group, ...], tuple[GroupPair, ...] | None]] = {}
    for instance, routes in routes_of(network).items() if network.routes_told else ():
        if routes.has_routers:
            groups = groups_of(routes)
            found[instance] = (groups, tuple(pairs_of(routes, groups)) if within_bound(groups) else None)
    return found


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
    found: Silence | None = None
    for item in _between(network, instance, regions):
        ways = (item.pair.forward.disposition, item.pair.back.disposition)
        if all(way in GOOD or way not in FAILING for way in ways) or Way.PARTLY in ways:
            return None
        first, second = item.groups
        if found is None or (item.pair.disposition is Way.ONE_WAY and not found.one_way):
            found = Silence(first, second, item.pair)
    return found


def _between(network: Network, instance: CenInstance, regions: RegionPair) -> Iterator[GroupPair]:
    yield from _by_regions(network).get((id(instance), frozenset(regions.names)), ())


@once
def _by_regions(network: Network) -> dict[tuple[int, frozenset[str | None]], list[GroupPair]]:
    found: dict[tuple[int, frozenset[str | None]], list[GroupPair]] = {}
    for instance, (_, pairs) in verdicts_of(network).items():
        for item in pairs or ():
            key = id(instance), frozenset(group.first.end.region for group in item.groups)
            found.setdefault(key, []).append(item)
    return found
