"""The Pulumi Python that makes a finding go away, with variables derived from the resources' logical names.

A snippet is statements to add below the program, or arguments under a comment that says whose they are (`inside`), or first
these and then those.
"""

import json
import keyword
import re
from collections.abc import Iterable, Sequence
from math import ceil

from cenguard.geography.areas import AreaPair
from cenguard.geography.bandwidth import LEAST_PACKAGE
from cenguard.geography.regions import RegionPair, takes_peers
from cenguard.network import Attachment, BandwidthLimit, BandwidthPackage, CenInstance, Entity, Network, Peer, TransitRouter
from cenguard.network.connectivity import Connection, Disposition
from cenguard.network.details import Subject
from cenguard.network.drawing import room
from cenguard.resources.urns import name_in_urn

COMPONENTS = "::alicloud-cen:index:"
"""What the type in the URN of a component of ours, and of its children, begins with."""
EXAMPLE_MBPS = 10
"""Mbps that a snippet proposes for a pair; the caller knows better."""
MOST_PAIRS = 6
"""How many pairs a snippet spells out."""


def variable(name: str) -> str:
    """A Python variable from a logical name.

    >>> variable("att-bj"), variable("2nd core"), variable("class")
    ('att_bj', '_2nd_core', 'class_')
    """
    text = name.replace("-", "_")
    if not (text.isascii() and text.isidentifier()) or "--" in name:  # rarely
        text = re.sub(r"\W+", "_", name)
    text = text.strip("_").lower() or "resource"
    if text[0].isdigit():
        text = f"_{text}"
    return f"{text}_" if keyword.iskeyword(text) else text


def quoted(text: str) -> str:
    r"""A Python string that holds a name, whatever the name holds.

    >>> quoted("core"), quoted('a"), print("b')
    ('"core"', '"a\\"), print(\\"b"')
    """
    plain = text.isprintable() and '"' not in text and "\\" not in text
    return f'"{text}"' if plain else json.dumps(text, ensure_ascii=False)


def is_of_component(resource: Entity | Subject) -> bool:
    """Whether one of our components makes a resource: then the program holds the component, and not the resource."""
    return COMPONENTS in (resource.urn or "")


def inside(resource: Entity | Subject, *arguments: str) -> str:
    """Arguments that a resource of the program gets; the comment above them says which resource.

    The arguments of a component's child the program does not write: there the comment sends to the component.

    >>> print(inside(Entity(name="core"), 'protection_level="REDUCED"'), end="")
    # in the arguments of "core":
    protection_level="REDUCED",
    """
    if is_of_component(resource):
        kind = (resource.urn or "").partition(COMPONENTS)[2].partition("$")[0]
        return f"# {quoted(resource.name)} is made by a {kind}: change that component's arguments\n"
    merged = ", added to the opts it has" if any(argument.startswith("opts=") for argument in arguments) else ""
    return f"# in the arguments of {quoted(resource.name)}{merged}:\n" + "".join(f"{argument},\n" for argument in arguments)


def depends_on(*variables: str) -> str:
    """The argument that lets a resource wait for others."""
    return f"opts=pulumi.ResourceOptions(depends_on=[{', '.join(variables)}])"


def holder(attachment: Attachment) -> str:
    """The variable to wait for: the attachment, or the component that makes it."""
    made = is_of_component(attachment) and is_of_component(attachment.instance)
    return variable(attachment.instance.name if made else attachment.name)


def joins(package: BandwidthPackage, first: str, second: str) -> str:
    """The arguments that say which areas a package joins, in the form that the program has for them."""
    if package.areas_listed:
        return inside(package, f"geographic_region_ids=[{quoted(first)}, {quoted(second)}]")
    return inside(package, f"geographic_region_a_id={quoted(first)}", f"geographic_region_b_id={quoted(second)}")


def provided(provider: str, *more: str) -> str:
    """The `opts` that give a resource another one's provider, as a line of a call, and what else they hold.

    The default provider is not named, and that of a component has no name in the program.
    """
    name = name_in_urn(provider)
    named = bool(name) and not name.startswith("default") and COMPONENTS not in provider
    options = ([f"provider={variable(name)}"] if named else []) + list(more)
    return f"    opts=pulumi.ResourceOptions({', '.join(options)}),\n" if options else ""


