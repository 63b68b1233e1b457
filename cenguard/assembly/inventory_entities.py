"""What an inventory tells of routers, limits and peers that stand elsewhere, as entities of the network.

They belong to their instances, so that connectivity and sums see them. They are none of the network's own, so that no
rule lectures about what another team looks after.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from cenguard.assembly.leaving import tells_what_leaves
from cenguard.assembly.route_rows import named_by, own_id
from cenguard.geography.regions import RegionPair, region_pair
from cenguard.network import (
    BY_PACKAGE,
    DATA_TRANSFER,
    Attachment,
    BandwidthLimit,
    BandwidthPackage,
    Blocker,
    CenInstance,
    PackageAttachment,
    Peer,
    TransitRouter,
)
from cenguard.network.known import ENTERPRISE, Inventory, KnownAssociation, KnownLimit, KnownPeer, KnownPropagation
from cenguard.resources import tokens
from cenguard.resources.default_providers import told_regions
from cenguard.resources.records import Records, Resource


def carriers_elsewhere(
    inventory: Inventory,
    *,
    ids: Mapping[str, str],
    instance_by_id: Callable[[str], CenInstance],
    package_by_id: Callable[[str], BandwidthPackage],
) -> list[BandwidthLimit]:
    """Add routers, peers and limits to their instances; the limits, which draw on packages still.

    What the input carries itself is not added twice. `ids` are those of the input.
    """
    for known in inventory.routers.values():
        if known.edition == ENTERPRISE and known.id not in ids:
            instance = instance_by_id(known.instance)
            instance.routers.append(
                TransitRouter(id=known.id, name=known.id, declared=True, stands=True, instance=instance, region=known.region)
            )
        elif known.edition != ENTERPRISE:
            instance = instance_by_id(known.instance)
            instance.basic |= {known.region}
    for peer in inventory.peers:
        instance = instance_by_id(peer.instance)
        alike: list[BandwidthLimit | Peer] = [item for item in instance.peers if not _is_another(item, peer)]
        if peer.id is None:  # the service lists limits and peers together
            alike += instance.limits
        if not _carries(alike, peer.regions):
            added = _peer(peer, instance, package_by_id(peer.package) if peer.package else None)
            instance.peers.append(added)
            if added.package is not None and not added.by_traffic:
                added.package.drawn_by.append(added)
    limits: list[BandwidthLimit] = []
    for row in inventory.limits:
        instance = instance_by_id(row.instance)
        if not _carries(instance.limits, row.regions):
            limits.append(_limit(row, instance))
            instance.limits.append(limits[-1])
    return limits


def packages_attached_elsewhere(
    inventory: Inventory,
    existing: Iterable[PackageAttachment],
    sources: Iterable[Records],
    instance_by_id: Callable[[str], CenInstance],
    package_by_id: Callable[[str], BandwidthPackage],
) -> list[PackageAttachment]:
    """Packages that an inventory says are attached, but for those the input attaches itself.

    One that the input holds may be attached by another stack. Where the input does not tell what it takes away, that may be
    its attachment.
    """
    told = all(map(tells_what_leaves, sources))
    taken = {(id(item.package), id(item.instance)) for item in existing}
    found: list[PackageAttachment] = []
    for known in inventory.packages.values():
        if known.instance is None:
            continue
        package, instance = package_by_id(known.id), instance_by_id(known.instance)
        if (id(package), id(instance)) not in taken and (told or not package.declared):
            found.append(PackageAttachment(id=known.id, name=known.id, instance=instance, package=package))
    return found


Place = tuple[int, str | None]
"""An instance, by identity, and the network that is attached to it: one network may be attached to two instances."""


def place_of(item: Attachment) -> Place:
    """The instance and the network of an attachment."""
    return id(item.instance), item.network


def places_of(items: Iterable[Attachment]) -> frozenset[Place]:
    """Those of attachments whose networks are known."""
    return frozenset([place_of(item) for item in items if item.network])


def attachments_elsewhere(
    inventory: Inventory, present: Collection[Place], instance_by_id: Callable[[str], CenInstance]
) -> list[Attachment]:
    """Networks that an inventory says are attached, but for those that the input attaches itself to the same instance.

    Where the inventory has an Enterprise router, what is attached in its region is attached to it.
    """
    routed = {(row.instance, row.region) for row in inventory.routers.values() if row.edition == ENTERPRISE}
    return [
        Attachment(
            id=known.id,
            name=known.id or f"{known.kind} in {known.region}",
            stands=True,
            instance=instance,
            kind=known.kind,
            region=known.region,
            direct=known.attachment is None and (known.instance, known.region) not in routed,
            network=known.id,
        )
        for known in inventory.attachments
        if (id(instance := instance_by_id(known.instance)), known.id) not in present
    ]


def still_standing(inventory: Inventory, left: Sequence[Resource], sources: Sequence[Records] = ()) -> Inventory:
    """The inventory without what the input itself deletes, replaces or detaches: the change is newer than its rows."""
    if not left:
        return inventory
    packages = {old.id for old in left if old.type == tokens.PACKAGE}
    detached = {(_instance(old), _text(old, "bandwidthPackageId")) for old in left if old.type == tokens.PACKAGE_ATTACHMENT}
    networks = {(_instance(old), _text(old, key)) for old in left if (key := _NETWORK_KEYS.get(old.type)) is not None}
    limits = {(_text(old, "instanceId"), _pair_of(old.inputs.get("regionIds"))) for old in left if old.type == tokens.LIMIT}
    peers = {(old.id or "").rpartition(":")[2] for old in left if old.type == tokens.PEER}
    own = {(old.id or "").rpartition(":")[2] for old in left if old.type in (*tokens.ROUTER_ATTACHMENTS, tokens.PEER)}
    routers = {named_by(old) for old in left if old.type == tokens.ROUTER}
    tables = {(old.id or "").rpartition(":")[2] for old in left if old.type == tokens.ROUTE_TABLE}
    tables |= {name for name, row in inventory.route_tables.items() if row.router in routers}
    relations = (tokens.ASSOCIATION, tokens.PROPAGATION)
    named = _networks_by_attachment(inventory, sources) if any(old.type in relations for old in left) else {}
    associations, propagations = (_joined(left, token, named) for token in relations)
    instances = {name: row.instance for name, row in inventory.routers.items()}
    homes = {name: instances.get(row.router) for name, row in inventory.route_tables.items()}
    routed = {(_instance(old), _text(old, _NETWORK_KEYS[old.type])) for old in left if old.type in tokens.ROUTER_ATTACHMENTS}
    names = {name for _, name in routed}

    def stays(row: KnownAssociation | KnownPropagation) -> bool:
        """One that names the network goes with its attachment, but for what another instance's router knows of it."""
        if row.attachment in own or row.table in tables:
            return False
        home = homes.get(row.table)
        goes = ((home, row.attachment), (None, row.attachment))
        return routed.isdisjoint(goes) if home is not None else row.attachment not in names

    routes = {
        (_text(old, "transitRouterRouteTableId"), _text(old, "transitRouterRouteEntryDestinationCidrBlock"))
        for old in left
        if old.type == tokens.ROUTE_ENTRY
    }
    return replace(
        inventory,
        packages={
            name: row if detached.isdisjoint(((row.instance, name), (None, name))) else replace(row, instance=None)
            for name, row in inventory.packages.items()
            if name not in packages
        },
        attachments=tuple(
            row
            for row in inventory.attachments
            if (row.id is None or networks.isdisjoint(((row.instance, row.id), (None, row.id))))
            and (row.attachment is None or row.attachment not in own)
        ),
        limits=tuple(row for row in inventory.limits if (row.instance, row.regions) not in limits),
        peers=_left_alone([row for row in inventory.peers if row.id is None or row.id not in peers], left, sources),
        routers={name: row for name, row in inventory.routers.items() if name not in routers},
        route_tables={name: row for name, row in inventory.route_tables.items() if name not in tables},
        associations=tuple(
            row for row in inventory.associations if (row.attachment, row.table) not in associations and stays(row)
        ),
        propagations=tuple(
            row for row in inventory.propagations if (row.attachment, row.table) not in propagations and stays(row)
        ),
        routes=tuple(row for row in inventory.routes if row.table not in tables and (row.table, row.cidr) not in routes),
    )


