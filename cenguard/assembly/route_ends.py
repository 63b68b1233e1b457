"""The ends of attachments and peers at their routers: which router, what publishes there, whose network it is."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from cenguard.assembly.given_values import ABSENT, Giving
from cenguard.assembly.networks import Networks
from cenguard.assembly.references import References
from cenguard.assembly.route_rows import own_id
from cenguard.assembly.route_tables import Tables
from cenguard.network import Attachment, Blocker, Peer, TransitRouter
from cenguard.network.details import Given, Joining
from cenguard.network.known import Inventory
from cenguard.network.routing import End, Relation
from cenguard.resources import tokens
from cenguard.resources.records import Resource

_FLAGS = frozenset({"routeTableAssociationEnabled", "routeTablePropagationEnabled"})
"""The deprecated flags of an attachment that make a relation with the system table."""
_OUTSIDE = "the document of the stack that makes it, or an inventory, would settle it"


class Ends:
    """The ends of one input."""

    def __init__(
        self,
        references: References,
        networks: Networks,
        joinings: Mapping[str, Joining],
        tables: Tables,
        inventory: Inventory,
        items: Iterable[Attachment | Peer],
    ) -> None:
        self.refs, self.networks, self.joinings, self.tables, self.inventory = references, networks, joinings, tables, inventory
        self.items = items
        self.given = Giving(references)
        self.by_flags: list[Relation] = []
        """The relations that deprecated flags of attachments make."""
        self._certain: set[tuple[str | None, int]] = set()
        """Routers of which it is certain what they lack, each with the identity of who asks: the instance."""

    def of(self, item: Attachment | Peer) -> tuple[End, ...]:
        """The one end of an attachment, or the two of a peer."""
        urn = item.urn
        joining = self.joinings.get(urn) if urn else None
        record = self.refs.records[urn] if urn and joining is not None else self.refs.stays_as.get(id(item))
        if record is None:
            return self._outside(item)
        address = urn or f"id:{own_id(record)}"
        if isinstance(item, Peer):
            near = self._end(item, address, record, "transitRouterId", item.local, item.region_at(far=False))
            far = self._end(item, address, record, "peerTransitRouterId", item.far, item.region_at(far=True))
            far.far = True
            near.publishes = far.publishes = self.given.flag(record, "autoPublishRouteEnabled")
            return near, far
        if item.direct:
            end = End(item=item, address=item.address, instance=item.instance, region=item.region)
            return (self._named(end, joining, record),)
        end = self._named(self._end(item, address, record, "transitRouterId", item.router, item.region), joining, record)
        if item.kind != "ECR":
            end.publishes = self._publishes(record)
        says_none = _FLAGS.isdisjoint(record.inputs) and _FLAGS.isdisjoint(record.property_dependencies)
        if not says_none and item.kind in ("VPC", "VBR"):
            self._take_flags(record, end)
        return (end,)

    def _end(
        self,
        item: Attachment | Peer,
        address: str,
        record: Resource,
        key: str,
        entity: TransitRouter | None,
        region: str | None,
    ) -> End:
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
            address=address,
            instance=instance,
            region=region,
            router=router,
            router_label=label,
            router_entity=entity,
            blocker=blocker,
        )

    def _router_in(self, item: Attachment) -> str | None:
        """The router of an attachment that names none: the instance's only one in its region; None where it may be another's."""
        address = self.tables.router_in(item.instance, item.region)
        if address is not None:
            return address
        told = self._told.get(id(item.instance), {})
        of_region = told.get(item.region, set()) | told.get(None, set())
        if not of_region:
            return f"made:{item.instance.address} {item.region}"
        return next(iter(of_region)) if len(of_region) == 1 and None not in told else None

    @cached_property
    def _told(self) -> Mapping[int, Mapping[str | None, set[str]]]:
        """Routers that other stacks make, as attachments and peers name them: by the identity of their instance, by region."""
        found: dict[int, dict[str | None, set[str]]] = {}
        for router in self.tables.routers.values():
            if router.region is None and router.urn:
                found.setdefault(id(router.instance), {}).setdefault(None, set()).add(router.urn)
        for item in self.items:
            record = self.refs.records.get(item.urn or "")
            if record is None:
                continue
            ends = (
                (("transitRouterId", item.region_at(far=False)), ("peerTransitRouterId", item.region_at(far=True)))
                if isinstance(item, Peer)
                else (("transitRouterId", item.region),)
            )
            for key, region in ends:
                address, _ = self.tables.router(record, key)
                if address is not None and address.startswith("id:"):
                    found.setdefault(id(item.instance), {}).setdefault(region, set()).add(address)
        return found

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

    def _named(self, end: End, joining: Joining | None, record: Resource) -> End:
        key = tokens.NETWORK_KEYS.get(record.type, "")
        end.network = joining.network_address if joining is not None else self.networks.named(record, key)
        made = joining.network if joining is not None else self.networks.declared.get(end.network or "")
        value = record.inputs.get(key)
        end.network_id = value if type(value) is str else (joining.network_id.value or "" if joining is not None else "")
        end.name = made.name if made is not None else record.name
        end.network_declared = made is not None
        return end

    def _publishes(self, record: Resource) -> Given[bool]:
        """Whether the router's routes get into the network's tables.

        Before version 1.168.0 Terraform's provider had a flag of another name, with which the service made routes of its own
        choice there. Source: provider code.
        """
        given = self.given.flag(record, "autoPublishRouteEnabled")
        older = ABSENT if given.is_set else self.given.flag(record, "autoCreateVpcRoute")
        if not older.is_set or older.value is False:
            return given
        said = f"autoCreateVpcRoute of {record.name} makes routes to the router that no page tells"
        return Given(None, older.blocker or Blocker(f"routes {record.urn}", said, _OUTSIDE))

    def _outside(self, item: Attachment | Peer) -> tuple[End, ...]:
        """Of what an inventory tells."""
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
        rows = [row for row in self.inventory.attachments if row.id is not None and row.id == item.network]
        known = next((row for row in rows if row.instance == item.instance.id), rows[0] if rows else None)
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

    def _take_flags(self, record: Resource, end: End) -> None:
        """The deprecated flags of a VPC or VBR make a relation with the system table.

        Source: provider code: they are sent when the attachment is made; of a peer they are not sent since 1.230.0, and VPN
        and ECR attachments have none.
        """
        for key, token in (
            ("routeTableAssociationEnabled", tokens.ASSOCIATION),
            ("routeTablePropagationEnabled", tokens.PROPAGATION),
        ):
            given = self.given.flag(record, key)
            if given.blocker is not None:
                if token == tokens.ASSOCIATION:
                    end.association_blocker = end.flag_blocker = given.blocker
                else:
                    end.propagation_blocker = given.blocker
            elif given.value and end.router is not None:
                self.by_flags.append(
                    Relation(
                        urn=end.item.urn or "",
                        name=record.name,
                        called=record.called,
                        type=token,
                        stands=end.item.stands,
                        attachment=end.address,
                        table=self.tables.system(end.router),
                        by_flag=key,
                        router=end.router,
                    )
                )
