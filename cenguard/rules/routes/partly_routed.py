"""Static routes lead to some vSwitches of a network, and leave others out.

What it does:
    Follows packets to each vSwitch block of each group of networks. Violated where some are reached, and route entries, of a
    router's table or of a network's own, leave out others.

Why it matters:
    What runs in the vSwitch that was left out is cut off, while its neighbours work.

Example:
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, near_table)
    alicloud.cen.TransitRouterRouteEntry(
        "to-office",
        transit_router_route_table_id=near_table.transit_router_route_table_id,
        transit_router_route_entry_destination_cidr_block="10.2.0.0/24",
        transit_router_route_entry_next_hop_type="Attachment",
        transit_router_route_entry_next_hop_id=office.transit_router_attachment_id,
    )

Instead:
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, near_table)
    alicloud.cen.TransitRouterRouteEntry(
        "to-office",
        transit_router_route_table_id=near_table.transit_router_route_table_id,
        transit_router_route_entry_destination_cidr_block="10.2.0.0/16",
        transit_router_route_entry_next_hop_type="Attachment",
        transit_router_route_entry_next_hop_id=office.transit_router_attachment_id,
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When vSwitches are left out on purpose.

Source:
    https://www.alibabacloud.com/help/doc-detail/106224.htm: a VPC's routes are the blocks of its vSwitches
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.network.routes import GOOD, Leg, Member, Way, routes_of, verdicts_of
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.routes.named_elsewhere import is_named
from cenguard.rules.rule import Effect, Prelude, Rule, Scope

LEFT_OUT = frozenset({Way.NOT_PUBLISHED, Way.NOT_LEARNED})
"""How a block fares that entries leave out."""


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each pair of groups and direction in which only some blocks are reached."""
    for verdicts in verdicts_of(network).values():
        for item in verdicts.kept:
            if item.verdict.disposition is Way.UNCONNECTED:
                continue
            first, second = item.networks
            legs = [(first, second, item.forward)]
            if item.groups[0] is not item.groups[1]:
                legs.append((second, first, item.back))
            for sender, receiver, leg in legs:
                if leg.disposition is Way.PARTLY and not is_named(network, sender, receiver, leg):
                    yield from _said(network, sender, receiver, leg)


def _said(network: Network, sender: Member, receiver: Member, leg: Leg) -> Iterator[Finding]:
    missing = [block for block, way in leg.blocks.items() if way in LEFT_OUT]
    if not missing:
        return
    reached = [block for block, way in leg.blocks.items() if way in GOOD]
    steps = routes_of(network)[sender.item.instance].leg(sender, receiver, evidence=True).steps
    yield finding_about(
        receiver.item,
        f"{sender.label} reaches {', '.join(reached) or 'a part'} of {receiver.label}, and not {', '.join(missing)}: "
        f"route entries leave {'them' if len(missing) > 1 else 'it'} out.",
        question="",
        because=[step.text for step in steps],
        fix=f"Let the route entries cover {', '.join(missing)} as well.",
        instance=sender.item.instance,
        related=(sender.item.urn,) if sender.item.urn else (),
    )


RULE = Rule(
    code="CEN333",
    name="partly-routed",
    level=Level.ADVISORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check=check,
    needs=(Need.ROUTES,),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
