"""A route table and an attachment that something joins belong to different routers.

What it does:
    Compares the router of the table with that of the attachment, for each association, propagation and route entry. A peer
    belongs to two routers.

Why it matters:
    A table holds what its own router forwards. The service refuses an attachment of another one, half-way through the update.

Example:
    far = router("far", frankfurt)
    far_table = table("far-table", far, frankfurt)
    alicloud.cen.TransitRouterRouteTablePropagation("plant-from-far", **ids(plant, far_table))

Instead:
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, near_table)
    known("office", office, near_table)

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    AssociateTransitRouterAttachmentWithRouteTable, EnableTransitRouterRouteTablePropagation, CreateTransitRouterRouteEntry
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, Network
from cenguard.network.routing import End, Relation, RouteTable, TableEntry
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.remedies.single import says
from cenguard.rules.routes.parts import only_table, router_ends, routing_of, table_id
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each association, propagation and entry of a table and an attachment of different routers."""
    all_ends = router_ends(network)
    yield from _not_told(network, all_ends)
    found: list[tuple[str, Relation | TableEntry, tuple[End, ...]]] = [
        (item.urn, item, ends) for ends in all_ends for end in ends for item in end.misjoined
    ]
    entries = routing_of(network).entries
    known = {ends[0].address: ends for ends in all_ends} if entries else {}
    for entry in entries:
        ends = known.get(entry.next_hop or "", ())
        told = entry.table is not None and entry.table.router is not None and ends
        if told and all(end.router not in (None, entry.router) for end in ends):
            found.append((entry.urn, entry, ends))
    for urn, item, ends in sorted(found, key=lambda part: part[0]):
        table, attached = item.table, ends[0].item
        if not urn or item.stands or table is None:
            continue
        places = " and ".join(end.router_label for end in ends)
        yield finding_about(
            urn,
            f"{item.label} joins {attached.name}, an attachment of {places}, with {table.label}, a table of {table.router_label}: the service "
            "refuses it.",
            question="",
            because=(f"{table.label} is a table of {table.router_label}", f"{attached.name} is attached to {places}"),
            fix=f"Name a table of {' or '.join(end.router_label for end in ends)}.",
            cause=says(urn, {"transitRouterRouteTableId": table_id(right)})
            if (right := _right(network, ends)) is not None
            else None,
            instance=attached.instance,
            related=tuple(part for part in (attached.urn, table.urn) if part),
        )


def _not_told(network: Network, all_ends: tuple[tuple[End, ...], ...]) -> Iterator[Finding]:
    """The relations of a table and an attachment of which one does not tell its router, and the other does.

    Nothing is asked of a table that is an id: a document that shows what is made here, or read with `.get`, answers no more of it.
    """
    routing = routing_of(network)
    for table in [table for table in routing.tables.values() if table.router is None and table.urn]:
        for item in (*table.associations, *table.propagations):
            ends = routing.by_address.get(item.attachment or "", ())
            if len(ends) == 1 and ends[0].router is not None:
                yield from _open(item, table, ends[0], table.blocker)
    for end in [ends[0] for ends in all_ends if ends[0].router is None and len(ends) == 1]:
        for item in (*end.associations, *end.propagations):
            if item.table is not None and item.table.urn and item.table.router is not None:
                yield from _open(item, item.table, end, end.blocker)


def _open(item: Relation, table: RouteTable, end: End, blocker: Blocker | None) -> Iterator[Finding]:
    if blocker is None or not item.urn or item.stands or item.by_flag:
        return
    told = (
        f"{table.label} is a table of {table.router_label}"
        if table.router
        else f"{end.item.label} is attached to {end.router_label}"
    )
    yield finding_about(
        item.urn,
        "",
        question=f"{item.label} joins {end.item.label} with a table of its own router",
        blocker=blocker,
        because=(told,),
        fix="Name a table of the attachment's own router.",
        instance=end.item.instance,
        related=tuple(part for part in (end.item.urn, table.urn) if part),
    )


def _right(network: Network, ends: tuple[End, ...]) -> RouteTable | None:
    return only_table(network, ends[0]) if len(ends) == 1 else None


RULE = Rule(
    code="CEN326",
    name="table-of-another-router",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    spares_standing=True,
    needs=(Need.ROUTES,),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
