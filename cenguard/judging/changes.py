"""What a change costs and takes away: packages bought, peers paid by traffic, pairs that lose or shrink."""

from collections.abc import Mapping

from cenguard.findings.report import Cut, Purchase, Traffic
from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair
from cenguard.network import Network, Peer, whole
from cenguard.network.connectivity import COVERED, Connection, Disposition, connectivity_of
from cenguard.network.faults import area_pair_of, may_be_attached_still

_OPEN = frozenset({Disposition.OVERDRAWN, Disposition.UNDETERMINED})
"""Dispositions of a pair of which nobody knows whether it loses anything."""


def purchases(network: Network) -> tuple[Purchase, ...]:
    """Packages that are new, replaced or resized; what stands or is imported buys nothing."""
    found: list[Purchase] = []
    for package in network.packages:
        terms = network.details.terms.get(package.urn or "") if package.declared else None
        if terms is None or package.urn is None or not (terms.is_new or terms.resized) or terms.stands:
            continue
        before = terms.before.mbps.value if terms.before is not None and terms.resized else None
        found.append(
            Purchase(
                urn=package.urn,
                area_pair=package.area_pair.names if package.area_pair else None,
                mbps=whole(package.mbps),
                mbps_before=whole(before),
                payment=package.payment,
                period=package.period,
                auto_renew=terms.auto_renew.value,
                payment_open=terms.payment.blocker is not None,
                period_open=terms.period.blocker is not None,
            )
        )
    return tuple(sorted(found, key=lambda item: item.urn))


def traffic(network: Network) -> tuple[Traffic, ...]:
    """Peers paid by traffic that are new, were paid by a package before, or may carry more than before; by URN.

    Their bandwidth is a ceiling: what they cost is told by the traffic alone.
    """
    base = network.base
    before = {} if base is None else {peer.urn: peer for peer in base.peers if peer.urn and peer.by_traffic}
    found: list[Traffic] = []
    for peer in network.peers:
        if not peer.by_traffic or not peer.declared or peer.urn is None:
            continue
        old = before.get(peer.urn)
        one_is_known = old is not None and (peer.mbps is None) != (old.mbps is None)  # it may change all the same
        if (peer.stands and not one_is_known) or (old is not None and not _raised(peer, old)):
            continue
        area_pair = area_pair_of(network, peer)
        found.append(
            Traffic(
                urn=peer.urn,
                area_pair=area_pair.names if isinstance(area_pair, AreaPair) else None,
                mbps=whole(peer.mbps),
                mbps_before=whole(old.mbps) if old is not None else None,
            )
        )
    return tuple(sorted(found, key=lambda item: item.urn))


def _raised(peer: Peer, old: Peer) -> bool:
    """Whether its ceiling is higher than it was, or may be: one that is not set is the service's own."""
    if peer.mbps is None or old.mbps is None:
        return peer.mbps_blocker is not None or old.mbps_blocker is not None or peer.mbps is not old.mbps
    return peer.mbps > old.mbps


def cuts(network: Network) -> tuple[Cut, ...]:
    """Pairs that were covered and are not any more, are attached no more, or carry fewer Mbps; by instance, then regions."""
    base = network.earlier
    if base is None:
        return ()
    now, open_ended, kept = _connections(network), ends_not_known(network), kept_addresses(network, base)
    found = [
        Cut(instance=instance, regions=pair.names, mbps_before=whole(old.mbps), mbps=whole(new.mbps) if new else None)
        for (address, pair), old in _connections(base).items()
        for instance in [kept.get(address, address)]
        if old.disposition in COVERED and _loses(old, new := now.get((instance, pair))) and (new or instance not in open_ended)
    ]
    return tuple(sorted(found, key=lambda item: (item.instance, item.regions)))


def kept_addresses(network: Network, base: Network) -> Mapping[str, str]:
    """Addresses, by those that they had before, of instances that are called otherwise now.

    What leaves the program and stays in the cloud has its id; what another stack or name takes over, the URN there. What is
    deleted with all that hangs on it, and has no pairs any more, keeps the name that people know.
    """
    connected = connectivity_of(network)
    ids = {
        item.id: item.address
        for item in network.instances
        if item.id and (item.urn or item.attachments or item.carriers or (item in connected and connected[item].connections))
    }
    now = {old.address: ids[old.id] for old in base.instances if old.urn and old.id in ids}
    return {before: after for before, after in now.items() if before != after}


def ends_not_known(network: Network) -> frozenset[str]:
    """Instances, by address, of which a region that no attachment names may be attached all the same."""
    return frozenset(item.address for item in network.instances if may_be_attached_still(network, item))


def _connections(network: Network) -> dict[tuple[str, RegionPair], Connection]:
    return {
        (instance.address, pair): connection
        for instance, connectivity in connectivity_of(network).items()
        for pair, connection in connectivity.connections.items()
    }


def _loses(old: Connection, new: Connection | None) -> bool:
    if new is None:
        return True
    if new.disposition in _OPEN:
        return False
    if new.disposition not in COVERED:
        return True
    return old.mbps is not None and new.mbps is not None and new.mbps < old.mbps