def _left_alone(rows: Sequence[KnownPeer], left: Sequence[Resource], sources: Sequence[Records]) -> tuple[KnownPeer, ...]:
    """The rows of peers but for those without an id that tell of a peer which leaves: the ends of both are the same.

    Where that peer's own region is not told, its instance and its far end are enough if they leave one row only.
    """
    found = list(rows)
    peers = [old for old in left if old.type == tokens.PEER] if any(row.id is None for row in rows) else []
    told = told_regions(sources if peers else ())
    for old in peers:
        far, instance, here = _text(old, "peerTransitRouterRegionId"), _text(old, "cenId"), told(old)
        alike = [row for row in found if row.id is None and row.instance == (instance or row.instance) and far in row.regions]
        if here is not None:
            alike = [row for row in alike if here in row.regions and here != far]
        if len(alike) == 1:
            found.remove(alike[0])
    return tuple(found)


_NETWORK_KEYS = {
    tokens.INSTANCE_ATTACHMENT: "childInstanceId",
    **{token: key for token, (_, key) in tokens.ROUTER_ATTACHMENTS.items()},
}


def _joined(left: Iterable[Resource], token: str, named: Mapping[str, str]) -> set[tuple[str | None, str | None]]:
    """The attachments and tables that old associations or propagations joined, the attachments by their networks, too."""
    found = {
        (_text(old, "transitRouterAttachmentId"), _text(old, "transitRouterRouteTableId")) for old in left if old.type == token
    }
    return found | {(network, table) for attachment, table in found if (network := named.get(attachment or "")) is not None}


