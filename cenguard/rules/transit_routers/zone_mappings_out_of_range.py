"""A VPC attachment maps no zone, or more than ten.

What it does:
    Counts the zone mappings of each VPC attachment.

Why it matters:
    The provider lets an empty list and eleven entries pass; the service refuses the attachment, in the middle of an update.

Example:
    lab = alicloud.cen.TransitRouterVpcAttachment(
        "lab",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        vpc_id="vpc-3",
        zone_mappings=[],
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )

Instead:
    lab = alicloud.cen.TransitRouterVpcAttachment(
        "lab",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        vpc_id="vpc-3",
        zone_mappings=[
            {"zone_id": "cn-hangzhou-j", "vswitch_id": "vsw-5"},
            {"zone_id": "cn-hangzhou-k", "vswitch_id": "vsw-6"},
        ],
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )
    {TRAFFIC_PEER}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    CreateTransitRouterVpcAttachment, `ZoneMappings`
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.geography.zones import MOST_ZONES
from cenguard.network import Attachment, Network
from cenguard.rules.about import finding_about
from cenguard.rules.remedies.zones import cause_of_zones
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each VPC attachment with no zone or too many."""
    for joining in network.details.routed:
        item = joining.item
        if not isinstance(item, Attachment) or item.kind != "VPC":
            continue
        zones = joining.zones
        count, blocker = zones.value, zones.blocker
        if blocker is None and (count is None or 1 <= count <= MOST_ZONES):
            continue
        yield finding_about(
            joining,
            f"{joining.label} maps {count or 'no'} zone{'s' if count else ''}: the service takes 1 to {MOST_ZONES}.",
            question=f"{joining.label} maps 1 to {MOST_ZONES} zones",
            blocker=blocker,
            because=(f"zone mappings of {joining.label}: {'not known' if count is None else count}",),
            fix="Map a vSwitch in each of two zones.",
            cause=cause_of_zones(network, joining),
            instance=item.instance,
        )


RULE = Rule(
    code="CEN315",
    name="zone-mappings-out-of-range",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
