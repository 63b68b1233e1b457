"""What connects a pair of regions: the dispositions, in the order of the rule catalogue, and what each amounts to."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from cenguard.geography.areas import AreaPair
from cenguard.geography.catalogue import Doubt
from cenguard.geography.regions import RegionPair, surrounding
from cenguard.network import BY_PACKAGE, BandwidthLimit, BandwidthPackage, Blocker, CenInstance, Peer
from cenguard.resources.addresses import refreshing


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
    area_pair: AreaPair | Doubt
    disposition: Disposition
    mbps: float | None = None
    carriers: tuple[BandwidthLimit | Peer, ...] = ()
    """Limits and peers declared for the pair."""
    packages: tuple[BandwidthPackage, ...] = ()
    """The packages it is served by, or the nearest misses."""
    faults: tuple[str, ...] = ()
    """Codes of the rules that say why a carrier cannot work."""
    blocker: Blocker | None = None
    room: float | None = None
    """Of an unallocated pair: Mbps that are left of its packages; None where that is not known."""
    may_be_served: bool = False
    """Of an undetermined pair: whether it could turn out to have a package or a peer by traffic."""

    @property
    def area_names(self) -> tuple[str, str] | None:
        """The names of its areas; None where the catalogue does not settle them."""
        return None if isinstance(self.area_pair, Doubt) else self.area_pair.names


def needs_no_package(first: str, second: str) -> bool:
    """Whether two regions never ask for a package: one region, or a CCN and its own region.

    Source: https://help.aliyun.com/en/cen/user-guide/associate-a-ccn-instance-with-a-transit-router
    """
    return surrounding(first) == surrounding(second)


def doubt_blocker(doubt: Doubt) -> Blocker:
    """An area that the catalogue does not settle, as something a verdict hangs on."""
    name = "the right name, where this is a slip, or " if doubt.is_unlisted else ""
    return Blocker(f"area {doubt.region}", doubt.reason, f"{name}a row for it in a file given with --areas would settle it")


def locked_blocker(package: BandwidthPackage) -> Blocker:
    """A package that the service has locked covers nothing for certain.

    Source: DescribeCenBandwidthPackages, `BusinessStatus`.
    """
    return Blocker(
        f"lock {package.address}",
        f"package {package.label} is locked ({package.locked}, as {package.locked_source} says), and whether it still carries its pairs is not known",
        f"once it is unlocked, {'a new inventory' if package.locked_source == 'the inventory' else refreshing(package.urn)} would settle it",
    )


def unpaid(peer: Peer) -> bool:
    """Whether a peer is billed by package and names none: the test bandwidth.

    Source: https://help.aliyun.com/document_detail/262717.html, `CenBandwidthPackageId`.
    """
    return peer.package is None and peer.billing in (None, BY_PACKAGE) and peer.billing_blocker is None


class InstanceConnectivity(msgspec.Struct, kw_only=True, eq=False):
    """All pairs of one instance."""

    instance: CenInstance
    connections: Mapping[RegionPair, Connection]
    by_region: Mapping[str, tuple[Connection, ...]]
    isolated: frozenset[str] = frozenset()
    uncovered: Mapping[str, Blocker | None] = {}
    """Isolated regions that no attached package could serve; with a blocker where that is not certain."""
    ways_beyond: Mapping[str, Blocker] = {}
    """Isolated regions that may be reached by a pair that is not among the connections, with what that hangs on."""
    loose: frozenset[RegionPair | None] = frozenset()
    """Pairs of limits and peers that may be of this instance though they seem to be of another; None where one's is not known."""

    @property
    def cut_off(self) -> frozenset[str]:
        """Isolated regions of which that is certain: none of their pairs is undetermined."""
        return frozenset(filter(self.is_settled, self.isolated))

    def is_settled(self, region: str) -> bool:
        """Whether it is certain what a region reaches: none of its pairs is undetermined, and there is no way beyond them."""
        undetermined = Disposition.UNDETERMINED
        around = self.by_region.get(region, ())
        return region not in self.ways_beyond and all(item.disposition is not undetermined for item in around)

    def another_way(self, region: str) -> Blocker | None:
        """Why an isolated region may be reached all the same: a limit or peer of one of its undetermined pairs may carry something."""
        loose = None in self.loose or bool(self.instance.index.unplaced_carriers) or not self.instance.whole
        for item in self.by_region[region]:
            if item.may_be_served and (item.carriers or loose or item.regions in self.loose):
                return item.blocker
        return self.ways_beyond.get(region)

    def by_area_pair(self, connections: Iterable[Connection]) -> dict[AreaPair | None, list[Connection]]:
        """Connections grouped by area pair, in order; those whose area is in doubt under None."""
        found: dict[AreaPair | None, list[Connection]] = {}
        for connection in connections:
            area_pair = connection.area_pair if isinstance(connection.area_pair, AreaPair) else None
            found.setdefault(area_pair, []).append(connection)
        return found
