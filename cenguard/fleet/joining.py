"""Parts of many states that belong together: those that share an id, which is to say a CEN instance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from cenguard.fleet.journal import Entry, Place
from cenguard.fleet.parts import PackageNote
from cenguard.network.known import Inventory, laid_together
from cenguard.text.printable import listed


@dataclass(frozen=True, slots=True)
class PartAt:
    """A part, and the state it is of."""

    entry: Entry
    index: int

    @property
    def place(self) -> Place:
        """Where its records are."""
        return self.entry.places[self.index]


@dataclass(slots=True)
class Group:
    """What is judged together."""

    parts: list[PartAt] = field(default_factory=list)
    inventory: Inventory = field(default_factory=Inventory)

    @property
    def size(self) -> int:
        """Bytes of its records."""
        return sum(part.place.length for part in self.parts)


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that stands, which another instance may be told of instead of one of its own."""

    note: PackageNote
    part: PartAt
    attachment: PartAt | None = None
    """What attaches it, which may be of another state; None where nothing does."""


@dataclass(slots=True)
class Joined:
    """Everything that was read, in groups."""

    groups: list[Group]
    """In the order of their first states."""
    attached: dict[tuple[str, str], list[Offer]]
    """Packages that are attached, by area pair: the first few."""
    unattached: dict[tuple[str, str], list[Offer]]
    """The same of packages that are attached to nothing."""
    loose: list[PartAt]
    """Parts that may belong to any instance."""
    passed_over: list[PartAt] = field(default_factory=list)
    """Further ones of these, which no instance is judged beside."""
    elsewhere: list[Inventory] = field(default_factory=list)
    """Rows of an inventory that are about no group, apart for each instance."""

    @property
    def remarks(self) -> list[str]:
        """What is said of parts that no instance is judged beside."""
        urls = list(dict.fromkeys(part.entry.state.url for part in self.passed_over))
        if not urls:
            return []
        told = "do" if len(urls) > 1 else "does"
        said = (
            f"{listed(urls)} {told} not tell which instance or package something is of; each instance is judged beside "
            f"{len(self.loose)} such parts and not beside these, so that what it is said to lack may be there"
        )
        return [said]


OFFERED = 3
"""Packages of an area pair that an instance without one may be told of; one of them may be its own."""
MOST_LOOSE = 50
"""Parts of an unknown instance that every instance is judged beside."""


class _Names:
    """Names joined with each other; each set of them is known by one of its own."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def top(self, name: str) -> str:
        above = self._above
        while (over := above.get(name, name)) != name:
            above[name] = above.get(over, over)
            name = over
        return name

    def join(self, names: Iterable[str]) -> None:
        first: str | None = None
        for name in names:
            top = self.top(name)
            if first is None:
                first = top
            elif top != first:
                self._above[top] = first


def join(entries: Sequence[Entry], inventory: Inventory) -> Joined:
    """Group the parts of all states, with the rows of an inventory that are about them.

    A group in which nothing is of CEN is left out: networks that no instance has.
    """
    names = _Names()
    for entry in entries:
        for head in entry.state.parts:
            names.join(head.names)
    rows = list(_rows(inventory))
    for _, row in rows:
        names.join(_ids(row))
    groups: dict[str, Group] = {}
    alone: list[Group] = []
    loose: list[PartAt] = []
    passed_over: list[PartAt] = []
    with_cen: set[str] = set()
    for entry in entries:
        for index, head in enumerate(entry.state.parts):
            part = PartAt(entry, index)
            if head.names:
                top = names.top(head.names[0])
                groups.setdefault(top, Group()).parts.append(part)
                if head.cen:
                    with_cen.add(top)
            elif head.cen:
                alone.append(Group([part]))
            if head.loose:
                (loose if len(loose) < MOST_LOOSE else passed_over).append(part)
    found = {top: group for top, group in groups.items() if top in with_cen}
    elsewhere = _hand_out(inventory, names, found) if rows else []
    everything = sorted((*found.values(), *alone), key=lambda group: (group.parts[0].entry.state.url, group.parts[0].index))
    attached, unattached = _offers(everything)
    return Joined(everything, attached, unattached, loose, passed_over, elsewhere)


def _offers(groups: Iterable[Group]) -> tuple[dict[tuple[str, str], list[Offer]], dict[tuple[str, str], list[Offer]]]:
    attached: dict[tuple[str, str], list[Offer]] = {}
    unattached: dict[tuple[str, str], list[Offer]] = {}
    for group in groups:
        named = {name: part for part in group.parts for name in part.entry.state.parts[part.index].attached}
        for part in group.parts:
            for note in part.entry.state.parts[part.index].packages:
                kept = (attached if note.id in named else unattached).setdefault(note.areas, [])
                kept.append(Offer(note, part, named.get(note.id)))
    for offers in (*attached.values(), *unattached.values()):
        offers.sort(key=lambda item: item.note.id)
        del offers[OFFERED:]
    return attached, unattached


# ---------------------------------------------------------------------- the inventory's rows


def _rows(inventory: Inventory) -> Iterable[tuple[str, Any]]:
    """Every row of an inventory, with the field it stands in."""
    for name in inventory.__struct_fields__:
        value = getattr(inventory, name)
        if name in ("parts", "stacks"):
            continue
        items = value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
        for item in items:
            if isinstance(item, msgspec.Struct):
                yield name, item


def _ids(row: Any) -> list[str]:
    """The ids in a row; its region, kind and edition tie nothing together."""
    values = (getattr(row, name) for name in row.__struct_fields__ if name in _NAMING)
    return [value for value in values if isinstance(value, str) and value]


_NAMING = frozenset({"id", "instance", "package", "router", "table", "attachment", "next_hop"})
"""Fields of a row that hold ids."""


def _hand_out(inventory: Inventory, names: _Names, groups: Mapping[str, Group]) -> list[Inventory]:
    """Give each group the rows that are about it, file by file, so that the day of each is known; the others are returned."""
    shares: dict[str, list[Inventory]] = {}
    for part in inventory.parts or (inventory,):
        mine: dict[str, dict[str, Any]] = {}
        for field_name, row in _rows(part):
            ids = _ids(row)
            top = names.top(ids[0]) if ids else ""
            if top:
                rows = mine.setdefault(top, {}).setdefault(field_name, {} if _is_table(part, field_name) else [])
                if isinstance(rows, dict):
                    rows[row.id] = row
                else:
                    rows.append(row)
        for top, columns in mine.items():
            told: dict[str, Any] = {key: value if isinstance(value, dict) else tuple(value) for key, value in columns.items()}
            shares.setdefault(top, []).append(Inventory(source=part.source, taken=part.taken, stacks=part.stacks, **told))
    elsewhere = []
    for top, parts in shares.items():
        whole = laid_together(parts)
        if top in groups:
            groups[top].inventory = whole
        else:
            elsewhere.append(whole)
    return elsewhere


def _is_table(inventory: Inventory, name: str) -> bool:
    return isinstance(getattr(inventory, name), Mapping)
