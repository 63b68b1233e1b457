"""What a network is made of: instances, attachments, packages, limits, routers and peers.

Entities compare by identity, and are filled once. They are structs of msgspec: an input has ten thousand of them.
"""

from functools import cached_property

import msgspec

from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair, is_ccn
from cenguard.network.blocker import Blocker


class Entity(msgspec.Struct, kw_only=True, eq=False):
    """Anything with an address: a resource of the input, or something that is only known by its id."""

    urn: str | None = None
    """URN where the input holds the resource, or reads it."""
    id: str | None = None
    name: str = ""
    called: str = ""
    """What sentences call it where others have its name too; else empty."""
    type: str | None = None
    declared: bool = False
    """Whether it is a resource that the input manages."""
    stands: bool = False
    """Whether its old state equals its new one, or it is imported: what only foresees a refusal is silent then."""

    @property
    def address(self) -> str:
        """URN, else id, else the name it is known by."""
        return self.urn or self.id or self.name

    @property
    def label(self) -> str:
        """How messages call it: its name or id will do, unless others have that name too."""
        return self.called or self.name or self.id or self.address

    @property
    def plain(self) -> str:
        """Its name, else its id, whatever else is called so: for what programs read."""
        return self.name or self.id or self.address


class CenInstance(Entity, kw_only=True, eq=False, dict=True):
    """A CEN instance, with everything that names it."""

    identified: bool = True
    """False when the input does not tell which instance this is."""
    blocker: Blocker | None = None
    """What hangs on the instance not being here; None for one that is wholly in the input."""
    candidates: tuple["CenInstance", ...] = ()
    """Of an instance that is not identified: the ones it may be; empty when it may be any."""
    elsewhere: bool = False
    """Of an instance that is not identified: its value comes from another stack, so it is none of this one."""
    is_new: bool = False
    """Whether the update makes it: nothing of it stands yet."""
    exists: bool = False
    """Whether it was there before this update, as it is now or otherwise."""
    twins: tuple[str, ...] = ()
    """URNs under which other stacks of the input hold it, too."""
    complete: bool = False
    packages_told: bool = True
    """Whether an inventory says that it names all its attachments and packages; and whether a stack without any says so."""
    leaves: str | None = None
    """URN of the resource that it was: the update deletes or replaces it, while something still hangs on it."""
    shared: bool = False
    """Whether settings say that other stacks attach to it or buy for it."""
    whole: bool = False
    """Whether all its attachments and packages are in the input or in an inventory: absence is certain."""
    attachments: list["Attachment"] = []
    routers: list["TransitRouter"] = []
    packages: list["PackageAttachment"] = []
    limits: list["BandwidthLimit"] = []
    peers: list["Peer"] = []
    basic: frozenset[str] = frozenset()
    """Regions whose router is Basic Edition, as an inventory says."""

    @cached_property
    def index(self) -> "InstanceIndex":
        """What belongs to the instance, by region and pair; made once, when the network is assembled."""
        return InstanceIndex(self)

    @property
    def carriers(self) -> "tuple[BandwidthLimit | Peer, ...]":
        """Its limits and its peers."""
        return (*self.limits, *self.peers)

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
        "_instance",
        "_standing",
        "_urns_in",
        "attachments",
        "ccn_only",
        "enterprise",
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
        made: list[str] = []
        for attachment in instance.attachments:
            region = attachment.region
            if attachment.makes_router and region and not is_ccn(region):
                made.append(region)
            if attachment.misplaced:
                continue
            if region is None:
                self.regionless.append(attachment)
            elif region in self.attachments:
                self.attachments[region].append(attachment)
            else:
                self.attachments[region] = [attachment]
        self.ccn_only = frozenset(
            region
            for region, items in self.attachments.items()
            if is_ccn(region)
            or (items[0].kind == "CCN" and all(item.kind == "CCN" and (item.stands or not item.declared) for item in items))
        )
        """Regions where nothing but Cloud Connect Networks is attached; a new one in a plain region is misplaced, or none."""
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
            [
                *made,
                *[
                    router.region
                    for router in instance.routers
                    if router.declared and router.region and not is_ccn(router.region)
                ],
            ]
        )
        """Regions with a transit router resource, or with an attachment that the service makes one for; CCN regions are Basic.

        Source: https://help.aliyun.com/en/cen/product-overview/regions-and-zones-that-support-transit-router
        """
        unplaced: list[TransitRouter | Attachment] = [item for item in instance.routers if item.declared and item.region is None]
        unplaced += [item for item in self.regionless if item.makes_router]
        self.unplaced_router = unplaced[0] if unplaced else None
        """One of which the region is not known: a router, or an attachment that the service makes one for."""
        joined = {region for peer in instance.peers if peer.pair is not None for region in peer.pair.names}
        self.regions = tuple(sorted({*self.attachments, *joined}))
        """The attached regions: those of attachments, and those of the routers that peers join."""
        self._instance = instance
        self._standing: frozenset[str] | None = None
        self._urns_in: dict[str, frozenset[str]] = {}

    def urns_in(self, region: str) -> frozenset[str]:
        """URNs of the attachments in a region."""
        found = self._urns_in.get(region)
        if found is None:
            found = self._urns_in[region] = frozenset([item.urn for item in self.attachments.get(region, ()) if item.urn])
        return found

    @property
    def standing(self) -> frozenset[str]:
        """Attached regions that the update does not add; few ask."""
        if self._standing is None:
            attached = [region for region, items in self.attachments.items() if any(item.stands for item in items)]
            joined = [peer.pair.names for peer in self._instance.peers if peer.stands and peer.pair is not None]
            self._standing = frozenset([*attached, *(region for names in joined for region in names)])
        return self._standing


