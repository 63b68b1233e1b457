"""What is declared: instances, attachments, packages, limits, routers and peers, joined with each other.

The model speaks the field's language; property names of the provider live in `readers.assembly` alone. Entities compare
by identity, and are filled once, while a network is assembled. They are structs of msgspec and not dataclasses because an
estate has ten thousand of them, and a struct is made several times faster.

Every reference leads to one instance object. Where the input does not tell which instance is meant, that object is not
*identified*: it stands for "whatever that value will be", and what rests on it is undetermined.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from cenguard.areas import AreaPair
from cenguard.bandwidth import Mbps
from cenguard.catalogue import Catalogue
from cenguard.order import Order
from cenguard.regions import RegionPair, is_ccn

if TYPE_CHECKING:
    from cenguard.details import Details


@dataclass(frozen=True, slots=True)
class Blocker:
    """A value that a verdict hangs on, and what would settle it."""

    key: str
    """What to group by: findings with one key hang on one value."""
    text: str
    """What is not known, and where it would come from."""
    settle: str = ""
    """What would settle it."""

    def __str__(self) -> str:
        return f"{self.text}; {self.settle}" if self.settle else self.text


class Entity(msgspec.Struct, kw_only=True, eq=False):
    """Anything with an address: a resource of the input, or something that is only known by its id."""

    urn: str | None = None
    """URN where the input holds the resource, or reads it."""
    id: str | None = None
    name: str = ""
    type: str | None = None
    declared: bool = False
    """Whether it is a resource that the input manages."""
    stands: bool = False
    """Whether its old state equals its new one: what only foresees a refusal by the service is silent then."""

    @property
    def address(self) -> str:
        """URN, else id, else the name it is known by."""
        return self.urn or self.id or self.name

    @property
    def label(self) -> str:
        """How messages call it: `core (alicloud:cen/instance:Instance)` is too long; `core` or its id will do."""
        return self.name or self.id or self.address


class CenInstance(Entity, kw_only=True, eq=False):
    """A CEN instance, with everything that names it."""

    identified: bool = True
    """False when the input does not tell which instance this is."""
    blocker: Blocker | None = None
    """What hangs on the instance not being here; None for one that is wholly in the input."""
    candidates: tuple["CenInstance", ...] = ()
    """Of an instance that is not identified: the ones it may be; empty when it may be any."""
    elsewhere: bool = False
    """Of an instance that is not identified: its value comes from another stack, so it is none of this one."""
    whole: bool = False
    """Whether all its attachments and packages are in the input or in an inventory: absence is certain."""
    attachments: list["Attachment"] = []
    routers: list["TransitRouter"] = []
    packages: list["PackageAttachment"] = []
    limits: list["BandwidthLimit"] = []
    peers: list["Peer"] = []
    _index: "InstanceIndex | None" = None

    @property
    def index(self) -> "InstanceIndex":
        """What belongs to the instance, by region and pair; made once, when the network is assembled."""
        if self._index is None:
            self._index = InstanceIndex(self)
        return self._index

    def may_be(self, other: "CenInstance") -> bool:
        """Whether this unidentified instance could turn out to be the other one."""
        if self.identified or self is other:
            return False
        if self.candidates:
            return other in self.candidates
        return not (self.elsewhere and other.declared)


def identity(instance: CenInstance) -> Blocker | None:
    """What hangs on not knowing which instance is meant."""
    return None if instance.identified else instance.blocker


class InstanceIndex:
    """What belongs to one instance, by region, pair of regions and area pair."""

    __slots__ = (
        "attachments",
        "ccn_only",
        "enterprise",
        "in_region",
        "limits",
        "packages",
        "peers",
        "regionless",
        "regions",
        "unplaced_carriers",
        "unplaced_packages",
        "unplaced_router",
    )  # fmt: skip

    def __init__(self, instance: CenInstance) -> None:
        self.attachments: dict[str, list[Attachment]] = {}
        self.regionless: list[Attachment] = []
        for attachment in instance.attachments:
            if attachment.misplaced:
                continue
            if attachment.region is None:
                self.regionless.append(attachment)
            else:
                self.attachments.setdefault(attachment.region, []).append(attachment)
        self.in_region = {
            region: frozenset([item.urn for item in items if item.urn]) for region, items in self.attachments.items()
        }
        """URNs of the attachments in a region."""
        self.ccn_only = frozenset(
            [
                region
                for region, items in self.attachments.items()
                if is_ccn(region) or (items[0].kind == "CCN" and all(item.kind == "CCN" for item in items))
            ]
        )
        """Regions where nothing but Cloud Connect Networks is attached."""
        self.limits: dict[RegionPair, list[BandwidthLimit]] = {}
        self.peers: dict[RegionPair, list[Peer]] = {}
        self.unplaced_carriers: list[BandwidthLimit | Peer] = []
        for limit in instance.limits:
            if limit.pair is not None:
                self.limits.setdefault(limit.pair, []).append(limit)
            elif not limit.within_one_region:
                self.unplaced_carriers.append(limit)
        for peer in instance.peers:
            if peer.pair is not None:
                self.peers.setdefault(peer.pair, []).append(peer)
            elif peer.region_blocker is not None:
                self.unplaced_carriers.append(peer)
        self.packages: dict[AreaPair, list[PackageAttachment]] = {}
        self.unplaced_packages: list[PackageAttachment] = []
        for item in instance.packages:
            if item.package.area_pair is not None:
                self.packages.setdefault(item.package.area_pair, []).append(item)
            else:
                self.unplaced_packages.append(item)
        self.enterprise = frozenset(
            router.region for router in instance.routers if router.declared and router.region and not is_ccn(router.region)
        )
        """Regions with a transit router resource; CCN regions are Basic always.

        Source: https://help.aliyun.com/en/cen/product-overview/regions-and-zones-that-support-transit-router
        """
        self.unplaced_router = next((router for router in instance.routers if router.declared and router.region is None), None)
        joined = {region for peer in instance.peers if peer.pair is not None for region in peer.pair.names}
        self.regions = tuple(sorted({*self.attachments, *joined}))
        """The attached regions: those of attachments, and those of the routers that peers join."""


class TransitRouter(Entity, kw_only=True, eq=False):
    """One region's router of an instance."""

    instance: CenInstance
    region: str | None = None
    region_blocker: Blocker | None = None
    provider: str = ""
    """URN of the provider, which says its region."""


