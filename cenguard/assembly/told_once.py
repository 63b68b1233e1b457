"""One record for each relation: what several stacks hold, or read with `.get`, is one thing in the cloud.

A package, an instance and a router are known by their ids (`References.twin`). What joins them is not named by others, so that
two records of one attachment, peer or limit would count twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from cenguard.network.known import Inventory
from cenguard.resources import tokens
from cenguard.resources.records import READ, SAME, UPDATE, Records, Resource, decode_properties
from cenguard.resources.urns import stack_of
from cenguard.resources.values import UNKNOWN

_OWN_ID_LAST = frozenset({*tokens.ROUTER_ATTACHMENTS, tokens.PEER, tokens.ROUTE_TABLE})
"""Types whose id ends in the service's own one, after those of what it belongs to."""
_NEEDED = {
    tokens.INSTANCE_ATTACHMENT: ("instanceId", "childInstanceId", "childInstanceType", "childInstanceRegionId"),
    tokens.PACKAGE_ATTACHMENT: ("instanceId", "bandwidthPackageId"),
    tokens.LIMIT: ("instanceId", "regionIds", "bandwidthLimit"),
    tokens.VPC_ATTACHMENT: ("cenId", "transitRouterId", "vpcId", "zoneMappings", "autoPublishRouteEnabled"),
    tokens.VBR_ATTACHMENT: ("cenId", "transitRouterId", "vbrId", "autoPublishRouteEnabled"),
    tokens.VPN_ATTACHMENT: ("cenId", "transitRouterId", "vpnId", "autoPublishRouteEnabled"),
    tokens.ECR_ATTACHMENT: ("cenId", "transitRouterId", "ecrId"),
    tokens.PEER: (
        "cenId",
        "transitRouterId",
        "peerTransitRouterId",
        "peerTransitRouterRegionId",
        "bandwidth",
        "bandwidthType",
        "cenBandwidthPackageId",
        "autoPublishRouteEnabled",
        "defaultLinkType",
    ),
}
"""What rules ask of each type of relation that may be read: where the document does not tell it, nobody knows it."""
_TYPES = (*_NEEDED, tokens.ROUTE_TABLE, tokens.ASSOCIATION, tokens.PROPAGATION, tokens.ROUTE_ENTRY, tokens.ROUTE_MAP)


def told_once(sources: Sequence[Records], inventory: Inventory) -> tuple[dict[str, Resource], dict[str, list[Resource]]]:
    """The records of an input by URN and by type: each relation once, and what is read of one as something that stands."""
    records = {record.urn: record for source in sources for record in source.resources}
    by_type = _by_type(records)
    if len(sources) > 1 and (lost := _lost(sources, by_type)):
        records = {urn: record for urn, record in records.items() if urn not in lost}
        by_type = _by_type(records)
    told = _without_others(records, by_type, several=len(sources) > 1, inventory=inventory)
    return (records, by_type) if told is None else (told, _by_type(told))


def _by_type(records: Mapping[str, Resource]) -> dict[str, list[Resource]]:
    by_type: dict[str, list[Resource]] = defaultdict(list)
    for record in records.values():
        by_type[record.type].append(record)
    return by_type


def _lost(sources: Sequence[Records], by_type: Mapping[str, Sequence[Resource]]) -> set[str]:
    """URNs of what one stack holds or reads, and another one deletes: the service has it no more, whatever the state says.

    Of a limit CEN212 says that both names are one object.
    """
    gone: dict[tuple[str, tuple[str, ...]], list[Resource]] = defaultdict(list)
    for source in sources:
        for record in source.deleted if source.tells_retention else ():
            if record.type in _NEEDED and record.type != tokens.LIMIT and (own := _own(record)) is not None:
                gone[record.type, own].append(record)
    if not gone:
        return set()
    return {
        record.urn
        for token in {token for token, _ in gone}
        for record in by_type.get(token, ())
        if record.change in (SAME, READ)
        and not record.imported
        and (own := _own(record)) is not None
        and any(stack_of(old.urn) != stack_of(record.urn) and _may_be_one(old, record) for old in gone.get((token, own), ()))
    }


def _may_be_one(old: Resource, record: Resource) -> bool:
    """Whether two attachments of one package may be one: not where their instances are known, and differ."""
    instances = [item.inputs.get("instanceId") for item in (old, record)]
    return (
        not _is_package_attachment(record) or instances[0] == instances[1] or not all(isinstance(item, str) for item in instances)
    )


