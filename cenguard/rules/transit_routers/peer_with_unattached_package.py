"""A peer draws on a package that is not attached to its instance.

What it does:
    Looks for the attachment of each peer's package to the peer's instance.

Why it matters:
    The service refuses the peer, in the middle of an update.

Example:
    {PACKAGE_EUROPE}
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
    When the package is attached by another stack: then name the instance in `shared` instead.

Source:
    https://help.aliyun.com/document_detail/262717.html, CreateTransitRouterPeerAttachment
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import BandwidthPackage, Blocker, Network, Peer
from cenguard.network.standing import proof_blocker, proof_of, proves
from cenguard.rules import evidence
from cenguard.rules.about_peer import ends, peer_finding
from cenguard.rules.remedies.area_pairs import cause_of_peer
from cenguard.rules.rule import Effect, Prelude, Rule, Scope, absence, shared_hint


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each peer whose package is not on its instance."""
    for peer in network.peers:
        package = peer.package
        if package is None or peer.by_traffic or any(item.package is package for item in peer.instance.packages):
            continue
        standing = proves(network, peer)
        if standing and network.leaving.told:
            continue  # it was accepted: its package is attached, wherever that is managed
        blocker = proof_blocker(network, peer) if standing else peer.billing_blocker or _blocker(network, peer, package)
        others = sorted({item.instance.label for item in package.attached})
        where, fix = _said(peer, package, others, only_looked=network.only_looked)
        yield peer_finding(
            network,
            peer,
            f"Peer {peer.label} ({ends(peer)}) draws on package {package.label}, which {where}: it must be attached to "
            f"{peer.instance.label}." + shared_hint(peer.instance, blocker),
            fix,
            question=f"the package of peer {peer.label} is attached to {peer.instance.label}",
            blocker=blocker,
            cause=cause_of_peer(network, peer, 5),
            because_of=[f"{evidence.attaching(item)}: {package.label} on {item.instance.label}" for item in package.attached]
            or [f"no bandwidthPackageId names {package.label}"],
        )


def _said(peer: Peer, package: BandwidthPackage, others: list[str], *, only_looked: bool) -> tuple[str, str]:
    """Where the package is, and what to do; `others` are the instances that it is attached to."""
    if others:
        fix = f"Buy a package of its own for {peer.instance.label}: one package is attached to one instance."
        return f"is attached to {others[0]} instead", fix
    if package.leaves:
        fix = f"Keep the package and its attachment, or name one that is attached to {peer.instance.label}."
        return "is not there any more" if only_looked else "is not there after this update", fix
    fix = f"Attach {package.label} to {peer.instance.label} and hand the attachment's bandwidth_package_id to the peer."
    return "is attached to no instance", fix


_ATTACHED = "an inventory entry for it, or the document of the stack that attaches it, would settle it"


def _blocker(network: Network, peer: Peer, package: BandwidthPackage) -> Blocker | None:
    instance = peer.instance
    if package.attached and instance.identified and all(item.instance.identified for item in package.attached):
        return None  # a package is attached to one instance at a time, and this is another one
    if not package.declared and not package.from_inventory:
        elsewhere = Blocker(f"read {package.address}", f"what package {package.label} is attached to stands elsewhere", _ATTACHED)
        return package.areas_blocker or (None if package.leaves else elsewhere)
    for item in instance.index.unplaced_packages:
        if item.package.areas_blocker and not item.package.urn and not item.package.id:
            return item.package.areas_blocker
    for item in network.loose_package_attachments:
        is_open = not item.package.urn and not item.package.id
        if item.package is package or (is_open and item.instance.may_be(instance)):
            return item.instance.blocker
    if package.stands and package.area_pair is not None and (proof := proof_of(network, instance, package.area_pair)):
        return proof_blocker(network, proof)
    return absence(instance, None)


RULE = Rule(
    code="CEN303",
    name="peer-with-unattached-package",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
