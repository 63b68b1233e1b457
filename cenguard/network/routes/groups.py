"""Groups: networks that fare alike, so that verdicts are worked out for pairs of groups and not of networks.

Two networks are of one group where nothing that a verdict asks tells them apart but their names: region, kind, tables,
publication, how their blocks lie to static entries, route maps and other networks' blocks, and what names them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

import msgspec

from cenguard.network.details import Given
from cenguard.network.prefixes import parsed
from cenguard.network.routes.dispositions import Leg, Pair, Verdict
from cenguard.network.routes.estate import InstanceRoutes
from cenguard.network.routes.layout import layout_of
from cenguard.network.routes.members import NOTHING, UNTOLD, Member
from cenguard.network.routes.tables import table_of
from cenguard.network.routing import End, NetworkTables, Relation, RouteMap, RouteTable

_NONE = frozenset[Any]()
MOST_LEGS = 250_000
"""Legs that are worked out for an instance; with more, only what is asked for is."""


class Group(msgspec.Struct, kw_only=True, eq=False):
    """Networks of one instance that fare alike."""

    id: str
    members: tuple[Member, ...]
    table: RouteTable | None
    published: str
    """`auto`, `manual`, `both`, `none`, `always`, `basic` or `unknown`."""

    @property
    def first(self) -> Member:
        """The one that stands for all."""
        return self.members[0]


class GroupPair(msgspec.Struct, eq=False):
    """A pair of groups, or a group with itself, and its verdict."""

    groups: tuple[Group, Group]
    forward: Leg
    back: Leg
    verdict: Verdict
    routes: InstanceRoutes

    @property
    def pair(self) -> Pair:
        """The verdict with both directions, for the networks that stand for their groups."""
        return self.routes.paired(*self.networks, self.forward, self.back)

    @property
    def networks(self) -> tuple[Member, Member]:
        """The networks that stand for the groups: of a group with itself, its first two."""
        first, second = self.groups
        return first.first, second.members[1 if first is second else 0]

    @property
    def count(self) -> int:
        """How many pairs of networks it stands for."""
        first, second = self.groups
        count = len(first.members)
        return count * (count - 1) // 2 if first is second else count * len(second.members)


def groups_of(routes: InstanceRoutes, more: Callable[[Member], Any] | None = None) -> tuple[Group, ...]:
    """The groups of an instance; `more` says what else tells networks apart."""
    named = layout_of(routes.network).hops
    relations = _Relations(routes)
    found: dict[tuple[Any, ...], list[Member]] = {}
    assert routes.meeting is not None  # marks the members
    for member in routes.members:
        address = member.end.address
        key = relations.of(member), address if address in named else "", more(member) if more else None
        found.setdefault(key, []).append(member)
    sorting: list[tuple[tuple[str, ...], list[Member]]] = []
    for members in found.values():
        member = members[0]
        table = table_of(member.end)[0]
        words = (
            member.end.region or "",
            member.kind,
            table.label if table else "",
            published(member),
            member.key,
            member.end.address,
        )
        sorting.append((words, members))
    sorting.sort(key=itemgetter(0))
    return tuple(
        Group(id=f"g{number}", members=tuple(members), table=table_of(members[0].end)[0], published=words[3])
        for number, (words, members) in enumerate(sorting, 1)
    )


def within_bound(groups: Sequence[Group]) -> bool:
    """Whether the legs between all groups are few enough to be worked out."""
    return len(groups) * len(groups) <= MOST_LEGS


def pairs_of(routes: InstanceRoutes, groups: Sequence[Group]) -> Iterator[GroupPair]:
    """The verdict for each pair of groups, and for each group of several networks with itself."""
    firsts = [group.first for group in groups]
    legs = routes.legs(firsts)
    for index, (group, first) in enumerate(zip(groups, firsts, strict=True)):
        if len(group.members) > 1:
            other = group.members[1]
            forward, back = routes.leg(first, other), routes.leg(other, first)
            yield GroupPair((group, group), forward, back, routes.verdict(first, other, forward, back), routes)
        to_first = legs[index]
        for at in range(index + 1, len(groups)):
            forward, back = legs[at][index], to_first[at]
            yield GroupPair((group, groups[at]), forward, back, routes.verdict(first, firsts[at], forward, back), routes)


def published(member: Member) -> str:
    """How routes get into a network."""
    if member.item.direct:
        return "basic"
    if member.kind == "ECR":
        return "always"
    auto, blocker = member.publishes()
    if blocker is not None:
        return "unknown"
    by_hand = any(entry.attachment == member.end.address for entry in member.tables.entries)
    if auto:
        return "both" if by_hand else "auto"
    return "manual" if by_hand else "none"


class _Relations:
    """What tells the networks of an instance apart."""

    def __init__(self, routes: InstanceRoutes) -> None:
        maps = routes.maps
        listed = [block for item in maps for text in item.blocks.value or () if (block := parsed(text)) is not None]
        self._special = layout_of(routes.network).index([*routes.by_hand, *listed]) or None
        self._meeting = frozenset(routes.meeting)
        self._maps = [item for item in maps if item.sources is not None or item.destinations is not None]

    def of(self, member: Member) -> tuple[Any, ...]:
        end, item = member.end, member.item
        table, blocker = table_of(end)
        return (
            end.region,
            end.router,
            item.kind,
            item.direct,
            table.key if table is not None else blocker.key if blocker is not None else None,
            end.propagation_blocker.key if end.propagation_blocker is not None else None,
            end.blocker.key if end.blocker is not None else None,
            member.publishes()[0],
            end.network_declared,
            self._learned(end) if end.associations or end.propagations else _UNLEARNED,
            self._told(member) if member.blocks is not UNTOLD or member.tables is not NOTHING else _BARE,
            tuple([_names(item, member) for item in self._maps]) if self._maps else (),
        )

    @staticmethod
    def _learned(end: End) -> tuple[frozenset[int], bool]:
        """What its relations with tables tell, beside the one that it is associated with."""
        learned = end.propagations
        return frozenset([id(item.table) for item in learned]), _rests_on_others((*end.associations, *learned))

    def _told(self, member: Member) -> tuple[Any, ...]:
        """What is told of its own tables, and of the blocks that it hands over."""
        tables, blocks = member.tables, member.blocks
        return (
            _of_tables(tables, member.end.address) if tables is not NOTHING else _UNTOLD,
            frozenset(map(self._of_block, blocks.touched)) if blocks.touched else _NONE,
            bool(blocks.own),
            bool(blocks.around),
            blocks.coarse,
            blocks.open,
            blocks.vouched,
            frozenset(map(self._of_block, blocks.advertised)) if blocks.advertised else _NONE,
            blocks.may_advertise,
        )

    def _of_block(self, block: int) -> tuple[Any, ...] | None:
        """How a block lies to those that are written somewhere, and whether another network's meets it."""
        meets = block if block in self._meeting else None
        special = self._special
        if special is None:
            return meets if meets is None else (meets,)
        return tuple(special.holding(block)), tuple(special.inside(block)), meets


