"""What all findings about one peer have in common."""

from collections.abc import Iterable

from cenguard.findings import Finding, Fix, Level
from cenguard.findings.fix import Cause
from cenguard.geography.catalogue import Doubt
from cenguard.network import Blocker, Network, Peer, TransitRouter, mbps_text
from cenguard.network.faults import area_pair_of, is_basic, may_be_enterprise
from cenguard.rules import evidence
from cenguard.rules.rule import judge


def ends(peer: Peer) -> str:
    """The two regions of a peer, as far as they are known."""
    return f"{peer.local_region or '?'} – {(peer.far.region if peer.far else None) or peer.declared_region or '?'}"


def editions(network: Network, peer: Peer) -> tuple[bool | None, bool | None]:
    """Whether its local router and its far one are Basic Edition; None where nobody says."""
    return (
        _is_basic(network, peer, peer.local, peer.local_region),
        _is_basic(network, peer, peer.far, peer.declared_region),
    )


def _is_basic(network: Network, peer: Peer, router: TransitRouter | None, region: str | None) -> bool | None:
    """Whether an end is a Basic Edition router; None where nobody says."""
    if router is not None:
        region = router.region or region
        edition = network.details.editions.get(router.urn or "")
        if edition is not None:
            return edition == "Basic"
    if region is None:
        return None
    if is_basic(peer.instance, region):
        return True if may_be_enterprise(network, peer.instance, region) is None else None
    made = router is not None and router.declared
    return False if made or region in peer.instance.index.enterprise else None


def peer_finding(
    network: Network,
    peer: Peer,
    message: str,
    fix: str,
    *,
    question: str,
    blocker: Blocker | None = None,
    cause: Cause | None = None,
    level: Level | None = None,
    because_of: Iterable[str] = (),
) -> Finding:
    """A finding about a peer; with a blocker, the question it leaves open instead of the message."""
    area_pair = area_pair_of(network, peer)
    regions = f"the routers of {peer.label} join {ends(peer)}"
    because = [regions if area_pair is None or isinstance(area_pair, Doubt) else f"{regions}, which needs {area_pair}"]
    if peer.package is not None and (peer.package.urn or peer.package.id):
        because.append(f"cenBandwidthPackageId of {peer.label}: package {evidence.package_text(peer.package)}")
    billing = peer.billing or ("not known" if peer.billing_blocker else "not set (by package)")
    size = mbps_text(peer.mbps) if peer.mbps is not None or peer.mbps_blocker else "not set"
    because.append(f"bandwidthType of {peer.label}: {billing}, bandwidth: {size}")
    because += because_of
    return Finding(
        verdict=judge(blocker),
        subject=peer.address,
        message=f"Whether {question} cannot be told: {blocker.text}." if blocker else message,
        because=tuple(because),
        instance=peer.instance.address,
        area_pair=None if isinstance(area_pair, Doubt) else area_pair,
        region_pairs=(peer.pair,) if peer.pair else (),
        packages=(peer.package.address,) if peer.package else (),
        related=tuple(router.address for router in (peer.local, peer.far) if router),
        fix=Fix(blocker.settle or "make the value known") if blocker else Fix(fix, cause),
        level=level,
        blocker=str(blocker) if blocker else None,
    )
