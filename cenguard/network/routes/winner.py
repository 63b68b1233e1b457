"""Which of a table's routes carries a packet, and whether that is certain."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from cenguard.network import Blocker
from cenguard.network.routes.members import Member
from cenguard.network.routes.tables import Route
from cenguard.network.routing import End, RouteTable


class Outcome(Enum):
    """What a look-up of a table comes to."""

    LEADS = "leads"
    """To one end."""
    DROPS = "drops"
    NONE = "none"
    DENIED = "denied"
    CONTESTED = "contested"
    OPEN = "open"


class Winner(NamedTuple):
    """The result of a look-up."""

    outcome: Outcome
    route: Route | None = None
    blocker: Blocker | None = None
    hop: End | None = None
    others: tuple[Route, ...] = ()
    """Of a contested one, the other routes of the same length."""


def winner_of(table: RouteTable, routes: Sequence[Route], member: Member) -> Winner:
    """The route that wins: the longest of those that are there, if nothing that may be there changes the way.

    Which of a static and a learned route of one length wins is not documented, nor which of two networks' routes of one
    block.
    """
    if len(routes) == 1 and routes[0].permitted:  # nearly always
        only = routes[0]
        return _lost(table, only, Outcome.DROPS) if only.hop is None else Winner(Outcome.LEADS, only, hop=only.hop)
    there = [route for route in routes if route.permitted]
    best = max((route.length for route in there), default=-1)
    top = [route for route in there if route.length == best]
    hops = {id(route.hop) for route in top}
    maybe = [
        route
        for route in routes
        if route.permitted is None and route.length >= best and not (len(hops) == 1 and top and route.hop is top[0].hop)
    ]
    if not top:
        if maybe:
            return Winner(Outcome.OPEN, maybe[0], maybe[0].blocker)
        # a map that keeps out another network's wider route is not what this one lacks
        denied = next((route for route in routes if route.permitted is False and route.member is member), None)
        if denied is not None:
            return _lost(table, denied, Outcome.DENIED)
        if table.blocker is not None:
            return Winner(Outcome.OPEN, None, table.blocker)
        return Winner(Outcome.NONE)
    if maybe:
        return Winner(Outcome.OPEN, maybe[0], maybe[0].blocker)
    if len(hops) == 1:
        route = top[0]
        return _lost(table, route, Outcome.DROPS) if route.hop is None else Winner(Outcome.LEADS, route, hop=route.hop)
    if any(route.entry is not None for route in top):
        names = sorted({_origin(route) for route in top})
        return Winner(
            Outcome.OPEN,
            top[0],
            Blocker(
                f"equal routes of {table.key}",
                f"{table.label} has routes of one block to different next hops ({', '.join(names)}), and which one wins is not documented",
                "taking one of them away would settle it",
            ),
        )
    own = next((route for route in top if route.member is member), None)
    if own is None:
        return Winner(Outcome.LEADS, top[0], hop=top[0].hop)
    return Winner(Outcome.CONTESTED, own, hop=own.hop, others=tuple(route for route in top if route is not own))


def _lost(table: RouteTable, route: Route, outcome: Outcome) -> Winner:
    """That a packet is lost by a route, unless another one may stand in the table that is not in the input."""
    blocker = table.blocker or route.table.blocker
    return Winner(outcome, route) if blocker is None else Winner(Outcome.OPEN, route, blocker)


def _origin(route: Route) -> str:
    if route.entry is not None:
        return route.entry.name
    return route.member.label if route.member is not None else route.table.label
