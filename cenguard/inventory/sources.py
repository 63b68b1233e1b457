"""Inventories out of what others have: documents of their stacks, and what `aliyun cbn` prints."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from cenguard.geography.catalogue import Catalogue
from cenguard.network import Attachment, BandwidthLimit, BandwidthPackage, Blocker, CenInstance, Network, Peer
from cenguard.network.known import (
    BILLINGS,
    UNKNOWN_BILLING,
    Inventory,
    KnownAttachment,
    KnownInstance,
    KnownLimit,
    KnownPackage,
    KnownPeer,
    KnownRouter,
    KnownSwitch,
)
from cenguard.network.standing import has_no_package
from cenguard.resources import tokens
from cenguard.resources.records import UNKNOWN_TEXT, Records
from cenguard.resources.urns import is_resource, name_in_urn
from cenguard.text.printable import listed

_NAMED_BY_THEIR_OWN = {*tokens.ROUTER_ATTACHMENTS, tokens.PEER, tokens.ROUTE_TABLE}
"""Types whose `id` begins with that of what they belong to, and which others name by what follows it."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """An inventory, and what a person should know of how it came about."""

    inventory: Inventory
    notes: tuple[str, ...] = ()


def from_records(records: Sequence[Records], network: Network, routed: Inventory, *, complete: bool = False) -> Gathered:
    """What an input holds, as far as its ids are known; with its network, and the rows of its route tables."""
    ids = {record.urn: record.id for source in records for record in source.resources if record.id}
    notes = [
        f"{source.path} does not show everything, so no instance is marked complete{f': {source.missing}' if source.missing else ''}"
        for source in records
        if not (source.complete and source.shows_all)
    ]
    notes += [
        f"{name_in_urn(item.urn)} ({item.type}) {item.reason}, and is not in the inventory: {item.cure}"
        for source in records
        for item in source.unread
    ]
    whole = all(source.complete and source.shows_all for source in records)
    instances: dict[str, KnownInstance] = {}
    for instance in network.instances:
        if instance.id is None:
            if instance.declared:
                notes.append(f"{instance.label} has no id yet, and nothing of it is in the inventory: deploy it first")
            continue
        here = whole and (complete or instance.whole)
        unsaid = sorted(_left_out(instance), key=lambda item: item.label) if here else []
        if unsaid:
            notes.append(f"{instance.label} is not marked complete: {_why(unsaid)}")
        told = complete or not here or not has_no_package(network, instance)
        if not told:
            notes.append(
                f"{instance.label} has no package here, and one may have been bought in the console or by another stack: what rests on "
                "this file asks for it; give what holds its packages as well, or `--complete` where it has none"
            )
        instances[instance.id] = KnownInstance(id=instance.id, complete=here and not unsaid, packages_told=told)
        if instances[instance.id].complete and not complete and len(instance.index.regions) < 2:
            notes.append(
                f"{instance.label} is marked complete, and {_few(instance)}: where other stacks attach to it, give their documents as "
                "well, or name it in the setting `shared`"
            )
    publishing = _publishing(network)
    return Gathered(
        Inventory(
            packages=_packages(network),
            instances=instances,
            attachments=tuple(_attachments(network, ids, publishing)),
            limits=tuple(
                KnownLimit(instance=limit.instance.id, regions=limit.pair, bandwidth=limit.mbps)
                for limit in network.limits
                if limit.instance.id and limit.pair
            ),
            routers=_routers(network),
            peers=tuple(_peer(peer, publishing) for peer in network.peers if peer.instance.id and peer.pair),
            route_tables=routed.route_tables,
            associations=routed.associations,
            propagations=routed.propagations,
            routes=routed.routes,
            switches=_switches(network, ids),
            stacks=_stacks(records, frozenset(ids.values()), frozenset(_router_ids(network)), network.catalogue),
        ),
        tuple(notes),
    )


Part: TypeAlias = Attachment | BandwidthPackage | BandwidthLimit | Peer


def _why(unsaid: Sequence[Part]) -> str:
    """What is not known of what can be no row, and what would settle it."""
    new = [item.label for item in unsaid if isinstance(item, BandwidthPackage) and item.area_pair]
    others = [item for item in unsaid if item.label not in new]
    texts = [f"{listed(new)} {'have' if len(new) > 1 else 'has'} no id yet: deploy first"] if new else []
    if others:
        blocker = next(filter(None, map(_blocker, others)), None)
        told = f" ({blocker})" if blocker is not None else ""
        texts.append(f"the regions or areas of {listed(item.label for item in others)} are not known{told}")
    return "; ".join(texts)


def _blocker(item: Part) -> Blocker | None:
    if isinstance(item, BandwidthPackage):
        return item.areas_blocker
    return item.regions_blocker if isinstance(item, BandwidthLimit) else item.region_blocker


def _left_out(instance: CenInstance) -> Iterable[Part]:
    """What belongs to an instance and can be no row: where it lies, or what it joins, is secret or not known."""
    yield from (item for item in instance.attachments if not (item.region and item.kind))
    yield from (item.package for item in instance.packages if not (item.package.id and item.package.area_pair))
    yield from (item for item in instance.limits if item.pair is None)
    yield from (item for item in instance.peers if item.pair is None)


def _few(instance: CenInstance) -> str:
    """Why other stacks may attach to an instance: hardly anybody makes one for a single region."""
    only = next(iter(instance.index.regions), None)
    return f"only {only} is attached to it here" if only else "no network is attached to it here"


def _packages(network: Network) -> dict[str, KnownPackage]:
    terms = network.details.terms
    return {
        package.id: KnownPackage(
            id=package.id,
            area_pair=package.area_pair,
            bandwidth=package.mbps,
            instance=next((item.instance.id for item in package.attached if item.instance.id), None),
            expires=terms[package.urn].expires if package.urn and package.urn in terms else None,
            locked=package.locked,
        )
        for package in network.packages
        if package.id and package.area_pair
    }


def _attachments(network: Network, ids: Mapping[str, str], publishing: Mapping[str, bool]) -> Iterable[KnownAttachment]:
    made = {ids[urn]: urn for urn in network.details.networks if urn in ids}
    for item in network.attachments:
        if item.instance.id and item.region and item.kind:
            network_id = ids.get(item.network or "", item.network)
            known = network_id if network_id and not is_resource(network_id) else None
            yield KnownAttachment(
                instance=item.instance.id,
                region=item.region,
                kind=item.kind,
                id=known,
                attachment=None if item.direct else _bare(item.id),
                cidrs=_blocks(network, made.get(known or "")),
                auto_publish=publishing.get(item.urn or ""),
            )


def _switches(network: Network, ids: Mapping[str, str]) -> dict[str, KnownSwitch]:
    found: dict[str, KnownSwitch] = {}
    for address, switches in network.details.switches.items():
        owner = ids.get(address, address)
        for switch in switches:
            if switch.urn in ids and switch.zone.value and owner and not is_resource(owner):
                name = ids[switch.urn]
                found[name] = KnownSwitch(id=name, network=owner, zone=switch.zone.value)
    return found


def _blocks(network: Network, address: str | None) -> tuple[str, ...] | None:
    """What a VPC of the records hands over: the blocks of its vSwitches; None where that is not told, or not all of it."""
    if address is None:
        return None
    blocks = [switch.block.value for switch in network.details.switches.get(address, ())]
    return tuple(sorted({block for block in blocks if block})) if blocks and None not in blocks else None


def _publishing(network: Network) -> dict[str, bool]:
    """Whether attachments and peers publish, by URN, where the records tell it.

    Source: CreateTransitRouterVpcAttachment and the others, `AutoPublishRouteEnabled`: of a VPN it is on unless it is said.
    """
    found: dict[str, bool] = {}
    for end in network.routing.ends:
        item = end.item
        is_direct = isinstance(item, Attachment) and (item.direct or item.kind == "ECR")
        if item.urn and end.publishes.blocker is None and not is_direct:
            default = isinstance(item, Attachment) and item.kind == "VPN"
            found[item.urn] = default if end.publishes.value is None else end.publishes.value
    return found


def _routers(network: Network) -> dict[str, KnownRouter]:
    found: dict[str, KnownRouter] = {}
    for router in network.routers:
        name = _bare(router.id)
        if name and router.instance.id and router.region:
            found[name] = KnownRouter(id=name, instance=router.instance.id, region=router.region)
    return found


def _router_ids(network: Network) -> Iterable[str]:
    return filter(None, (_bare(router.id) for router in network.routers))


def _bare(name: str | None) -> str | None:
    """The router's own part of the id that the provider makes of instance and router."""
    return name.rpartition(":")[2] if name else None


