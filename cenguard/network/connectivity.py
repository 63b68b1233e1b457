"""One disposition, with its proof, for every pair of regions attached to one CEN instance.

Rules, `explain`, reports and the map read it from here. The dispositions and their order are those of the rule
catalogue: the first condition that holds decides.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import combinations
from typing import cast

import msgspec

from cenguard.geography.areas import MAINLAND, AreaPair
from cenguard.geography.catalogue import Doubt
from cenguard.geography.regions import RegionPair, region_pair, surrounding
from cenguard.network import (
    BY_PACKAGE,
    BandwidthLimit,
    BandwidthPackage,
    Blocker,
    CenInstance,
    InstanceIndex,
    Network,
    PackageAttachment,
    Peer,
)
from cenguard.network.drawing import is_beside_another, speaks, weigh
from cenguard.network.faults import limit_faults, peer_faults


class Disposition(StrEnum):
    """What connects a pair of regions."""

    SAME_REGION = "same_region"
    CCN_FREE = "ccn_free"
    OVERDRAWN = "overdrawn"
    FUNDED = "funded"
    PAY_BY_TRAFFIC = "pay_by_traffic"
    OUTSIDE = "outside"
    BROKEN = "broken"
    UNALLOCATED = "unallocated"
    UNDETERMINED = "undetermined"
    WRONG_AREA = "wrong_area"
    OTHER_INSTANCE = "other_instance"
    NOT_ATTACHED = "not_attached"
    NO_PACKAGE = "no_package"


COVERED = frozenset({Disposition.FUNDED, Disposition.PAY_BY_TRAFFIC, Disposition.CCN_FREE, Disposition.OUTSIDE})
"""Dispositions of a pair that carries traffic."""
REACHING = COVERED | {Disposition.OVERDRAWN}
"""Dispositions of a pair whose regions are not cut off: of what draws on a package that is too small, something works."""
SERVED_BY_PACKAGE = frozenset({Disposition.FUNDED, Disposition.OUTSIDE, Disposition.OVERDRAWN})
"""Dispositions that hang on the package being usable."""
REPORTED_ELSEWHERE = frozenset({Disposition.UNALLOCATED, Disposition.BROKEN})
"""A package is there, and another rule says what is missing."""
UNCONNECTED = frozenset(
    {
        Disposition.NO_PACKAGE,
        Disposition.NOT_ATTACHED,
        Disposition.OTHER_INSTANCE,
        Disposition.WRONG_AREA,
        Disposition.UNALLOCATED,
    }
)
"""Dispositions of a pair at the test bandwidth, or with no connection at all."""


class Connection(msgspec.Struct, kw_only=True, eq=False):
    """A pair of attached regions and what connects it."""

    regions: RegionPair
    span: AreaPair | Doubt
    disposition: Disposition
    mbps: float | None = None
    carriers: tuple[BandwidthLimit | Peer, ...] = ()
    """Limits and peers declared for the pair."""
    packages: tuple[BandwidthPackage, ...] = ()
    """The packages it is served by, or the nearest misses."""
    faults: tuple[str, ...] = ()
    """Codes of the rules that say why a carrier cannot work."""
    blocker: Blocker | None = None
    may_be_served: bool = False
    """Of an undetermined pair: whether it could turn out to have a package or a peer by traffic."""


class InstanceConnectivity(msgspec.Struct, kw_only=True, eq=False):
    """All pairs of one instance."""

    instance: CenInstance
    connections: Mapping[RegionPair, Connection]
    by_region: Mapping[str, tuple[Connection, ...]]
    isolated: frozenset[str] = frozenset()
    uncovered: Mapping[str, Blocker | None] = {}
    """Isolated regions that no attached package could serve; with a blocker where that is not certain."""

    def by_span(self, connections: Iterable[Connection]) -> dict[AreaPair | None, list[Connection]]:
        """Connections grouped by area pair, in order; those whose area is in doubt under None."""
        found: dict[AreaPair | None, list[Connection]] = {}
        for connection in connections:
            span = connection.span if isinstance(connection.span, AreaPair) else None
            found.setdefault(span, []).append(connection)
        return found


def connectivity_of(network: Network) -> Mapping[CenInstance, InstanceConnectivity]:
    """Each instance's connectivity, worked out once for a network."""
    known = network.derived.get("connectivity")
    if known is None:
        found = {instance: connect(network, instance) for instance in network.instances}
        if network.alternatives:
            from cenguard.network.alternatives import settled

            found = settled(network, found)
        known = network.derived["connectivity"] = found
    return cast("Mapping[CenInstance, InstanceConnectivity]", known)