def _networks_by_attachment(inventory: Inventory, sources: Sequence[Records]) -> dict[str, str]:
    """Ids of networks by those of the attachments at routers, as the inventory and the sources tell them: a row may name either."""
    found = {row.attachment: row.id for row in inventory.attachments if row.attachment and row.id}
    for record in (record for source in sources for record in source.resources if record.type in tokens.ROUTER_ATTACHMENTS):
        own, network = own_id(record), _text(record, tokens.NETWORK_KEYS[record.type])
        if own and network:
            found[own] = network
    return found


def _instance(old: Resource) -> str | None:
    """Id of the instance that something was attached to; None where that is not told, which may be any."""
    return _text(old, "instanceId" if old.type in (tokens.INSTANCE_ATTACHMENT, tokens.PACKAGE_ATTACHMENT) else "cenId")


def _text(resource: Resource, key: str) -> str | None:
    value = resource.inputs.get(key)
    return value if isinstance(value, str) else None


def _pair_of(value: Any) -> RegionPair | None:
    names = sorted({item for item in value if isinstance(item, str)}) if isinstance(value, list) else []
    return region_pair(*names) if len(names) == 2 else None


def _carries(carriers: Iterable[BandwidthLimit | Peer], regions: RegionPair) -> bool:
    """Whether the input itself carries a pair, or may: a row of an inventory may then tell of the very same thing."""
    return any(item.urn is not None and item.pair in (regions, None) for item in carriers)


def _is_another(peer: Peer, known: KnownPeer) -> bool:
    """Whether a peer of which the regions are not known is certainly another one than a row tells of: the ids say so."""
    return peer.pair is None and bool(peer.id and known.id) and (peer.id or "").rpartition(":")[2] != known.id


def _limit(known: KnownLimit, instance: CenInstance) -> BandwidthLimit:
    name = f"{known.regions.first} – {known.regions.second} of the inventory"
    return BandwidthLimit(
        name=name,
        stands=True,
        proves=True,
        instance=instance,
        regions=known.regions.names,
        pair=known.regions,
        mbps=known.bandwidth,
        mbps_blocker=None if known.bandwidth is not None else _no_bandwidth("limit", name),
    )


_BILLING = {"traffic": DATA_TRANSFER, "package": BY_PACKAGE}


def _peer(known: KnownPeer, instance: CenInstance, package: BandwidthPackage | None) -> Peer:
    first, second = known.regions.names
    name = known.id or f"{first} – {second} of the inventory"
    return Peer(
        id=known.id,
        name=name,
        stands=True,
        proves=True,
        instance=instance,
        local_region=first,
        declared_region=second,
        pair=known.regions,
        billing=_BILLING.get(known.billing),
        billing_blocker=None
        if known.billing in _BILLING
        else Blocker(
            f"peer {name}",
            f"the inventory does not say how peer {name} is paid",
            "an entry for it with its billing would settle it",
        ),
        package=package,
        mbps=known.bandwidth,
        mbps_blocker=None if known.bandwidth is not None else _no_bandwidth("peer", name),
    )


def _no_bandwidth(kind: str, name: str) -> Blocker:
    return Blocker(f"{kind} {name}", f"the inventory gives no bandwidth for {kind} {name}", "add bandwidth to its entry")
