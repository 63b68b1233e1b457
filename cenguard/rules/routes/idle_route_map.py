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
from cenguard.network.routing import DENY, RouteMap, RouteTable, Routing
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.routes.parts import Loose, routing_of
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each map of a table that is not used."""
    routing = routing_of(network)
    if not routing.maps:
        return
    uses = _Uses(routing)
    for item in routing.maps:
        table = item.table
        if table is None or item.looked_up or (not item.names_table and item.result.value != DENY):
            continue
        idle = uses.lacking(table) if item.names_table else uses.unused(table)
        if idle is None:
            continue
        why, blocker = idle
        yield finding_about(
            item,
            f"Route map {item.label} does nothing: {why}.",
            question=f"route map {item.label} does anything",
            blocker=blocker or table.blocker,
            because=(_acts_on(item, table), why),
            fix=f"Name the table that is meant as transitRouterRouteTableId of {item.label}.",
            instance=item.instance,
            related=(table.urn,) if table.urn else (),
        )


def _acts_on(item: RouteMap, table: RouteTable) -> str:
    return f"{item.label} acts on {table.label}" + ("" if item.names_table else ", since it names no table")


class _Uses:
    """What is looked up in tables, and what they learn."""

    def __init__(self, routing: Routing) -> None:
        self._ends = routing.ends
        self._associations = Loose(routing, routing.loose_associations)
        self._learning = (Loose(routing, routing.loose_propagations), Loose(routing, routing.loose_entries))

    def unused(self, table: RouteTable) -> tuple[str, Blocker | None] | None:
        """That a table does nothing at all, and what may turn out to use it."""
        if self._entered(table) or self._learns(table):
            return None
        return f"it acts on {table.label}, which no attachment uses", self._may_be_entered(table) or self._may_learn(table)

    def lacking(self, table: RouteTable) -> tuple[str, Blocker | None] | None:
        """What a table lacks, for certain before what it may have."""
        lacks: list[tuple[str, Blocker | None]] = []
        if not self._entered(table):
            lacks.append((f"nothing is associated with {table.label}", self._may_be_entered(table)))
        if not self._learns(table):
            lacks.append((f"{table.label} learns nothing", self._may_learn(table)))
        return min(lacks, key=lambda lack: lack[1] is not None, default=None)

    def _entered(self, table: RouteTable) -> bool:
        return bool(table.associations or self._associations.naming(table))

    def _learns(self, table: RouteTable) -> bool:
        return bool(table.propagations or table.entries or any(loose.naming(table) for loose in self._learning))

    def _may_be_entered(self, table: RouteTable) -> Blocker | None:
        return self._associations.may_name(table) or self._of_flags(table, "association_blocker")

    def _may_learn(self, table: RouteTable) -> Blocker | None:
        found = (loose.may_name(table) for loose in self._learning)
        return next((blocker for blocker in found if blocker is not None), None) or self._of_flags(table, "propagation_blocker")

    def _of_flags(self, table: RouteTable, name: str) -> Blocker | None:
        """The deprecated flags of attachments join them with the router's system table."""
        here = (end for end in self._ends if table.is_system and end.router == table.router)
        return next((blocker for end in here if (blocker := getattr(end, name)) is not None), None)


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
