"""A peer is paid by traffic and names a package, or is a Platinum link that is sold in no such way.

What it does:
    Compares the billing, the package and the link type of each peer: pay-by-traffic takes no package, and a Platinum link is
    sold by traffic only, and between Enterprise Edition routers only: an inventory may say that the router of a region is
    Basic, and that of a region of Cloud Connect Networks always is.

Why it matters:
    The service refuses the peer, in the middle of an update.

Example:
    {PACKAGE_EUROPE}
    {ATTACHED}
    peer = alicloud.cen.TransitRouterPeerAttachment(
        "peer",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        peer_transit_router_id=far.transit_router_id,
        peer_transit_router_region_id="eu-central-1",
        bandwidth_type="DataTransfer",
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
from cenguard.network import BY_PACKAGE, Network, Peer
from cenguard.network.faults import PLATINUM, area_pair_of, billing_conflict
from cenguard.rules.about_peer import ends, peer_finding
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each such peer."""
    for peer in network.peers:
        fault = billing_conflict(network, peer)
        if fault is None:
            continue
        yield peer_finding(
            network,
            peer,
            f"Peer {peer.label} ({ends(peer)}): {fault.text}.",
            f"Drop cen_bandwidth_package_id: paid by traffic, the peer takes no package.{_instead(network, peer)}"
            if peer.package and (peer.by_traffic or fault.blocker)
            else "Take a Gold link, or pay by traffic between Enterprise routers, and name no package.",
            question=f"the billing of peer {peer.label} fits its package and link",
            blocker=fault.blocker,
            because_of=[f"defaultLinkType of {peer.label}: {peer.link}"] if peer.link else (),
            cause=None
            if fault.blocker
            else single.says(
                peer.urn,
                {"cenBandwidthPackageId": None} if peer.by_traffic and peer.package else {"defaultLinkType": "Gold"},
            ),
        )


def _instead(network: Network, peer: Peer) -> str:
    """What else may be meant of a package that is bought for the pair: nothing says that another peer draws on it."""
    package = peer.package
    if package is None or package.area_pair is None or package.area_pair != area_pair_of(network, peer):
        return ""
    if peer.link == PLATINUM or peer.link_blocker is not None:
        return ""
    return f" Set bandwidth_type to {BY_PACKAGE} instead where {package.label} is to carry it: without a peer it idles."


RULE = Rule(
    code="CEN304",
    name="peer-billing-conflict",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
