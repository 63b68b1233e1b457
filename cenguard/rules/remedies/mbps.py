"""How many Mbps a peer gets, and which limits and peers give way where more is drawn on a package than it holds."""

from collections.abc import Sequence
from math import floor

from cenguard.findings.fix import Applicability, Draft, Edit, OneCause, Remedy
from cenguard.network import BandwidthLimit, BandwidthPackage, Network, Peer
from cenguard.network.drawing import room, weigh
from cenguard.rules.remedies import parts

EXAMPLE_MBPS = 10
"""Mbps that a fix proposes for a pair; the caller knows better."""


def cause_of_mbps(network: Network, peer: Peer) -> OneCause | None:
    """A peer says no Mbps that it can have."""
    if peer.urn is None:
        return None
    urn = peer.urn

    def made(_draft: Draft) -> Remedy | None:
        left = None if peer.package is None or peer.by_traffic else room(network, peer.package)
        mbps = EXAMPLE_MBPS if left is None else min(EXAMPLE_MBPS, floor(left))
        return Remedy((parts.setting(urn, {"bandwidth": mbps}),)) if mbps >= 1 else None

    return OneCause(("mbps", urn), made, 4)


def lowered(network: Network, package: BandwidthPackage) -> Remedy | None:
    """What is drawn on a package that is there, made small enough: changes are taken back, and what is new shares what is left."""
    if package.mbps is None or any(item.mbps is None for item in package.drawn_by):
        return None
    old = {id(item): _before(network, item) for item in package.drawn_by}
    drawn = weigh(network, package).committed
    edits: list[Edit] = []
    for item in sorted(package.drawn_by, key=lambda item: item.address):
        before, now = old[id(item)], item.mbps or 0
        if before is not None and before < now and drawn > package.mbps:
            edits.append(parts.setting(item.address, {_word(item): _plain(before)}))
            drawn -= now - before
    if drawn <= package.mbps:
        return Remedy(tuple(edits), Applicability.REVIEW) if edits else None
    new = [item for item in package.drawn_by if item.declared and not item.stands and old[id(item)] is None]
    free = package.mbps - (drawn - sum(item.mbps or 0 for item in new))
    shares = _shares(new, free)
    if shares is None:
        return None
    edits += [
        parts.setting(item.address, {_word(item): share}) for item, share in zip(new, shares, strict=True) if share != item.mbps
    ]
    return Remedy(tuple(edits), Applicability.REVIEW) if edits else None


def _shares(new: Sequence[BandwidthLimit | Peer], free: float) -> list[int] | None:
    """Mbps for each of some limits and peers, in proportion to what they ask for; None where they do not all get one."""
    asked = sum(item.mbps or 0 for item in new)
    if not new or asked <= 0:
        return None
    found = [floor(free * (item.mbps or 0) / asked) for item in new]
    return found if all(share >= 1 for share in found) else None


def _before(network: Network, item: BandwidthLimit | Peer) -> float | None:
    """Mbps that an updated limit or peer had."""
    value = network.surroundings.old(item.urn).get(_word(item)) if item.urn else None
    try:
        return float(value) if value is not None else None
    except (TypeError, ValueError, OverflowError):
        return None


def _word(item: BandwidthLimit | Peer) -> str:
    return "bandwidthLimit" if isinstance(item, BandwidthLimit) else "bandwidth"


def _plain(mbps: float) -> float | int:
    return int(mbps) if mbps.is_integer() else mbps