class Attachment(Entity, kw_only=True, eq=False):
    """A network joined to an instance: directly, or through a transit router."""

    instance: CenInstance
    kind: str
    """VPC, VBR, CCN, VPN or ECR."""
    region: str | None = None
    region_blocker: Blocker | None = None
    direct: bool = True
    names_instance: bool = True
    """False when a router attachment does not set its CEN instance."""
    network: str | None = None
    """Address of the network."""
    misplaced: bool = False
    """Whether no network of its kind can be attached in its region: it counts for none."""


class BandwidthPackage(Entity, kw_only=True, eq=False):
    """Mbps bought for one area pair."""

    area_pair: AreaPair | None = None
    """None while an area is unknown, unset or misspelt."""
    areas: tuple[str, ...] = ()
    """The area words as given, known ones only."""
    areas_blocker: Blocker | None = None
    """Why the area pair cannot be told."""
    areas_listed: bool = False
    """Whether they are given as the deprecated list."""
    areas_incomplete: bool = False
    """Whether fewer than two areas are set."""
    misspelt: tuple[str, ...] = ()
    """Area words that the service does not know."""
    mbps: float | None = None
    mbps_blocker: Blocker | None = None
    from_inventory: bool = False
    payment: str | None = None
    """PrePaid or PostPaid where said."""
    period: int | None = None
    auto_renew: bool | None = None
    protected: bool = False
    replaced: bool = False
    """Whether the change makes a new one in its place."""
    attached: list["PackageAttachment"] = []
    drawn_by: list["BandwidthLimit | Peer"] = []
    """Limits and peers that take Mbps from it."""


class PackageAttachment(Entity, kw_only=True, eq=False):
    """A package attached to an instance."""

    instance: CenInstance
    replaced: bool = False
    """Whether the change makes a new one in its place."""
    package: BandwidthPackage
    """A package of its own, with `areas_blocker`, when the input does not tell which one is meant."""


class BandwidthLimit(Entity, kw_only=True, eq=False):
    """Mbps for one pair of regions on Basic Edition."""

    instance: CenInstance
    regions: tuple[str, ...] = ()
    """The region ids that are known, as given."""
    pair: RegionPair | None = None
    """None while a region is unknown, or when one region is named twice."""
    within_one_region: bool = False
    regions_blocker: Blocker | None = None
    mbps: float | None = None
    mbps_blocker: Blocker | None = None


