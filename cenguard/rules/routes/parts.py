"""What the rules about routes share: ends of attachments, and the edits that join them to tables."""

from collections.abc import Mapping, Sequence

from cenguard.findings.fix import Ref, Value
from cenguard.network import Attachment, Blocker, CenInstance, Network
from cenguard.network.once import once
from cenguard.network.routes.members import PUBLISHES
from cenguard.network.routing import End, NetworkEntry, Relation, RouteTable, Routing, TableEntry
from cenguard.resources import tokens

NOTHING = Routing()
PROPERTY = "autoPublishRouteEnabled"
_BY_ID = "id:"


def routing_of(network: Network) -> Routing:
    """What routes packets; nothing is read where nothing of the input is about it."""
    return network.routing if network.routes_told else NOTHING


@once
def router_ends(network: Network) -> tuple[tuple[End, ...], ...]:
    """Attachments to transit routers and peers that the input has as resources, each with its ends, by URN."""
    return tuple(
        [
            ends
            for ends in routing_of(network).by_address.values()
            if (item := ends[0].item).urn is not None and not (isinstance(item, Attachment) and item.direct)
        ]
    )


def instance_of(network: Network, table: RouteTable) -> CenInstance | None:
    """The instance of a table's router."""
    router = next((item for item in network.routers if table.router is not None and item.urn == table.router), None)
    return router.instance if router is not None else None


class Loose:
    """Relations or entries that are not told in full, by the tables that they name or may name."""

    def __init__(self, routing: Routing, items: Sequence[Relation] | Sequence[TableEntry]) -> None:
        self._named: dict[str, list[Relation | TableEntry]] = {}
        self._by_router: dict[str | None, Blocker] = {}
        for item in items:
            if item.table is not None:
                self._named.setdefault(item.table.key, []).append(item)
                continue
            if isinstance(item, Relation):
                why, address = item.blocker, item.attachment
            else:
                why, address = item.table_blocker, item.next_hop
            ends = routing.by_address.get(address or "", ()) if item.router is None else ()  # its table is one of its own router
            if why is None:
                continue  # it says no table at all
            for router in [end.router for end in ends] or [item.router]:
                self._by_router.setdefault(router, why)

    def naming(self, table: RouteTable) -> Sequence[Relation | TableEntry]:
        """Those that name a table, and of which only the attachment is not told."""
        return self._named.get(table.key, ())

    def may_name(self, table: RouteTable) -> Blocker | None:
        """Why one of which the table is not told may name a table."""
        if table.router is None:
            return next(iter(self._by_router.values()), None)
        return self._by_router.get(table.router) or self._by_router.get(None)


def is_entered(network: Network, table: RouteTable) -> bool:
    """Whether anything is associated with a table, of which the attachment may not be told."""
    return bool(table.associations or _entering(network).naming(table))


@once
def _entering(network: Network) -> Loose:
    routing = routing_of(network)
    return Loose(routing, routing.loose_associations)


class Hops:
    """Where static entries of routers' tables lead."""

    def __init__(self, routing: Routing) -> None:
        self._by_hop: dict[str, list[TableEntry]] = {}
        for item in routing.entries:
            if item.next_hop is not None:
                self._by_hop.setdefault(item.next_hop, []).append(item)
        self._without = [
            item
            for item in (*routing.entries, *routing.loose_entries)
            if not item.is_blackhole and item.next_hop is None and item.hop_blocker is not None
        ]

    def to(self, end: End) -> Sequence[TableEntry]:
        """Entries of tables at an end's router that lead to it."""
        found = self._by_hop.get(end.address)
        if found is None:
            return ()
        return [item for item in found if item.router is None or end.router is None or item.router == end.router]

    def loose(self, router: str | None) -> Blocker | None:
        """Why some entry that is not told may lead anywhere at a router."""
        for item in self._without:
            if item.router is None or router is None or item.router == router:
                return item.hop_blocker
        return None


@once
def hops_of(network: Network) -> Hops:
    """Where the static entries of an input lead."""
    return Hops(routing_of(network))


