"""The walk over an input's records: what is made of each, and what belongs to what.

References are joined by value where the value is known and by the engine's property dependencies where it is not.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from cenguard.assembly.details import read_details
from cenguard.assembly.hidden_parts import attached_unseen
from cenguard.assembly.instances import Instances
from cenguard.assembly.inventory_entities import (
    Place,
    attachments_elsewhere,
    carriers_elsewhere,
    packages_attached_elsewhere,
    place_of,
    places_of,
    still_standing,
)
from cenguard.assembly.leaving import leaving_of, limits_that_go, taken_away
from cenguard.assembly.left_out import left_out_of
from cenguard.assembly.made_beside import made_beside
from cenguard.assembly.networks import Networks
from cenguard.assembly.order_told import ModuleOrder, order_of
from cenguard.assembly.packages import Packages
from cenguard.assembly.properties import mbps_of, text_of, value_of
from cenguard.assembly.references import References
from cenguard.assembly.retained import Kept, as_outside, beside, staying
from cenguard.assembly.routers import Routers
from cenguard.assembly.surroundings import surroundings_of
from cenguard.geography.areas import AreaPair
from cenguard.geography.catalogue import Catalogue
from cenguard.geography.regions import region_pair, suits
from cenguard.network import Attachment, BandwidthLimit, CenInstance, Entity, Network, PackageAttachment, Peer
from cenguard.network.kinds import kind_of_id
from cenguard.network.known import Inventory
from cenguard.network.routing import Routing
from cenguard.resources import tokens
from cenguard.resources.records import READ, REPLACE, SAME, Records, Resource
from cenguard.resources.urns import kind_in_urn, names_in_urns
from cenguard.resources.values import Unknown, is_known

E = TypeVar("E", bound=Entity)

_URN, _ADDRESS = attrgetter("urn"), attrgetter("address")
_ROUTER_MADE_FOR = frozenset({"VPC", "VBR", "ECR"})
"""Networks that the service makes a router for; a VPN connection takes that of a router made before.

