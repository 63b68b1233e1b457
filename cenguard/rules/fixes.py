"""The Pulumi Python that makes a finding go away, with variables derived from the resources' logical names."""

import json
import keyword
import re
from collections.abc import Iterable, Sequence

from cenguard.areas import AreaPair
from cenguard.network import BandwidthLimit, BandwidthPackage, CenInstance, Entity, Peer
from cenguard.regions import RegionPair

EXAMPLE_MBPS = 10
"""Mbps that a snippet proposes for a pair; the caller knows better."""
MOST_PAIRS = 6
"""How many pairs a snippet spells out."""


def variable(name: str) -> str:
    """A Python variable from a logical name.

    >>> variable("att-bj"), variable("2nd core"), variable("class")
    ('att_bj', '_2nd_core', 'class_')
    """
    text = re.sub(r"\W+", "_", name).strip("_").lower() or "resource"
    if text[0].isdigit():
        text = f"_{text}"
    return f"{text}_" if keyword.iskeyword(text) else text


def quoted(text: str) -> str:
    r"""A Python string that holds a name, whatever the name holds.

    >>> quoted("core"), quoted('a"), print("b')
    ('"core"', '"a\\"), print(\\"b"')
    """
    return json.dumps(text, ensure_ascii=False)


def entity_id(entity: Entity) -> str:
    """The expression for an entity's id: `core.id` where the input makes it, else the id in quotes."""
    return f"{variable(entity.name)}.id" if entity.declared else quoted(entity.id or "<id>")


def stem(span: AreaPair) -> str:
    """The logical name of a package for an area pair."""
    return f"{span.first.lower()}-{span.second.lower()}"


def buy_package(span: AreaPair, mbps: float, *, name: str | None = None) -> str:
    """A package for an area pair; what it costs is the caller's to say."""
    label = name or stem(span)
    return (
        f"{variable(label)} = alicloud.cen.BandwidthPackage(\n    {quoted(label)},\n    bandwidth={mbps:g},  # Mbps to buy\n"
        f"    geographic_region_a_id={quoted(span.first)},\n    geographic_region_b_id={quoted(span.second)},\n"
        f'    payment_type="PrePaid",  # bought at once; "PostPaid" needs an allow-listed account\n'
        f"    period=1,\n    auto_renew=True,\n    opts=pulumi.ResourceOptions(protect=True),\n)\n"
    )


def attach_package(instance: CenInstance, package: str, package_id: str) -> str:
    """The attachment of a package."""
    return (
        f"{variable(package)}_attachment = alicloud.cen.BandwidthPackageAttachment(\n    {quoted(f'{package}-attachment')},\n"
        f"    instance_id={entity_id(instance)},\n    bandwidth_package_id={package_id},\n)\n"
    )


def limit(instance: CenInstance, pair: RegionPair, attachment: str | None, mbps: float) -> str:
    """A bandwidth limit for a pair of Basic regions, ordered as the service wants it."""
    waits = [attachment] if attachment else []
    for region in pair.names:
        here = [item for item in instance.index.attachments.get(region, []) if item.declared]
        waits += [variable(here[0].name)] if here else []
    return (
        f"alicloud.cen.BandwidthLimit(\n    {quoted(f'{pair.first}-{pair.second}')},\n    instance_id={entity_id(instance)},\n"
        f"    region_ids=[{quoted(pair.first)}, {quoted(pair.second)}],\n    bandwidth_limit={mbps:g},\n"
        f"    opts=pulumi.ResourceOptions(depends_on=[{', '.join(waits)}]),\n)\n"
    )


def peer(instance: CenInstance, pair: RegionPair, package_id: str | None, mbps: float) -> str:
    """A peer between two Enterprise regions, on a package or paid by traffic."""
    local, far = (next(item for item in instance.routers if item.region == region) for region in pair.names)
    billing = (
        f'    bandwidth_type="BandwidthPackage",\n    cen_bandwidth_package_id={package_id},\n'
        if package_id
        else '    bandwidth_type="DataTransfer",  # paid by traffic\n'
    )
    return (
        f"alicloud.cen.TransitRouterPeerAttachment(\n    {quoted(f'{pair.first}-{pair.second}')},\n    cen_id={entity_id(instance)},\n"
        f"    transit_router_id={variable(local.name)}.transit_router_id,\n"
        f"    peer_transit_router_id={variable(far.name)}.transit_router_id,\n"
        f"    peer_transit_router_region_id={quoted(pair.second)},\n{billing}    bandwidth={mbps:g},\n"
        f"    opts=pulumi.ResourceOptions(provider=...),  # the provider of {quoted(pair.first)}\n)\n"
    )


def connect(instance: CenInstance, pairs: Sequence[RegionPair], package: str | None, mbps: float = EXAMPLE_MBPS) -> str:
    """Limits between Basic regions and peers between Enterprise ones, never a limit on an Enterprise router.

    `package` is the variable of the package attachment that they draw on.
    """
    enterprise = instance.index.enterprise
    parts: list[str] = []
    for pair in pairs:
        declared = [item for item in (*instance.index.limits.get(pair, ()), *instance.index.peers.get(pair, ())) if item.declared]
        if (
            declared
            and isinstance(declared[0], BandwidthLimit)
            and pair.first not in enterprise
            and pair.second not in enterprise
        ):
            parts.append(f"# and let {variable(declared[0].name)} depend on {package}\n" if package else "")
        elif declared and isinstance(declared[0], Peer):
            parts.append(f"# and in {variable(declared[0].name)}: cen_bandwidth_package_id={package}.bandwidth_package_id\n")
        elif pair.first in enterprise and pair.second in enterprise:
            parts.append(peer(instance, pair, f"{package}.bandwidth_package_id" if package else None, mbps))
        elif pair.first not in enterprise and pair.second not in enterprise:
            parts.append(limit(instance, pair, package, mbps))
    return "".join(parts)


def serve(instance: CenInstance, span: AreaPair, pairs: Sequence[RegionPair]) -> str:
    """Everything an area pair needs: the package, its attachment, and Mbps for the pairs."""
    chosen = pairs[:MOST_PAIRS]
    name = stem(span)
    return (
        buy_package(span, max(2, EXAMPLE_MBPS * len(chosen)))
        + attach_package(instance, name, f"{variable(name)}.id")
        + connect(instance, chosen, f"{variable(name)}_attachment")
    )


def use(instance: CenInstance, package: BandwidthPackage, pairs: Sequence[RegionPair], attachment: str | None) -> str:
    """Mbps for pairs, drawn on a package that is there; attached first where it is not."""
    chosen = pairs[:MOST_PAIRS]
    head = ""
    if attachment is None:
        head = attach_package(instance, package.name, entity_id(package))
        attachment = f"{variable(package.name)}_attachment"
    room = package.mbps or EXAMPLE_MBPS * len(chosen)
    share = max(1, min(EXAMPLE_MBPS, int(room // max(1, len(chosen)))))
    return head + connect(instance, chosen, attachment, share)


def spread(pairs: Iterable[RegionPair], regions: Iterable[str]) -> list[RegionPair]:
    """Few pairs that give every region one."""
    chosen: list[RegionPair] = []
    served: set[str] = set()
    wanted = set(regions)
    for pair in pairs:
        if any(region in wanted and region not in served for region in pair.names):
            chosen.append(pair)
            served.update(pair.names)
    return chosen
