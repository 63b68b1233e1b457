"""A peer is paid by traffic and names a package, or is a Platinum link billed by package.

What it does: compares the billing, the package and the link type of each peer.
Why it matters: the service refuses the peer, in the middle of an update.
"""

from collections.abc import Iterator

from cenguard.faults import billing_conflict
from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.rules.about_peer import ends, peer_finding
from cenguard.rules.rule import Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each such peer."""
    for peer in network.peers:
        fault = billing_conflict(peer)
        if fault is None:
            continue
        yield peer_finding(
            network,
            peer,
            f"Peer {peer.label} ({ends(peer)}): {fault.text}.",
            "Keep one of both: drop cen_bandwidth_package_id to pay by traffic, or bill by package over a Gold link.",
            question=f"the billing of peer {peer.label} fits its package and link",
            blocker=fault.blocker,
        )


RULE = Rule(
    code="CEN304",
    name="peer-billing-conflict",
    level=Level.MANDATORY,
    effect="F",
    scope=Scope.RESOURCE,
    check=check,
    page=__doc__,
)