def needs_no_package(first: str, second: str) -> bool:
    """Whether two regions never ask for a package: one region, or a CCN and its own region.

    Source: https://help.aliyun.com/en/cen/user-guide/associate-a-ccn-instance-with-a-transit-router
    """
    return surrounding(first) == surrounding(second)


def connect(network: Network, instance: CenInstance) -> InstanceConnectivity:
    """Work out the pairs of one instance."""
    index = instance.index
    connections: dict[RegionPair, Connection] = {}
    by_region: dict[str, list[Connection]] = {region: [] for region in index.regions}
    for first, second in combinations(index.regions, 2):
        if needs_no_package(first, second):
            continue
        pair = region_pair(first, second)
        connection = connections[pair] = _Pair(network, instance, index, pair).decide()
        by_region[first].append(connection)
        by_region[second].append(connection)
    reached = {region for pair, connection in connections.items() if connection.disposition in REACHING for region in pair}
    isolated = frozenset([region for region, around in by_region.items() if around and region not in reached])
    return InstanceConnectivity(
        instance=instance,
        connections=connections,
        by_region={region: tuple(items) for region, items in by_region.items()},
        isolated=isolated,
        uncovered=_uncovered(index, by_region, isolated),
    )


def _uncovered(
    index: InstanceIndex, by_region: Mapping[str, list[Connection]], isolated: frozenset[str]
) -> dict[str, Blocker | None]:
    found: dict[str, Blocker | None] = {}
    for region in sorted(isolated):
        around = by_region[region]
        if any(item.disposition in REPORTED_ELSEWHERE for item in around):
            continue
        blocker = next((item.blocker for item in around if item.may_be_served), None)
        if blocker is None and index.regionless and _reaches_beyond(index, region):
            blocker = index.regionless[0].region_blocker
        found[region] = blocker
    return found


def _reaches_beyond(index: InstanceIndex, region: str) -> bool:
    """Whether a limit joins the region with one that is not known to be attached."""
    return any(region in pair and pair.other(region) not in index.attachments for pair in index.limits)


