"""What draws on a package, and how much of that is certain.

A peer draws on the package it names and a limit on the package of its area pair, however broken either is otherwise.
Two limits of one pair draw once: the smaller is certain, the larger is possible. The sums serve CEN208, the disposition
*overdrawn*, the room that is left, and the map.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from cenguard.geography.areas import AreaPair
from cenguard.geography.catalogue import Doubt
from cenguard.network import BandwidthLimit, BandwidthPackage, Blocker, CenInstance, Network, Peer, identity, mbps_text
from cenguard.network.once import once_each

Carrier = BandwidthLimit | Peer


class Drawn(msgspec.Struct, kw_only=True, eq=False):
    """How much is drawn on one package."""

    committed: float = 0
    """Mbps that are drawn for certain."""
    carriers: tuple[Carrier, ...] = ()
    """What draws that."""
    exceeds: bool = False
    """Whether more is drawn than the package holds, for certain."""
    blocker: Blocker | None = None
    """What the sum, or the size of the package, hangs on; None where both are known, or where it exceeds anyway."""


@once_each
def weigh(_network: Network, package: BandwidthPackage) -> Drawn:
    """What is drawn on a package."""
    return _weigh(package)


def speaks(package: BandwidthPackage) -> bool:
    """Whether what is drawn on a package is the input's to mend: the package, or something that draws on it, is its own."""
    return package.declared or any(item.declared for item in package.drawn_by)


def is_beside_another(package: BandwidthPackage) -> bool:
    """Whether an instance has a second package for its area pair: nobody knows on which one a limit draws (CEN204)."""
    area_pair = package.area_pair
    if area_pair is None:
        return False
    for attached in package.attached:
        here = attached.instance.index.packages.get(area_pair, ())
        if len(here) > 1 and any(item.package is not package for item in here):
            return True
    return False


def room(network: Network, package: BandwidthPackage) -> float | None:
    """Mbps of a package that nothing draws; None where its size is not known."""
    return None if package.mbps is None else max(0, package.mbps - weigh(network, package).committed)


def is_full(network: Network, packages: Iterable[BandwidthPackage]) -> bool:
    """Whether none of some packages has a whole Mbps left."""
    rooms = [room(network, package) for package in packages]
    return bool(rooms) and all(item is not None and item < 1 for item in rooms)


def carrier_in_doubt(network: Network, instance: CenInstance, area_pair: AreaPair) -> Blocker | None:
    """Why a limit or peer may draw on an instance's package of an area pair: its regions, or its instance, are not known."""
    for item in instance.index.unplaced_carriers:
        blocker = item.regions_blocker if isinstance(item, BandwidthLimit) else item.region_blocker
        if blocker is not None and _may_draw(network, item, area_pair):
            return blocker
    for item in network.loose_carriers:
        if item.instance.may_be(instance) and _may_draw(network, item, area_pair):
            return item.instance.blocker
    return None


def _may_draw(network: Network, item: Carrier, area_pair: AreaPair) -> bool:
    """Whether a limit or peer could draw on a package of an area pair, as far as its own values tell."""
    if isinstance(item, Peer):
        if item.by_traffic or (item.package is not None and not item.package.may_join(area_pair)):
            return False
        known = [name for name in (item.local_region,) if name is not None]
    elif item.gives_nothing:
        return False
    else:
        known = list(item.regions)
    if item.pair is not None:
        needed = network.catalogue.area_pair(item.pair)
        return isinstance(needed, Doubt) or needed == area_pair
    areas = [network.catalogue.area_of(name) for name in known]
    return all(isinstance(area, Doubt) or area in area_pair for area in areas)


def draws(carriers: Iterable[Carrier]) -> list[tuple[Carrier, ...]]:
    """Limits and peers by what draws together: the limits of one pair on one instance, and each peer."""
    found: dict[Any, list[Carrier]] = {}
    for item in carriers:
        key = (id(item.instance), item.pair) if isinstance(item, BandwidthLimit) else id(item)
        found.setdefault(key, []).append(item)
    return [tuple(items) for items in found.values()]


