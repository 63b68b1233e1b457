"""A peer billed by package names no package.

What it does:
    Looks at the billing and the package of each peer; no billing type means by package.

Why it matters:
    The connection is made, and stays at the 1 Kbps test bandwidth, without any error.

Example:
    peer = alicloud.cen.TransitRouterPeerAttachment(
        "peer",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        peer_transit_router_id=far.transit_router_id,
        peer_transit_router_region_id="eu-central-1",
        bandwidth_type="BandwidthPackage",
        bandwidth=10,
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
from cenguard.network import DATA_TRANSFER, Network
from cenguard.network.connectivity import unpaid
from cenguard.rules.about_peer import editions, ends, peer_finding
from cenguard.rules.remedies.area_pairs import cause_of_peer
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each peer without a package."""
    for peer in network.peers:
        blocker = peer.billing_blocker if peer.package is None else None
        if not unpaid(peer) and not blocker:
            continue
        billed = (
            f"is billed by package ({peer.billing})" if peer.billing else "sets no bandwidth type, so it is billed by package,"
        )
        yield peer_finding(
            network,
            peer,
            f"Peer {peer.label} ({ends(peer)}) {billed} and names none: it stays at the 1 Kbps test bandwidth.",
            "Name a bandwidth package."
            if editions(network, peer) == (True, True)
            else f"Name a bandwidth package, or pay by traffic with the bandwidth type {DATA_TRANSFER}.",
            question=f"peer {peer.label} needs a package",
            blocker=blocker,
            cause=cause_of_peer(network, peer, 6),
        )


RULE = Rule(
    code="CEN301",
    name="peer-without-package",
    level=Level.MANDATORY,
    effect=Effect.SILENT,
    scope=Scope.RESOURCE,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