class Peer(Entity, kw_only=True, eq=False):
    """An Enterprise connection between the routers of two regions."""

    instance: CenInstance
    names_instance: bool = True
    local: TransitRouter | None = None
    far: TransitRouter | None = None
    local_region: str | None = None
    declared_region: str | None = None
    """`peerTransitRouterRegionId` where it is known."""
    declares_region: bool = True
    declared_blocker: Blocker | None = None
    """Why the declared region is not known, though it is set."""
    region_blocker: Blocker | None = None
    pair: RegionPair | None = None
    billing: str | None = None
    """`bandwidthType` where it is set and known."""
    billing_blocker: Blocker | None = None
    package: BandwidthPackage | None = None
    """None when it names none."""
    mbps: float | None = None
    """None when it sets none, or while it is unknown."""
    mbps_blocker: Blocker | None = None
    link: str | None = None
    """`defaultLinkType` where it is set and known."""

    @property
    def by_traffic(self) -> bool:
        """Whether it is billed by traffic."""
        return self.billing == DATA_TRANSFER


DATA_TRANSFER = "DataTransfer"
BY_PACKAGE = "BandwidthPackage"
"""Billing of a peer. Source: https://help.aliyun.com/document_detail/262717.html, `BandwidthType`."""


@dataclass(eq=False, kw_only=True)
class Network:
    """Everything the input declares of Cloud Enterprise Networks, sorted by address."""

    catalogue: Catalogue
    instances: tuple[CenInstance, ...] = ()
    routers: tuple[TransitRouter, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    packages: tuple[BandwidthPackage, ...] = ()
    package_attachments: tuple[PackageAttachment, ...] = ()
    limits: tuple[BandwidthLimit, ...] = ()
    peers: tuple[Peer, ...] = ()
    order: Order = field(default_factory=lambda: Order(lambda _: (), ()))
    whole_stack: bool = True
    """False when the input hides resources: only rules about single resources may answer."""
    order_blockers: Mapping[str, Blocker] = field(default_factory=dict)
    """By the beginning of a URN, why the order of its stack cannot be told."""
    base_maker: "Callable[[], Network | None] | None" = None
    """Makes `base` when somebody asks for it."""
    base_is_given: bool = False
    """Whether `base` is another document, and not the state that this change starts from."""
    today: dt.date | None = None
    """The day of the check; None where nothing may hang on it."""
    details_maker: "Callable[[], Details] | None" = None
    """Makes `details` when somebody asks for them."""
    derived: dict[str, Any] = field(default_factory=dict)
    """What is worked out once from all this, such as connectivity, by the name of what works it out."""

    @cached_property
    def base(self) -> "Network | None":
        """What stood before the change; None where the input does not tell it. The network itself when nothing changes."""
        return self.base_maker() if self.base_maker else None

    @cached_property
    def details(self) -> "Details":
        """What single rules ask of single resources: terms of payment, zones, routes, tags."""
        from cenguard.details import Details

        return self.details_maker() if self.details_maker else Details()

    def order_blocker(self, urn: str) -> Blocker | None:
        """Why it cannot be told what a resource waits for."""
        return next((blocker for start, blocker in self.order_blockers.items() if urn.startswith(start)), None)

    @cached_property
    def unidentified(self) -> tuple[CenInstance, ...]:
        """Instances that the input does not identify."""
        return tuple(instance for instance in self.instances if not instance.identified)

    @cached_property
    def loose_package_attachments(self) -> tuple[PackageAttachment, ...]:
        """Package attachments that may belong to another instance than they seem to."""
        return tuple(item for instance in self.unidentified for item in instance.packages)

    @cached_property
    def loose_carriers(self) -> tuple["BandwidthLimit | Peer", ...]:
        """Limits and peers that may belong to another instance than they seem to."""
        found: list[BandwidthLimit | Peer] = []
        for instance in self.unidentified:
            found.extend(instance.limits)
            found.extend(instance.peers)
        return tuple(found)

    @cached_property
    def packages_by_area_pair(self) -> dict[AreaPair, list[BandwidthPackage]]:
        """Packages by the area pair they join, of those where it is certain."""
        found: dict[AreaPair, list[BandwidthPackage]] = {}
        for package in self.packages:
            if package.area_pair is not None:
                found.setdefault(package.area_pair, []).append(package)
        return found


def mbps_text(mbps: float | None) -> str:
    """Mbps for people: whole numbers without a point.

    >>> mbps_text(5.0), mbps_text(2.5), mbps_text(None)
    ('5 Mbps', '2.5 Mbps', 'unknown Mbps')
    """
    return "unknown Mbps" if mbps is None else f"{mbps:g} Mbps"


def whole(mbps: float | None) -> Mbps | float | None:
    """The number as reports write it: an integer where it is one."""
    return Mbps(int(mbps)) if mbps is not None and float(mbps).is_integer() else mbps
