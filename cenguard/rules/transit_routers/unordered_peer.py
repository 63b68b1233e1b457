"""A peer does not wait for the package it draws on to be attached.

What it does:
    Follows the dependencies of each peer that draws on a package, through any number of resources, to the package's
    attachment to the instance. Silent where the package is not attached: that is another mistake.

Why it matters:
    The engine makes what does not wait at the same time; the service refuses a peer whose package is not attached yet.

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
        bandwidth=10,
        cen_bandwidth_package_id=package.id,
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
    https://www.alibabacloud.com/help/doc-detail/68901.html, the order of the calls
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.network.faults import needs_no_order
from cenguard.rules import evidence
from cenguard.rules.about_peer import ends, peer_finding
from cenguard.rules.needs import Need
from cenguard.rules.remedies import parts, single
from cenguard.rules.rule import Effect, Prelude, Rule, Scope, absence, shared_hint


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each peer that may come too early."""
    for peer in network.peers:
        if peer.stands or peer.package is None or peer.urn is None or peer.by_traffic:
            continue
        waited = [item for item in peer.package.attached if item.urn and item.instance is peer.instance]
        urns = frozenset(item.urn for item in waited if item.urn)
        if not waited or network.order.waits_for_any(peer.urn, urns) or needs_no_order(network, peer, waited):
            continue
        yield peer_finding(
            network,
            peer,
            f"Peer {peer.label} ({ends(peer)}) does not depend on {waited[0].label}, which attaches its package: {evidence.engine(peer.urn)} "
            f"may create it first, and the service refuses it then." + shared_hint(peer.instance, None),
            f"Hand on the package id of the attachment {waited[0].label}.",
            question=f"peer {peer.label} waits for its package to be attached",
            because_of=[f"no dependency of {peer.label} leads to {waited[0].label}, which attaches the package"],
            blocker=network.order_blocker(peer.urn, urns)
            or absence(peer.instance, None)
            or (peer.billing_blocker if peer.package.declared else peer.package.areas_blocker),
            cause=single.says(peer.urn, {"cenBandwidthPackageId": parts.package_on(waited[0])}, single.SAFE, rank=6),
        )


RULE = Rule(
    code="CEN312",
    name="unordered-peer",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    spares_standing=True,
    needs=(Need.ORDER,),
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