def used(carriers: Iterable[Carrier]) -> float | None:
    """Mbps drawn, the larger of two limits for one pair; None while one is not known."""
    total = 0.0
    for items in draws(carriers):
        for item in items:
            if item.mbps is None:
                return None
        total += max(item.mbps or 0 for item in items)
    return total


def _weigh(package: BandwidthPackage) -> Drawn:
    carriers = package.drawn_by
    if len(carriers) == 1 and (drawn := _alone(package, carriers[0])) is not None:  # nearly always
        return drawn
    if is_beside_another(package):  # peers name theirs
        carriers = [item for item in carriers if isinstance(item, Peer)]
    if not carriers:
        return Drawn()
    certain: list[Carrier] = []
    committed = possible = 0.0
    doubtful: tuple[Carrier, ...] = ()
    for items in draws(carriers):
        sizes = [item.mbps for item in items if item.mbps is not None]
        if not sizes or _is_loose(items[0]):
            continue
        if len(sizes) < len(items):
            possible += max(sizes)
            continue
        least = min(items, key=lambda item: item.mbps or 0)
        certain.append(least)
        committed += least.mbps or 0
        possible += max(sizes)
        if len(set(sizes)) > 1:
            doubtful = items
    if package.mbps is None:
        return Drawn(committed=committed, carriers=tuple(certain), blocker=package.mbps_blocker)
    alone = [item for item in carriers if (item.mbps or 0) > package.mbps and not _is_loose(item)]
    if alone or committed > package.mbps:
        if committed <= package.mbps:
            certain, committed = alone[:1], alone[0].mbps or 0
        return Drawn(committed=committed, carriers=tuple(certain), exceeds=True)
    blocker = _twins(doubtful) if doubtful and possible > package.mbps else _blocker(package, carriers, committed)
    return Drawn(committed=committed, carriers=tuple(certain), blocker=blocker)


def _alone(package: BandwidthPackage, item: Carrier) -> Drawn | None:
    """What one limit or peer draws on a package that nothing else can draw on; None where there is more to weigh."""
    if item.mbps is None or package.mbps is None or len(package.attached) != 1 or not item.instance.identified:
        return None
    if _is_loose(item):
        return None
    index = package.attached[0].instance.index
    if index.unplaced_carriers or package.area_pair is None or len(index.packages[package.area_pair]) > 1:
        return None
    return Drawn(committed=item.mbps, carriers=(item,), exceeds=item.mbps > package.mbps)


def _is_loose(item: Carrier) -> bool:
    """Whether a limit may draw on another package, or a peer, paid by traffic after all, on none."""
    return item.billing_blocker is not None if isinstance(item, Peer) else not item.instance.identified


def _looseness(item: Carrier) -> Blocker | None:
    return item.billing_blocker if isinstance(item, Peer) else identity(item.instance)


def _twins(items: tuple[Carrier, ...]) -> Blocker:
    names = " and ".join(f"{item.label} ({mbps_text(item.mbps)})" for item in items)
    return Blocker(
        f"limits {' '.join(item.address for item in items)}",
        f"limits {names} give one pair its Mbps, and which one the service keeps is not known",
        "keep one of them",
    )


def _blocker(package: BandwidthPackage, carriers: Iterable[Carrier], committed: float) -> Blocker | None:
    """What the sum hangs on: a size that is unknown, or a limit that may draw on another package."""
    loose = 0.0
    for item in carriers:
        if item.mbps is None and item.mbps_blocker:
            return item.mbps_blocker
        if _is_loose(item):
            loose += item.mbps or 0
    if loose and committed + loose > (package.mbps or 0):
        return next(filter(None, map(_looseness, carriers)), None)
    for attached in package.attached:
        for carrier in attached.instance.index.unplaced_carriers:
            if isinstance(carrier, BandwidthLimit) and committed + (carrier.mbps or 1) > (package.mbps or 0):
                return carrier.regions_blocker
    return None
