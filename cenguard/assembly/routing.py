"""Resource records → what routes packets: ends of attachments, their relations with route tables, entries, publication."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter

from msgspec import structs

from cenguard.assembly.attachment_names import ATTACHMENT_KEYS, Attachments
from cenguard.assembly.given_values import Giving
from cenguard.assembly.network_routes import NetworkRoutes
from cenguard.assembly.networks import Networks
from cenguard.assembly.references import References
from cenguard.assembly.route_ends import Ends
from cenguard.assembly.route_maps import RouteMaps
from cenguard.assembly.route_tables import Tables
from cenguard.assembly.routers import Routers
from cenguard.assembly.table_entries import TableEntries
from cenguard.network import Attachment, Blocker, Peer
from cenguard.network.all_details import Details
from cenguard.network.known import Inventory
from cenguard.network.routing import End, Relation, RouteTable, Routing
from cenguard.resources import tokens
from cenguard.resources.records import Change, Resource

MANAGED = "managed"
"""Of a Cloud Firewall that keeps the tables by itself. Source: CreateTrFirewallV2, `RouteMode`."""
_EXPORT = "the stack's export beside the plan would settle it"


def read_routing(
    references: References,
    routers: Routers,
    networks: Networks,
    details: Details,
    items: Sequence[Attachment | Peer],
    inventory: Inventory,
) -> Routing:
    """Read what routes the packets of one input; `items` are all its attachments and peers."""
    return _Routing(references, routers, networks, details, inventory).read(items)


class _Routing:
    def __init__(
        self, references: References, routers: Routers, networks: Networks, details: Details, inventory: Inventory
    ) -> None:
        self.refs, self.networks, self.details, self.inventory = references, networks, details, inventory
        self.given = Giving(references)
        self.tables = Tables(references, routers, inventory)
        self.attachments = Attachments(references, details.joinings)
        self.found = Routing(tables=self.tables.found)
        self.ends: dict[str, tuple[End, ...]] = {}
        self.associations: list[Relation] = []
        self.propagations: list[Relation] = []
        self._taken: dict[str, dict[str, End]] = {}

    def read(self, items: Sequence[Attachment | Peer]) -> Routing:
        found = self.found
        self._declare_inventory_tables()
        made = Ends(self.refs, self.networks, self.details.joinings, self.tables, self.inventory, items)
        for item in items:
            ends = made.of(item)
            self.ends[ends[0].address] = ends
        self.ends = {address: self.ends[address] for address in sorted(self.ends)}
        found.by_address = self.ends
        found.ends = tuple(chain.from_iterable(self.ends.values()))
        relations = [
            self._relation(record)
            for token in (tokens.ASSOCIATION, tokens.PROPAGATION)
            for record in self.refs.by_type.get(token, ())
            if record.change is not Change.READ and not self.refs.hangs_on_what_leaves(record)
        ]
        found.relations = tuple(sorted(relations, key=attrgetter("urn")))
        for relation in (*made.by_flags, *relations, *self._staying_relations(), *self._told_relations()):
            (self.associations if relation.type == tokens.ASSOCIATION else self.propagations).append(relation)
        self._read_entries()
        found.loose_associations = self._lay(self.associations, "associations")
        found.loose_propagations = self._lay(self.propagations, "propagations")
        self._mark_loose()
        found.networks = NetworkRoutes(self.refs, self.networks, self.attachments, self.inventory).read()
        found.maps = RouteMaps(self.refs, self.networks, self.tables).read()
        self._read_firewalls()
        return found

    # ------------------------------------------------------------------ relations

    def _relation(self, record: Resource) -> Relation:
        address, blocker, candidates = self.attachments.named(record, ATTACHMENT_KEYS[record.type])
        named = self.tables.named(record, "transitRouterRouteTableId")
        return Relation(
            urn=record.urn,
            name=record.name,
            called=record.called,
            type=record.type,
            stands=record.stands,
            attachment=address,
            table=named.table,
            looked_up=named.looked_up,
            blocker=blocker or named.blocker,
            candidates=candidates,
            router=named.router,
        )

    def _staying_relations(self) -> list[Relation]:
        """Of what leaves the program and stays in the cloud, or may: they hold on, and no rule lectures about them."""
        kept = [
            structs.replace(self._relation(record), urn="")
            for token in (tokens.ASSOCIATION, tokens.PROPAGATION)
            for record in self.refs.staying.get(token, ())
        ]
        untold = [record for source in self.refs.sources if not source.tells_retention for record in source.deleted]
        return kept + [
            Relation(
                urn="",
                name=record.name,
                called=record.called,
                type=record.type,
                attachment=None,
                table=None,
                blocker=Blocker(
                    f"kept {record.urn}", f"whether {record.label}, which the update deletes, stays is not told", _EXPORT
                ),
            )
            for record in untold
            if record.type in (tokens.ASSOCIATION, tokens.PROPAGATION)
        ]

    def _declare_inventory_tables(self) -> None:
        for row in self.inventory.route_tables.values():
            router = self.refs.ids.get(row.router, f"id:{row.router}")
            self.tables.tell(row.id, router, system=row.system)

    def _told_relations(self) -> list[Relation]:
        """What an inventory tells, but for what the input has itself."""
        made = []
        for token, rows in ((tokens.ASSOCIATION, self.inventory.associations), (tokens.PROPAGATION, self.inventory.propagations)):
            for row in rows:
                address = self._told_address(row.attachment)
                table = self.tables.of_id(row.table).table
                made.append(
                    Relation(
                        urn="",
                        name=f"the inventory's row of {row.attachment}",
                        type=token,
                        stands=True,
                        attachment=address,
                        table=table,
                        vouched=True,
                        router=table.router if table is not None else None,
                    )
                )
        return made

    def _told_address(self, identifier: str) -> str:
        own = self.attachments.ids.get(identifier)
        if own is not None:
            return own
        if f"id:{identifier}" in self.ends:
            return f"id:{identifier}"
        return self._by_network.get(self.networks.of_id(identifier), f"id:{identifier}")

    def _lay(self, relations: Iterable[Relation], kept: str) -> tuple[Relation, ...]:
        """Lay each relation to its end and table; those that cannot be laid come back."""
        loose: list[Relation] = []
        floating: dict[str, tuple[tuple[End, ...], list[tuple[Relation, RouteTable]]]] = {}
        for item in relations:
            table, attachment = item.table, item.attachment
            if table is None or attachment is None:
                loose.append(item)
                continue
            ends = self.ends.get(attachment)
            if ends is None:
                continue  # of an attachment that is none of the input: nothing here hangs on it
            if len(ends) == 1:
                self._join(ends[0], item, table, kept)
            elif (router := table.router or self._seen_at.get(table.key)) is None:
                floating.setdefault(attachment, (ends, []))[1].append((item, table))
            else:
                at = next((end for end in ends if end.router == router), None) or self._untold_at(ends, router)
                if at is not None:
                    self._join(at, item, table, kept)
                else:
                    ends[0].misjoined.append(item)
        for ends, items in floating.values():  # of two ends, the one that has none yet
            free = [end for end in ends if not getattr(end, kept)] or list(ends)
            for index, (item, table) in enumerate(items):
                for end in free if len(items) == 1 else free[index % len(free) :][:1]:
                    self._join(end, item, table, kept)
        return tuple(loose)

    def _untold_at(self, ends: tuple[End, ...], router: str) -> End | None:
        """The end of a peer that a router takes whose routers are not told: tables of two routers are at two ends."""
        taken = self._taken.setdefault(ends[0].address, {})
        free = [end for end in ends if end.router is None]
        if free and router not in taken:
            taken[router] = free[min(len(taken), len(free) - 1)]
        return taken.get(router)

    @cached_property
    def _seen_at(self) -> Mapping[str, str]:
        """Routers of tables that do not tell theirs: that of what else is joined with them and has one end only (CEN326)."""
        found: dict[str, set[str]] = {}
        for item in (*self.associations, *self.propagations):
            ends = self.ends.get(item.attachment or "", ())
            if item.table is not None and item.table.router is None and len(ends) == 1 and ends[0].router is not None:
                found.setdefault(item.table.key, set()).add(ends[0].router)
        return {key: next(iter(routers)) for key, routers in found.items() if len(routers) == 1}

    def _join(self, end: End, item: Relation, table: RouteTable, kept: str) -> None:
        if table.router is not None and end.router is not None and table.router != end.router:
            end.misjoined.append(item)
            return
        there: list[Relation] = getattr(end, kept)
        if not item.urn and any(other.table is table for other in there):
            return
        there.append(item)
        getattr(table, kept).append(item)

    def _mark_loose(self) -> None:
        """What a relation that is not told may touch: only ends at its router, where that is told."""
        for loose, name in (
            (self.found.loose_associations, "association_blocker"),
            (self.found.loose_propagations, "propagation_blocker"),
        ):
            touching = {(item.attachment, item.candidates, item.router): item for item in reversed(loose)}
            for item in touching.values():
                for end in self._touched(item):
                    if getattr(end, name) is None:
                        setattr(end, name, item.blocker)

    def _touched(self, item: Relation) -> Iterable[End]:
        if item.attachment is not None:
            return self.ends.get(item.attachment, ())
        return [
            end
            for end in self.found.ends
            if not (isinstance(end.item, Attachment) and end.item.direct)
            and (not item.candidates or end.address in item.candidates)
            and (item.router is None or end.router in (None, item.router))
        ]

    # ------------------------------------------------------------------ entries, firewalls

    def _read_entries(self) -> None:
        made = TableEntries(self.refs, self.tables, self.attachments, self._label)
        declared, staying = made.declared(), made.staying()
        for table, aggregation in made.aggregations():
            table.aggregations.append(aggregation)
        told = made.told(self.inventory, self._told_address)
        for item in (*declared, *staying, *told):
            if item.table is not None:
                item.table.entries.append(item)
        self.found.entries = (*declared, *staying, *told)
        self.found.loose_entries = tuple(item for item in (*declared, *staying) if item.table is None)

    def _label(self, address: str) -> str:
        ends = self.ends.get(address)
        return ends[0].item.label if ends else address.removeprefix("id:")

    @cached_property
    def _by_network(self) -> Mapping[str, str]:
        """Address of an attachment by that of its network; the ends are read by then."""
        found: dict[str, str] = {}
        for address, ends in self.ends.items():
            if ends[0].network is not None:
                found.setdefault(ends[0].network, address)
        return found

    def _read_firewalls(self) -> None:
        found: dict[str, str] = {}
        for record in self.refs.managed(tokens.FIREWALL):
            mode = self.given.text(record, "routeMode")
            if mode.value is not None and mode.value.lower() != MANAGED:
                continue
            router, _ = self.tables.router(record, "transitRouterId")
            found[router or "*"] = record.name
        self.found.firewalls = found
        self.found.router_associations = tuple(
            (address, record.name)
            for record in self.refs.managed(tokens.ROUTER_VPC_ASSOCIATION)
            if (address := self.networks.address(record, "vpcId").value) is not None
        )
