"""Route tables that are kept apart in all regions: the route maps that deny each the routes of the others' networks.

Tables alone cannot: a peer is associated with one table at each end, so what comes in over it reaches every network there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cenguard.errors import Problem, nearest
from cenguard.planning.argument_values import shown
from cenguard.planning.arguments import RouteTable, WantedNetwork
from cenguard.planning.plan import Edition
from cenguard.planning.planned_routes import FIRST_PRIORITY, LAST_PRIORITY, MOST_APART, NETWORKS_IN_A_MAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """One route map: a table does not learn the routes of some networks."""

    table: str
    """Key of the table."""
    number: int
    """Which of the table's maps it is, counted from 1."""
    priority: int
    networks: tuple[str, ...]
    """Keys of the networks, 32 at most."""


def denials(
    apart: Sequence[Sequence[str]], networks: Mapping[str, WantedNetwork], tables: Mapping[str, RouteTable]
) -> tuple[Denial, ...]:
    """The route maps that keep tables apart, in an order that depends on nothing but their content.

    A priority is unique for a region and a direction: the tables of one region take turns, so that a network more moves
    the maps of no other table. Source: CreateCenRouteMap, `Priority`.
    """
    kept_from = _kept_from(apart, networks)
    kept_from = {table: keys for table, keys in kept_from.items() if table in tables}
    found: list[Denial] = []
    for table, keys in sorted(kept_from.items()):
        neighbours = sorted(other for other in kept_from if tables[other]["region"] == tables[table]["region"])
        for index, start in enumerate(range(0, len(keys), NETWORKS_IN_A_MAP)):
            priority = FIRST_PRIORITY + index * len(neighbours) + neighbours.index(table)
            part = keys[start : start + NETWORKS_IN_A_MAP]
            found.append(Denial(table=table, number=index + 1, priority=priority, networks=part))
    return tuple(found)


def _kept_from(apart: Sequence[Sequence[str]], networks: Mapping[str, WantedNetwork]) -> dict[str, tuple[str, ...]]:
    """Keys of the networks whose routes each table is kept from; tables with none are left out."""
    of: dict[str, list[str]] = {}
    for key, network in sorted(networks.items()):
        if "table" in network:
            of.setdefault(network["table"], []).append(key)
    found: dict[str, set[str]] = {}
    for group in apart:
        for table in group:
            found.setdefault(table, set()).update(key for other in group if other != table for key in of.get(other, ()))
    return {table: tuple(sorted(keys)) for table, keys in found.items() if keys}


def check_apart(
    apart: Sequence[Sequence[str]],
    edition: Edition | None,
    tables: Mapping[str, RouteTable],
    networks: Mapping[str, WantedNetwork],
) -> Iterator[Problem]:
    """Every problem of the tables that are to be kept apart."""
    if apart and edition is Edition.BASIC:
        yield Problem("apart", "needs the enterprise edition: a basic router has one table")
        return
    for index, group in enumerate(apart):
        path = f"apart[{index}]"
        for key in sorted({key for key in group if key not in tables}):
            close = nearest(key, tables)
            hint = f"; did you mean {close}?" if close else f": {', '.join(sorted(tables)) or 'there are none'}"
            yield Problem(path, f"{shown(key)} is not a key of route_tables{hint}")
        for key in sorted({key for key in group if group.count(key) > 1}):
            yield Problem(path, f"{shown(key)} is there twice: a table is not kept apart from itself")
        if len(group) < 2:
            yield Problem(path, "two tables or more are kept apart from each other")
    too_many = {table: len(keys) for table, keys in _kept_from(apart, networks).items() if len(keys) > MOST_APART}
    for table, count in sorted(too_many.items()):
        yield Problem(
            "apart",
            f"{shown(table)} would be kept from {count:,} networks, and {MOST_APART:,} is the most: a route map takes "
            f"{NETWORKS_IN_A_MAP}, and the priorities {FIRST_PRIORITY} to {LAST_PRIORITY} are used",
        )
    crowded = {item.table for item in denials(apart, networks, tables) if item.priority > LAST_PRIORITY} - set(too_many)
    for region in sorted({tables[table]["region"] for table in crowded}):
        yield Problem(
            "apart",
            f"the tables of {region} would need route maps beyond priority {LAST_PRIORITY}, which are unique in a region: "
            "keep fewer tables of the region apart, or fewer networks",
        )