def _without_others(
    records: dict[str, Resource], by_type: Mapping[str, Sequence[Resource]], *, several: bool, inventory: Inventory
) -> dict[str, Resource] | None:
    """The records that are told; None where all are.

    Without `several` sources only what is read can be there twice: a stack that holds a thing under two names is judged.
    """
    others: dict[str, str] = {}
    read: list[Resource] = []
    for token in _TYPES:
        items = by_type.get(token, ())
        found = [record for record in items if record.change is READ] if token in _NEEDED else []
        if found or (several and len(items) > 1):
            others.update(_others(items))
            read += [record for record in found if record.urn not in others]
    if not others and not read:
        return None
    rows = _rows(inventory) if read else frozenset()
    known = [record.urn for record in read if not record.outputs and _own(record) in rows]
    told = {urn: record for urn, record in records.items() if urn not in others and urn not in known}
    for record in read:
        if record.urn not in known:
            told[record.urn] = _standing(record)
    if others:
        for urn, record in told.items():
            if not others.keys().isdisjoint(record.named):
                told[urn] = _led_elsewhere(record, others)
    return told


def _others(items: Iterable[Resource]) -> dict[str, str]:
    """By the URN of each record that says a thing again, the one that tells of it: what changes it, else what holds it."""
    first: dict[tuple[str, ...], Resource] = {}
    others: dict[str, str] = {}
    for record in sorted(items, key=_rank):
        own = _own(record)
        if own is None:
            continue
        if record.change is READ:
            same = first.setdefault(own, record)
        else:
            same = first.setdefault(
                (*own, str(record.inputs.get("instanceId"))) if _is_package_attachment(record) else own, record
            )
            first.setdefault(own, record)
        if same is not record and (record.change is READ or _is_held_twice(record, same)):
            others[record.urn] = same.urn
    return others


def _is_held_twice(record: Resource, other: Resource) -> bool:
    """Whether two stacks hold one thing. Of a limit each of them writes the Mbps: that is CEN212."""
    return record.type != tokens.LIMIT and stack_of(record.urn) != stack_of(other.urn)


def _is_package_attachment(record: Resource) -> bool:
    """Its id is that of the package, which two states may have on two instances."""
    return record.type == tokens.PACKAGE_ATTACHMENT


def _rank(record: Resource) -> tuple[int, str]:
    return (0 if record.change is UPDATE else 2 if record.change is READ else 1, record.urn)


def _own(record: Resource) -> tuple[str, ...] | None:
    """What a relation is known by, from the id that the provider gives it."""
    if not record.id or not (record.stands or record.change in (UPDATE, READ)):
        return None
    parts = record.id.split(":")
    if record.type in _OWN_ID_LAST:
        return (parts[-1],)
    if record.type == tokens.LIMIT:
        return (parts[0], *sorted(parts[1:]))
    if record.type == tokens.INSTANCE_ATTACHMENT:
        return tuple(parts[:2])  # older providers end there
    return tuple(parts)


def _rows(inventory: Inventory) -> frozenset[tuple[str, ...]]:
    """What an inventory tells of, by the same ids: of what a preview reads it says more than the id does."""
    own = [(item.id,) for item in inventory.peers if item.id]
    own += [(item.attachment,) for item in inventory.attachments if item.attachment]
    direct = [(item.instance, item.id) for item in inventory.attachments if item.id and not item.attachment]
    limits = [(item.instance, *sorted(item.regions.names)) for item in inventory.limits]
    return frozenset((*own, *direct, *limits, *((name,) for name, item in inventory.packages.items() if item.instance)))


def _standing(record: Resource) -> Resource:
    """What is read as something that stands elsewhere: at the values that a state has, and of a preview as far as its id tells."""
    told: dict[str, Any] = decode_properties(record.outputs) if record.outputs else _by_id(record)
    inputs = {**told, **record.inputs}
    return msgspec.structs.replace(record, change=SAME, inputs=inputs, old=inputs)


def _by_id(record: Resource) -> dict[str, Any]:
    told = dict.fromkeys(_NEEDED[record.type], UNKNOWN)
    parts = record.id.split(":") if record.id else []
    values: tuple[Any, ...] = tuple(parts)
    match record.type, len(parts):
        case tokens.LIMIT, 3:
            values = (parts[0], parts[1:])
        case tokens.PACKAGE_ATTACHMENT, 1:
            values = (UNKNOWN, parts[0])
        case tokens.INSTANCE_ATTACHMENT, _:
            pass
        case _, 2:
            values = (parts[0],)
        case _:
            values = ()
    return {**told, **dict(zip(told, values, strict=False))}


def _led_elsewhere(record: Resource, others: Mapping[str, str]) -> Resource:
    """A record whose edges lead to the one that is told."""

    def led(urns: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(others.get(urn, urn) for urn in urns))

    edges = {key: led(urns) for key, urns in record.property_dependencies.items()}
    return msgspec.structs.replace(record, dependencies=led(record.dependencies), property_dependencies=edges)
