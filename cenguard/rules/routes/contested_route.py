"""Two VPCs hand one vSwitch block to one route table.

What it does:
    Compares the vSwitch blocks of the VPCs that a route table learns, over peers too. Of VPCs whose vSwitches are not in
    the input only their own blocks are known: undetermined. A VPC whose route a route map keeps out of the table does not
    hand it over.

Why it matters:
    A table keeps one route for a block. One of the two VPCs gets the traffic, and which one is not documented.

Example:
    office = site("office", "10.1", near, hangzhou, auto_publish_route_enabled=True)  # the block of the plant
    enters("office", office, near_table)
    known("office", office, near_table)

Instead:
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, near_table)
    known("office", office, near_table)

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never; tables of their own keep such networks apart.

Source:
    "Why does a VPC route table or CEN prompt the route conflict error message" (2023-09-22); DescribeRouteConflict
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, Network
from cenguard.network.prefixes import text_of
from cenguard.network.routes import Member, routes_of
from cenguard.network.routes.members import are_one
from cenguard.network.routing import RouteTable
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.routes.parts import is_entered, routing_of
from cenguard.rules.rule import Effect, Prelude, Rule, Scope

if TYPE_CHECKING:
    from cenguard.network.routes.estate import InstanceRoutes

MOST_NAMED = 4
"""Blocks that a message names."""


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each table in use that learns one block from two VPCs."""
    if not routing_of(network).tables:
        return
    for routes in routes_of(network).values():
        if routes.has_routers and routes.meeting:
            for table in routing_of(network).tables.values():
                if is_entered(network, table):
                    yield from _contested(routes, table)


def _contested(routes: "InstanceRoutes", table: RouteTable) -> Iterator[Finding]:
    owners: dict[int, list[Member]] = {}
    meeting = frozenset(routes.meeting)
    for member in routes.lookup.known_in(table):
        if member.kind == "VPC" and member.meets:
            for block in member.blocks.handed:
                if block in meeting:
                    owners.setdefault(block, []).append(member)
    twins = {block: members for block, members in owners.items() if _are_two(members)}
    doubts: dict[tuple[int, int], Blocker | None] = {}
    if routes.maps:
        twins = {
            block: kept for block, members in twins.items() if _are_two(kept := _let_in(routes, table, block, members, doubts))
        }
    if not twins:
        return

    def sure(block: int) -> list[Member]:
        return [item for item in twins[block] if not item.blocks.is_coarse(block) and (block, id(item)) not in doubts]

    certain = [block for block in twins if len(sure(block)) > 1]
    block = min(certain or twins)
    members = twins[block]
    first, second = sorted(sure(block) if certain else members, key=lambda item: item.end.address)[:2]
    advertising = [item.label for item in (first, second) if block in item.blocks.advertised]
    others = ", ".join(text_of(item) for item in sorted(certain)[1:MOST_NAMED])
    more = f" The same holds of {others}{' and more' if len(certain) > MOST_NAMED else ''}." if others else ""
    yield finding_about(
        table.urn or table.key,
        f"{first.label} and {second.label} both hand {text_of(block)} to {table.label}: one of the two gets its traffic.{more}",
        question=f"{first.label} and {second.label} both hand {text_of(block)} to {table.label}",
        blocker=None
        if certain
        else next(item.blocker or doubts.get((block, id(item))) for item in members if item not in sure(block)),
        because=(
            f"{table.label} learns {first.label} and {second.label}",
            f"{first.label} has {text_of(block)}",
            f"{second.label} has {text_of(block)}",
        ),
        fix=(
            f"Advertise {text_of(block)} from {'one of the two only' if len(advertising) > 1 else 'another network than ' + advertising[0]}, "
            "or propagate one of the two into another table."
            if advertising
            else "Give one of the vSwitches another block, or propagate one of the two into another table."
        ),
        instance=routes.instance,
        related=tuple(item.item.urn for item in (first, second) if item.item.urn),
    )


def _are_two(members: Sequence[Member]) -> bool:
    return any(not are_one(members[0], item) for item in members[1:])


def _let_in(
    routes: "InstanceRoutes",
    table: RouteTable,
    block: int,
    members: Sequence[Member],
    doubts: dict[tuple[int, int], Blocker | None],
) -> list[Member]:
    """The networks whose route no map keeps out of the table; of those that one may keep out, why, in `doubts`."""
    found = []
    for member in members:
        let_in = [
            item for item in routes.lookup.routes(table, block, member) if item.member is member and item.permitted is not False
        ]
        if not let_in:
            continue
        found.append(member)
        if not any(item.permitted for item in let_in):
            doubts[block, id(member)] = let_in[0].blocker
    return found


RULE = Rule(
    code="CEN327",
    name="contested-route",
    level=Level.MANDATORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check=check,
    needs=(Need.ROUTES,),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
