"""How a packet leaves a network for the router: by what is published into its tables, or by entries of its own.

Published routes stand in every table of the network that takes them. Source: the service's diagnosis of published routes
(aliyun/alibabacloud-aiops-skills); CreateRouteEntry, `NextHopType` Attachment.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from cenguard.network import Blocker
from cenguard.network.prefixes import EVERYTHING, holds, length, text_of
from cenguard.network.routes.dispositions import Step, Way
from cenguard.network.routes.maps import Asked, Ruling, rule
from cenguard.network.routes.members import PUBLISHES, Member
from cenguard.network.routes.tables import Lookup, Route
from cenguard.network.routing import Aggregation, Direction, NetworkEntry, RouteTable

SWITCH = "systemRouteTableRoutePropagationEnable"
PROPERTY = "autoPublishRouteEnabled"


class Leave(NamedTuple):
    """Whether a packet leaves for the router."""

    way: Way | None
    """None where it leaves; else why not, or why that is not known."""
    blocker: Blocker | None = None
    steps: tuple[Step, ...] = ()
    astray: tuple[Step, ...] = ()
    """Where it leaves for the router by one table of the network, and another table sends it elsewhere: what that one does."""
    doubt: Blocker | None = None
    """Why the network may send it elsewhere before any router loses it."""


class FromRouter(NamedTuple):
    """What the router puts into a network's tables for a packet."""

    ruling: Ruling | None = None
    """What maps make of the routes that would lead it."""
    length: int | None = None
    """Of the longest route that certainly gets there; None where none does."""
    wide: Aggregation | None = None
    """The longest aggregation that holds the packet."""
    doubt: Blocker | None = None
    """Why another aggregation may hold it."""


class Door:
    """How packets may leave one network: what does not hang on where they go."""

    def __init__(self, sender: Member) -> None:
        self.sender = sender
        self.published, self.blocker = _published(sender)
        self.unrouted: Leave | None = None
        """How everything leaves one without entries of its own that is associated with no table, once somebody asked."""

    @cached_property
    def tables(self) -> list[tuple[list[NetworkEntry], bool | None]]:
        """Entries of each of its tables, and whether the router publishes into it."""
        return [
            ([item for item in self.sender.tables.entries if item.table == name], self.published if takes is not False else False)
            for name, takes in _tables(self.sender).items()
        ]

    @property
    def is_open(self) -> bool:
        """Whether everything leaves for the router, as the network has no entries of its own and takes what is published."""
        return self.published is True and not self.sender.tables.entries

    @property
    def is_shut(self) -> bool:
        """Whether nothing leaves for the router: nothing is published, and the network, which is of the input, has no entries."""
        return self.published is False and not self.sender.tables.entries and self.sender.end.network_declared

    @cached_property
    def whole(self) -> Leave:
        """How everything leaves through an open one."""
        return Leave(None, steps=(_said(self.sender),))


def leave(lookup: Lookup, door: Door, table: RouteTable | None, piece: int | None, receiver: Member) -> Leave:
    """How a packet for a piece of what the receiver hands over leaves the sender; `table` is the associated one."""
    if door.is_open and not (table is not None and lookup.maps(table, Direction.OUT)):
        return door.whole
    if table is not None or door.sender.tables.entries:
        return _leave(lookup, door, table, piece, receiver)
    if door.unrouted is None:  # nothing hangs on where the packet goes
        door.unrouted = _leave(lookup, door, None, piece, receiver)
    return door.unrouted


