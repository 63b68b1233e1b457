"""What a look-up of a table comes to, in words."""

from cenguard.network.prefixes import text_of
from cenguard.network.routes.dispositions import BLOCK, Step
from cenguard.network.routes.leaving import denying
from cenguard.network.routes.maps import Ruling
from cenguard.network.routes.members import Member
from cenguard.network.routes.tables import Route
from cenguard.network.routes.winner import Outcome, Winner
from cenguard.network.routing import RouteTable


def route_steps(table: RouteTable, found: Winner, receiver: Member, piece: int | None) -> list[Step]:
    """What a look-up of a table comes to, in words."""
    what = BLOCK if piece is not None else f"what {receiver.label} hands over"
    route = found.route
    where = table.urn
    match found.outcome:
        case Outcome.NONE:
            return [Step(text=f"{table.label} has no route to {receiver.label} ({what})", urn=where)]
        case Outcome.DENIED if route is not None:
            ruling = Ruling(False, route.by)
            return [
                denying(
                    ruling,
                    f"of {receiver.label} in {table.label}"
                    if route.over is None
                    else f"of {receiver.label} on its way into {table.label}",
                )
            ]
        case Outcome.OPEN:
            return [Step(text=f"which route of {table.label} leads {what} is not known", urn=where)]
        case Outcome.CONTESTED:
            names = " and ".join(
                sorted({item.member.label for item in (found.route, *found.others) if item is not None and item.member})
            )
            return [Step(text=f"{table.label} has {what} from {names}: one of them gets it", urn=where)]
    if route is None:
        return []
    if route.over is not None:
        by = route.entry.name if route.entry is not None else route.relation.name if route.relation is not None else ""
        peer = found.hop.item.label if found.hop is not None else ""
        text = f"{table.label} has {what} over {peer} from {route.table.label}: {peer} advertises, {route.over.name}"
        if route.entry is not None:
            return [Step(text=f"{text}; {route.table.label} holds {text_of(route.block or 0)}: {by}", urn=route.over.urn or None)]
        return [
            Step(
                text=f"{text}; {route.table.label} learns {receiver.label if route.member is receiver else _name(route)}: {by}",
                urn=route.over.urn or None,
            )
        ]
    if route.entry is not None:
        to = "a black hole" if route.hop is None else route.hop.item.label
        block = text_of(route.block) if route.block is not None else what
        return [Step(text=f"{table.label} leads {block} to {to}: {route.entry.name}", urn=route.entry.urn or None)]
    if route.relation is not None and route.hop is not None:
        by = route.relation.by_flag or route.relation.name
        learns = f"{table.label} learns {_name(route)}: {by}"
        return [Step(text=f"{learns}; it leads {what} to {route.hop.item.label}", urn=route.relation.urn or None)]
    return [
        Step(text=f"{table.label} has {what}, and leads it to {route.hop.item.label if route.hop else 'a black hole'}", urn=where)
    ]


def _name(route: Route) -> str:
    return route.member.label if route.member is not None else ""
