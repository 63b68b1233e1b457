"""The part of a large input that edits can matter to: what they name, and all that hangs together with it.

What is attached to one instance decides nothing about another one that shares no resource and no id with it, so that the
edits of a few are proved without judging ten thousand again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from typing import Any

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
        above = self._above
        wanted = {_top(above, urn) for edit in edits for urn in _named(edit)}
        return [
            replace(
                source,
                resources=[
                    record
                    for record in source.resources
                    if record.type.startswith(_ENGINES_OWN) or _top(above, record.urn) in wanted
                ],
            )
            for source in self._sources
        ]

    @cached_property
    def _above(self) -> dict[str, str]:
        """By a resource or an id, another one that it hangs together with; one that stands for all of them has none."""
        above: dict[str, str] = {}
        higher_than = above.get
        engines = {record.urn for source in self._sources for record in source.resources if record.type.startswith(_ENGINES_OWN)}
        for source in self._sources:
            for record in source.resources:
                if record.urn in engines:
                    continue
                top = _top(above, record.urn)
                for name in _tied(record):
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


def _tied(record: Resource) -> Iterator[str]:
    """What a resource hangs together with: what it waits for and is made from, and the ids that it has or names."""
    yield from record.dependencies
    for urns in record.property_dependencies.values():
        yield from urns
    if record.id:
        yield record.id
    for key, value in record.inputs.items():
        if type(value) is str and _names(key):
            yield value


@cache
def _names(key: str) -> bool:
    """Whether a property names something by its id."""
    return key.endswith("Id") and not key.endswith(_NO_NAMES)


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
