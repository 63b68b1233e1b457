"""A VPN connection is attached to a router that has no CIDR block.

What it does:
    Looks for a CIDR block of the router of each VPN attachment.

Why it matters:
    The router takes the addresses of its gateways from that block; without one, the service refuses the attachment.

Example:
    vpn = alicloud.cen.TransitRouterVpnAttachment(
        "vpn",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        vpn_id="vco-1",
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )

Instead:
    block = alicloud.cen.TransitRouterCidr(
        "block",
        transit_router_id=near.transit_router_id,
        cidr="192.168.10.0/24",
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )
    vpn = alicloud.cen.TransitRouterVpnAttachment(
        "vpn",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        vpn_id="vco-1",
        opts=pulumi.ResourceOptions(provider=hangzhou, depends_on=[block]),
    )
    {TRAFFIC_PEER}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When the blocks of routers are kept outside Pulumi.

Source:
    CreateTransitRouterVpnAttachment; CreateTransitRouterCidr
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Attachment, Blocker, Network, TransitRouter
from cenguard.network.details import Joining
from cenguard.resources import tokens
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.remedies.zones import cause_of_missing_block
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each VPN attachment without a block for its router."""
    details = network.details
    for joining in details.routed:
        item = joining.item
        if not isinstance(item, Attachment) or item.kind != "VPN":
            continue
        router = joining.router or _of_region(item)
        if router is not None and router.urn in details.router_cidrs:
            continue
        name = router.label if router else "its router"
        block = evidence.type_word(tokens.ROUTER_CIDR, joining.urn)
        yield finding_about(
            joining,
            f"{joining.label} attaches a VPN connection to {name}, which has no CIDR block to take gateway addresses from.",
            question=f"{f'{name}, the router' if router else 'the router'} of {joining.label}{',' if router else ''} has a CIDR block",
            blocker=details.loose_cidrs or _elsewhere(joining, router),
            because=(f"no {block} of the input names {name}",),
            fix=f"Add {evidence.with_article(block)} for the router, and let the attachment depend on it.",
            cause=cause_of_missing_block(network, joining),
            instance=item.instance,
        )


def _of_region(item: Attachment) -> TransitRouter | None:
    """The router that is meant where none is named: an instance has one in a region."""
    found = [router for router in item.instance.routers if item.region and router.region == item.region]
    return found[0] if len(found) == 1 and item.instance.identified else None


def _elsewhere(joining: Joining, router: TransitRouter | None) -> Blocker | None:
    if router is not None and router.declared:
        return None
    name = router.label if router else f"the router of {joining.label}"
    return Blocker(
        f"cidr {name}", f"{name} is not a resource of the input", "the document of the stack that makes it would settle it"
    )


RULE = Rule(
    code="CEN318",
    name="vpn-without-router-cidr",
    level=Level.ADVISORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