def entries_of(network: Network, end: End) -> tuple[list[NetworkEntry], Blocker | None]:
    """Entries of a network's own tables that lead to its attachment; with why another may."""
    tables = network.routing.networks.get(end.network or "")
    if tables is None:
        return [], None
    leading = [item for item in tables.entries if item.attachment == end.address]
    unknown = next((item.blocker for item in tables.entries if item.blocker is not None and item.attachment is None), None)
    return leading, unknown


def publishes(network: Network, end: End) -> tuple[bool | None, Blocker | None]:
    """Whether an attachment publishes into some table of its network; None, with the reason, where that is not known."""
    kind = end.item.kind if isinstance(end.item, Attachment) else ""
    if kind == "ECR":
        return True, None
    if end.publishes.blocker is not None:
        return None, end.publishes.blocker
    value = end.publishes.value
    if value is False or (value is None and not PUBLISHES.get(kind, False)):  # nearly always
        return False, None
    tables = network.routing.networks.get(end.network or "")
    if tables is None:
        return True, None
    given = [tables.takes, *tables.custom.values()]
    if any(item.blocker is None and item.value is not False for item in given):
        return True, None
    unknown = next((item.blocker for item in given if item.blocker is not None), None)
    return (None, unknown) if unknown is not None else (False, None)


@once
def publishing(network: Network) -> Sequence[tuple[End, bool | None, Blocker | None]]:
    """The attachments of VPCs from which routes get into their tables, or may: with whether, and why that is not known."""
    found = []
    for end in routing_of(network).ends:
        item = end.item
        if isinstance(item, Attachment) and item.kind == "VPC":
            published, blocker = (True, None) if item.direct else publishes(network, end)
            if published is not False:
                found.append((end, published, blocker))
    return found


def said_of_publication(end: End) -> str:
    """What an attachment says of publication."""
    if end.publishes.blocker is not None:
        return f"{PROPERTY} of {end.item.label} is not known"
    kind = end.item.kind if isinstance(end.item, Attachment) else ""
    if end.publishes.value is None:
        return f"{PROPERTY} of {end.item.label} is not set, the service's default is {str(PUBLISHES.get(kind, False)).lower()}"
    return f"{PROPERTY} of {end.item.label} is {str(end.publishes.value).lower()}"


def attachment_id(end: End) -> Value:
    """What names an attachment."""
    item = end.item
    named = "id" if item.type in tokens.NAMED_BY_ID else "transitRouterAttachmentId"
    return Ref(item.urn, named) if item.urn else item.id


def table_id(table: RouteTable) -> Value:
    """What names a table that the input has as a resource."""
    return Ref(table.urn, "transitRouterRouteTableId") if table.urn else table.key.removeprefix(_BY_ID)


NO_TABLE: Mapping[str, Value] = {}


@once
def tables_at(network: Network) -> Mapping[str, Mapping[str, Value]]:
    """What names the tables of each router, by the router's address: those that are declared, and those that anything is joined to.

    A new table beside one that is looked up would be read by nothing. What is looked up has no name but in what joins something to
    it; None where that has none either: a flag, or a table that nobody knows.
    """
    found: dict[str, dict[str, Value]] = {}
    routing = routing_of(network)
    for table in routing.tables.values():
        if table.declared and table.router is not None:
            found.setdefault(table.router, {})[table.key] = table_id(table)
    for end in routing.ends:
        for item in (*end.associations, *end.propagations) if end.router is not None else ():
            if item.table is not None:
                at = found.setdefault(end.router or "", {})
                at[item.table.key] = at.get(item.table.key) or _named_by(item, item.table)
    for item in (*routing.loose_associations, *routing.loose_propagations):
        if item.table is None:
            ends = routing.by_address.get(item.attachment or "", ()) if item.router is None else ()
            for router in [end.router for end in ends] or [item.router]:
                found.setdefault(router or "", {})[""] = None
    return found


def _named_by(item: Relation, table: RouteTable) -> Value:
    if table.urn or table.key.startswith(_BY_ID):
        return table_id(table)
    return Ref(item.urn, "transitRouterRouteTableId") if item.urn and not item.by_flag else None


def only_table(network: Network, end: End) -> RouteTable | None:
    """The one declared table of an end's router."""
    tables = [item for item in network.routing.tables.values() if item.declared and item.router == end.router]
    return tables[0] if len(tables) == 1 and end.router is not None else None
