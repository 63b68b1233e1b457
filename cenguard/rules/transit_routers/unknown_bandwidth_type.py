"""A peer's bandwidth type is neither BandwidthPackage nor DataTransfer.

What it does:
    Compares the bandwidth type of each peer with the two words of the service.

Why it matters:
    Nothing checks the word before the service refuses it, in the middle of an update.

Example:
    {PACKAGE_EUROPE}
    {ATTACHED}
    peer = alicloud.cen.TransitRouterPeerAttachment(
        "peer",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        peer_transit_router_id=far.transit_router_id,
        peer_transit_router_region_id="eu-central-1",
        bandwidth_type="Package",
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
from cenguard.network import BY_PACKAGE, DATA_TRANSFER, Network
from cenguard.network.faults import unknown_billing
from cenguard.rules.about_peer import ends, peer_finding
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each such peer."""
    for peer in network.peers:
        fault = unknown_billing(peer)
        if fault is None and peer.billing_blocker is None:
            continue
        yield peer_finding(
            network,
            peer,
            f"Peer {peer.label} ({ends(peer)}): {fault.text if fault else ''}.",
            "Write BandwidthPackage or DataTransfer, in exactly this spelling.",
            question=f"the bandwidth type of peer {peer.label} is one of the service",
            blocker=peer.billing_blocker,
            cause=single.says(peer.urn, {"bandwidthType": BY_PACKAGE if peer.package else DATA_TRANSFER}),
        )


RULE = Rule(
    code="CEN306",
    name="unknown-bandwidth-type",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