def _peer(peer: Peer, publishing: Mapping[str, bool]) -> KnownPeer:
    assert peer.instance.id is not None
    assert peer.pair is not None
    package = None if peer.by_traffic else peer.package
    told = peer.billing_blocker is None and (package is None or package.id is not None)
    return KnownPeer(
        id=_bare(peer.id),
        instance=peer.instance.id,
        regions=peer.pair,
        bandwidth=peer.mbps,
        billing=BILLINGS[peer.by_traffic] if told else UNKNOWN_BILLING,
        package=package.id if package and told else None,
        auto_publish=publishing.get(peer.urn or ""),
    )


def _stacks(
    records: Sequence[Records], ids: frozenset[str], routers: frozenset[str], catalogue: Catalogue
) -> dict[str, Mapping[str, Any]]:
    """Outputs of the stacks that say an id of theirs, a region or a number: nothing else is anybody else's business."""
    own = {
        record.id.rpartition(":")[2]
        for source in records
        for record in source.resources
        if record.id and record.type in _NAMED_BY_THEIR_OWN
    }
    known = ids | routers | own | frozenset(catalogue.regions)
    found: dict[str, Mapping[str, Any]] = {}
    for source in records:
        outputs = {key: kept for key, value in sorted(source.outputs.items()) if (kept := _kept(value, known)) is not None}
        if outputs and source.project:
            found[f"{source.project}/{source.stack}"] = outputs
    return found


def _kept(value: Any, known: frozenset[str]) -> Any:
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return value if value in known else None
    if isinstance(value, Mapping):  # its other members are there, and unknown: somebody may take it as a whole
        members = {key: _kept(item, known) for key, item in value.items()}
        told = any(kept is not None for kept in members.values())
        return {key: UNKNOWN_TEXT if kept is None else kept for key, kept in members.items()} if told else None
    if isinstance(value, (list, tuple)):
        items = [_kept(item, known) for item in value]
        return items if items and None not in items else None
    return None
