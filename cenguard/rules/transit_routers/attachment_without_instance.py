"""A peer, VPC or VBR attachment of a transit router does not set its CEN instance.

What it does:
    Looks for `cenId` on each peer, VPC and VBR attachment; VPN and ECR attachments have an id of their own.

Why it matters:
    The provider makes a broken id of it (`<nil>:tr-attach-…`), and the next read fails.

Example:
    {PACKAGE_EUROPE}
    {ATTACHED}
    peer = alicloud.cen.TransitRouterPeerAttachment(
        "peer",
        transit_router_id=near.transit_router_id,
        peer_transit_router_id=far.transit_router_id,
        peer_transit_router_region_id="eu-central-1",
        bandwidth_type="BandwidthPackage",
        bandwidth=10,
        cen_bandwidth_package_id=attached.bandwidth_package_id,
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
    aliyun/terraform-provider-alicloud, resource_alicloud_cen_transit_router_vpc_attachment.go
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Fix, Level
from cenguard.network import Attachment, Network, Peer
from cenguard.rules.remedies import parts, single
from cenguard.rules.rule import Effect, Prelude, Rule, Scope, judge

NAMED_BY_INSTANCE = ("VPC", "VBR")
"""Kinds whose attachment id begins with the instance's; VPN and ECR attachments have an id of their own."""


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each attachment or peer without its instance."""
    items: tuple[Attachment | Peer, ...] = (*network.attachments, *network.peers)
    for item in items:
        if item.names_instance or (isinstance(item, Attachment) and item.kind not in NAMED_BY_INSTANCE):
            continue
        what = "Peer" if isinstance(item, Peer) else f"{item.kind} attachment"
        known = item.instance if item.instance.declared or item.instance.id else None
        yield Finding(
            verdict=judge(None),
            subject=item.address,
            message=f"{what} {item.label} sets no cen_id: the provider makes the broken id <nil>:tr-attach-… of it, and reads it under no instance.",
            because=(f"cenId of {item.label}: not set",),
            instance=known.address if known else None,
            fix=Fix(
                "Name the router's instance by its id.",
                cause=single.says(item.urn, {"cenId": parts.id_of(known)}, single.SAFE) if known and parts.id_of(known) else None,
            ),
        )


RULE = Rule(
    code="CEN309",
    name="attachment-without-instance",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