def _leave(lookup: Lookup, door: Door, table: RouteTable | None, piece: int | None, receiver: Member) -> Leave:
    sender, published = door.sender, door.published
    routes = lookup.routes(table, piece, receiver) if table is not None and published is not False else []
    router = _published_route(lookup, sender, table, routes) if published is not False else FromRouter()
    if table is not None and table.aggregations and sender.kind == "VPC":
        router = _with_wide(router, table, piece)
    found = [_from_table(sender, entries, piece, receiver, given, router) for entries, given in door.tables]
    best = min(found, key=_order)
    if best.way in _STOPS:
        unknown = next((item.blocker for item in sender.tables.entries if item.blocker is not None), None) or _absence(sender)
        if best.way is Way.DENIED and table is not None:  # no map touches a static entry, and one may stand elsewhere
            unknown = unknown or table.blocker
        if unknown is not None:
            return Leave(Way.UNDETERMINED, unknown, (_said(sender),))
    if best.way is Way.UNDETERMINED and best.blocker is None:
        best = best._replace(blocker=door.blocker)
    if len(found) > 1 and best.way in {None, Way.UNDETERMINED}:
        astray = next((item.steps for item in found if item.way is Way.DIVERTED), ())
        doubt = next((item.doubt for item in found if item.doubt is not None), None)
        return best._replace(astray=astray, doubt=doubt) if astray or doubt is not None else best
    return best


def _order(item: Leave) -> int:
    if item.way is None:
        return 0
    return {Way.UNDETERMINED: 1, Way.DIVERTED: 2, Way.DENIED: 3}.get(item.way, 4)


def _tables(sender: Member) -> dict[str, bool | None]:
    """The network's tables: whether each takes what is published."""
    takes = sender.tables.takes
    found: dict[str, bool | None] = {"": None if takes.blocker is not None else takes.value is not False}
    for name, given in sender.tables.custom.items():
        found[name] = None if given.blocker is not None else given.value is not False
    for entry in sender.tables.entries:
        found.setdefault(entry.table, True)
    return found


def _published(sender: Member) -> tuple[bool | None, Blocker | None]:
    """Whether the router publishes into some table of the network."""
    published, blocker = sender.publishes()
    if published is False:
        return published, blocker
    given = [sender.tables.takes, *sender.tables.custom.values()]
    if any(item.blocker is None and item.value is not False for item in given):
        return published, blocker
    unknown = next((item.blocker for item in given if item.blocker is not None), None)
    return (None, unknown) if unknown is not None else (False, None)


def _absence(sender: Member) -> Blocker | None:
    """Why a network may have entries that the input does not show."""
    if sender.end.network_declared:
        return None
    name = sender.end.network or sender.label
    return Blocker(
        f"entries {name}",
        f"{sender.label} is not a resource of the input, and its own route tables are not told",
        "the document of the stack that makes it would settle it",
    )


def _published_route(lookup: Lookup, sender: Member, table: RouteTable | None, routes: Iterable[Route]) -> FromRouter:
    """What the maps that look at routes going out into the network make of those that would lead the packet."""
    maps = lookup.maps(table, Direction.OUT) if table is not None else []
    best: Ruling | None = None
    longest: int | None = None
    for route in routes:
        if route.permitted is False:
            continue
        # static entries are not touched
        untouched = not maps or route.member is None or route.entry is not None
        ruling = Ruling(True) if untouched or route.member is None else rule(maps, Asked(route.member, route.block, to=sender))
        if ruling.permitted and route.permitted:
            longest = max(longest or 0, route.length)
        elif ruling.permitted:
            ruling = Ruling(None, blocker=route.blocker)  # whether it is there is not known
        if best is None or ruling.permitted or (best.permitted is False and ruling.permitted is None):
            best = ruling
    return FromRouter(best, longest)


def _with_wide(router: FromRouter, table: RouteTable, piece: int | None) -> FromRouter:
    """The same with the aggregations of a table that hold the packet."""
    holding = [item for item in table.aggregations if item.prefix is not None and piece is not None and holds(item.prefix, piece)]
    wide = max(holding, key=lambda item: length(item.prefix or 0), default=None)
    doubt = next((item.blocker for item in table.aggregations if item.prefix is None), None)
    if piece is None and doubt is None:
        doubt = Blocker(
            f"aggregations of {table.key}",
            f"{table.aggregations[0].name} may hold what is asked for, whose blocks are not known",
            "`cidrs` of the network in an inventory would settle it",
        )
    return router._replace(wide=wide, doubt=doubt)


