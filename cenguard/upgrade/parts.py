"""What the new network is made of: attachments, peers and packages, each with what of today it comes from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, count

from cenguard.findings.upgrade_answer import Billing, Fate
from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair
from cenguard.network import BandwidthPackage, Blocker
from cenguard.upgrade.before import Held, PairToday, Today

_STRANGE = re.compile(r"[^A-Za-z0-9_-]+")
PACKAGE, TRAFFIC, AS_IS = "package", "traffic", "as-is"
"""Who pays. Source of the first two: CreateTransitRouterPeerAttachment, `BandwidthType`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NewAttachment:
    """A network at the router of its region, or a CCN that stays."""

    held: Held
    key: str
    """What it is called in the new network: unique, and fit for a name."""
    zones: Mapping[str, str] | None
    """vSwitch (URN, else id) by zone; None: too few are known."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NewPeer:
    """An inter-region connection."""

    pair: PairToday
    mbps: float | None
    """None: hangs on what is not known."""
    by_traffic: bool
    package: BandwidthPackage | None
    """What it draws on; None by traffic, and where that is not known."""
    blocker: Blocker | None = None
    """What its Mbps hang on."""

    @property
    def regions(self) -> RegionPair:
        """Its two ends."""
        return self.pair.regions


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OldPackage:
    """A package that is attached to the instance today."""

    package: BandwidthPackage
    drawn: float
    """Mbps that limits draw today."""
    fate: Fate


def keys_of(held: Iterable[Held], regions: Iterable[str]) -> dict[str, str]:
    """A key for each network by its address, after the name that the input has for it.

    No key reads like a region or a pair of regions, which name routers and peers, nor like what is named after one of these or another key.
    """
    taken = names_after((), regions)
    found: dict[str, str] = {}
    for item in held:
        wanted = plain_name(item.name) or item.kind.lower()
        every = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
        key = next(key for key in every if taken.isdisjoint(_after(key)))
        taken |= {*_after(key)}
        found[item.address] = key
    return found


def names_after(keys: Iterable[str], regions: Iterable[str]) -> set[str]:
    """What resources of the new network are called after networks, by their keys, and after regions: behind the network's own name."""
    ends = sorted(set(regions))
    pairs = [f"{a}-{b}{end}" for a, b in combinations(ends, 2) for end in ("", f"-{a}", f"-{b}")]
    return {*(f"{end}-table" for end in ends), *(name for key in (*keys, *ends, *pairs) for name in _after(key))}


def _after(key: str) -> tuple[str, str, str]:
    return key, f"{key}-in", f"{key}-learned"


def plain_name(text: str) -> str:
    """A text as a name that every language takes, and as a key that a component does.

    >>> plain_name('net["prod::a"]'), plain_name("vpc-1"), plain_name("_shop")
    ('net-prod-a', 'vpc-1', 'shop')
    """
    return _STRANGE.sub("-", text).strip("-_")


def new_peers(today: Today, billing: Billing) -> tuple[NewPeer, ...]:
    """A peer for each pair of regions that has Mbps today, or may have some."""
    return tuple(_peer(today, pair, billing) for pair in today.pairs if pair.joined)


def _peer(today: Today, pair: PairToday, billing: Billing) -> NewPeer:
    package = package_of(today, pair)
    if pair.of_a_ccn:  # not documented, and none is offered by traffic
        return NewPeer(pair=pair, mbps=None, by_traffic=False, package=package)
    by_traffic = billing == TRAFFIC or (billing == AS_IS and package is not None and _is_overdrawn(today, package))
    return NewPeer(
        pair=pair,
        mbps=pair.mbps,
        by_traffic=by_traffic,
        package=None if by_traffic else package,
        blocker=pair.blocker if pair.mbps is None else None,
    )


def package_of(today: Today, pair: PairToday) -> BandwidthPackage | None:
    """The package that the limits of a pair draw on; None where none of the instance is of its areas, or several are."""
    area_pair = today.network.catalogue.area_pair(pair.regions)
    if not isinstance(area_pair, AreaPair):
        return None
    found = {id(item.package): item.package for item in today.instance.index.packages.get(area_pair, ())}
    return next(iter(found.values())) if len(found) == 1 else None


def _is_overdrawn(today: Today, package: BandwidthPackage) -> bool:
    return package.mbps is not None and today.drawn.get(package, 0) > package.mbps


def old_packages(today: Today, peers: Iterable[NewPeer]) -> tuple[OldPackage, ...]:
    """What becomes of the packages, by address."""
    by_package = [item for item in peers if not item.by_traffic]
    found = [OldPackage(package=item, drawn=drawn, fate=_fate(today, item, by_package)) for item, drawn in today.drawn.items()]
    return tuple(sorted(found, key=lambda item: item.package.address))


def _fate(today: Today, package: BandwidthPackage, peers: Iterable[NewPeer]) -> Fate:
    drawing = [item for item in peers if item.package is package]
    if package.mbps is not None and sum(item.mbps or 0 for item in drawing) > package.mbps:
        return "too-small"
    return "kept" if drawing or any(_may_draw(today, item, package) for item in peers) else "idle"


def _may_draw(today: Today, peer: NewPeer, package: BandwidthPackage) -> bool:
    """Whether a peer whose package is not known may draw on one: its areas, or those of the peer's regions, are not certain."""
    if peer.package is not None:
        return False
    catalogue = today.network.catalogue
    area_pair, held = catalogue.area_pair(peer.regions), package.area_pair
    if held is None or isinstance(area_pair, AreaPair):
        return held is None or held == area_pair
    places = [catalogue.area_of(region) for region in peer.regions.names]
    return all(place in held for place in places if isinstance(place, str))
