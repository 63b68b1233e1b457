"""What route maps do with one route of one table.

In order of priority the first map decides whose conditions all hold; Permit goes on where it names a next priority; where
none holds, the route is permitted. Destination conditions count for routes that go out only, and static entries are not
touched. Source: CreateCenRouteMap; https://www.alibabacloud.com/help/en/cen/user-guide/routing-policy-overview.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cenguard.network import Blocker
from cenguard.network.prefixes import holds, parsed
from cenguard.network.routes.members import Member
from cenguard.network.routing import DENY, Direction, Members, RouteMap

INCLUDE, COMPLETE = "Include", "Complete"
MOST_PRIORITIES = 101


class Ruling(NamedTuple):
    """What maps make of a route."""

    permitted: bool | None
    """None where that is not known."""
    by: RouteMap | None = None
    blocker: Blocker | None = None


PERMITTED = Ruling(True)


class Asked(NamedTuple):
    """A route that maps are asked about, and where it goes."""

    source: Member
    block: int | None
    """None for a block that is not known."""
    to: Member | None = None
    """The network it goes out to."""
    to_peer: bool = False


def in_order(maps: Iterable[RouteMap], direction: Direction) -> list[RouteMap]:
    """The maps of one direction, by priority; one whose direction or priority is not known among them."""
    found = [item for item in maps if item.direction.value in (None, direction)]
    return sorted(found, key=lambda item: (item.priority.value if item.priority.value is not None else 0, item.urn))


def rule(maps: Sequence[RouteMap], asked: Asked) -> Ruling:
    """What the maps of one table and direction, in order, make of a route."""
    return _from(maps, 0, asked) if maps else PERMITTED


def matched(item: RouteMap, asked: Asked) -> tuple[bool | None, Blocker | None]:
    """Whether all conditions of a map hold; None, with the reason, where one cannot be decided and the others hold."""
    unknown: Blocker | None = item.direction.blocker or item.priority.blocker
    if item.table is None:
        unknown = unknown or item.table_blocker
    for holds_here, blocker in _conditions(item, asked):
        if holds_here is False:
            return False, None
        if holds_here is None:
            unknown = unknown or blocker or _undecided(item, "a region or a network that is not known yet")
    return (True, None) if unknown is None else (None, unknown)


def _from(maps: Sequence[RouteMap], start: int, asked: Asked) -> Ruling:
    for index in range(start, len(maps)):
        item = maps[index]
        holds_here, blocker = matched(item, asked)
        if holds_here is False:
            continue
        if holds_here is None:
            here, otherwise = _decision(maps, index, asked), _from(maps, index + 1, asked)
            if here.permitted is not None and here.permitted == otherwise.permitted:
                return otherwise
            return Ruling(None, item, blocker)
        return _decision(maps, index, asked)
    return PERMITTED


def _decision(maps: Sequence[RouteMap], index: int, asked: Asked) -> Ruling:
    item = maps[index]
    if item.result.value is None:
        return Ruling(None, item, item.result.blocker or _undecided(item, "its result"))
    if item.result.value == DENY:
        return Ruling(False, item)
    following = item.next_priority.value
    if item.next_priority.blocker is not None:
        return Ruling(None, item, item.next_priority.blocker)
    if following is None or not 0 < following < MOST_PRIORITIES:
        return Ruling(True, item)
    later = next((at for at in range(index + 1, len(maps)) if (maps[at].priority.value or 0) >= following), len(maps))
    return _from(maps, later, asked) if later < len(maps) else Ruling(True, item)


def _conditions(item: RouteMap, asked: Asked) -> Iterable[tuple[bool | None, Blocker | None]]:
    source = asked.source
    yield _among(item.source_regions, source.end.region)
    yield _among(item.sources, source.end.network)
    yield _among(item.source_types, source.kind)
    yield _block(item, asked)
    yield _route_type(item, asked)
    if asked.to is not None or asked.to_peer:
        yield _among(item.destinations, asked.to.end.network if asked.to else "")
        yield _among(item.destination_types, asked.to.kind if asked.to else "")
    for text in item.undecided:
        if text.startswith("destination") and asked.to is None and not asked.to_peer:
            continue
        yield None, _undecided(item, text)


def _among(listed: Members | None, name: str | None) -> tuple[bool | None, Blocker | None]:
    if listed is None:
        return True, None
    if name is None:
        return None, listed.blocker
    if name in listed.names:
        return not listed.reverse, None
    return (None, listed.blocker) if listed.blocker is not None else (listed.reverse, None)


def _block(item: RouteMap, asked: Asked) -> tuple[bool | None, Blocker | None]:
    """Whether the route's block is one that the map lists: equal to it, or inside of it where the mode is `Include`.

    Without a mode equal blocks match, and what one inside a listed block does is not documented.
    """
    listed, mode = item.blocks, item.cidr_mode
    if listed.value is None or (not listed.value and listed.blocker is None):
        return True, None
    if asked.block is None:
        return None, asked.source.blocker or listed.blocker
    blocks = [block for text in listed.value if (block := parsed(text)) is not None]
    if mode.value == INCLUDE and any(holds(block, asked.block) for block in blocks):
        return True, None  # so do the vSwitches of a VPC that is only known as a whole
    coarse = asked.source.blocks.is_coarse(asked.block)
    if asked.block in blocks:
        return (None, asked.source.blocker) if coarse else (True, None)
    if mode.value is None and any(holds(block, asked.block) for block in blocks):
        return None, mode.blocker or _undecided(item, "cidrMatchMode, which is not set")
    if coarse and any(holds(asked.block, block) for block in blocks):
        return None, asked.source.blocker
    if mode.value == COMPLETE and coarse and any(holds(block, asked.block) for block in blocks):
        return False, None
    return (None, listed.blocker) if listed.blocker is not None else (False, None)


def _route_type(item: RouteMap, asked: Asked) -> tuple[bool | None, Blocker | None]:
    """Whether the type of the route is listed.

    A VPC hands over system routes, and entries of its own that are published one by one; of other kinds it is not known.
    Source: CreateCenRouteMap, `RouteTypes`.
    """
    if item.route_types is None:
        return True, None
    blocks = asked.source.blocks
    if asked.source.kind == "VPC" and not (asked.block is None and blocks.may_advertise):
        return _among(item.route_types, "Custom" if asked.block in blocks.advertised else "System")
    return None, item.route_types.blocker or _undecided(item, "routeTypes")


def _undecided(item: RouteMap, what: str) -> Blocker:
    return Blocker(f"map {item.urn}", f"route map {item.name} asks for {what}, which cannot be decided here", "")
