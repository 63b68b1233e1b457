"""A route entry leads to an attachment and names none.

What it does:
    Looks at the next hop of each route entry of type `Attachment`.

Why it matters:
    The service refuses the entry, in the middle of an update.

Example:
    table = alicloud.cen.TransitRouterRouteTable(
        "table",
        transit_router_id=near.transit_router_id,
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )
    entry = alicloud.cen.TransitRouterRouteEntry(
        "entry",
        transit_router_route_table_id=table.transit_router_route_table_id,
        transit_router_route_entry_destination_cidr_block="10.9.0.0/16",
        transit_router_route_entry_next_hop_type="Attachment",
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )

Instead:
    table = alicloud.cen.TransitRouterRouteTable(
        "table",
        transit_router_id=near.transit_router_id,
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )
    entry = alicloud.cen.TransitRouterRouteEntry(
        "entry",
        transit_router_route_table_id=table.transit_router_route_table_id,
        transit_router_route_entry_destination_cidr_block="10.9.0.0/16",
        transit_router_route_entry_next_hop_type="Attachment",
        transit_router_route_entry_next_hop_id=plant.transit_router_attachment_id,
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )
    {TRAFFIC_PEER}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    CreateTransitRouterRouteEntry, `TransitRouterRouteEntryNextHopId`
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.rules.about import finding_about
from cenguard.rules.rule import Effect, Prelude, Rule, Scope

ATTACHMENT = "Attachment"


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each entry that leads nowhere."""
    for entry in network.details.entries:
        kind = entry.next_hop_type
        if entry.next_hop.is_set or (kind.value != ATTACHMENT and kind.blocker is None):
            continue
        yield finding_about(
            entry,
            f"Route entry {entry.label} has next hop type {ATTACHMENT} and names no next hop.",
            question=f"route entry {entry.label} needs a next hop",
            blocker=kind.blocker,
            because=(f"next hop type of {entry.label}: {kind.value or 'not known'}, next hop: not set",),
            fix="Name an attachment as its next hop, or make its type BlackHole.",
        )


RULE = Rule(
    code="CEN317",
    name="route-without-next-hop",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
