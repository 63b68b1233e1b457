"""Rows of the service's answers about route tables: tables, associations, propagations and static entries.

An answer of ListTransitRouterRouteEntries does not say which table was asked about: the file's name does, or a key that
was added to it.

Source: the answers of ListTransitRouterRouteTables, ListTransitRouterRouteTableAssociations,
ListTransitRouterRouteTablePropagations and ListTransitRouterRouteEntries.
"""

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from cenguard.errors import UnreadableInput
from cenguard.geography.blocks import block, is_ipv6_block
from cenguard.inventory.aliyun_row import Row
from cenguard.network.known import KnownAssociation, KnownPropagation, KnownRoute, KnownRouteTable

TABLE_ID = "TransitRouterRouteTableId"
_IN_NAME = re.compile(r"vtb-[a-z0-9]+")
_ENDING = frozenset({"Dissociating", "Disabling", "Deleted", "Deleting"})
"""Words for a relation or table that the service is taking away, or has."""
_IN_FORCE = frozenset({"Active", "Creating"})
"""Words for an entry that leads packets. Source: ListTransitRouterRouteEntries, `TransitRouterRouteEntryStatus`."""
_FOR_ROUTER_BLOCKS = "PermitVbr"
"""Mark of a black hole that the service makes for a router's own block; only border routers get it."""


def table_named(document: Mapping[str, Any], source: str) -> str | None:
    """The table that an answer is about, where it or the name of its file says so: `vtb-1.json`."""
    stated = document.get(TABLE_ID)
    if isinstance(stated, str) and stated:
        return stated
    names = set(_IN_NAME.findall(PurePath(source).name))
    return names.pop() if len(names) == 1 else None


class RouteRows:
    """What the rows about route tables say, laid together."""

    def __init__(self) -> None:
        self.tables: dict[str, KnownRouteTable] = {}
        self.associations: dict[KnownAssociation, None] = {}
        self.propagations: dict[KnownPropagation, None] = {}
        self.routes: dict[tuple[str, str], KnownRoute] = {}
        self.attachment_of: dict[str, set[str]] = {}
        """Attachments by their network's id."""

    def table(self, row: "Row") -> None:
        """A row of ListTransitRouterRouteTables."""
        if row.values.get("TransitRouterRouteTableStatus") in _ENDING:
            return
        name = row.text(TABLE_ID)
        system = row.values.get("TransitRouterRouteTableType") == "System"
        self.tables[name] = KnownRouteTable(id=name, router=row.text("TransitRouterId"), system=system)

    def association(self, row: "Row") -> None:
        """A row of ListTransitRouterRouteTableAssociations."""
        if row.values.get("Status") not in _ENDING:
            found = KnownAssociation(attachment=self._attachment(row), table=row.text(TABLE_ID))
            self.associations[found] = None

    def propagation(self, row: "Row") -> None:
        """A row of ListTransitRouterRouteTablePropagations."""
        if row.values.get("Status") not in _ENDING:
            found = KnownPropagation(attachment=self._attachment(row), table=row.text(TABLE_ID))
            self.propagations[found] = None

    def _attachment(self, row: "Row") -> str:
        name, network = row.text("TransitRouterAttachmentId"), row.optional("ResourceId")
        if network and row.values.get("ResourceType") != "TR":
            self.attachment_of.setdefault(network, set()).add(name)
        return name

    def entry(self, row: "Row", named: str | None) -> None:
        """A row of ListTransitRouterRouteEntries; learned ones follow from the propagations, and are left out.

        Raises:
            UnreadableInput: nothing says which table it stands in, or it is no route.
        """
        table = row.optional(TABLE_ID) or named
        if table is None:
            raise UnreadableInput(
                row.source,
                "the answer does not say which route table was asked about: give the file the table's name (vtb-….json)",
                where=row.where,
            )
        values = row.values
        if values.get("TransitRouterRouteEntryType") != "Static" or values.get("Tag") == _FOR_ROUTER_BLOCKS:
            return
        if values.get("TransitRouterRouteEntryStatus", "Active") not in _IN_FORCE:
            return
        cidr = row.text("TransitRouterRouteEntryDestinationCidrBlock")
        if block(cidr) is None and not is_ipv6_block(cidr):
            raise UnreadableInput(row.source, f"a block of addresses was expected, not {cidr!r}", where=row.where)
        drops = values.get("TransitRouterRouteEntryNextHopType") == "BlackHole"
        next_hop = None if drops else row.text("TransitRouterRouteEntryNextHopId")
        self.routes[table, cidr] = KnownRoute(table=table, cidr=cidr, next_hop=next_hop)
