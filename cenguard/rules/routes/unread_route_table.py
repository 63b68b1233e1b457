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
from cenguard.network.routing import End, RouteTable
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.routes.parts import instance_of, routing_of
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each table that knows something that nobody finds."""
    ends = routing_of(network).by_address
    hops: dict[str, set[str | None]] = {}
    for entry in routing_of(network).entries:
        if entry.next_hop is not None and entry.table is not None and entry.table.associations:
            hops.setdefault(entry.next_hop, set()).add(entry.table.router)
    for table in routing_of(network).tables.values():
        if not table.declared or table.associations or not (table.propagations or table.entries):
            continue
        lost = [end for end in _known_in(table, ends) if not _is_found(end, hops)]
        if not lost:
            continue
        names = ", ".join(sorted({end.item.label for end in lost}))
        yield finding_about(
            table.urn or table.key,
            f"Nothing is associated with route table {table.label}, and {names} {'are' if ',' in names else 'is'} known in no table that has "
            "an association: nobody finds the way there.",
            question=f"anything is looked up in route table {table.label}",
            blocker=_blocker(network, table, lost),
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


def _is_found(end: End, hops: dict[str, set[str | None]]) -> bool:
    """Whether a table that is read knows it, by propagation or by an entry; of a peer, at this end."""
    read = any(item.table is not None and item.table.associations for item in end.propagations)
    routers = hops.get(end.address, set())
    return read or end.router in routers or None in routers or (end.router is None and bool(routers))


def _blocker(network: Network, table: RouteTable, lost: list[End]) -> Blocker | None:
    for relation in routing_of(network).loose_associations:
        if relation.router is None or table.router is None or relation.router == table.router:
            return relation.blocker
    return next((end.propagation_blocker for end in lost if end.propagation_blocker is not None), None) or table.blocker


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