class _Pair:
    """One pair of regions while it is decided."""

    def __init__(self, network: Network, instance: CenInstance, index: InstanceIndex, regions: RegionPair) -> None:
        self.network, self.instance, self.index, self.regions = network, instance, index, regions
        self.span = network.catalogue.span(regions)
        self.limits = index.limits.get(regions, [])
        self.peers = index.peers.get(regions, [])
        self.attached: list[PackageAttachment] = index.packages.get(self.span, []) if isinstance(self.span, AreaPair) else []

    def say(
        self,
        disposition: Disposition,
        *,
        mbps: float | None = None,
        packages: Iterable[BandwidthPackage] = (),
        faults: tuple[str, ...] = (),
        blocker: Blocker | None = None,
    ) -> Connection:
        packages = tuple(packages)
        if disposition in SERVED_BY_PACKAGE and (locked := next((item for item in packages if item.locked), None)):
            disposition, mbps, blocker = Disposition.UNDETERMINED, None, locked_blocker(locked)
        return Connection(
            regions=self.regions,
            span=self.span,
            disposition=disposition,
            mbps=mbps,
            carriers=(*self.limits, *self.peers),
            packages=packages,
            faults=faults,
            blocker=blocker,
            may_be_served=disposition is Disposition.UNDETERMINED and self._may_be_served(),
        )

    def _may_be_served(self) -> bool:
        """Whether anything attached, or declared for the pair, could serve it once the open value is known.

        An area in doubt alone cannot: without any package that might join it, the pair has none, whatever its area is.
        """
        if not isinstance(self.span, Doubt) or not self.instance.whole or self.peers or self.index.unplaced_carriers:
            return True
        if any(item.instance.may_be(self.instance) for item in self.network.loose_package_attachments):
            return True
        places = [self.network.catalogue.place(region) for region in self.regions.names]
        firm = [place for place in places if isinstance(place, str)]
        return any(
            item.package.area_pair is None or all(place in item.package.area_pair for place in firm)
            for item in self.instance.packages
        )

    def decide(self) -> Connection:
        return self._leaving() or self._free_for_ccn() or self._carried() or self._idle() or self._in_doubt() or self._missing()

    def _leaving(self) -> Connection | None:
        """What hangs on an instance, or draws on a package, that this update deletes carries nothing."""
        if self.instance.leaves:
            return self.say(Disposition.BROKEN, packages=[item.package for item in self.attached], faults=("CEN408",))
        if self.attached and self.limits and all(item.package.leaves for item in self.attached):
            return self.say(Disposition.BROKEN, packages=[item.package for item in self.attached], faults=("CEN404",))
        return None

    def _free_for_ccn(self) -> Connection | None:
        ccn = self.index.ccn_only
        first, second = self.regions.names
        if (first in ccn) == (second in ccn) or not isinstance(self.span, AreaPair) or self.span.names != (MAINLAND, MAINLAND):
            return None
        other = second if first in ccn else first
        if other in self.index.enterprise:
            return None
        router = self.index.unplaced_router
        if router is not None:  # it may make the other region an Enterprise one
            return self.say(Disposition.UNDETERMINED, blocker=router.region_blocker)
        return self.say(Disposition.CCN_FREE)

    def _carried(self) -> Connection | None:
        """The dispositions overdrawn, funded, pay_by_traffic, outside and broken."""
        if not self.limits and not self.peers:
            return self._vouched() if self.attached else None
        if not self.instance.identified:
            return None
        funded: list[BandwidthLimit | Peer] = []
        by_traffic: list[Peer] = []
        faults: set[str] = set()
        if self.attached:
            for limit in self.limits:
                found = limit_faults(self.network, limit)
                faults.update(found)
                if not found:
                    funded.append(limit)
        for peer in self.peers:
            draws = not peer.by_traffic and any(item.package is peer.package for item in self.attached)
            if not draws and not peer.by_traffic:
                continue
            found = peer_faults(peer)
            faults.update(found)
            if not found:
                (funded if draws else by_traffic).append(peer)
        if funded:
            packages = [item.package for item in self.attached]
            outside = all(package.from_inventory for package in packages)
            carrying = self._in_doubt_about(funded)
            if carrying is not None:
                return self.say(Disposition.UNDETERMINED, packages=packages, blocker=carrying)
            if self._is_overdrawn(funded):
                return self.say(Disposition.OVERDRAWN, packages=packages)
            return self.say(Disposition.OUTSIDE if outside else Disposition.FUNDED, mbps=_sum(funded), packages=packages)
        if by_traffic:
            return self.say(Disposition.PAY_BY_TRAFFIC, mbps=_sum(by_traffic))
        if faults:
            return self.say(Disposition.BROKEN, packages=[item.package for item in self.attached], faults=tuple(sorted(faults)))
        return self._vouched() if self.attached else None

    def _is_overdrawn(self, carriers: Iterable[BandwidthLimit | Peer]) -> bool:
        """Whether more is drawn than there is on a package that one of the carriers draws on (CEN208)."""
        drawn_on = [
            package
            for carrier in carriers
            for package in ([carrier.package] if isinstance(carrier, Peer) else [item.package for item in self.attached])
            if package is not None and (isinstance(carrier, Peer) or not is_beside_another(package))
        ]
        return any(speaks(package) and weigh(self.network, package).exceeds for package in drawn_on)

    def _in_doubt_about(self, carriers: Iterable[BandwidthLimit | Peer]) -> Blocker | None:
        """Why the carriers that seem to work may not: an Enterprise router of unknown region, or an unknown billing."""
        router = self.index.unplaced_router
        if router is not None and all(isinstance(item, BandwidthLimit) for item in carriers):
            return router.region_blocker
        return None

    def _vouched(self) -> Connection | None:
        """A package that an inventory declares covers a pair of an instance from elsewhere: its limit may stand there."""
        vouching = [item.package for item in self.attached if item.package.from_inventory]
        if vouching and not self.instance.whole:
            return self.say(Disposition.OUTSIDE, packages=vouching)
        return None

    def _idle(self) -> Connection | None:
        if not self.attached:
            return None
        packages = [item.package for item in self.attached]
        blocker = self._maybe_carried()
        if blocker is not None:
            return self.say(Disposition.UNDETERMINED, packages=packages, blocker=blocker)
        return self.say(Disposition.UNALLOCATED, packages=packages)

    def _maybe_carried(self) -> Blocker | None:
        """Why a limit or peer may yet draw on the attached package for this pair."""
        if not self.instance.whole:
            return self.instance.blocker
        for peer in self.peers:
            blocker = peer.billing_blocker or (peer.package.areas_blocker if peer.package else None)
            if blocker:
                return blocker
        for carrier in self.index.unplaced_carriers:
            blocker = carrier.regions_blocker if isinstance(carrier, BandwidthLimit) else carrier.region_blocker
            if blocker:
                return blocker
        for carrier in self.network.loose_carriers:
            if carrier.instance.may_be(self.instance) and carrier.pair in (None, self.regions):
                return carrier.instance.blocker
        return None

    def _in_doubt(self) -> Connection | None:
        blocker = self._doubt()
        return self.say(Disposition.UNDETERMINED, blocker=blocker) if blocker else None

    def _doubt(self) -> Blocker | None:
        if isinstance(self.span, Doubt):
            return doubt_blocker(self.span)
        if not self.instance.whole:
            return self.instance.blocker
        for item in self.index.unplaced_packages:
            if item.package.areas_blocker:
                return item.package.areas_blocker
        for peer in self.peers:
            if peer.package and peer.package.areas_blocker:
                return peer.package.areas_blocker
            if peer.billing_blocker:
                return peer.billing_blocker
        for item in self.network.loose_package_attachments:
            if item.instance.may_be(self.instance) and item.package.area_pair in (None, self.span):
                return item.instance.blocker
        for carrier in self.index.unplaced_carriers:  # a peer by traffic needs no package
            if isinstance(carrier, Peer) and carrier.by_traffic:
                return carrier.region_blocker
        for carrier in self.network.loose_carriers:
            if isinstance(carrier, Peer) and carrier.by_traffic and carrier.instance.may_be(self.instance):
                return carrier.instance.blocker
        return None

    def _missing(self) -> Connection:
        span = self.span
        named = [peer.package for peer in self.peers if peer.package and peer.package.area_pair not in (None, span)]
        if named:
            return self.say(Disposition.WRONG_AREA, packages=named)
        only = self.instance.packages
        if (
            len(only) == 1
            and only[0].package.area_pair
            and only[0].package.area_pair not in needed_spans(self.network, self.instance)
        ):
            return self.say(Disposition.WRONG_AREA, packages=[only[0].package])
        candidates = self.network.packages_by_area_pair.get(span, []) if isinstance(span, AreaPair) else []
        elsewhere = [item for item in candidates if item.attached]
        if elsewhere:
            return self.say(Disposition.OTHER_INSTANCE, packages=elsewhere)
        idle = [item for item in candidates if not item.from_inventory]
        if idle:
            return self.say(Disposition.NOT_ATTACHED, packages=idle)
        return self.say(Disposition.NO_PACKAGE)