def _from_table(
    sender: Member,
    entries: list[NetworkEntry],
    piece: int | None,
    receiver: Member,
    published: bool | None,
    router: FromRouter,
) -> Leave:
    """From one table of the network. Where publication is not known, what holds either way is certain."""
    ways = (published,) if published is not None else (True, False)
    found = [_either(sender, entries, piece, receiver, way, router) for way in ways]
    kinds = {item.way for item in found}
    if len(kinds) == 1 or kinds <= _STOPS:
        return found[0] if kinds != {None} else found[-1]
    open_ways = [item for item in found if item.way is Way.UNDETERMINED]
    return max(open_ways, key=lambda item: item.doubt is not None, default=Leave(Way.UNDETERMINED, None, (_said(sender),)))


_STOPS = frozenset({Way.DENIED, Way.NOT_PUBLISHED})


def _either(
    sender: Member,
    entries: list[NetworkEntry],
    piece: int | None,
    receiver: Member,
    published: bool,
    router: FromRouter,
) -> Leave:
    """From one table into which the router publishes, or does not."""
    leading, leaving, doubtful = _holding(sender, entries, piece)
    by_hand = max((length(item.prefix or 0) for item in leading), default=-1)
    away = max((length(item.prefix or 0) for item in leaving), default=-1)
    ruling, length_there, wide = router.ruling, router.length, router.wide if published else None
    denied = published and ruling is not None and ruling.permitted is False
    unsure = published and ruling is not None and ruling.permitted is None
    by_router = length_there if published and not denied and not unsure else None
    if wide is not None:  # no map touches it, as it is no route of the table
        across = length(wide.prefix or 0)
        if by_router is not None and by_hand < away and across <= away < by_router:
            return Leave(Way.UNDETERMINED, _withdrawn(wide, sender))
        denied = unsure = False
        by_router = across if by_router is None else by_router
    elif denied and router.doubt is not None and by_hand < 0:
        return Leave(Way.UNDETERMINED, router.doubt, (_said(sender),))
    if by_router is not None and away == by_router >= by_hand:
        return Leave(Way.UNDETERMINED, _equal(sender, leaving))
    # where the attachment publishes, leaving holds: what follows says what is missing
    leads = max(by_hand, by_router or 0) if published and not denied and not unsure else by_hand
    own = next((item for item in doubtful if item.attachment == sender.end.address or item.blocker is not None), None)
    other = next(
        (
            item
            for item in doubtful
            if item.attachment != sender.end.address and (piece is None or item.prefix is None or length(item.prefix) > leads)
        ),
        None,
    )
    doubt = (other.blocker or receiver.blocker) if other is not None else None
    if leads >= 0 and other is not None:
        return Leave(Way.UNDETERMINED, doubt, (_said(sender),), doubt=doubt)
    if away > 0 and away > leads:  # 0.0.0.0/0 is the way to the Internet, and no other door to this network
        return _diverted(sender, leaving)
    if leads >= 0:
        if by_router is not None and by_router >= by_hand:
            aggregated = wide is not None and length_there is None
            return Leave(None, steps=(_said(sender), _by_aggregation(sender, wide)) if wide and aggregated else (_said(sender),))
        return Leave(None, steps=(_said(sender),) if by_hand < 0 else (_by_hand(sender, leading),))
    if unsure:
        return Leave(Way.UNDETERMINED, ruling.blocker if ruling is not None else None, (_said(sender),))
    if own is not None and (piece is None or own.blocker is not None):
        return Leave(Way.UNDETERMINED, own.blocker or receiver.blocker, (_said(sender),), doubt=doubt)
    if other is not None:
        return Leave(Way.UNDETERMINED, doubt, (_said(sender), _no_entry(sender)), doubt=doubt)
    if denied and ruling is not None and ruling.by is not None:
        return Leave(Way.DENIED, steps=(denying(ruling, f"published into {sender.label}"),))
    return Leave(Way.NOT_PUBLISHED, steps=(_said(sender), _no_entry(sender)))


