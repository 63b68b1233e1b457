"""A peer declares another region for its far end than the far router lies in, none, or its own.

What it does:
    Compares the declared region of each peer with the providers of its two routers.

Why it matters:
    The service looks for the far router in the declared region, and refuses the peer.

Example:
    {PACKAGE_EUROPE}
    {ATTACHED}
    peer = alicloud.cen.TransitRouterPeerAttachment(
        "peer",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        peer_transit_router_id=far.transit_router_id,
        peer_transit_router_region_id="eu-west-1",
        bandwidth_type="BandwidthPackage",
        bandwidth=10,
        cen_bandwidth_package_id=attached.bandwidth_package_id,
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )

Instead:
    {PACKAGE_EUROPE}
    {ATTACHED}
    {PEER}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    https://help.aliyun.com/document_detail/262717.html, CreateTransitRouterPeerAttachment
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network, Peer
from cenguard.network.faults import region_mismatch
from cenguard.rules import evidence
from cenguard.rules.about_peer import ends, peer_finding
from cenguard.rules.needs import Need
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each such peer."""
    for peer in network.peers:
        fault = region_mismatch(network, peer)
        if fault is None:
            continue
        yield peer_finding(
            network,
            peer,
            f"Peer {peer.label} ({ends(peer)}): {fault.text}.",
            _advice(peer),
            question=f"peer {peer.label} declares the right region",
            blocker=fault.blocker,
            cause=single.says(peer.urn, {"peerTransitRouterRegionId": peer.far.region}, single.SAFE)
            if peer.far and peer.far.region and peer.far.region != peer.local_region
            else None,
            because_of=_regions(network, peer),
        )


def _advice(peer: Peer) -> str:
    """A peer joins two regions: where both routers are in one, no word of the peer's mends that."""
    far, local = peer.far, peer.local
    if far is None:
        return "Set the region of the peer's far router to the one that it lies in, which is not that of the local router."
    one = far.region is not None and far.region == peer.local_region
    if one or (local is not None and far.region is None and far.provider and far.provider == local.provider):
        return "Make the far router with a provider of another region, and declare that one: a peer joins routers of two regions."
    return "Set the region of the peer's far router to the region of the far router's provider."


def _regions(network: Network, peer: Peer) -> list[str]:
    said = peer.declared_region or ("not known" if peer.declares_region else "not set")
    return [f"peerTransitRouterRegionId of {peer.label}: {said}"] + [
        f"router {router.label}: region of its provider {router.region or 'not known'}{evidence.region_origin(network, router.provider)}"
        for router in (peer.local, peer.far)
        if router
    ]


RULE = Rule(
    code="CEN307",
    name="peer-region-mismatch",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    needs=(Need.REGIONS,),
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