def _rests_on_others(relations: Iterable[Relation]) -> bool:
    """Whether a look-up or an inventory tells of any."""
    return any(item.looked_up or item.vouched for item in relations)


def _of_tables(tables: NetworkTables, address: str) -> tuple[Any, ...]:
    """What a network's own tables tell, of the attachment at an address."""
    held: dict[str, list[tuple[Any, ...]]] = {name: [] for name in tables.custom}
    for item in tables.entries:
        told = item.prefix, item.attachment == address, item.hop, item.blocker is not None
        held.setdefault(item.table, []).append(told)
    own = tuple(held.pop("", ()))
    custom = [(_taken(tables.custom.get(name, _TAKES)), tuple(entries)) for name, entries in held.items()]
    return _taken(tables.takes), own, tuple(sorted(custom, key=repr))


def _taken(given: Given[bool]) -> bool | None:
    """Whether a table takes what is published; None where that is not known."""
    return None if given.blocker is not None else given.value is not False


_TAKES = Given(True)


_UNLEARNED = (_NONE, False)
_UNTOLD = _of_tables(NOTHING, "")
_BARE = (_UNTOLD, _NONE, bool(UNTOLD.own), bool(UNTOLD.around), UNTOLD.coarse, UNTOLD.open, UNTOLD.vouched, _NONE, False)
"""What tells the many networks apart, or rather does not, that nothing routes and of which nothing is told."""


def _names(item: RouteMap, member: Member) -> tuple[bool | None, bool | None]:
    """Whether a map names a network as a source, and as a destination; None of one of which it is not known which it is."""
    network = member.end.network
    if network is None:
        return None, None
    sources, destinations = item.sources, item.destinations
    return sources is not None and network in sources.names, destinations is not None and network in destinations.names


def group_of(groups: Iterable[Group]) -> Mapping[int, Group]:
    """The group of each network, by its identity."""
    return {id(member): group for group in groups for member in group.members}
