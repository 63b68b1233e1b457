"""A peer sets no bandwidth, or less than 1 Mbps.

What it does: looks at the Mbps of each peer. Exactly 1 Mbps on a package, and none at all on pay-by-traffic, are advisory.
Why it matters: the pair carries next to nothing, without any error.
"""

from collections.abc import Iterator

from cenguard.faults import bandwidth_missing
from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.rules.about_peer import ends, peer_finding
from cenguard.rules.rule import Rule, Scope


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
            question=f"peer {peer.label} has bandwidth",
            blocker=fault.blocker,
            python="bandwidth=10,  # Mbps\n",
            level=Level.ADVISORY if fault.mild else None,
        )


RULE = Rule(
    code="CEN305",
    name="peer-without-bandwidth",
    level=Level.MANDATORY,
    effect="S",
    scope=Scope.RESOURCE,
    check=check,
    page=__doc__,
)
