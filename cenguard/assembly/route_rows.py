"""What records tell of route tables by their ids, as rows of an inventory.

Only what has ids is told. Of a router of which something moves packets that no row can tell (a deprecated flag, a prefix
list, a Cloud Firewall, a value that is not known) no table is named, so that nothing of it is certainly absent for whoever
rests on the rows.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from cenguard.assembly.properties import value_of
from cenguard.geography.blocks import block, is_ipv6_block
from cenguard.network.known import Inventory, KnownAssociation, KnownPropagation, KnownRoute, KnownRouteTable
from cenguard.resources import tokens
from cenguard.resources.records import Resource

TABLE, ATTACHMENT = "transitRouterRouteTableId", "transitRouterAttachmentId"
_FLAGS = ("routeTableAssociationEnabled", "routeTablePropagationEnabled")
_UNTOLD = (tokens.PREFIX_LIST_ASSOCIATION, tokens.FIREWALL)


def own_id(record: Resource) -> str | None:
    """The service's id of a table, attachment or router: the last part of what the provider makes of several."""
    return record.id.rpartition(":")[2] if record.id else None


def named_by(record: Resource) -> str | None:
    """The id that others name it by: of a router its own, which its resource's ends in."""
    if record.type != tokens.ROUTER:
        return record.id
    own = record.outputs.get("transitRouterId")
    return own if isinstance(own, str) and own else (record.id or "").rpartition(":")[2] or None


def route_rows(records: Iterable[Resource]) -> Inventory:
    """The rows of route tables that records of states or exports tell, as an inventory of nothing else."""
    by_type: dict[str, list[Resource]] = {}
    for record in records:
        by_type.setdefault(record.type, []).append(record)
    associations, open_ones = _joined(by_type.get(tokens.ASSOCIATION, ()))
    propagations, more = _joined(by_type.get(tokens.PROPAGATION, ()))
    routes, untold = _routes(by_type.get(tokens.ROUTE_ENTRY, ()))
    of_router = {name: table for table in by_type.get(tokens.ROUTE_TABLE, ()) if (name := own_id(table)) is not None}
    routers = {name: _text(table, "transitRouterId") for name, table in of_router.items()}
    left_out = {routers.get(table or "") for table in (*open_ones, *more, *untold)} | set(_routers_untold(by_type))
    everywhere = any(table is None for table in (*open_ones, *more, *untold)) or None in set(_routers_untold(by_type))
    tables = {
        name: KnownRouteTable(id=name, router=router)
        for name, router in routers.items()
        if router is not None and router not in left_out and not everywhere
    }
    return Inventory(
        route_tables=tables,
        associations=tuple(KnownAssociation(attachment=attachment, table=table) for attachment, table in associations),
        propagations=tuple(KnownPropagation(attachment=attachment, table=table) for attachment, table in propagations),
        routes=routes,
    )


def _joined(records: Sequence[Resource]) -> tuple[list[tuple[str, str]], list[str | None]]:
    """Attachments and tables that are joined, both by id; and the tables of which a relation is not told."""
    found: list[tuple[str, str]] = []
    untold: list[str | None] = []
    for record in records:
        attachment, table = _text(record, ATTACHMENT), _text(record, TABLE)
        if attachment is not None and table is not None and record.id is not None:
            found.append((attachment, table))
        else:
            untold.append(table)
    return found, untold


def _routes(records: Sequence[Resource]) -> tuple[tuple[KnownRoute, ...], list[str | None]]:
    """Static entries, and the tables of those that cannot be told."""
    found: list[KnownRoute] = []
    untold: list[str | None] = []
    for record in records:
        table, cidr = _text(record, TABLE), _text(record, "transitRouterRouteEntryDestinationCidrBlock")
        kind, next_hop = _text(record, "transitRouterRouteEntryNextHopType"), _text(record, "transitRouterRouteEntryNextHopId")
        is_block = cidr is not None and (block(cidr) is not None or is_ipv6_block(cidr))
        led = next_hop is not None or kind == "BlackHole"
        if table is None or cidr is None or not is_block or not led or record.id is None:
            untold.append(table)
        else:
            found.append(KnownRoute(table=table, cidr=cidr, next_hop=None if kind == "BlackHole" else next_hop))
    return tuple(found), untold


def _routers_untold(by_type: dict[str, list[Resource]]) -> Iterable[str | None]:
    """Routers where something moves packets that rows cannot tell; None for one that is not known."""
    for token in (tokens.VPC_ATTACHMENT, tokens.VBR_ATTACHMENT):
        for record in by_type.get(token, ()):
            if any(value_of(record, key) not in (None, False, "false") for key in _FLAGS):
                yield _text(record, "transitRouterId")
    for token in _UNTOLD:
        for record in by_type.get(token, ()):
            yield _text(record, "transitRouterId")


def _text(record: Resource, key: str) -> str | None:
    """A property that is known and a text: of an id of several parts the last one."""
    value: Any = value_of(record, key)
    if not isinstance(value, str) or not value:
        return None
    return value.rpartition(":")[2] if value.startswith(("cen-", "tr-")) and ":" in value else value
