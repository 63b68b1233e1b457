"""A route table learns networks, and nothing ever looks there.

What it does:
    Looks for tables with propagations or route entries and without an association, of whose attachments some are known in
    no table that has one.

Why it matters:
    Nobody finds a network that is known in no table that is read. The propagation that was meant went into the wrong table,
    or an association is missing.

Example:
    other_table = table("other-table", near, hangzhou)
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, near_table)
    known("office", office, other_table)

Instead:
    other_table = table("other-table", near, hangzhou)
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, near_table)
    known("office", office, near_table)

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When associations are kept outside of the input.

Source:
    https://alibabacloud.com/help/en/cen/user-guide/associated-forwarding
"""

from collections.abc import Iterator, Mapping, Sequence

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, Network
from cenguard.network.routing import End, RouteTable, Routing, TableEntry
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.routes.parts import Loose, instance_of, routing_of
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each table that knows something that nobody finds."""
    routing = routing_of(network)
    reads = Reads(routing)
    for table in routing.tables.values():
        if not table.declared or not (table.propagations or table.entries) or reads.is_read(table):
            continue
        lost = [end for end in _known_in(table, routing.by_address) if not reads.finds(end)]
        if not lost:
            continue
        blocker = reads.may_be_read(table)
        if blocker is None:
            doubts = {id(end): doubt for end in lost if (doubt := reads.may_find(end)) is not None}
            blocker = next(iter(doubts.values()), None) if len(doubts) == len(lost) else None
            lost = [end for end in lost if blocker is not None or id(end) not in doubts]
        names = ", ".join(sorted({end.item.label for end in lost}))
        yield finding_about(
            table.urn or table.key,
            f"Nothing is associated with route table {table.label}, and {names} {'are' if ',' in names else 'is'} known in no table that has "
            "an association: nobody finds the way there.",
            question=f"anything is looked up in route table {table.label}",
            blocker=blocker or table.blocker,
            because=(f"no association names {table.label}", f"known only there: {names}"),
            fix=f"Associate attachments with {table.label}, or propagate {names} into a table that is read.",
            instance=instance_of(network, table),
            related=tuple(sorted({end.item.urn for end in lost if end.item.urn})),
        )


def _known_in(table: RouteTable, ends: Mapping[str, Sequence[End]]) -> Iterator[End]:
    """Attachments that a table knows, each at the table's router."""
    addresses = [item.attachment for item in table.propagations] + [item.next_hop for item in table.entries]
    for address in dict.fromkeys(addresses):
        here = ends.get(address or "", [])
        yield from [end for end in here if len(here) == 1 or end.router == table.router][:1]


class Reads:
    """Which tables something is looked up in, and what is found there."""

    def __init__(self, routing: Routing) -> None:
        self._loose = Loose(routing, routing.loose_associations)
        self._hops: dict[str, set[str | None]] = {}
        self._loose_hops: dict[str, TableEntry] = {}
        """Entries to an attachment, of which the table is not told."""
        self._astray: list[TableEntry] = []
        """Entries that are found, or may be, and lead to what is not told."""
        self._unsure: dict[str | None, Blocker] = {}
        """By router, why an attachment may look in its system table."""
        for end in routing.ends:
            if end.association_blocker is not None:
                self._unsure.setdefault(end.router, end.association_blocker)
        for entry in routing.entries:
            read = entry.table is None or self.is_read(entry.table)
            if entry.next_hop is None:
                if read and entry.hop_blocker is not None and not entry.is_blackhole:
                    self._astray.append(entry)
            elif entry.table is None:
                self._loose_hops.setdefault(entry.next_hop, entry)
            elif read:
                self._hops.setdefault(entry.next_hop, set()).add(entry.table.router)

    def is_read(self, table: RouteTable) -> bool:
        """Whether anything is looked up in a table."""
        return bool(table.associations or self._loose.naming(table))

    def may_be_read(self, table: RouteTable) -> Blocker | None:
        """Why something may be."""
        return self._loose.may_name(table)

    def finds(self, end: End) -> bool:
        """Whether a table that is read knows an attachment, by propagation or by an entry; of a peer, at this end."""
        read = any(item.table is not None and self.is_read(item.table) for item in end.propagations)
        routers = self._hops.get(end.address, set())
        return read or end.router in routers or None in routers or (end.router is None and bool(routers))

    def may_find(self, end: End) -> Blocker | None:
        """Why a table that is read may know it.

        The deprecated flag of another attachment, where that is not known, may have it look in the router's system table.
        """
        if end.propagation_blocker is not None:
            return end.propagation_blocker
        entry = self._loose_hops.get(end.address)
        if entry is not None and (entry.router is None or end.router in {None, entry.router}):
            return entry.table_blocker
        for item in self._astray:
            if item.router is None or end.router in {None, item.router}:
                return item.hop_blocker
        if any(item.table is not None and item.table.is_system for item in end.propagations):
            return self._unsure.get(end.router)
        return None


RULE = Rule(
    code="CEN324",
    name="unread-route-table",
    level=Level.ADVISORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check=check,
    needs=(Need.ROUTES,),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
