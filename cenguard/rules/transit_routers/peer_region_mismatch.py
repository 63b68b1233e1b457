"""A peer declares another region for its far end than the far router lies in, none, or its own.

What it does: compares the declared region of each peer with the providers of its two routers.
Why it matters: the service looks for the far router in the declared region and refuses the peer.
"""

from collections.abc import Iterator

from cenguard.faults import region_mismatch
from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.rules.about_peer import ends, peer_finding
from cenguard.rules.rule import Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each such peer."""
    for peer in network.peers:
        fault = region_mismatch(peer)
        if fault is None:
            continue
        yield peer_finding(
            network,
            peer,
            f"Peer {peer.label} ({ends(peer)}): {fault.text}.",
            "Set peer_transit_router_region_id to the region of the far router's provider.",
            question=f"peer {peer.label} declares the right region",
            blocker=fault.blocker,
        )


RULE = Rule(
    code="CEN307",
    name="peer-region-mismatch",
    level=Level.MANDATORY,
    effect="F",
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
