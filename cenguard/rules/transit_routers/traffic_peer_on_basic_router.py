"""A peer between Basic Edition routers is paid by traffic.

What it does:
    Looks at the routers of each peer paid by traffic. The router of a Cloud Connect Network's region is Basic. One that a
    program creates elsewhere is Enterprise, and so is the one that the service makes for an attachment with a `cen_id` and no
    router. Of one from elsewhere, an inventory or the state may say its edition. One Enterprise end is enough.

Why it matters:
    Paying by traffic is sold between Enterprise Edition routers. The service refuses the peer.

Example:
    of_ccn = alicloud.Provider("of-ccn", region="ccn-cn-shanghai")
    peer = alicloud.cen.TransitRouterPeerAttachment(
        "peer",
        cen_id=core.id,
        transit_router_id="tr-made-for-the-ccn-of-shanghai",
        peer_transit_router_id="tr-made-for-the-ccn-of-frankfurt",
        peer_transit_router_region_id="ccn-eu-central-1",
        bandwidth_type="DataTransfer",
        bandwidth=10,
        opts=pulumi.ResourceOptions(provider=of_ccn),
    )

Instead:
    {TRAFFIC_PEER}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    https://help.aliyun.com/en/cen/user-guide/manage-inter-region-connections
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, Network, Peer
from cenguard.network.faults import is_basic, may_be_enterprise
from cenguard.rules.about_peer import editions, ends, peer_finding
from cenguard.rules.remedies.area_pairs import cause_of_peer
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each such peer."""
    for peer in network.peers:
        if not peer.by_traffic and peer.billing_blocker is None:
            continue
        basic = editions(network, peer)
        if False in basic:
            continue
        blocker = peer.billing_blocker
        if blocker is not None:
            question = f"peer {peer.label}, between routers that are or may be Basic Edition, is billed by package"
        else:
            question = f"the routers of peer {peer.label} are Enterprise Edition"
            blocker = None if basic == (True, True) else _blocker(network, peer)
        yield peer_finding(
            network,
            peer,
            f"Peer {peer.label} ({ends(peer)}) is paid by traffic, and its routers are Basic Edition: the service refuses it.",
            "Bill it by package, or join two regions where the routers are Enterprise Edition.",
            question=question,
            blocker=blocker,
            cause=cause_of_peer(network, peer, 5),
        )


def _blocker(network: Network, peer: Peer) -> Blocker:
    for region in filter(None, (peer.local_region, peer.declared_region)):
        doubt = may_be_enterprise(network, peer.instance, region) if is_basic(peer.instance, region) else None
        if doubt is not None:
            return doubt
    return Blocker(
        f"editions {peer.address}",
        f"the routers of peer {peer.label} are not resources of the input, and their edition is not known",
        "an inventory with their edition, or the document of the stack that makes them, would settle it",
    )


RULE = Rule(
    code="CEN316",
    name="traffic-peer-on-basic-router",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