def doubt_blocker(doubt: Doubt) -> Blocker:
    """An area that the catalogue does not settle, as something a verdict hangs on."""
    return Blocker(f"area {doubt.region}", doubt.reason, "a row for it in a file given with --areas would settle it")


def locked_blocker(package: BandwidthPackage) -> Blocker:
    """A package that the service has locked covers nothing for certain.

    Source: DescribeCenBandwidthPackages, `BusinessStatus`.
    """
    return Blocker(
        f"lock {package.address}",
        f"package {package.label} is locked ({package.locked}, as {package.locked_source} says), and whether it still carries its pairs is not known",
        "once it is unlocked, a new inventory would settle it",
    )


def needed_spans(network: Network, instance: CenInstance) -> frozenset[AreaPair | Doubt]:
    """The area pairs that the attached regions of an instance could need bandwidth for."""
    known = network.derived.setdefault("needed", {})
    found = known.get(instance)
    if found is None:
        regions = instance.index.regions
        found = known[instance] = frozenset(
            network.catalogue.span(region_pair(first, second))
            for first, second in combinations(regions, 2)
            if not needs_no_package(first, second)
        )
    return cast("frozenset[AreaPair | Doubt]", found)


def _sum(carriers: Iterable[BandwidthLimit | Peer]) -> float | None:
    total: float | None = None
    for carrier in carriers:
        if carrier.mbps is None:
            return None
        total = (total or 0) + carrier.mbps
    return total


def unpaid(peer: Peer) -> bool:
    """Whether a peer is billed by package and names none: the test bandwidth.

    Source: https://help.aliyun.com/document_detail/262717.html, `CenBandwidthPackageId`.
    """
    return peer.package is None and peer.billing in (None, BY_PACKAGE) and peer.billing_blocker is None
