"""A peer billed by package names no package.

What it does: looks at the billing and the package of each peer.
Why it matters: the connection is made, and stays at the 1 Kbps test bandwidth, without any error.
"""

from collections.abc import Iterator

from cenguard.connectivity import unpaid
from cenguard.findings import Finding, Level
from cenguard.network import DATA_TRANSFER, Network, Peer
from cenguard.rules import fixes
from cenguard.rules.about_peer import ends, peer_finding
from cenguard.rules.rule import Rule, Scope


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
            f"Name a package with cen_bandwidth_package_id, or pay by traffic with bandwidth_type={DATA_TRANSFER!r}.",
            question=f"peer {peer.label} needs a package",
            blocker=blocker,
            python=_python(peer),
        )


def _python(peer: Peer) -> str:
    attached = [item for item in peer.instance.packages if item.urn]
    if len(attached) == 1:
        return f"cen_bandwidth_package_id={fixes.variable(attached[0].name)}.bandwidth_package_id,\n"
    return f'bandwidth_type="{DATA_TRANSFER}",  # paid by traffic, no package\n'


RULE = Rule(
    code="CEN301",
    name="peer-without-package",
    level=Level.MANDATORY,
    effect="S",
    scope=Scope.RESOURCE,
    check=check,
    page=__doc__,
)
