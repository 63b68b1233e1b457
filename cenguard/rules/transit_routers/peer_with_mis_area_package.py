"""A peer draws on a package of another pair of areas than its two routers lie in.

What it does:
    Compares the areas of the peer's package with the areas of its two regions.

Why it matters:
    The service refuses the peer, or leaves it at the 1 Kbps test bandwidth.

Example:
    {PACKAGE}
    {ATTACHED}
    {PEER}

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
from cenguard.geography.areas import AreaPair
from cenguard.geography.catalogue import Doubt
from cenguard.network import BandwidthPackage, Blocker, Network, Peer
from cenguard.network.connectivity import doubt_blocker
from cenguard.network.faults import area_pair_of, region_mismatch
from cenguard.network.standing import proves
from cenguard.rules import evidence
from cenguard.rules.about_peer import ends, peer_finding
from cenguard.rules.needs import Need
from cenguard.rules.remedies.area_pairs import cause_of_peer
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each peer whose package joins other areas."""
    for peer in network.peers:
        package = peer.package
        if package is None or peer.by_traffic or package.areas_incomplete or package.misspelt:
            continue
        area_pair = area_pair_of(network, peer)
        if area_pair is None and (fault := region_mismatch(network, peer)) and not fault.blocker:
            continue  # its regions cannot be right, whatever they are
        if isinstance(area_pair, Doubt) and proves(network, peer) and network.leaving.told:
            continue  # it was accepted, whatever the area of its region is called
        blocker = _blocker(peer, area_pair)
        if blocker is None and (area_pair is None or package.area_pair == area_pair):
            continue
        yield peer_finding(
            network,
            peer,
            f"Peer {peer.label} joins {ends(peer)}, which needs {area_pair}; its package {package.label} joins {_joined(package)}.",
            f"Name {evidence.a_package(area_pair)}: the areas of a package can never be changed.",
            question=f"{evidence.called(package)} serves peer {peer.label} ({ends(peer)})",
            blocker=blocker or peer.billing_blocker,  # paid by traffic it draws on none
            cause=cause_of_peer(network, peer, 5),
        )


def _joined(package: BandwidthPackage) -> str:
    return str(package.area_pair or " and ".join([*package.areas, "another area"]))


def _blocker(peer: Peer, area_pair: object) -> Blocker | None:
    package = peer.package
    if package is not None:
        blocker = package.areas_blocker_for(area_pair) if isinstance(area_pair, AreaPair) else package.areas_blocker
        if blocker is not None:
            return blocker
    if isinstance(area_pair, Doubt):
        return doubt_blocker(area_pair)
    return peer.region_blocker if area_pair is None else None


RULE = Rule(
    code="CEN302",
    name="peer-with-mis-area-package",
    level=Level.MANDATORY,
    effect=Effect.SILENT_OR_FAILS,
    scope=Scope.STACK,
    check=check,
    needs=(Need.REGIONS,),
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