def provider_of(network: Network, resource: CenInstance | TransitRouter) -> str:
    """The provider of an instance or a router."""
    return network.details.providers.get(resource.urn or "", "")


def entity_id(entity: Entity) -> str:
    """The expression for an entity's id: `core.id` where the input makes it, else the id in quotes."""
    if isinstance(entity, CenInstance) and is_of_component(entity):
        return f"{variable(entity.name)}.cen_id"  # the component and its instance have one name
    return f"{variable(entity.name)}.id" if entity.declared else quoted(entity.id or "<id>")


def stem(area_pair: AreaPair) -> str:
    """The logical name of a package for an area pair."""
    return f"{area_pair.first.lower()}-{area_pair.second.lower()}"


def a_package(area_pair: object) -> str:
    """A package with its article.

    >>> a_package(AreaPair("Europe", "Asia-Pacific")), a_package(AreaPair("Europe", "China"))
    ('an Asia-Pacific/Europe bandwidth package', 'a China/Europe bandwidth package')
    """
    return f"a{'n' * (str(area_pair)[0] in 'AIO')} {area_pair} bandwidth package"


def buy_package(network: Network, instance: CenInstance, area_pair: AreaPair, mbps: float) -> str:
    """A package for an area pair; what it costs is the caller's to say."""
    label = stem(area_pair)
    return (
        f"{variable(label)} = alicloud.cen.BandwidthPackage(\n    {quoted(label)},\n    bandwidth={mbps:g},  # Mbps to buy\n"
        f"    geographic_region_a_id={quoted(area_pair.first)},\n    geographic_region_b_id={quoted(area_pair.second)},\n"
        f'    payment_type="PrePaid",  # bought at once; "PostPaid" needs an allow-listed account\n'
        f"    period=1,\n    auto_renew=True,\n{provided(provider_of(network, instance), 'protect=True')})\n"
    )


def attach_package(network: Network, instance: CenInstance, package: str, package_id: str) -> str:
    """The attachment of a package."""
    return (
        f"{variable(package)}_attachment = alicloud.cen.BandwidthPackageAttachment(\n    {quoted(f'{package}-attachment')},\n"
        f"    instance_id={entity_id(instance)},\n    bandwidth_package_id={package_id},\n"
        f"{provided(provider_of(network, instance))})\n"
    )


def limit(network: Network, instance: CenInstance, pair: RegionPair, attachment: str | None, mbps: float) -> str:
    """A bandwidth limit for a pair of Basic regions, ordered as the service wants it."""
    waits = [attachment] if attachment else []
    for region in pair.names:
        here = [item for item in instance.index.attachments.get(region, []) if item.declared]
        waits += [holder(here[0])] if here else []
    waiting = f"depends_on=[{', '.join(waits)}]"
    return (
        f"alicloud.cen.BandwidthLimit(\n    {quoted(f'{pair.first}-{pair.second}')},\n    instance_id={entity_id(instance)},\n"
        f"    region_ids=[{quoted(pair.first)}, {quoted(pair.second)}],\n    bandwidth_limit={mbps:g},\n"
        f"{provided(provider_of(network, instance), waiting)})\n"
    )


def router_id(router: TransitRouter) -> str:
    """The expression for a router's own id, which is not the id of its resource."""
    return f"{variable(router.name)}.transit_router_id" if router.declared else quoted(router.id or "<id>")


def peer(network: Network, instance: CenInstance, pair: RegionPair, package_id: str | None, mbps: float) -> str:
    """A peer between two Enterprise regions, on a package or paid by traffic."""
    local, far = (next(item for item in instance.routers if item.region == region) for region in pair.names)
    billing = (
        f'    bandwidth_type="BandwidthPackage",\n    cen_bandwidth_package_id={package_id},\n'
        if package_id
        else '    bandwidth_type="DataTransfer",  # paid by traffic\n'
    )
    return (
        f"alicloud.cen.TransitRouterPeerAttachment(\n    {quoted(f'{pair.first}-{pair.second}')},\n    cen_id={entity_id(instance)},\n"
        f"    transit_router_id={router_id(local)},\n    peer_transit_router_id={router_id(far)},\n"
        f"    peer_transit_router_region_id={quoted(pair.second)},\n{billing}    bandwidth={mbps:g},\n"
        f"{provided(provider_of(network, local))})\n"
    )


