"""Which route of a table wins for a block: the longest that holds it, of learned ones, static ones, and those over peers.

A peer hands over what the table holds with which it is associated at the far end, static entries too, but not what that
table has learned over peers itself: CEN does not pass routes on. Source: the service's diagnosis of cross-region routes
(aliyun/alibabacloud-aiops-skills); CreateTransitRouterPeerAttachment, `AutoPublishRouteEnabled`.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from cenguard.network import Attachment, Blocker, CenInstance
from cenguard.network.prefixes import EVERYTHING, Index, holds, length, meet
from cenguard.network.routes.contents import Content
from cenguard.network.routes.layout import Layout
from cenguard.network.routes.maps import Asked, Ruling, rule
from cenguard.network.routes.members import Member
from cenguard.network.routing import Direction, End, Relation, RouteMap, RouteTable, TableEntry

ANY_LENGTH = 33
"""How long a route counts whose block is not known: it may be longer than any other."""


class Route(NamedTuple):
    """A route of a table that holds a block."""

    length: int
    hop: End | None
    """Where it leads; None for a black hole."""
    table: RouteTable
    """The table that has it: that of the far end where it comes over a peer."""
    entry: TableEntry | None = None
    relation: Relation | None = None
    """The propagation by which it was learned: of the network, at `table`."""
    member: Member | None = None
    """The network it was learned from."""
    over: Relation | None = None
    """The propagation of the peer over which it comes."""
    block: int | None = None
    permitted: bool | None = True
    """False where a map denies it; None where it is not known whether it is there."""
    by: RouteMap | None = None
    blocker: Blocker | None = None


class Lookup:
    """Finds the routes of tables; what each table holds is laid out when it is first asked."""

    def __init__(self, layout: Layout, members: Mapping[str, Member], instance: CenInstance) -> None:
        self._layout, self._members = layout, members
        self._ends = layout.ends
        self._about: Member | None = None
        self._found: dict[tuple[int, int | None], list[Route]] = {}
        self._held: dict[tuple[int, int | None], tuple[Route, ...]] = {}
        self._contents: dict[int, Content] = {}
        self._outlines: dict[int, int] = {}
        self._drawn: dict[Hashable, int] = {}
        self.basic_maps = [item for item in layout.maps_of(instance) if not item.names_table and item.table is None]
        """Maps of regions without a router of the input: they act on the one table there."""

    def content(self, table: RouteTable) -> Content:
        """What a table holds of its own."""
        found = self._contents.get(id(table))
        if found is None:
            found = self._contents[id(table)] = Content(table, self._ends)
            found.loose = [
                entry
                for entry in self._layout.routing.loose_entries
                if entry.router is None or table.router is None or entry.router == table.router
            ]
            if self._layout.open_peers:
                known = {id(near) for near, _, _ in found.peers}
                routers = self._layout.open_peers if table.router is None else (table.router, "")
                pairs = (pair for router in routers for pair in self._layout.open_peers.get(router, ()))
                found.open_peers = [(near, far) for near, far in pairs if id(near) not in known]
        return found

    def known_in(self, table: RouteTable) -> list[Member]:
        """Networks that a table learns, over peers too."""
        content = self.content(table)
        found = [self._members[address] for address in content.learned if address in self._members]
        for near, far, _ in content.peers:
            beyond = table_of(far)[0] if near.publishes.value else None
            if beyond is not None:
                learned = self.content(beyond).learned
                found += [self._members[address] for address in learned if address in self._members]
        return found

    def outline(self, table: RouteTable) -> int:
        """A number that tables share which differ in nothing but their own networks: a look-up for another one ends the same.

        Those with entries, with maps, or of which it is not certain what they lack have one of their own.
        """
        found = self._outlines.get(id(table))
        if found is None:
            content = self.content(table)
            plain = content.learns_only and table.blocker is None and table.key not in self._layout.maps
            plain = plain and not self._defaults_in(content)
            drawn = (
                (table.router, *((id(near), rel.looked_up, rel.vouched) for near, _, rel in content.peers))
                if plain
                else id(table)
            )
            found = self._outlines[id(table)] = self._drawn.setdefault(drawn, len(self._drawn))
        return found

    def maps(self, table: RouteTable, direction: Direction) -> list[RouteMap]:
        """The maps of a table in one direction, in order."""
        maps = self._layout.maps
        return maps[table.key][direction] if table.key in maps else []

    def peers_at(self, router: str) -> list[tuple[End, End]]:
        """Peers of a router: the end there, and the other one."""
        return self._layout.peers.get(router, [])

    def is_hop(self, end: End) -> bool:
        """Whether a static entry leads to an end."""
        return end.address in self._layout.hops

    def ends_of(self, address: str) -> tuple[End, ...]:
        """The ends of an attachment or peer."""
        return self._ends.get(address, ())

    @cached_property
    def _untold(self) -> tuple[Index, dict[int, list[Member]]]:
        """Networks that meet another and of which it is not told into which tables they are propagated, by their blocks."""
        found: dict[int, list[Member]] = {}
        for member in self._members.values():
            if member.meets and member.end.propagation_blocker is not None:
                for block in member.blocks.touched:
                    found.setdefault(block, []).append(member)
        return Index(found), found

    @cached_property
    def _defaults(self) -> list[Member]:
        """Networks that hand over 0.0.0.0/0, which holds what another hands over, whatever that is."""
        return [member for member in self._members.values() if EVERYTHING in member.blocks.handed]

    def _defaults_in(self, content: Content) -> list[Member]:
        """Those of them that a table learns."""
        return [member for member in self._defaults if member.end.address in content.learned] if self._defaults else []

    # ------------------------------------------------------------------ routes of a table

    def routes(self, table: RouteTable, piece: int | None, member: Member) -> list[Route]:
        """All routes of a table that hold a piece of what a network hands over, or may hold it."""
        if member is not self._about:  # legs come receiver by receiver, and what is known of others is not kept
            self._about = member
            self._found.clear()
            self._held.clear()
        asked = (id(table), piece)
        found = self._found.get(asked)
        if found is None:
            found = self._found[asked] = self._routes(table, piece, member)
        return found

    def _routes(self, table: RouteTable, piece: int | None, member: Member) -> list[Route]:
        found = list(self._own(table, piece, member))
        for near, far, relation in self._peers_about(self.content(table), member):
            found += self._over(table, near, far, relation, piece, member)
        for near, far in self.content(table).open_peers:
            blocker = near.propagation_blocker
            over = [route for route in self._over(table, near, far, None, piece, member) if route.permitted is not False]
            found += [route._replace(permitted=None, blocker=blocker) for route in over]
        return found

    def _own(self, table: RouteTable, piece: int | None, member: Member) -> tuple[Route, ...]:
        """What a table holds without its peers; asked by every table that it is handed over to."""
        asked = (id(table), piece)
        found = self._held.get(asked)
        if found is None:
            found = self._held[asked] = tuple(self._held_by(table, piece, member))
        return found

    def _peers_about(self, content: Content, member: Member) -> Sequence[tuple[End, End, Relation]]:
        """Peers over which something about a network may come: to its own router, or from a table with static entries."""
        if member.meets or member.end.router is None:
            return content.peers
        if content.by_far is None:
            content.by_far = {}
            for item in content.peers:
                far = item[1]
                always = far.router is None or any(
                    not there.learns_only or self._defaults_in(there) for there in map(self.content, self._beyond(far))
                )
                content.by_far.setdefault(None if always else far.router, []).append(item)
        return [*content.by_far.get(member.end.router, ()), *content.by_far.get(None, ())]

    def _beyond(self, far: End) -> Sequence[RouteTable]:
        """The table that a peer hands over what it holds of, by its other end; all that it may be where that is not told."""
        table = table_of(far)[0]
        if table is not None:
            return (table,)
        return self._layout.tables_at.get(far.router or "", ()) if far.association_blocker is not None else ()

    def _held_by(self, table: RouteTable, piece: int | None, member: Member) -> Iterator[Route]:
        content = self.content(table)
        yield from self._learned(table, content, piece, member)
        if piece is None:
            yield from self._entries_beside_unknown(table, content, member)
            return
        for block in content.by_block.holding(piece):
            for entry in content.entries[block]:
                yield self._of_entry(table, entry, length(block), block)
        for entry in (*content.open_entries, *content.loose):
            if entry.prefix is not None and not holds(entry.prefix, piece):
                continue
            known = ANY_LENGTH if entry.prefix is None else length(entry.prefix)
            blocker = entry.prefix_blocker or entry.table_blocker or entry.hop_blocker
            yield self._of_entry(table, entry, known, entry.prefix)._replace(permitted=None, blocker=blocker)

    def _learned(self, table: RouteTable, content: Content, piece: int | None, member: Member) -> Iterator[Route]:
        relation = content.learned.get(member.end.address)
        block: int | None = None
        wider: list[int] = []
        if piece is not None:
            holding = [item for item in member.blocks.handed if holds(item, piece)]
            if len(holding) > 1:
                *wider, block = sorted(holding, key=length)
            elif holding:  # nearly always
                block = holding[0]
        if relation is not None:
            yield self._of_member(table, relation, member, block)
            for item in wider:  # a map may keep out the longest alone
                yield self._of_member(table, relation, member, item)
        elif member.end.propagation_blocker is not None and self._may_be_at(table, member.end):
            known = ANY_LENGTH if block is None else length(block)
            yield Route(
                known, member.end, table, member=member, block=block, permitted=None, blocker=member.end.propagation_blocker
            )
        if piece is None:
            for other in self._defaults_in(content):
                if other is not member:
                    yield self._of_member(table, content.learned[other.end.address], other, EVERYTHING)
        if not member.meets:
            return
        index, members = content.sharing(self._members)
        if piece is None:  # it lies somewhere in these, and another network's block may lie there too
            for item in (item for item in members if any(meet(item, around) for around in member.blocks.around)):
                for other in members[item]:
                    if other is not member and item != EVERYTHING:
                        yield Route(
                            ANY_LENGTH, other.end, table, member=other, block=item, permitted=None, blocker=member.blocker
                        )
            return
        for item in index.holding(piece):
            for other in members[item]:
                if other is member:
                    continue
                route = self._of_member(table, content.learned[other.end.address], other, item)
                if other.blocks.lies_within(item):  # what it hands over in there may be longer than any other route
                    if route.permitted is not False:
                        yield route._replace(length=ANY_LENGTH, permitted=None, blocker=other.blocker)
                    continue
                if block is not None and member.blocks.is_coarse(block) and route.permitted:
                    route = route._replace(permitted=None, blocker=member.blocker)
                yield route
        index, members = self._untold
        for item in index.holding(piece):
            for other in members[item]:
                if other is not member and other.end.address not in content.learned and self._may_be_at(table, other.end):
                    known = ANY_LENGTH if other.blocks.lies_within(item) else length(item)
                    blocker = other.end.propagation_blocker
                    yield Route(known, other.end, table, member=other, block=item, permitted=None, blocker=blocker)

    def _of_member(self, table: RouteTable, relation: Relation, member: Member, block: int | None) -> Route:
        known = ANY_LENGTH - 1 if block is None else length(block)
        maps = self.maps(table, Direction.IN)
        if not maps:
            return Route(known, member.end, table, relation=relation, member=member, block=block)
        ruling = rule(maps, Asked(member, block))
        return Route(
            known,
            member.end,
            table,
            relation=relation,
            member=member,
            block=block,
            permitted=ruling.permitted,
            by=ruling.by,
            blocker=ruling.blocker,
        )

    def _of_entry(self, table: RouteTable, entry: TableEntry, known: int, block: int | None) -> Route:
        if entry.is_blackhole:
            return Route(known, None, table, entry=entry, block=block)
        hop = self.hop(entry, table)
        if hop is None:
            blocker = entry.hop_blocker or Blocker(
                f"hop {entry.urn or entry.name}",
                f"{entry.name} leads to {entry.hop_label or 'an attachment'}, which is not in the input",
                "the document of the stack that makes it would settle it",
            )
            return Route(known, None, table, entry=entry, block=block, permitted=None, blocker=blocker)
        return Route(known, hop, table, entry=entry, block=block)

    def hop(self, entry: TableEntry, table: RouteTable) -> End | None:
        """The end that an entry leads to: of a peer the one at the table's router."""
        ends = self._ends.get(entry.next_hop or "", ())
        return next((end for end in ends if end.router == table.router), ends[0] if ends else None)

    def _entries_beside_unknown(self, table: RouteTable, content: Content, member: Member) -> Iterator[Route]:
        """Entries where the blocks of the network are not known: only 0.0.0.0/0 certainly holds them."""
        for block, entries in content.entries.items():
            for entry in entries:
                route = self._of_entry(table, entry, length(block), block)
                if block == EVERYTHING:
                    yield route
                else:
                    yield route._replace(length=ANY_LENGTH, permitted=None, blocker=member.blocker)
        for entry in (*content.open_entries, *content.loose):
            blocker = entry.prefix_blocker or entry.table_blocker or entry.hop_blocker
            yield self._of_entry(table, entry, ANY_LENGTH, None)._replace(permitted=None, blocker=blocker)

    @staticmethod
    def _may_be_at(table: RouteTable, end: End) -> bool:
        return table.router is None or end.router is None or table.router == end.router

    # ------------------------------------------------------------------ over peers

    def _over(
        self, table: RouteTable, near: End, far: End, relation: Relation | None, piece: int | None, member: Member
    ) -> Iterator[Route]:
        advertises = near.publishes.value if near.publishes.blocker is None else None
        if advertises is None and near.publishes.blocker is None:
            advertises = False  # the service's default
        if advertises is False:
            return
        beyond, blocker = table_of(far)
        blocker = near.publishes.blocker or blocker
        if beyond is None:
            is_its_own = far.router is None or member.end.router in (None, far.router)
            held = (there for table_there in self._beyond(far) for there in self._own(table_there, piece, member))
            if blocker is not None and (
                is_its_own or any(there.hop is not far and there.permitted is not False for there in held)
            ):
                yield Route(ANY_LENGTH, near, table, over=relation, member=member, permitted=None, blocker=blocker)
            return
        for there in self._own(beyond, piece, member):
            if there.hop is far:
                continue  # it leads back over the peer itself
            route = there
            if self._layout.maps and route.entry is None and route.member is not None and route.permitted is not False:
                ruling = self._handed_over(table, beyond, route, route.member)
                if ruling.permitted is not True:
                    route = route._replace(permitted=ruling.permitted, by=ruling.by, blocker=route.blocker or ruling.blocker)
            if near.publishes.blocker is not None:
                route = route._replace(permitted=None, blocker=near.publishes.blocker)
            yield Route(
                route.length, near, route.table, route.entry, route.relation, route.member, relation, route.block,
                route.permitted, route.by, route.blocker,
            )  # fmt: skip

    def _handed_over(self, table: RouteTable, beyond: RouteTable, route: Route, source: Member) -> Ruling:
        """What the maps make of a route of the far table: going out to the peer, and coming in here."""
        out = rule(self.maps(beyond, Direction.OUT), Asked(source, route.block, to_peer=True))
        if out.permitted is False:
            return out
        inward = rule(self.maps(table, Direction.IN), Asked(source, route.block))
        return out if inward.permitted is True else inward


def table_of(end: End) -> tuple[RouteTable | None, Blocker | None]:
    """The table with which an end is associated; none without a reason where it certainly has none."""
    given = end.associations
    if not given:
        return None, end.association_blocker or end.blocker
    if len(given) == 1 and (only := given[0].table) is not None:  # nearly always
        return (only, None) if is_told(only) else (None, only.blocker)
    tables = list({id(item.table): item.table for item in given if item.table is not None}.values())
    if len(tables) > 1:
        names = " and ".join(sorted(item.label for item in tables))
        return None, Blocker(
            f"associations {end.address}",
            f"{end.item.label} has two associations, with {names}, and the service keeps one",
            "taking one of them away would settle it",
        )
    if tables:
        return (tables[0], None) if is_told(tables[0]) else (None, tables[0].blocker)
    return None, end.association_blocker or end.blocker


def is_told(table: RouteTable) -> bool:
    """Whether a table is one that the input or an inventory tells of, and not merely an id."""
    return table.declared or table.is_system or table.told


def association_of(end: End) -> Relation | None:
    """The association of an end."""
    return next((item for item in end.associations), None)


def is_network(end: End) -> bool:
    """Whether an end is that of a network, and not of a peer."""
    return isinstance(end.item, Attachment)
