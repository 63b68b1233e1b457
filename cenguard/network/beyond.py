"""Whether a region may be reached by a pair that is not among those of its instance, since something is not known.

The other end of the pair may be attached after all, or a limit or peer may be of the instance, or join other regions than
those that are known.
"""

from collections.abc import Collection, Iterator, Sequence

from cenguard.geography.areas import AreaPair
from cenguard.geography.catalogue import Doubt
from cenguard.geography.regions import RegionPair, region_pair
from cenguard.network import BandwidthLimit, BandwidthPackage, Blocker, CenInstance, Network, Peer
from cenguard.network.dispositions import REACHING, Disposition, unpaid
from cenguard.network.faults import may_be_attached_still, peer_faults
from cenguard.network.once import once, once_each
from cenguard.network.region_pair import PairOfRegions
from cenguard.network.standing import before

Carrier = BandwidthLimit | Peer


def way_beyond(
    network: Network,
    instance: CenInstance,
    region: str,
    loose: Sequence[Carrier],
    wanted: Collection[Disposition] = REACHING,
) -> Blocker | None:
    """Why a region may be reached by a pair that is not among those of the instance: its other end is not known to be attached.

    A limit may join it with the region of a network, and a peer with that of a router, of which something is not known. The pair
    would have a wanted disposition if both its ends were attached, or could. `loose` may be of the instance, or of another one.
    """
    index = instance.index
    unplaced = [item for item in (*index.unplaced_carriers, *loose) if item.pair is None]
    for pair in dict.fromkeys(_pairs_of_limits(network, instance, region, loose, unplaced)):
        hidden = may_be_attached_still(network, instance, pair.other(region))
        beyond = PairOfRegions(network, instance, index, pair).decide() if hidden is not None else None
        if beyond is not None and (beyond.disposition in wanted or beyond.may_be_served):
            return hidden
    for item in loose:
        if isinstance(item, Peer) and not unpaid(item) and item.pair is not None and region in item.pair:
            return item.instance.blocker
    for item in unplaced:
        if (blocker := _may_lead_anywhere(network, instance, region, item)) is not None:
            return blocker
    return None


def draws_beyond(network: Network, instance: CenInstance, area_pair: AreaPair) -> Blocker | None:
    """Why something may draw on an instance's package though nothing of the instance names it.

    A peer that stands names one that is not known, as a secret is; or a limit may be of the instance, and each end of its pair is
    attached, or may be.
    """
    for pair, peers in instance.index.peers.items():
        for peer in peers:
            named = None if peer.by_traffic else peer.package
            if named is None or named.urn is not None or named.id is not None or network.catalogue.area_pair(pair) != area_pair:
                continue
            if (blocker := named.areas_blocker_for(area_pair)) is not None:
                return blocker
    attached = instance.index.attachments
    for item in loose_of(network, instance):
        if isinstance(item, BandwidthLimit) and item.pair is not None and not item.gives_nothing:
            ends = [end for end in item.pair.names if end not in attached]
            if ends and network.catalogue.area_pair(item.pair) == area_pair:
                hidden = [may_be_attached_still(network, instance, end) for end in ends]
                if None not in hidden:
                    return item.instance.blocker
    return None


def _pairs_of_limits(
    network: Network, instance: CenInstance, region: str, loose: Sequence[Carrier], unplaced: Sequence[Carrier]
) -> Iterator[RegionPair]:
    """The pairs with a region that limits give, or may give, Mbps, and whose other end is not attached for certain."""
    index = instance.index
    others = [item.pair for item in loose if isinstance(item, BandwidthLimit) and not item.gives_nothing]
    for pair in (*index.limits, *others):
        if pair is not None and region in pair and pair.other(region) not in index.attachments:
            yield pair
    ends: list[str] = []
    for item in unplaced:
        if isinstance(item, BandwidthLimit) and not item.gives_nothing:
            ends += item.regions if set(item.regions) - {region} else _hidden(network, instance)
    yield from (region_pair(region, end) for end in ends if end != region and end not in index.attachments)


@once_each
def _hidden(network: Network, instance: CenInstance) -> tuple[str, ...]:
    """Regions of networks that may be attached to an instance, though they seem to be attached to another."""
    found: dict[str, None] = {}
    for other in network.unidentified:
        if other.may_be(instance):
            found.update(dict.fromkeys(other.index.attachments))
    return tuple(found)


def _may_lead_anywhere(network: Network, instance: CenInstance, region: str, item: Carrier) -> Blocker | None:
    """Why a limit or peer of which a region is not known may join a region with one that nobody knows."""
    if isinstance(item, Peer):
        ends = {item.local_region, item.region_at(far=True)}
        known = ends - {None, region}
        if unpaid(item) or (None not in ends and region not in ends):
            return None
        if item.package is not None and not _may_serve(network, item.package, region, *known):
            return None
        return item.region_blocker if item.instance is instance else item.instance.blocker
    if item.gives_nothing or set(item.regions) - {region} or not _is_anywhere(network, instance):
        return None
    there = (*instance.packages, *(found for found in network.loose_package_attachments if found.instance.may_be(instance)))
    served = before(network, item) is not None or any(_may_serve(network, found.package, region) for found in there)
    return may_be_attached_still(network, instance) if served else None


def _is_anywhere(network: Network, instance: CenInstance) -> bool:
    """Whether a network of unknown region is, or may be, attached to an instance."""
    others = (other for other in network.unidentified if other.may_be(instance))
    return bool(instance.index.regionless) or any(other.index.regionless for other in others)


def _may_serve(network: Network, package: BandwidthPackage, *regions: str | None) -> bool:
    """Whether a package may join the areas of a region and of another one, of one that is not known where none is given."""
    areas = [network.catalogue.area_of(region) for region in regions if region is not None]
    return package.area_pair is None or all(isinstance(area, Doubt) or area in package.area_pair for area in areas)


def loose_of(network: Network, instance: CenInstance) -> list[Carrier]:
    """Limits and peers that may be of an instance, though they seem to be of another: one of those that are alike."""
    first = (next((item for item in alike if item.instance.may_be(instance)), None) for alike in _kinds(network))
    return [item for item in first if item is not None]


@once
def _kinds(network: Network) -> list[list[Carrier]]:
    found: dict[tuple[object, ...], list[Carrier]] = {}
    for item in network.loose_carriers:
        unpaid_peer = isinstance(item, Peer) and unpaid(item)
        kind = (type(item), item.pair, carries(network, item), unpaid_peer, _known_of(item))
        found.setdefault(kind, []).append(item)
    return list(found.values())


def _known_of(item: Carrier) -> object:
    """What is known of where one leads of which a region is not known."""
    if item.pair is not None:
        return None
    if isinstance(item, BandwidthLimit):
        return item.regions
    return item.local_region, item.region_at(far=True), item.package.address if item.package is not None else None


def carries(network: Network, item: Carrier) -> bool:
    """Whether a limit or peer would carry something on the instance that it may turn out to be of."""
    return not (item.gives_nothing if isinstance(item, BandwidthLimit) else unpaid(item) or peer_faults(network, item))