def has_routers(instance: CenInstance, pair: RegionPair) -> bool:
    """Whether a peer can be written down for a pair: both regions have a router that has a name or an id, and take peers."""
    return all(takes_peers(region) and any(item.region == region for item in instance.routers) for region in pair.names)


def connect(
    network: Network, instance: CenInstance, pairs: Sequence[RegionPair], package: str, mbps: float = EXAMPLE_MBPS
) -> str:
    """Limits between Basic regions, peers where an end is Enterprise; nothing for a pair that lacks a router for that.

    `package` is the variable of the package attachment that they draw on.
    """
    enterprise = instance.index.enterprise
    drawing = f"{package}.bandwidth_package_id"
    parts: list[str] = []
    for pair in pairs:
        basic = pair.first not in enterprise and pair.second not in enterprise
        carrier = _carrier(instance, pair)
        if isinstance(carrier, BandwidthLimit) and basic:
            parts.append(inside(carrier, depends_on(package)))
        elif isinstance(carrier, Peer):
            parts.append(inside(carrier, f"cen_bandwidth_package_id={drawing}"))
        elif basic:
            parts.append(limit(network, instance, pair, package, mbps))
        elif has_routers(instance, pair):
            parts.append(peer(network, instance, pair, drawing, mbps))
    return "".join(sorted(parts, key=lambda part: part.startswith("#")))


def _carrier(instance: CenInstance, pair: RegionPair) -> BandwidthLimit | Peer | None:
    """The limit or peer that the input declares for a pair."""
    carriers = (*instance.index.limits.get(pair, ()), *instance.index.peers.get(pair, ()))
    return next((item for item in carriers if item.declared), None)


def serve(network: Network, instance: CenInstance, area_pair: AreaPair, pairs: Sequence[RegionPair]) -> str | None:
    """Everything an area pair needs: the package, its attachment, and Mbps for the pairs; nothing where they cannot get any."""
    chosen = pairs[:MOST_PAIRS]
    name = stem(area_pair)
    mbps = connect(network, instance, chosen, f"{variable(name)}_attachment")
    if not mbps:
        return None
    carriers = [_carrier(instance, pair) for pair in chosen]
    size = sum(EXAMPLE_MBPS if carrier is None or carrier.mbps is None else carrier.mbps for carrier in carriers)
    return (
        buy_package(network, instance, area_pair, max(LEAST_PACKAGE, ceil(size)))
        + attach_package(network, instance, name, f"{variable(name)}.id")
        + mbps
    )


def use(
    network: Network,
    instance: CenInstance,
    package: BandwidthPackage,
    pairs: Sequence[RegionPair],
    attachment: str | None,
) -> str | None:
    """Mbps for pairs, drawn on a package that is there; attached first where it is not; nothing when it is full."""
    chosen = pairs[:MOST_PAIRS]
    head = ""
    if attachment is None:
        head = attach_package(network, instance, package.name, entity_id(package))
        attachment = f"{variable(package.name)}_attachment"
    left = room(network, package)
    share = min(EXAMPLE_MBPS, int((EXAMPLE_MBPS * len(chosen) if left is None else left) // max(1, len(chosen))))
    mbps = connect(network, instance, chosen, attachment, share) if share >= 1 else ""
    return head + mbps if mbps else None


def fund(network: Network, instance: CenInstance, area_pair: AreaPair, connections: Sequence[Connection]) -> str | None:
    """Mbps for pairs of one area pair: from the package that is attached, from one that could be, or from a new one."""
    if network.catalogue.unsold(area_pair):
        return None
    pairs = [connection.regions for connection in connections]
    attached = instance.index.packages.get(area_pair, [])
    if attached:
        return use(network, instance, attached[0].package, pairs, variable(attached[0].name)) if attached[0].urn else None
    nearest = next((item for item in connections if item.disposition is Disposition.NOT_ATTACHED), None)
    if nearest is not None:
        return use(network, instance, nearest.packages[0], pairs, None)
    return serve(network, instance, area_pair, pairs)


NO_PEER = (
    "no peer joins a region of Cloud Connect Networks, whose router no program can declare: "
    "the service's console gives {pairs} Mbps, or a bandwidth limit does where the other region is Basic Edition"
)


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
