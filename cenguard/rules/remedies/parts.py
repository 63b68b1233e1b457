"""The resources that fixes add, and how they name what is there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cenguard.findings.fix import Add, Draft, Options, Ref, Set, Value
from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair, takes_peers
from cenguard.network import (
    BY_PACKAGE,
    DATA_TRANSFER,
    BandwidthPackage,
    CenInstance,
    Entity,
    Network,
    PackageAttachment,
    TransitRouter,
)
from cenguard.network.details import PREPAID
from cenguard.network.once import once
from cenguard.network.surroundings import Left, Surroundings
from cenguard.resources import tokens
from cenguard.resources.addresses import is_address

_ODD = re.compile(r"[^\w-]+", re.ASCII)
_NOTHING: Mapping[str, Any] = {}
PROTECTED = Options(protect=True)


def plain(name: str) -> str:
    """A logical name that is an identifier of every language's configuration, and of Terraform.

    >>> plain('pair["home"]'), plain("2nd"), plain("")
    ('pair-home', 'r2nd', 'resource')
    """
    text = _ODD.sub("-", name).strip("-") or "resource"
    return text if text[0].isalpha() or text[0] == "_" else f"r{text}"


def added(name: str) -> str:
    """How a fix names a resource that it adds itself.

    >>> added("china-europe")
    'new:china-europe'
    """
    return f"new:{name}"


def id_of(entity: Entity) -> Value:
    """What names an instance or a package: its resource where the input has it, else its id; None where neither is known."""
    return Ref(entity.urn) if entity.urn else entity.id


def router_id(router: TransitRouter) -> Value:
    """What names a router, which is not the id of its resource."""
    return Ref(router.urn, "transitRouterId") if router.urn else router.id


def package_on(attachment: PackageAttachment) -> Value:
    """The id of an attached package, as its attachment hands it on: whoever takes it waits for the attachment."""
    return Ref(attachment.urn, "bandwidthPackageId") if attachment.urn else id_of(attachment.package)


def areas(package: BandwidthPackage, area_pair: AreaPair) -> Set:
    """The areas of a package, in the form that the program has for them."""
    first, second = area_pair.names
    listed: Value = (first, second)
    if package.areas_listed:
        return Set(urn=package.address, properties={"geographicRegionIds": listed})
    return Set(urn=package.address, properties={"geographicRegionAId": first, "geographicRegionBId": second})


def stem(area_pair: AreaPair) -> str:
    """The logical name of a package for an area pair."""
    return plain(f"{area_pair.first.lower()}-{area_pair.second.lower()}")


def provider_of(network: Network, instance: CenInstance) -> str | None:
    """The provider of what is added to an instance: its own, else that of the first thing of it that the input has."""
    here = (instance, *instance.packages, *instance.limits, *(item for item in instance.attachments if item.direct))
    first = next((item.urn for item in here if item.urn and item.declared), None)
    return network.surroundings.provider_of(first) if first else None


def buy(network: Network, instance: CenInstance, area_pair: AreaPair, mbps: int, draft: Draft) -> Add:
    """A package for an area pair: prepaid by the month, since pay-as-you-go needs an account that is listed for it."""
    return Add(
        name=draft.name(stem(area_pair)),
        type=tokens.PACKAGE,
        properties={
            "bandwidth": mbps,
            "geographicRegionAId": area_pair.first,
            "geographicRegionBId": area_pair.second,
            "paymentType": PREPAID,
            "period": 1,
            "autoRenew": True,
        },
        provider=provider_of(network, instance),
        options=PROTECTED,
    )


def attach(network: Network, instance: CenInstance, name: str, package: Value, draft: Draft) -> Add:
    """The attachment of a package that is called `name`."""
    return Add(
        name=draft.name(plain(f"{name}-attachment")),
        type=tokens.PACKAGE_ATTACHMENT,
        properties={"instanceId": id_of(instance), "bandwidthPackageId": package},
        provider=provider_of(network, instance),
    )


def ends(instance: CenInstance, pair: RegionPair) -> tuple[str, ...]:
    """The first attachment of the input in each region of a pair: what a limit waits for."""
    index = instance.index
    first = (next((item.urn for item in index.attachments.get(region, ()) if item.urn), None) for region in pair.names)
    return tuple(urn for urn in first if urn)


def limit(network: Network, instance: CenInstance, pair: RegionPair, mbps: int, waits: Iterable[str], draft: Draft) -> Add:
    """A bandwidth limit for a pair of Basic regions, in the order that the service wants.

    It has the name of one of this pair that the change deletes: under another name it would be deleted with that.
    """
    old = next((item for item in _limits_left(network).get(frozenset(pair.names), ()) if _is_of(item, instance)), None)
    return Add(
        name=_name(old, pair, draft),
        type=tokens.LIMIT,
        properties={"instanceId": id_of(instance), "regionIds": pair.names, "bandwidthLimit": mbps},
        provider=provider_of(network, instance),
        options=Options(depends_on=(*waits, *ends(instance, pair))),
    )


def _name(old: Left | None, pair: RegionPair, draft: Draft) -> str:
    """The name of what joins a pair; that of an old one is free, whatever another type has of that name."""
    name = draft.name(old.name if old else plain(f"{pair.first}-{pair.second}"))
    return old.name if old else name


@once
def _limits_left(network: Network) -> Mapping[frozenset[str], Sequence[Left]]:
    """The limits that the change deletes, by their regions."""
    found: dict[frozenset[str], list[Left]] = {}
    for item in network.surroundings.left.values():
        regions = item.values.get("regionIds") if item.type == tokens.LIMIT else None
        if isinstance(regions, (list, tuple)):
            found.setdefault(frozenset(map(str, regions)), []).append(item)
    return found


def _is_of(left: Left, instance: CenInstance) -> bool:
    source = left.sources.get("instanceId", ("", ""))[0]
    return source == instance.urn if source else left.values.get("instanceId") == instance.id


def routers_of(instance: CenInstance, pair: RegionPair) -> tuple[TransitRouter, TransitRouter] | None:
    """The routers that a peer of a pair joins; None where one is not known, or its region takes no peer."""
    found = [
        next((item for item in instance.routers if item.region == region and (item.urn or item.id)), None)
        for region in pair.names
    ]
    local, far = found
    return (local, far) if local and far and all(map(takes_peers, pair.names)) else None


def peer(network: Network, instance: CenInstance, pair: RegionPair, mbps: int, package: Value, draft: Draft) -> Add | None:
    """A peer between two Enterprise regions, on a package, or without one by traffic; None where it cannot be declared.

    It has the name of one between them that the change deletes, and its direction.
    """
    routers = routers_of(instance, pair)
    if routers is None:
        return None
    local, far = routers
    old = _peers_left(network).get(frozenset((local.urn or "", far.urn or "")))
    if old is not None and _routers(old)[0] == far.urn:
        local, far = far, local
    billing = {"bandwidthType": BY_PACKAGE, "cenBandwidthPackageId": package} if package else {"bandwidthType": DATA_TRANSFER}
    return Add(
        name=_name(old, pair, draft),
        type=tokens.PEER,
        properties={
            "cenId": id_of(instance),
            "transitRouterId": router_id(local),
            "peerTransitRouterId": router_id(far),
            "peerTransitRouterRegionId": far.region,
            "bandwidth": mbps,
            **billing,
        },
        provider=network.surroundings.provider_of(local.urn) if local.urn else None,
    )


@once
def _peers_left(network: Network) -> Mapping[frozenset[str], Left]:
    """The peers that the change deletes, by the routers that they joined."""
    return {frozenset(_routers(item)): item for item in network.surroundings.left.values() if item.type == tokens.PEER}


def _routers(left: Left) -> tuple[str, str]:
    """URNs of the routers that a peer joined; empty where the input does not hold them."""
    nothing = ("", "")
    return left.sources.get("transitRouterId", nothing)[0], left.sources.get("peerTransitRouterId", nothing)[0]


def named_again(urn: str, surroundings: Surroundings) -> str:
    """How a fix names a resource that may be one that it says again: by its URN where two of those have one name."""
    other = surroundings.left.get(urn)
    return urn if other is None or is_address(urn) or surroundings.left_names[other.name] > 1 else added(other.name)


def again(left: Left, surroundings: Surroundings, waits: Iterable[str] = ()) -> Add:
    """What the change deletes, as it was; `waits` is what it has to wait for besides."""

    def named(urn: str) -> str:
        return named_again(urn, surroundings)

    return Add(
        name=left.name,
        type=left.type,
        properties={
            key: Ref(named(left.sources[key][0]), left.sources[key][1]) if key in left.sources else _frozen(value)
            for key, value in sorted(left.values.items())  # a document promises no order
        },
        provider=left.provider,
        options=Options(depends_on=tuple(dict.fromkeys(named(urn) for urn in (*sorted(left.waits), *waits)))),
    )


def _frozen(value: Any) -> Value:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def setting(resource: str, properties: Mapping[str, Value] = _NOTHING, waits: Iterable[str] = ()) -> Set:
    """Properties of a resource, and what it has to wait for."""
    return Set(urn=resource, properties=properties, options=Options(depends_on=tuple(waits)))
