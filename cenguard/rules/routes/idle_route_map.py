"""A route map acts on a table in which nothing happens.

What it does:
    Looks for maps that deny and name no table, on a router none of whose attachments uses the system table; and for maps of
    a table with which nothing is associated, or which learns nothing.

Why it matters:
    A map without a table acts on the router's system table only. Beside tables of one's own it denies nothing, and what was
    meant to be kept apart is not.

Example:
    denied = alicloud.cen.RouteMap(
        "denied",
        cen_id=core.id,
        cen_region_id="cn-hangzhou",
        map_result="Deny",
        priority=10,
        transmit_direction="RegionIn",
    )

Instead:
    denied = alicloud.cen.RouteMap(
        "denied",
        cen_id=core.id,
        cen_region_id="cn-hangzhou",
        map_result="Deny",
        priority=10,
        transmit_direction="RegionIn",
        transit_router_route_table_id=near_table.transit_router_route_table_id,
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When the system tables are used outside of the input.

Source:
    CreateCenRouteMap, `TransitRouterRouteTableId`
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, Network
from cenguard.network.routing import DENY, RouteMap, RouteTable
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.routes.parts import routing_of
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each map of a table that is not used."""
    for item in routing_of(network).maps:
        table = item.table
        if table is None or item.looked_up or (not item.names_table and item.result.value != DENY):
            continue
        why = _idle(item, table)
        if why is None:
            continue
        yield finding_about(
            item,
            f"Route map {item.label} does nothing: {why}.",
            question=f"route map {item.label} does anything",
            blocker=_blocker(network, table),
            because=(_acts_on(item, table), why),
            fix=f"Name the table that is meant as transitRouterRouteTableId of {item.label}.",
            instance=item.instance,
            related=(table.urn,) if table.urn else (),
        )


def _acts_on(item: RouteMap, table: RouteTable) -> str:
    return f"{item.label} acts on {table.label}" + ("" if item.names_table else ", since it names no table")


def _idle(item: RouteMap, table: RouteTable) -> str | None:
    if not item.names_table:
        used = table.associations or table.propagations or table.entries
        return None if used else f"it acts on {table.label}, which no attachment uses"
    if not table.associations:
        return f"nothing is associated with {table.label}"
    return None if table.propagations or table.entries else f"{table.label} learns nothing"


def _blocker(network: Network, table: RouteTable) -> Blocker | None:
    for relation in (*routing_of(network).loose_associations, *routing_of(network).loose_propagations):
        if relation.router is None or table.router is None or relation.router == table.router:
            return relation.blocker
    for end in routing_of(network).ends:
        if end.router == table.router and (end.association_blocker or end.propagation_blocker):
            return end.association_blocker or end.propagation_blocker
    return table.blocker


RULE = Rule(
    code="CEN328",
    name="idle-route-map",
    level=Level.ADVISORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check=check,
    needs=(Need.ROUTES,),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
