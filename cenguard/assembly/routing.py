"""Resource records → what routes packets: ends of attachments, their relations with route tables, entries, publication."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain
from operator import attrgetter

from cenguard.assembly.attachment_names import ATTACHMENT_KEYS, Attachments
from cenguard.assembly.given_values import Giving
from cenguard.assembly.network_routes import NetworkRoutes
from cenguard.assembly.networks import Networks
from cenguard.assembly.references import References
from cenguard.assembly.route_maps import RouteMaps
from cenguard.assembly.route_tables import Tables
from cenguard.assembly.routers import Routers
from cenguard.assembly.table_entries import TableEntries
from cenguard.network import Attachment, Blocker, Peer, TransitRouter
from cenguard.network.all_details import Details
from cenguard.network.details import Given, Joining
from cenguard.network.known import Inventory
from cenguard.network.routing import End, Relation, RouteTable, Routing
from cenguard.resources import tokens
from cenguard.resources.records import Change, Resource

MANAGED = "managed"
"""Of a Cloud Firewall that keeps the tables by itself. Source: CreateTrFirewallV2, `RouteMode`."""
_FLAGS = frozenset({"routeTableAssociationEnabled", "routeTablePropagationEnabled"})
"""The deprecated flags of an attachment that make a relation with the system table."""
_OUTSIDE = "the document of the stack that makes it, or an inventory, would settle it"


def read_routing(
    references: References,
    routers: Routers,
    networks: Networks,
    details: Details,
    items: Iterable[Attachment | Peer],
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
        self._certain: set[tuple[str | None, int]] = set()
        """Routers of which it is certain what they lack, each with the identity of who asks: the instance."""
        self.associations: list[Relation] = []
        self.propagations: list[Relation] = []

    def read(self, items: Iterable[Attachment | Peer]) -> Routing:
        found = self.found
        self._declare_inventory_tables()
        for item in items:
            ends = self._ends(item)
            self.ends[ends[0].address] = ends
        self.ends = {address: self.ends[address] for address in sorted(self.ends)}
        found.by_address = self.ends
        found.ends = tuple(chain.from_iterable(self.ends.values()))
        relations = [
            self._relation(record)
            for token in (tokens.ASSOCIATION, tokens.PROPAGATION)
            for record in self.refs.by_type.get(token, ())
            if record.change is not Change.READ
        ]
        found.relations = tuple(sorted(relations, key=attrgetter("urn")))
        for relation in (*relations, *self._told_relations()):
            (self.associations if relation.type == tokens.ASSOCIATION else self.propagations).append(relation)
        self._read_entries()
        found.loose_associations = self._lay(self.associations, "associations")
        found.loose_propagations = self._lay(self.propagations, "propagations")
        self._mark_loose()
        found.networks = NetworkRoutes(self.refs, self.networks, self.attachments, self.inventory).read()
        found.maps = RouteMaps(self.refs, self.networks, self.tables).read()
        self._read_firewalls()
        return found

    # ------------------------------------------------------------------ ends

    def _ends(self, item: Attachment | Peer) -> tuple[End, ...]:
        urn = item.urn
        joining = self.details.joinings.get(urn) if urn else None
        if urn is None or joining is None:
            return self._ends_outside(item)
        record = self.refs.records[urn]
        if isinstance(item, Peer):
            near = self._end(item, record, "transitRouterId", item.local, item.region_at(far=False))
            far = self._end(item, record, "peerTransitRouterId", item.far, item.region_at(far=True))
            far.far = True
            near.publishes = far.publishes = self.given.flag(record, "autoPublishRouteEnabled")
            return near, far
        if item.direct:
            return (self._named(End(item=item, address=urn, instance=item.instance, region=item.region), joining, record),)
        end = self._named(self._end(item, record, "transitRouterId", item.router, item.region), joining, record)
        if item.kind != "ECR":
            end.publishes = self.given.flag(record, "autoPublishRouteEnabled")
        says_none = _FLAGS.isdisjoint(record.inputs) and _FLAGS.isdisjoint(record.property_dependencies)
        if not says_none and item.kind in ("VPC", "VBR"):
            self._take_flags(joining, end)
        return (end,)

    def _end(self, item: Attachment | Peer, record: Resource, key: str, entity: TransitRouter | None, region: str | None) -> End:
        """One end; `entity` is the router that `key` names, where the input holds it."""
        blocker: Blocker | None = None
        if entity is not None and entity.urn:
            router: str | None = entity.urn
        else:
            router, blocker = self.tables.router(record, key)
            if router is None and blocker is None and isinstance(item, Attachment) and item.region and item.instance.identified:
                router = self._router_in(item)
            entity = self.tables.entity(router)
        instance = item.instance
        if blocker is None and (router, id(instance)) not in self._certain:
            blocker = self._absence(router, item.name, item)
            if blocker is None:
                self._certain.add((router, id(instance)))
        label = entity.label if entity is not None else self.tables.label(router) if router else f"the router of {item.name}"
        return End(
            item=item,
            address=item.urn or "",
            instance=instance,
            region=region,
            router=router,
            router_label=label,
            router_entity=entity,
            blocker=blocker,
        )

    def _router_in(self, item: Attachment) -> str:
        """The router of an attachment that names none: the instance's only one in its region."""
        return self.tables.made_in(item.instance, item.region) or f"made:{item.instance.address} {item.region}"

    def _absence(self, router: str | None, name: str, item: Attachment | Peer) -> Blocker | None:
        if router is not None and router.startswith("made:"):  # the service makes it, and the program has no name for it
            return None if item.instance.whole else item.instance.blocker
        return self._told_absence(router, name, item)

    def _told_absence(self, router: str | None, name: str, item: Attachment | Peer) -> Blocker | None:
        if router and item.instance.complete and self.inventory.tells_tables_of(self._router_id(router.removeprefix("id:"))):
            return None
        return self.tables.absence(router, name)

    def _router_id(self, address: str) -> str:
        entity = self.tables.entity(address)
        record = self.refs.records.get(address)
        own = record.outputs.get("transitRouterId") if record is not None else None
        known = own if isinstance(own, str) and own else (entity.id if entity is not None else None) or address
        return known.rpartition(":")[2]

    @staticmethod
    def _named(end: End, joining: Joining, record: Resource) -> End:
        made = joining.network
        end.network = joining.network_address
        value = record.inputs.get(tokens.NETWORK_KEYS.get(record.type, ""))
        end.network_id = value if type(value) is str else joining.network_id.value or ""
        end.name = made.name if made is not None else joining.name
        end.network_declared = made is not None
        return end

    def _ends_outside(self, item: Attachment | Peer) -> tuple[End, ...]:
        """Of what an inventory tells, or what leaves the program and stays."""
        blocker = Blocker(f"routes {item.address}", f"{item.label} stands outside of the input", _OUTSIDE)
        if isinstance(item, Peer):
            row = next((row for row in self.inventory.peers if row.id is not None and row.id == item.id), None)
            publishes = Given(row.auto_publish) if row is not None and row.auto_publish is not None else Given(None, blocker)
            made = []
            for far in (False, True):
                entity = item.far if far else item.local
                region = item.region_at(far=far)
                router = self.tables.address_of(entity) or self.tables.router_in(item.instance, region)
                made.append(
                    End(
                        item=item,
                        address=f"id:{item.id}" if item.id else item.address,
                        far=far,
                        instance=item.instance,
                        region=region,
                        router=router,
                        router_label=self.tables.label(router) if router else f"the router in {region}",
                        router_entity=entity,
                        blocker=blocker if self._told_absence(router, item.label, item) or router is None else None,
                        publishes=publishes,
                    )
                )
            return tuple(made)
        known = next((row for row in self.inventory.attachments if row.id is not None and row.id == item.network), None)
        published = known.auto_publish if known is not None else None
        router = (
            None
            if item.direct and (known is None or known.attachment is None)
            else self.tables.router_in(item.instance, item.region)
        )
        return (
            End(
                item=item,
                address=f"id:{known.attachment}" if known is not None and known.attachment else item.address,
                instance=item.instance,
                region=item.region,
                router=router,
                router_label=self.tables.label(router) if router else f"the router in {item.region}",
                blocker=blocker if router is None or self._told_absence(router, item.label, item) else None,
                publishes=Given(published) if published is not None else Given(None, blocker),
                network=self.networks.of_id(item.network) if item.network else None,
                name=item.label,
            ),
        )

    def _take_flags(self, joining: Joining, end: End) -> None:
        """The deprecated flags of a VPC or VBR make a relation with the system table.

        Source: provider code: they are sent when the attachment is made; of a peer they are not sent since 1.230.0, and VPN
        and ECR attachments have none.
        """
        for given, key, token, kept in (
            (joining.associated, "routeTableAssociationEnabled", tokens.ASSOCIATION, self.associations),
            (joining.propagated, "routeTablePropagationEnabled", tokens.PROPAGATION, self.propagations),
        ):
            if given.blocker is not None:
                if token == tokens.ASSOCIATION:
                    end.association_blocker = given.blocker
                else:
                    end.propagation_blocker = given.blocker
            elif given.value and end.router is not None:
                kept.append(
                    Relation(
                        urn=joining.urn,
                        name=joining.name,
                        type=token,
                        stands=joining.stands,
                        attachment=end.address,
                        table=self.tables.system(end.router),
                        by_flag=key,
                        router=end.router,
                    )
                )

    # ------------------------------------------------------------------ relations

    def _relation(self, record: Resource) -> Relation:
        address, blocker, candidates = self.attachments.named(record, ATTACHMENT_KEYS[record.type])
        named = self.tables.named(record, "transitRouterRouteTableId")
        return Relation(
            urn=record.urn,
            name=record.name,
            type=record.type,
            stands=record.stands,
            attachment=address,
            table=named.table,
            looked_up=named.looked_up,
            blocker=blocker or named.blocker,
            candidates=candidates,
            router=named.router,
        )

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
            elif table.router is None:
                floating.setdefault(attachment, (ends, []))[1].append((item, table))
            else:
                at = [end for end in ends if end.router == table.router]
                untold = [end for end in ends if end.router is None]
                if at or untold:
                    self._join((at or untold)[0], item, table, kept)
                else:
                    ends[0].misjoined.append(item)
        for ends, items in floating.values():  # of two ends, the one that has none yet
            free = [end for end in ends if not getattr(end, kept)] or list(ends)
            for index, (item, table) in enumerate(items):
                for end in free if len(items) == 1 else free[index % len(free) :][:1]:
                    self._join(end, item, table, kept)
        return tuple(loose)

    def _join(self, end: End, item: Relation, table: RouteTable, kept: str) -> None:
        if table.router is not None and end.router is not None and table.router != end.router:
            end.misjoined.append(item)
            return
        there: list[Relation] = getattr(end, kept)
        if item.vouched and any(other.table is table for other in there):
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
        declared = made.declared()
        for table, aggregation in made.aggregations():
            table.aggregations.append(aggregation)
        told = made.told(self.inventory, self._told_address)
        for item in (*declared, *told):
            if item.table is not None:
                item.table.entries.append(item)
        self.found.entries = (*declared, *told)
        self.found.loose_entries = tuple(item for item in declared if item.table is None)

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
        for record in self.refs.by_type.get(tokens.FIREWALL, ()):
            mode = self.given.text(record, "routeMode")
            if record.change is Change.READ or (mode.value is not None and mode.value.lower() != MANAGED):
                continue
            router, _ = self.tables.router(record, "transitRouterId")
            found[router or "*"] = record.name
        self.found.firewalls = found
        self.found.router_associations = tuple(
            (address, record.name)
            for record in self.refs.by_type.get(tokens.ROUTER_VPC_ASSOCIATION, ())
            if record.change is not Change.READ and (address := self.networks.address(record, "vpcId").value) is not None
        )
