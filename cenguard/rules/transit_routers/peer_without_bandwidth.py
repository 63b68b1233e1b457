"""A peer sets no bandwidth, or less than 1 Mbps.

What it does:
    Looks at the Mbps of each peer. Exactly 1 Mbps on a package, and none at all on pay-by-traffic, are advisory.

Why it matters:
    The pair carries next to nothing, without any error.

Example:
    {PACKAGE_EUROPE}
    {ATTACHED}
    peer = alicloud.cen.TransitRouterPeerAttachment(
        "peer",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        peer_transit_router_id=far.transit_router_id,
        peer_transit_router_region_id="eu-central-1",
        bandwidth_type="BandwidthPackage",
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
from cenguard.network import Network
from cenguard.network.faults import bandwidth_missing
from cenguard.rules.about_peer import ends, peer_finding
from cenguard.rules.remedies.mbps import cause_of_mbps
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each such peer."""
    for peer in network.peers:
        fault = bandwidth_missing(peer)
        if fault is None:
            continue
        yield peer_finding(
            network,
            peer,
            f"Peer {peer.label} ({ends(peer)}): {fault.text}.",
            "Set bandwidth to the Mbps that the pair needs.",
            question=f"peer {peer.label} {'has 1 Mbps on a package, which is seldom meant,' if fault.mild else 'has bandwidth'}",
            blocker=fault.blocker,
            cause=cause_of_mbps(network, peer),
            level=Level.ADVISORY if fault.mild else None,
        )


RULE = Rule(
    code="CEN305",
    name="peer-without-bandwidth",
    level=Level.MANDATORY,
    effect=Effect.SILENT,
    scope=Scope.RESOURCE,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