Source: CreateTransitRouterVpcAttachment, CreateTransitRouterVbrAttachment and CreateTransitRouterEcrAttachment, `CenId`.
"""
_ABOUT_ROUTES = frozenset({*tokens.ROUTER_ATTACHMENTS, tokens.PEER, tokens.ROUTE_TABLE, tokens.ROUTE_MAP})
"""Types of which one is in every input about transit routers or routes."""


def assemble(
    sources: Sequence[Records],
    *,
    catalogue: Catalogue,
    inventory: Inventory | None = None,
    shared: Sequence[str] = (),
) -> Network:
    """Join the records of one input into a network.

    `shared` holds globs on name, id or URN of instances that other stacks attach to or buy for.
    """
    return _Assembly(sources, catalogue, inventory or Inventory(), shared).run()


class _Assembly:
    def __init__(self, sources: Sequence[Records], catalogue: Catalogue, inventory: Inventory, shared: Sequence[str]) -> None:
        self.taken = taken_away(sources)
        self.kept = staying(sources)
        self.catalogue, self.inventory = catalogue, still_standing(inventory, [record for record, _ in self.taken], sources)
        self.refs = References(sources, self.inventory, self.kept)
        self.instances = Instances(self.refs, self.inventory, shared)
        self.packages = Packages(self.refs, catalogue, self.inventory)
        self.routers = Routers(self.refs, self.instances, catalogue)

    # ------------------------------------------------------------------ the walk

    def run(self) -> Network:
        for record in self.refs.once(tokens.INSTANCE):
            self.instances.declare(record)
        for known in self.inventory.instances.values():
            self.instances.by_id(known.id)
        for record in self.refs.once(tokens.PACKAGE):
            self.packages.declare(record)
        for record in self.kept.get(tokens.PACKAGE, ()):
            self.packages.keep(record)
        for package in self.inventory.packages.values():
            self.packages.by_id(package.id)
        for record in self.refs.once(tokens.ROUTER):
            self.routers.declare(record)
        for record in self.kept.get(tokens.ROUTER, ()):
            self.routers.keep(record)
        attachments = self._direct_attachments(self.refs.by_type.get(tokens.INSTANCE_ATTACHMENT, ()))
        for token, (kind, key) in tokens.ROUTER_ATTACHMENTS.items():
            attachments += [self._router_attachment(record, kind, key) for record in self.refs.by_type.get(token, ())]
        if self.kept:
            attachments += self._kept_attachments(places_of(attachments))
        if self.inventory.attachments:
            attachments += attachments_elsewhere(self.inventory, places_of(attachments), self.instances.by_id)
        package_attachments = [
            self._package_attachment(record) for record in self.refs.by_type.get(tokens.PACKAGE_ATTACHMENT, ())
        ]
        bound = self.kept.get(tokens.PACKAGE_ATTACHMENT, ())
        package_attachments += [self._outside(self._package_attachment(item), item) for item in bound]
        package_attachments += packages_attached_elsewhere(
            self.inventory, package_attachments, self.refs.sources, self.instances.by_id, self.packages.by_id
        )
        attached = {id(item.package) for item in package_attachments}
        for urn, unread in self.refs.hidden.items():
            alone = self.packages.found.get(urn)
            if alone is not None and id(alone) not in attached:
                item = attached_unseen(alone, unread)
                self.instances.found[f"unread {urn}"] = item.instance
                package_attachments.append(item)
        limits = [self._limit(record) for record in self.refs.by_type.get(tokens.LIMIT, ())]
        peers = [self._peer(record) for record in self.refs.by_type.get(tokens.PEER, ())]
        for attachment in attachments:
            attachment.instance.attachments.append(attachment)
        for instance in self.instances.found.values():
            instance.attachments.sort(key=_ADDRESS if self.inventory.attachments or self.kept else _URN)
        package_attachments.sort(key=_ADDRESS)
        for item in package_attachments:
            item.instance.packages.append(item)
            item.package.attached.append(item)
        for limit in limits:
            limit.instance.limits.append(limit)
        for peer in peers:
            peer.instance.peers.append(peer)
            if peer.package is not None and not peer.by_traffic:
                peer.package.drawn_by.append(peer)
        routers = [router for router in self.routers.found.values() if router.leaves is None]
        for router in routers:
            router.instance.routers.append(router)
        limits_left = self._kept_carriers(limits, peers)
        elsewhere = carriers_elsewhere(
            self.inventory,
            ids=self.refs.ids,
            instance_by_id=self.instances.by_id,
            package_by_id=self.packages.by_id,
        )
        self._draw([*limits, *limits_left, *elsewhere])
        leaving = leaving_of(self.taken, package_attachments, self.refs, self.instances, self.packages, self.routers)
        leaving.limits, leaving.limits_first = limits_that_go(self.taken if limits else (), self.refs, self._limit)
        networks = cache(lambda: Networks(self.refs, self.routers))
        leaving.beside = made_beside(self.taken, self.refs, self.instances, self.routers, networks)
        network = Network(
            catalogue=self.catalogue,
            instances=_sorted(self.instances.found.values()),
            routers=_sorted(routers),
            leaving_routers=tuple(router for router in self.routers.found.values() if router.leaves is not None),
            attachments=tuple(attachments),
            packages=_sorted(self.packages.found.values()),
            package_attachments=tuple(package_attachments),
            limits=tuple(limits),
            peers=tuple(peers),
            order=order_of(self.refs, (item.urn for item in (*attachments, *package_attachments) if item.urn)),
            left_out=left_out_of(self.refs, self.packages, {tokens.LIMIT: self._limit, tokens.PEER: self._peer}),
            whole_stack=all(source.complete for source in self.refs.sources),
            leaving=leaving,
            order_blockers=self.refs.order_blockers(),
            hidden_order=ModuleOrder(self.refs).hidden,
            details_maker=lambda: read_details(self.refs, self.routers, networks(), (*attachments, *peers), self.inventory),
            surroundings_maker=lambda: surroundings_of(self.refs),
        )
        network.routes_told = not _ABOUT_ROUTES.isdisjoint(self.refs.by_type) or bool(self.inventory.route_tables or self.kept)
        network.routing_maker = lambda: self._routing(network, networks())
        return network

    def _routing(self, network: Network, networks: Networks) -> Routing:
        from cenguard.assembly.routing import read_routing  # asked for where there are routers

        items: list[Attachment | Peer] = []
        for instance in network.instances:
            items += instance.attachments
            items += instance.peers
        return read_routing(self.refs, self.routers, networks, network.details, items, self.inventory)

    # ------------------------------------------------------------------ what leaves the program and stays in the cloud

    def _kept_attachments(self, present: Collection[Place]) -> list[Attachment]:
        direct = self.kept.get(tokens.INSTANCE_ATTACHMENT, ())
        found = [(self._direct_attachment(item, item.name, self.instances.of(item, "instanceId")), item) for item in direct]
        for token, (kind, key) in tokens.ROUTER_ATTACHMENTS.items():
            found += [(self._router_attachment(item, kind, key), item) for item in self.kept.get(token, ())]
        return [self._outside(*item) for item in found if item[0].network is None or place_of(item[0]) not in present]

    def _outside(self, entity: Kept, record: Resource) -> Kept:
        return as_outside(entity, record, self.refs.stays_as)

    def _kept_carriers(self, limits: Sequence[BandwidthLimit], peers: Sequence[Peer]) -> list[BandwidthLimit]:
        """Limits that stay, which draw on packages still; peers that stay are added whole."""
        limits_left = beside([self._outside(self._limit(item), item) for item in self.kept.get(tokens.LIMIT, ())], limits)
        for limit in limits_left:
            limit.instance.limits.append(limit)
        for peer in beside([self._outside(self._peer(item), item) for item in self.kept.get(tokens.PEER, ())], peers):
            peer.instance.peers.append(peer)
            if peer.package is not None and not peer.by_traffic:
                peer.package.drawn_by.append(peer)
        return limits_left

    def _draw(self, limits: Iterable[BandwidthLimit]) -> None:
        """A limit draws on the packages of its area pair on its instance."""
        for limit in limits:
            if limit.pair is None or limit.gives_nothing:
                continue
            area_pair = self.catalogue.area_pair(limit.pair)
            if isinstance(area_pair, AreaPair):
                packages = {id(item.package): item.package for item in limit.instance.index.packages.get(area_pair, ())}
                for package in packages.values():  # once each, though it were attached twice
                    package.drawn_by.append(limit)

    # ------------------------------------------------------------------ packages

    def _package_attachment(self, record: Resource) -> PackageAttachment:
        return PackageAttachment(
            urn=record.urn,
            id=record.id,
            name=record.name,
            called=record.called,
            type=record.type,
            declared=True,
            stands=record.stands,
            replaced=record.change is REPLACE,
            instance=self.instances.of(record, "instanceId"),
            is_new=record.is_made,
            package=self.packages.of(record, "bandwidthPackageId"),
        )

    # ------------------------------------------------------------------ attachments

    def _network(self, record: Resource, key: str) -> str | None:
        value = record.inputs.get(key)
        if type(value) is str:
            return value or None
        sources = record.property_dependencies.get(key, ())
        read = self.refs.records.get(sources[0]) if len(sources) == 1 else None
        if read is None or read.change is not READ:
            return sources[0] if len(sources) == 1 else None
        return (read.id or read.urn) if kind_in_urn(read.urn) in tokens.NETWORKS else None  # a stack hands over any of its own

    def _direct_attachments(self, records: Sequence[Resource]) -> list[Attachment]:
        """The plain ones first; the others, which may make instances on the way, in the order of their URNs."""
        found: list[Attachment] = []
        others: list[Resource] = []
        instances, contradicts = self.instances.found, self.refs.contradicts
        for record, name in zip(records, names_in_urns(map(_URN, records)), strict=True):
            sources = record.property_dependencies.get("instanceId", ())
            instance = instances.get(sources[0]) if len(sources) == 1 else None
            value = record.inputs.get("instanceId")
            if instance is not None and (type(value) is not str or value == instance.id or not contradicts(value, sources[0])):
                found.append(self._direct_attachment(record, name, instance))
            else:
                others.append(record)
        others.sort(key=_URN)
        found += [self._direct_attachment(record, record.name, self.instances.of(record, "instanceId")) for record in others]
        return found

    def _direct_attachment(self, record: Resource, name: str, instance: CenInstance) -> Attachment:
        inputs = record.inputs
        region, kind, network = (
            inputs.get("childInstanceRegionId"),
            inputs.get("childInstanceType"),
            inputs.get("childInstanceId"),
        )
        if not (type(region) is type(kind) is type(network) is str):  # nearly always they are texts, and there are ten thousand
            region, kind = text_of(record, "childInstanceRegionId"), text_of(record, "childInstanceType")
            network = self._network(record, "childInstanceId")
        region = region if type(region) is str and region else None
        kind = kind if type(kind) is str else ""
        stands = record.change is SAME or record.imported
        return Attachment(
            urn=record.urn,
            id=record.id,
            name=name,
            called=record.called,
            type=tokens.INSTANCE_ATTACHMENT,
            declared=True,
            stands=stands,
            instance=instance,
            kind=kind,
            region=region,
            region_blocker=None if region else self.refs.unknown(record, "childInstanceRegionId"),
            network=network or None,
            misplaced=bool(kind and region) and not stands and not suits(kind, region) and _is_misplaced(kind, region, network),
        )

    def _router_attachment(self, record: Resource, kind: str, key: str) -> Attachment:
        router = self.routers.of(record, "transitRouterId")
        instance, named = self.routers.owner(record, router)
        region, blocker = (router.region, router.region_blocker) if router else self.routers.provider_region(record)
        stands = record.stands
        return Attachment(
            urn=record.urn,
            id=record.id,
            name=record.name,
            called=record.called,
            type=record.type,
            declared=True,
            stands=stands,
            instance=instance,
            kind=kind,
            region=region,
            region_blocker=blocker,
            direct=False,
            router=router,
            names_instance=named,
            network=self._network(record, key),
            makes_router=router is None and named and kind in _ROUTER_MADE_FOR and value_of(record, "transitRouterId") is None,
            misplaced=not stands and _is_misplaced(kind, region, None),
        )

    # ------------------------------------------------------------------ limits and peers

    def _limit(self, record: Resource) -> BandwidthLimit:
        listed = value_of(record, "regionIds")
        items: list[Any] = listed if isinstance(listed, list) else [listed] if is_known(listed) and listed else []
        regions = tuple(str(item) for item in items if is_known(item) and item is not None)
        # the provider holds a set: one region named twice comes back as one
        single = len(regions) == len(items) and len(set(regions)) == 1
        settled = len(regions) == len(items) == 2 and not single
        mbps, mbps_blocker = mbps_of(record, "bandwidthLimit", value_of(record, "bandwidthLimit"), self.refs.unknown)
        return BandwidthLimit(
            urn=record.urn,
            id=record.id,
            name=record.name,
            called=record.called,
            type=record.type,
            declared=True,
            stands=record.stands,
            instance=self.instances.of(record, "instanceId"),
            proves=record.proves,
            regions=regions,
            pair=region_pair(*regions) if settled else None,
            within_one_region=single,
            regions_blocker=None if settled or single else self.refs.unknown(record, "regionIds"),
            mbps=mbps,
            mbps_blocker=mbps_blocker,
        )

    def _peer(self, record: Resource) -> Peer:
        local, far = self.routers.of(record, "transitRouterId"), self.routers.of(record, "peerTransitRouterId")
        instance, named = self.routers.owner(record, local or far)
        local_region, local_blocker = (local.region, local.region_blocker) if local else self.routers.provider_region(record)
        key = "peerTransitRouterRegionId"
        declared = self.routers.declared(record, key, far)
        declared_region = declared if isinstance(declared, str) else None
        far_region = far.region if far and far.region else declared_region
        blocker = local_blocker if local_region is None else None
        if far_region is None:
            blocker = blocker or self.routers.far_blocker(record, far, declared=declared is not None)
        billing, link, paid = text_of(record, "bandwidthType"), text_of(record, "defaultLinkType"), "cenBandwidthPackageId"
        mbps, mbps_blocker = mbps_of(record, "bandwidth", value_of(record, "bandwidth"), self.refs.unknown)
        return Peer(
            urn=record.urn,
            id=record.id,
            name=record.name,
            called=record.called,
            type=record.type,
            declared=True,
            stands=record.stands,
            instance=instance,
            proves=record.proves,
            names_instance=named,
            local=local,
            far=far,
            local_region=local_region,
            declared_region=declared_region,
            declares_region=declared is not None,
            declared_blocker=self.refs.unknown(record, key) if isinstance(declared, Unknown) else None,
            region_blocker=blocker,
            pair=region_pair(local_region, far_region) if local_region and far_region and local_region != far_region else None,
            billing=billing if isinstance(billing, str) else None,
            billing_blocker=self.refs.unknown(record, "bandwidthType") if isinstance(billing, Unknown) else None,
            package=self.packages.of(record, paid) if value_of(record, paid) is not None else None,
            mbps=mbps,
            mbps_blocker=mbps_blocker,
            link=link if isinstance(link, str) else None,
            link_blocker=self.refs.unknown(record, "defaultLinkType") if isinstance(link, Unknown) else None,
        )


def _is_misplaced(kind: str, region: str | None, network: str | None) -> bool:
    """Whether a network cannot be attached in a region, whichever of its kind it is.

    Where it is of another kind than is said, and suits the region, what is said is wrong and not the region.
    """
    if region is None or suits(kind, region):
        return False
    actual = tokens.NETWORKS.get(kind_in_urn(network or "")) or kind_of_id(network)
    return actual is None or not suits(actual, region)


def _sorted(items: Iterable[E]) -> tuple[E, ...]:
    return tuple(sorted(items, key=_ADDRESS))
