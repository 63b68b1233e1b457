"""A peer between Basic Edition routers is paid by traffic.

What it does:
    Looks at the routers of each peer paid by traffic. A router of a Cloud Connect Network's region is Basic; a router that
    a program creates elsewhere is Enterprise; of one from elsewhere, the state may say its edition.

Why it matters:
    Paying by traffic is sold between Enterprise Edition routers. The service refuses the peer.

Example:
    old_near = alicloud.Provider("old-near", region="ccn-cn-shanghai")
    old_far = alicloud.Provider("old-far", region="ccn-eu-central-1")
    first = alicloud.cen.TransitRouter("first", cen_id=core.id, opts=pulumi.ResourceOptions(provider=old_near))
    second = alicloud.cen.TransitRouter("second", cen_id=core.id, opts=pulumi.ResourceOptions(provider=old_far))
    peer = alicloud.cen.TransitRouterPeerAttachment(
        "peer",
        cen_id=core.id,
        transit_router_id=first.transit_router_id,
        peer_transit_router_id=second.transit_router_id,
        peer_transit_router_region_id="ccn-eu-central-1",
        bandwidth_type="DataTransfer",
        bandwidth=10,
        opts=pulumi.ResourceOptions(provider=old_near),
    )

Instead:
    peer = alicloud.cen.TransitRouterPeerAttachment(
        "peer",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        peer_transit_router_id=far.transit_router_id,
        peer_transit_router_region_id="eu-central-1",
        bandwidth_type="DataTransfer",
        bandwidth=10,
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    https://help.aliyun.com/en/cen/user-guide/manage-inter-region-connections
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.geography.regions import is_ccn
from cenguard.network import Blocker, Network, Peer, TransitRouter
from cenguard.rules.about_peer import ends, peer_finding
from cenguard.rules.rule import Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each such peer."""
    for peer in network.peers:
        if not peer.by_traffic:
            continue
        editions = _is_basic(network, peer.local, peer.local_region), _is_basic(network, peer.far, peer.declared_region)
        if False in editions:
            continue
        certain = editions == (True, True)
        yield peer_finding(
            network,
            peer,
            f"Peer {peer.label} ({ends(peer)}) is paid by traffic, and its routers are Basic Edition: the service refuses it.",
            "Bill it by package, or join two regions where the routers are Enterprise Edition.",
            question=f"the routers of peer {peer.label} are Enterprise Edition",
            blocker=None if certain else _blocker(peer),
        )


def _is_basic(network: Network, router: TransitRouter | None, region: str | None) -> bool | None:
    """Whether an end is a Basic Edition router; None where nobody says."""
    if router is not None:
        region = router.region or region
        edition = network.details.editions.get(router.urn or "")
        if edition is not None:
            return edition == "Basic"
        if region is None:
            return None
        return is_ccn(region) or (False if router.declared else None)
    return True if region is not None and is_ccn(region) else None


def _blocker(peer: Peer) -> Blocker:
    return Blocker(
        f"editions {peer.address}",
        f"the routers of peer {peer.label} are not resources of the input, and their edition is not known",
        "the document of the stack that makes them would settle it",
    )


RULE = Rule(
    code="CEN316",
    name="traffic-peer-on-basic-router",
    level=Level.MANDATORY,
    effect="F",
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