def _holding(
    sender: Member, entries: list[NetworkEntry], piece: int | None
) -> tuple[list[NetworkEntry], list[NetworkEntry], list[NetworkEntry]]:
    """Entries that hold a piece and lead to the attachment, that hold it and lead elsewhere, and those of which that is not known."""
    leading: list[NetworkEntry] = []
    leaving: list[NetworkEntry] = []
    doubtful: list[NetworkEntry] = []
    for item in entries:
        if item.prefix is None or (piece is None and item.prefix != EVERYTHING):
            doubtful.append(item)
        elif piece is None or holds(item.prefix, piece):
            if item.blocker is not None:
                doubtful.append(item)
            else:
                (leading if item.attachment == sender.end.address else leaving).append(item)
    return leading, leaving, doubtful


def _diverted(sender: Member, entries: Iterable[NetworkEntry]) -> Leave:
    item = max(entries, key=lambda entry: length(entry.prefix or 0))
    to = item.hop or (item.attachment or "").rpartition("::")[2] or "elsewhere"
    text = f"{sender.label} sends {text_of(item.prefix or 0)} elsewhere: {item.name} leads to {to}"
    return Leave(Way.DIVERTED, steps=(Step(text=text, urn=item.urn, property="nexthopType"),))


def _equal(sender: Member, entries: Iterable[NetworkEntry]) -> Blocker:
    item = max(entries, key=lambda entry: length(entry.prefix or 0))
    return Blocker(
        f"equal entries {item.urn}",
        f"{item.name} of {sender.label} and a published route have one block, and which one wins is not documented",
        "taking one of them away would settle it",
    )


def _withdrawn(wide: Aggregation, sender: Member) -> Blocker:
    return Blocker(
        f"aggregation {wide.urn}",
        f"{wide.name} puts {text_of(wide.prefix or 0)} into {sender.label}, and whether longer routes are published beside it is not documented",
        "an entry of the network that leads to its attachment would settle it",
    )


def _by_aggregation(sender: Member, wide: Aggregation) -> Step:
    text = f"{wide.name} puts {text_of(wide.prefix or 0)} into {sender.label}, which leads to {sender.item.label}"
    return Step(text=text, urn=wide.urn, property="transitRouteTableAggregationCidr")


def _said(sender: Member) -> Step:
    """What the attachment says of publication."""
    end, name = sender.end, sender.item.label
    if sender.item.direct:
        return Step(text=f"{name} is attached directly: the Basic Edition publishes by itself", urn=sender.item.urn)
    if sender.kind == "ECR":
        return Step(
            text=f"{name} publishes into {sender.label}: an Express Connect Router takes the routes always", urn=end.address
        )
    given, default = end.publishes, PUBLISHES.get(sender.kind, False)
    published = default if given.value is None else given.value
    if given.blocker is not None:
        said = f"{PROPERTY} is not known"
        return Step(text=f"whether {name} publishes into {sender.label} is not known: {said}", urn=end.address, property=PROPERTY)
    why = (
        f"{PROPERTY} is {str(given.value).lower()}"
        if given.value is not None
        else (f"{PROPERTY} is not set, the service's default is {str(default).lower()}")
    )
    verb = "publishes" if published else "publishes nothing"
    if published and sender.tables.takes.value is False:
        why = f"{why}, and {SWITCH} of {sender.label} is false"
    return Step(text=f"{name} {verb} into {sender.label}: {why}", urn=end.address, property=PROPERTY)


def _by_hand(sender: Member, entries: Iterable[NetworkEntry]) -> Step:
    item = max(entries, key=lambda entry: length(entry.prefix or 0))
    return Step(text=f"{item.name} of {sender.label} leads {text_of(item.prefix or 0)} to {sender.item.label}", urn=item.urn)


def _no_entry(sender: Member) -> Step:
    return Step(text=f"no route entry of {sender.label} leads to {sender.item.label}", urn=sender.end.address)


def denying(ruling: Ruling, what: str) -> Step:
    """That a map denies a route."""
    item = ruling.by
    name = item.name if item is not None else "a route map"
    return Step(
        text=f"route map {name} denies the route {what}", urn=item.urn if item is not None else None, property="mapResult"
    )
