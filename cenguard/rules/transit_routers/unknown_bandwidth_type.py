"""A peer's bandwidth type is neither BandwidthPackage nor DataTransfer.

What it does: compares the bandwidth type of each peer with the two words of the service.
Why it matters: nothing checks the word before the service refuses it, in the middle of an update.
"""

from collections.abc import Iterator

from cenguard.faults import unknown_billing
from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.rules.about_peer import ends, peer_finding
from cenguard.rules.rule import Rule, Scope


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
        )


RULE = Rule(
    code="CEN306",
    name="unknown-bandwidth-type",
    level=Level.MANDATORY,
    effect="F",
    scope=Scope.RESOURCE,
    check=check,
    page=__doc__,
)