class TransitRouter(Entity, kw_only=True, eq=False):
    """One region's router of an instance."""

    instance: CenInstance
    region: str | None = None
    region_blocker: Blocker | None = None
    provider: str = ""
    """URN of the provider, which says its region."""
    leaves: str | None = None
    """URN of one that the update deletes or replaces while something stays on it."""
    out_of_date: Blocker | None = None
    """Why what names it is not on the router that it was made for: the state is not what is there."""


class Attachment(Entity, kw_only=True, eq=False):
    """A network joined to an instance: directly, or through a transit router."""

    instance: CenInstance
    kind: str
    """VPC, VBR, CCN, VPN or ECR."""
    region: str | None = None
    region_blocker: Blocker | None = None
    direct: bool = True
    router: TransitRouter | None = None
    """The router it is attached through, where the input holds it."""
    names_instance: bool = True
    """False when a router attachment does not set its CEN instance."""
    network: str | None = None
    """Address of the network."""
    makes_router: bool = False
    """Whether the service makes an Enterprise router for it, where the region has none.

    Source: CreateTransitRouterVpcAttachment, `CenId`: without a router's id.
    """
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
    area_awaited: bool = False
    """Whether one area alone is set, to a value that is not known yet."""
    misspelt: tuple[str, ...] = ()
    """Area words that the service does not know."""
    mbps: float | None = None
    mbps_blocker: Blocker | None = None
    mbps_note: str = ""
    """Since when it holds that, where an inventory tells of an upgrade for a time that is over."""
    may_be_none: bool = False
    """Whether nobody knows yet which one is named, and it may be none."""
    from_inventory: bool = False
    retained: bool = False
    """Whether it leaves the program and stays in the cloud."""
    locked: str | None = None
    """The service's word for why it is locked, where a state or an inventory says so."""
    locked_source: str = ""
    """Who says so: `the state` or `the inventory`."""
    payment: str | None = None
    """PrePaid or PostPaid where said."""
    period: int | None = None
    auto_renew: bool | None = None
    protected: bool = False
    is_new: bool = False
    """Whether the update buys it."""
    replaced: bool = False
    """Whether the change makes a new one in its place."""
    leaves: str | None = None
    """URN of the resource that it was: the update deletes or replaces it, while something still hangs on it."""
    out_of_date: Blocker | None = None
    """Why it is not the package that its attachment was made from: the state is not what is there."""
    in_use: bool = False
    """Whether the state says that it is attached; it does not say so of every package that is."""
    twins: tuple["BandwidthPackage", ...] = ()
    """The same package as other stacks of the input hold it, each with its own URN and protection."""
    attached: list["PackageAttachment"] = []
    drawn_by: list["BandwidthLimit | Peer"] = []
    """Limits and peers that take Mbps from it."""

    def may_join(self, area_pair: AreaPair) -> bool:
        """Whether it joins these areas, or could turn out to: each of its areas that is known is one of them."""
        if self.area_pair is not None:
            return self.area_pair == area_pair
        return all(area in area_pair or area in self.misspelt for area in self.areas)

    def areas_blocker_for(self, area_pair: AreaPair) -> Blocker | None:
        """Why it cannot be told whether it joins these areas; None where its areas tell."""
        return self.areas_blocker if self.areas_blocker is not None and self.may_join(area_pair) else None

    @property
    def stands_elsewhere(self) -> bool:
        """Whether it is there without being a resource of the input."""
        return self.from_inventory or self.retained


class PackageAttachment(Entity, kw_only=True, eq=False):
    """A package attached to an instance."""

    instance: CenInstance
    is_new: bool = False
    """Whether the update makes it."""
    replaced: bool = False
    """Whether the change makes a new one in its place."""
    package: BandwidthPackage
    """A package of its own, with `areas_blocker`, when the input does not tell which one is meant."""


class BandwidthLimit(Entity, kw_only=True, eq=False):
    """Mbps for one pair of regions on Basic Edition."""

    instance: CenInstance
    proves: bool = False
    """Whether the service has accepted it, so that its package and its ends are there."""
    regions: tuple[str, ...] = ()
    """The region ids that are known, as given."""
    pair: RegionPair | None = None
    """None while a region is unknown, or when one region is named twice."""
    within_one_region: bool = False
    regions_blocker: Blocker | None = None
    mbps: float | None = None
    mbps_blocker: Blocker | None = None

    @property
    def gives_nothing(self) -> bool:
        """Whether it is known to be 0 Mbps or less: the pair stays at the test bandwidth, as without it.

        Source: SetCenInterRegionBandwidthLimit, page of 2026-09-29: 0 deletes the limit.
        """
        return self.mbps is not None and self.mbps <= 0


class Peer(Entity, kw_only=True, eq=False):
    """An Enterprise connection between the routers of two regions."""

    instance: CenInstance
    proves: bool = False
    """Whether the service has accepted it, so that its package and its ends are there."""
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
    link_blocker: Blocker | None = None

    @property
    def by_traffic(self) -> bool:
        """Whether it is billed by traffic."""
        return self.billing == DATA_TRANSFER

    def region_at(self, *, far: bool) -> str | None:
        """The region of one of its ends: that of the router there, else the declared one."""
        if not far:
            return self.local_region
        return (self.far.region if self.far is not None else None) or self.declared_region


DATA_TRANSFER = "DataTransfer"
BY_PACKAGE = "BandwidthPackage"
"""Billing of a peer. Source: https://help.aliyun.com/document_detail/262717.html, `BandwidthType`."""
