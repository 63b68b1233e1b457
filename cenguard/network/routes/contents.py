"""What one table holds of its own, laid out for look-ups."""

from collections.abc import Mapping, Sequence

from cenguard.network.prefixes import Index
from cenguard.network.routes.members import Member
from cenguard.network.routing import End, Relation, RouteTable, TableEntry


class Content:
    """What one table holds of its own: learned from networks of its region, and static."""

    __slots__ = ("by_block", "by_far", "entries", "learned", "loose", "meeting", "open_entries", "open_peers", "peers")

    def __init__(self, table: RouteTable, ends: Mapping[str, tuple[End, ...]]) -> None:
        self.learned: dict[str, Relation] = {}
        """Propagations of networks, by address of the attachment."""
        self.peers: list[tuple[End, End, Relation]] = []
        """Of peers: the end at this router, the other one, the propagation."""
        for relation in table.propagations:
            address = relation.attachment or ""
            here = ends.get(address, ())
            if len(here) == 2:
                near = next((end for end in here if relation in end.propagations), here[0])
                self.peers.append((near, here[1] if near is here[0] else here[0], relation))
            else:
                self.learned.setdefault(address, relation)
        self.entries: dict[int, list[TableEntry]] = {}
        self.open_entries: list[TableEntry] = []
        for entry in table.entries:
            if entry.prefix is None:
                self.open_entries.append(entry)
            else:
                self.entries.setdefault(entry.prefix, []).append(entry)
        self.by_block = Index(self.entries)
        self.loose: Sequence[TableEntry] = ()
        self.open_peers: Sequence[tuple[End, End]] = ()
        """Peers that may be propagated into it: which attachment or table some propagation names is not told."""
        self.by_far: dict[str | None, list[tuple[End, End, Relation]]] | None = None
        """Peers by the router at their other end; under None those that always count."""
        self.meeting: tuple[Index, dict[int, list[Member]]] | None = None

    @property
    def learns_only(self) -> bool:
        """Whether it holds nothing but what it has learned."""
        return not (self.entries or self.open_entries or self.loose or self.open_peers)

    def sharing(self, members: Mapping[str, Member]) -> tuple[Index, dict[int, list[Member]]]:
        """Blocks of learned networks that other networks meet."""
        if self.meeting is None:
            found: dict[int, list[Member]] = {}
            for address in self.learned:
                member = members.get(address)
                if member is not None and member.meets:
                    for block in member.blocks.touched:
                        found.setdefault(block, []).append(member)
            self.meeting = (Index(found), found)
        return self.meeting
