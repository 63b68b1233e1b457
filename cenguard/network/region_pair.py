"""One pair of attached regions while its disposition is decided: the first condition that holds."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from cenguard.geography.areas import MAINLAND, AreaPair
from cenguard.geography.catalogue import Doubt
from cenguard.geography.regions import RegionPair, region_pair
from cenguard.network import (
    BandwidthLimit,
    BandwidthPackage,
    Blocker,
    CenInstance,
    InstanceIndex,
    Network,
    PackageAttachment,
    Peer,
)
from cenguard.network.dispositions import (
    SERVED_BY_PACKAGE,
    Connection,
    Disposition,
    doubt_blocker,
    locked_blocker,
    needs_no_package,
)
from cenguard.network.drawing import is_beside_another, room, speaks, weigh
from cenguard.network.faults import limit_faults, peer_faults
from cenguard.network.once import once, once_each
from cenguard.network.standing import before, may_be_bought, may_prove_still, pairs_beyond, proof_blocker, proof_of, proves

UNALLOCATED, UNDETERMINED = Disposition.UNALLOCATED, Disposition.UNDETERMINED
"""Looked up once: every pair is compared with them."""


class PairOfRegions:
    """One pair of regions while it is decided."""

    def __init__(self, network: Network, instance: CenInstance, index: InstanceIndex, regions: RegionPair) -> None:
        self.network, self.instance, self.index, self.regions = network, instance, index, regions
        self.area_pair = network.catalogue.area_pair(regions)
        self.limits = [item for item in index.limits.get(regions, ()) if not item.gives_nothing]
        self.peers = index.peers.get(regions, [])
        self.attached: list[PackageAttachment] = (
            index.packages.get(self.area_pair, []) if isinstance(self.area_pair, AreaPair) else []
        )

    def say(
        self,
        disposition: Disposition,
        *,
        mbps: float | None = None,
        packages: Iterable[BandwidthPackage] = (),
        faults: tuple[str, ...] = (),
        blocker: Blocker | None = None,
    ) -> Connection:
        """The pair with a disposition."""
        packages = tuple(packages)
        if disposition in SERVED_BY_PACKAGE and (locked := next((item for item in packages if item.locked), None)):
            disposition, mbps, blocker = Disposition.UNDETERMINED, None, locked_blocker(locked)
        return Connection(
            regions=self.regions,
            area_pair=self.area_pair,
            disposition=disposition,
            mbps=mbps,
            carriers=(*self.limits, *self.peers),
            packages=packages,
            faults=faults,
            blocker=blocker,
            room=self._room(packages) if disposition is UNALLOCATED else None,
            may_be_served=disposition is UNDETERMINED and self._may_be_served(),
        )

    def _room(self, packages: Iterable[BandwidthPackage]) -> float | None:
        rooms = [room(self.network, package) for package in packages]
        known = [item for item in rooms if item is not None]
        return max(known) if len(known) == len(rooms) and known else None

    def _may_be_served(self) -> bool:
        """Whether anything attached, or declared for the pair, could serve it once the open value is known.

        An area in doubt alone cannot: without any package that might join it, the pair has none, whatever its area is.
        """
        if not isinstance(self.area_pair, Doubt) or not self.instance.whole or self.index.unplaced_carriers:
            return True
        if any(item.instance.may_be(self.instance) for item in self.network.loose_package_attachments):
            return True
        places = [self.network.catalogue.area_of(region) for region in self.regions.names]
        firm = [place for place in places if isinstance(place, str)]
        named = [None if peer.by_traffic or peer.billing_blocker else peer.package for peer in self.peers]
        return any(
            package is None or package.area_pair is None or all(place in package.area_pair for place in firm)
            for package in (*named, *[item.package for item in self.instance.packages])
        )

    def decide(self) -> Connection:
        """The first disposition whose condition holds."""
        return (
            self._leaving()
            or self._free_for_ccn()
            or self._carried()
            or self._unallocated()
            or self._in_doubt()
            or self._missing()
        )

    def _leaving(self) -> Connection | None:
        """What hangs on an instance, or draws on a package, that this update deletes carries nothing."""
        if self.instance.leaves:
            return self.say(Disposition.BROKEN, packages=[item.package for item in self.attached], faults=("CEN408",))
        if not self.attached and (self.limits or any(not peer.by_traffic for peer in self.peers)):
            old = next((item.package.out_of_date for item in self.instance.packages if item.package.out_of_date), None)
            if old is not None:
                return self.say(Disposition.UNDETERMINED, blocker=old)
        late = next((item for peer in self.peers for item in (peer.local, peer.far) if item and item.out_of_date), None)
        if late is not None and not self.limits:
            return self.say(Disposition.UNDETERMINED, blocker=late.out_of_date)
        drawn = self.limits or any(peer.package is not None and peer.package.leaves for peer in self.peers)
        if self.attached and drawn and all(item.package.leaves for item in self.attached):
            return self.say(Disposition.BROKEN, packages=[item.package for item in self.attached], faults=("CEN404",))
        return None

    def _free_for_ccn(self) -> Connection | None:
        ccn = self.index.ccn_only
        first, second = self.regions.names
        if (
            (first in ccn) == (second in ccn)
            or not isinstance(self.area_pair, AreaPair)
            or self.area_pair.names != (MAINLAND, MAINLAND)
        ):
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
            found = peer_faults(self.network, peer)
            faults.update(found)
            if not found:
                (funded if draws else by_traffic).append(peer)
        if funded:
            packages = [item.package for item in self.attached]
            carrying = self._in_doubt_about(funded)
            if carrying is not None:
                return self.say(Disposition.UNDETERMINED, packages=packages, blocker=carrying)
            if self._is_overdrawn(funded):
                return self.say(Disposition.OVERDRAWN, packages=packages)
            outside = all(package.stands_elsewhere for package in packages)
            return self.say(Disposition.OUTSIDE if outside else Disposition.FUNDED, mbps=_sum(funded), packages=packages)
        if by_traffic:
            refused = [peer.package.areas_blocker if peer.package and peer.package.may_be_none else None for peer in by_traffic]
            if None not in refused:
                return self.say(Disposition.UNDETERMINED, blocker=refused[0])
            return self.say(Disposition.PAY_BY_TRAFFIC, mbps=_sum(by_traffic))
        standing = self._standing()
        if standing is not None:
            return standing
        if faults:
            return self.say(Disposition.BROKEN, packages=[item.package for item in self.attached], faults=tuple(sorted(faults)))
        return self._vouched() if self.attached else None

    def _standing(self) -> Connection | None:
        """A limit or peer that stands without its package in the input: the package is there all the same."""
        carriers: list[BandwidthLimit | Peer] = [item for item in self.limits if not limit_faults(self.network, item)]
        carriers += [item for item in self.peers if not peer_faults(self.network, item)]
        proving = [item for item in carriers if proves(self.network, item)]
        if not proving:
            return None
        if not self.network.leaving.told:
            return self.say(Disposition.UNDETERMINED, blocker=proof_blocker(self.network, proving[0]))
        packages = {id(item.package): item.package for item in proving if isinstance(item, Peer) and item.package}
        room = not any(self._is_raised(item) for item in proving)  # whether a package that nobody sees holds more is not known
        return self.say(Disposition.OUTSIDE, mbps=_sum(proving) if room else None, packages=packages.values())

    def _is_raised(self, item: BandwidthLimit | Peer) -> bool:
        old = None if item.proves else before(self.network, item)
        return old is not None and (old.mbps is None or item.mbps is None or item.mbps > old.mbps)

    def _is_overdrawn(self, carriers: Sequence[BandwidthLimit | Peer]) -> bool:
        """Whether more is drawn than there is on a package that one of the carriers draws on (CEN208)."""
        theirs = [carrier.package for carrier in carriers if isinstance(carrier, Peer) and carrier.package is not None]
        if not any(weigh(self.network, package).exceeds for package in (*[item.package for item in self.attached], *theirs)):
            return False  # nearly always
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

    def _unallocated(self) -> Connection | None:
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
            blocker = peer.billing_blocker or self._areas_blocker(peer)
            if blocker:
                return blocker
        for carrier in self.index.unplaced_carriers:
            blocker = carrier.regions_blocker if isinstance(carrier, BandwidthLimit) else carrier.region_blocker
            if blocker and self._may_be_of(carrier):
                return blocker
        for carrier in self.network.loose_carriers:
            if carrier.instance.may_be(self.instance) and carrier.pair in (None, self.regions):
                return carrier.instance.blocker
        return None

    def _may_be_of(self, carrier: BandwidthLimit | Peer) -> bool:
        """Whether a limit or peer of which not both regions are known may be of this pair: the one that is known is one of its own."""
        ends = carrier.regions if isinstance(carrier, BandwidthLimit) else (carrier.local_region, carrier.region_at(far=True))
        same = self.network.catalogue.may_be_one_region
        return all(end is None or end in self.regions or any(same(end, name) for name in self.regions) for end in ends)

    def _areas_blocker(self, peer: Peer) -> Blocker | None:
        """Why the package that a peer names may be of this area pair."""
        if peer.package is None or not isinstance(self.area_pair, AreaPair):
            return None
        return peer.package.areas_blocker_for(self.area_pair)

    def _in_doubt(self) -> Connection | None:
        blocker = self._doubt()
        return self.say(Disposition.UNDETERMINED, blocker=blocker) if blocker else None

    def _doubt(self) -> Blocker | None:
        if isinstance(self.area_pair, Doubt):
            return doubt_blocker(self.area_pair)
        if not self.instance.whole:
            return self.instance.blocker
        for item in self.index.unplaced_packages:
            if blocker := item.package.areas_blocker_for(self.area_pair):
                return blocker
        proof = proof_of(self.network, self.instance, self.area_pair)
        if proof is not None:
            return proof_blocker(self.network, proof)
        for peer in self.peers:
            blocker = self._areas_blocker(peer) or peer.billing_blocker
            if blocker:
                return blocker
        for item in self.network.loose_package_attachments:
            if item.instance.may_be(self.instance) and item.package.area_pair in (None, self.area_pair):
                return item.instance.blocker
        for carrier in self.index.unplaced_carriers:
            if self._may_need_none(carrier):
                return carrier.regions_blocker if isinstance(carrier, BandwidthLimit) else carrier.region_blocker
        for carrier in _without_a_package(self.network):
            if carrier.instance.may_be(self.instance) and self._may_need_none(carrier):
                return carrier.instance.blocker
        return may_be_bought(self.network, self.instance, self.area_pair, self.regions)

    def _may_need_none(self, carrier: BandwidthLimit | Peer) -> bool:
        """Whether a limit or peer needs no package of the input: a peer by traffic, or one that may prove what stood before."""
        if isinstance(carrier, Peer) and carrier.by_traffic:
            return self._may_be_of(carrier)
        return isinstance(self.area_pair, AreaPair) and may_prove_still(self.network, carrier, self.instance, self.area_pair)

    def _missing(self) -> Connection:
        area_pair = self.area_pair
        named = [
            peer.package
            for peer in self.peers
            if peer.package and isinstance(area_pair, AreaPair) and not peer.package.may_join(area_pair)
        ]
        if named:
            return self.say(Disposition.WRONG_AREA, packages=named)
        only = self.instance.packages
        if (
            len(only) == 1
            and only[0].package.area_pair
            and only[0].package.area_pair not in needed_area_pairs(self.network, self.instance)
        ):
            return self.say(Disposition.WRONG_AREA, packages=[only[0].package])
        candidates = self.network.packages_by_area_pair.get(area_pair, []) if isinstance(area_pair, AreaPair) else []
        elsewhere = [item for item in candidates if item.attached]
        if elsewhere:
            return self.say(Disposition.OTHER_INSTANCE, packages=elsewhere)
        unattached = [item for item in candidates if not item.from_inventory and not item.leaves]
        if unattached:
            return self.say(Disposition.NOT_ATTACHED, packages=unattached)
        return self.say(Disposition.NO_PACKAGE)


@once
def _without_a_package(network: Network) -> list[BandwidthLimit | Peer]:
    """Limits and peers of an instance that is not known which may need no package of the input; of new limits there are none."""
    return [
        item
        for item in network.loose_carriers
        if (isinstance(item, Peer) and item.by_traffic) or before(network, item) is not None
    ]


@once_each
def needed_area_pairs(network: Network, instance: CenInstance) -> frozenset[AreaPair | Doubt]:
    """The area pairs that the attached regions of an instance could need bandwidth for."""
    return frozenset(
        network.catalogue.area_pair(region_pair(first, second))
        for first, second in (*combinations(instance.index.regions, 2), *(pair.names for pair in pairs_beyond(network, instance)))
        if not needs_no_package(first, second)
    )


def _sum(carriers: Iterable[BandwidthLimit | Peer]) -> float | None:
    total: float | None = None
    for carrier in carriers:
        if carrier.mbps is None:
            return None
        total = (total or 0) + carrier.mbps
    return total
