"""The part of a large input that edits can matter to: what they name, and all that hangs together with it.

What is attached to one instance decides nothing about another one that shares no resource and no id with it, so that the
edits of a few are proved without judging ten thousand again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import structs

from cenguard.findings.fix import Add, Edit, Import, Ref, Remove
from cenguard.resources.records import Records, Resource

FEW = 500
"""Resources up to which an input is judged whole."""
_ENGINES_OWN = "pulumi:"
"""How the types of stacks and providers begin: nearly everything hangs on one, and nothing is decided by that."""
_NO_NAMES = ("RegionId", "RegionAId", "RegionBId", "ZoneId", "OwnerId", "AccountId", "GroupId", "regionId", "zoneId", "accountId")
"""How properties end whose values are the same for many that have nothing to do with each other."""


class Neighbours:
    """What hangs together in some sources, worked out when it is first asked for."""

    def __init__(self, sources: Sequence[Records]) -> None:
        """Take the sources."""
        self._sources = sources

    def of(self, edits: Iterable[Edit]) -> Sequence[Records]:
        """The sources with the resources alone that hang together with what some edits name."""
        if sum(len(source.resources) for source in self._sources) <= FEW:
            return self._sources
        above, members = self._above, self._members
        tops = {_top(above, urn) for edit in edits for urn in _named(edit)}
        numbers = sorted({*members[""], *(number for top in tops for number in members.get(top, ()))})
        found: list[list[Resource]] = [[] for _ in self._sources]
        for number in numbers:
            source, record = self._all[number]
            found[source].append(record)
        return [structs.replace(source, resources=kept) for source, kept in zip(self._sources, found, strict=True)]

    @cached_property
    def _all(self) -> list[tuple[int, Resource]]:
        """Every resource, after the number of its source."""
        return [(number, record) for number, source in enumerate(self._sources) for record in source.resources]

    @cached_property
    def _members(self) -> dict[str, list[int]]:
        """Places in `_all` by what stands for all that hang together; those of the engine's own by an empty name."""
        above, engines = self._above, self._engines
        members: dict[str, list[int]] = {"": []}
        for number, (_, record) in enumerate(self._all):
            top = "" if record.urn in engines else _top(above, record.urn)
            known = members.get(top)
            if known is None:
                members[top] = [number]
            else:
                known.append(number)
        return members

    @cached_property
    def _engines(self) -> frozenset[str]:
        """URNs of stacks and providers."""
        return frozenset(record.urn for _, record in self._all if record.type.startswith(_ENGINES_OWN))

    @cached_property
    def _above(self) -> dict[str, str]:
        """By a resource or an id, another one that it hangs together with; one that stands for all of them has none."""
        above: dict[str, str] = {}
        higher_than, engines, naming = above.get, self._engines, _Naming()
        for _, record in self._all:
            top = record.urn
            if top in engines:
                continue
            while (higher := higher_than(top)) is not None:
                top = higher
            names = {*record.dependencies}  # what it waits for and is made from, and the ids that it has or names
            for urns in record.property_dependencies.values():
                if urns:
                    names.update(urns)
            if record.id:
                names.add(record.id)
            for key, value in record.inputs.items():
                if naming[key] and type(value) is str:
                    names.add(value)
            for name in names:
                other = name if higher_than(name) is None else _top(above, name)  # which shortens the way there
                if other != top and name not in engines:
                    above[top] = top = other  # what many hang on stands for all of them
        return above


def _top(above: dict[str, str], name: str) -> str:
    """The name that stands for all that a name hangs together with."""
    top = above.get(name)
    if top is None:
        return name
    while (higher := above.get(top)) is not None:
        above[name], name, top = higher, top, higher
    return top


class _Naming(dict[str, bool]):
    """Whether a property names something by its id, worked out once for each."""

    def __missing__(self, key: str) -> bool:
        found = self[key] = key.endswith("Id") and not key.endswith(_NO_NAMES)
        return found


def _named(edit: Edit) -> Iterator[str]:
    if isinstance(edit, (Add, Import)):
        yield from _references(edit.properties)
        if isinstance(edit, Add):
            yield from edit.options.depends_on
    else:
        yield edit.urn
        if not isinstance(edit, Remove):
            yield from (*_references(edit.properties), *edit.options.depends_on)


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, Ref):
        yield value.urn
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _references(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _references(item)
