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
from itertools import combinations
from operator import itemgetter

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, CenInstance, Network, identity
from cenguard.network.routing import RouteMap
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.routes.parts import routing_of
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each later map with the priority of an earlier one, or with one that may be that of another."""
    seen: dict[tuple[object, ...], RouteMap] = {}
    maps = [item for item in routing_of(network).maps if not _is_wrong(item)]
    open_ = {item.instance.address for item in maps if _blocker(item) is not None}
    earlier = {address: _Earlier() for address in open_}
    elsewhere = _OfOthers(maps)
    for item in sorted(maps, key=lambda route_map: not route_map.stands):  # what stands was there first
        blocker, before = _blocker(item), earlier.get(item.instance.address)
        first: RouteMap | None = None
        if blocker is None:
            first = seen.setdefault((item.instance.address, *_place(item)), item)
            blocker = identity(item.instance)
        if before is not None and (first is None or first is item):
            first = before.meeting(item)
            blocker = (_blocker(first) if first is not None else None) or blocker
        if before is not None:
            before.add(item)
        if first is None or first is item:
            first = elsewhere.meeting(item)
            blocker = (identity(item.instance) or identity(first.instance)) if first is not None else None
        elsewhere.add(item)
        if first is not None and first is not item and not item.stands:
            yield _finding(item, first, blocker)


def _is_wrong(item: RouteMap) -> bool:
    """Whether it lacks something that a map needs, or has what cannot be read: the provider refuses it by itself."""
    told = any(given.value is None and given.blocker is None for given in (item.region, item.direction, item.priority))
    return told or (item.table is None and item.names_table and item.table_blocker is None)


def _blocker(item: RouteMap) -> Blocker | None:
    """Why it is not known where a map acts, or when."""
    told = (item.region.blocker, item.direction.blocker, item.priority.blocker)
    table = item.table_blocker if item.table is None and item.names_table else None
    return next((found for found in (*told, table) if found is not None), None)


def _place(item: RouteMap) -> tuple[object, ...]:
    """Its region, direction, priority and table; None for each that is not known."""
    table = item.table.key if item.table is not None else None
    if item.table.is_system if item.table is not None else item.region.value is not None and not item.names_table:
        table = ""  # the one of its region's router
    return (item.region.value, item.direction.value, item.priority.value, table)


class _Earlier:
    """The maps of an instance so far, found by whatever part of their place is known of both."""

    def __init__(self) -> None:
        self._count = 0
        self._known: set[tuple[int, ...]] = set()
        self._first: dict[tuple[object, ...], tuple[int, RouteMap]] = {}

    def add(self, item: RouteMap) -> None:
        """One more."""
        place = _place(item)
        known = tuple(number for number, value in enumerate(place) if value is not None)
        self._known.add(known)
        self._count += 1
        for size in range(len(known) + 1):
            for part in combinations(known, size):
                self._first.setdefault((known, part, *(place[number] for number in part)), (self._count, item))

    def meeting(self, item: RouteMap) -> RouteMap | None:
        """The first that may act on one table with the priority of another map: what is known of both is the same."""
        place = _place(item)
        found: list[tuple[int, RouteMap]] = []
        for known in self._known:
            part = tuple(number for number in known if place[number] is not None)
            first = self._first.get((known, part, *(place[number] for number in part)))
            if first is not None:
                found.append(first)
        return min(found, key=itemgetter(0))[1] if found else None


class _OfOthers:
    """The maps so far of instances that may be one, since it is not known which instance some are."""

    def __init__(self, maps: list[RouteMap]) -> None:
        found = {_may_be(item.instance): item.instance for item in maps if not item.instance.identified}
        self._of_any = [(key, instance, _Earlier(), _Earlier()) for key, instance in found.items() if not instance.candidates]
        """For instances that may be whichever (those of this input or not): the first of them, their own maps, those of the others."""
        self._own = {key: _Earlier() for key, instance in found.items() if instance.candidates}
        """The maps of instances that may be the same few."""
        few = {each.address for instance in found.values() for each in instance.candidates}
        self._known = {address: _Earlier() for address in few}
        """By one of those few: the maps that it has,"""
        self._perhaps = {address: _Earlier() for address in few}
        """and those that it may have."""

    def add(self, item: RouteMap) -> None:
        """One more."""
        mine, of = _may_be(item.instance), item.instance
        if of.address in self._known:
            self._known[of.address].add(item)
        if of.candidates:
            self._own[mine].add(item)
            for each in of.candidates:
                self._perhaps[each.address].add(item)
        for key, instance, own, others in self._of_any:
            if key == mine:
                own.add(item)
            if instance.may_be(of):
                others.add(item)

    def meeting(self, item: RouteMap) -> RouteMap | None:
        """The first that may act on one table with the priority of another map, should both instances be one."""
        mine, of = _may_be(item.instance), item.instance
        asked = [self._perhaps[of.address]] if of.address in self._perhaps else []
        if of.candidates:
            asked = [*(self._known[each.address] for each in of.candidates), self._own[mine]]
        for key, instance, own, others in self._of_any:
            if key == mine:
                asked += (others, own)
            elif instance.may_be(of):
                asked.append(own)
        return next((first for maps in asked if (first := maps.meeting(item)) is not None), None)


def _may_be(instance: CenInstance) -> object:
    """What decides which instances one of no known identity may be; None of an instance that is known."""
    return None if instance.identified else (instance.elsewhere, tuple(sorted(item.address for item in instance.candidates)))


def _finding(item: RouteMap, first: RouteMap, blocker: Blocker | None) -> Finding:
    one, two = evidence.two_labels(first, item)
    return finding_about(
        item,
        f"Route maps {one} and {two} both have priority {_told(item)} for {item.direction.value} in "
        f"{item.region.value}: the service refuses the second.",
        question=f"route map {item.label} has a priority of its own beside {one}",
        blocker=blocker,
        because=tuple(f"priority of {name}: {_told(found)}" for name, found in ((one, first), (two, item))),
        fix=f"Give {item.label} a priority of its own, 1 to 100; the smaller one decides first.",
        instance=item.instance,
        related=(first.urn,),
    )


def _told(item: RouteMap) -> str:
    return "not known" if item.priority.value is None else f"{item.priority.value:g}"


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
