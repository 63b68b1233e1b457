"""Two route maps of one table have one priority.

What it does:
    Compares the priorities of route maps of one instance, region, direction and table.

Why it matters:
    The service refuses the second map, half-way through the update.

Example:
    first = alicloud.cen.RouteMap(
        "first", cen_id=core.id, cen_region_id="cn-hangzhou", map_result="Permit", priority=10, transmit_direction="RegionIn"
    )
    second = alicloud.cen.RouteMap(
        "second", cen_id=core.id, cen_region_id="cn-hangzhou", map_result="Permit", priority=10, transmit_direction="RegionIn"
    )

Instead:
    first = alicloud.cen.RouteMap(
        "first", cen_id=core.id, cen_region_id="cn-hangzhou", map_result="Permit", priority=10, transmit_direction="RegionIn"
    )
    second = alicloud.cen.RouteMap(
        "second", cen_id=core.id, cen_region_id="cn-hangzhou", map_result="Permit", priority=20, transmit_direction="RegionIn"
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    CreateCenRouteMap, `Priority`: unique for a region and direction
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network, identity
from cenguard.network.routing import RouteMap
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.routes.parts import routing_of
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each later map with the priority of an earlier one."""
    seen: dict[tuple[object, ...], RouteMap] = {}
    for item in sorted(routing_of(network).maps, key=lambda route_map: not route_map.stands):  # what stands was there first
        values = (item.region.value, item.direction.value, item.priority.value)
        if None in values or (item.table is None and item.names_table) or identity(item.instance) is not None:
            continue
        key = (item.instance.address, *values, item.table.key if item.table is not None else "")
        first = seen.setdefault(key, item)
        if first is item or item.stands:
            continue
        yield finding_about(
            item,
            f"Route maps {first.name} and {item.label} both have priority {item.priority.value:g} for {item.direction.value} in "
            f"{item.region.value}: the service refuses the second.",
            question="",
            because=(f"priority of {first.name}: {item.priority.value:g}", f"priority of {item.label}: {item.priority.value:g}"),
            fix=f"Give {item.label} a priority of its own, 1 to 100; the smaller one decides first.",
            instance=item.instance,
            related=(first.urn,),
        )


RULE = Rule(
    code="CEN329",
    name="duplicate-map-priority",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    spares_standing=True,
    needs=(Need.ROUTES,),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
