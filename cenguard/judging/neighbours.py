"""The part of a large input that edits can matter to: what they name, and all that hangs together with it.

What is attached to one instance decides nothing about another one that shares no resource and no id with it, so that the
edits of a few are proved without judging ten thousand again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any

from msgspec import structs

from cenguard.findings.fix import Add, Edit, Import, Ref, Remove
from cenguard.resources.records import Records, Resource

FEW = 500
"""Resources up to which an input is judged whole."""
_MOST_PASSES = 24
"""How often all resources are gone through before the whole input is judged."""
_URN = attrgetter("urn")
_ENGINES_OWN = "pulumi:"
"""How the types of stacks and providers begin: nearly everything hangs on one, and nothing is decided by that."""
_NO_NAMES = ("RegionId", "RegionAId", "RegionBId", "ZoneId", "OwnerId", "AccountId", "GroupId", "regionId", "zoneId", "accountId")
"""How properties end whose values are the same for many that have nothing to do with each other."""


class Neighbours:
    """What hangs together in some sources, worked out when it is first asked for."""

    def __init__(self, sources: Sequence[Records]) -> None:
        """Take the sources."""
        self._sources = sources
        self._asked: frozenset[str] | None = None
        """What was asked about last."""
        self._found = sources

    def of(self, edits: Iterable[Edit]) -> Sequence[Records]:
        """The sources with the resources alone that hang together with what some edits name."""
        if sum(len(source.resources) for source in self._sources) <= FEW:
            return self._sources
        names = frozenset([name for edit in edits for name in _named(edit)])
        # what hangs together with some of the edits that were asked about before is a part of what was found then
        within = self._found if self._asked is not None and names <= self._asked else self._sources
        self._asked, self._found = names, _around(within, names)
        return self._found


def _around(sources: Sequence[Records], names: Iterable[str]) -> Sequence[Records]:
    near = _Reach([record for source in sources for record in source.resources])
    if not near.spread(names):
        return sources
    kept = near.found | near.engines
    return [
        structs.replace(source, resources=[record for record in source.resources if record.urn in kept]) for source in sources
    ]


class _Reach:
    """What is reached from some names: whatever they name, and whatever names that.

    Few of many resources are reached, so the others are only compared, and those that wait for the same together.
    """

    def __init__(self, records: Sequence[Resource]) -> None:
        self.records = records
        self.waiting: dict[tuple[str, ...], list[str]] = defaultdict(list)
        """URNs of resources by what they wait for: what belongs to one instance often waits for it and nothing else."""
        self.by_urn = dict(zip(map(_URN, records), records, strict=True))
        self.by_type: dict[str, list[Resource]] = defaultdict(list)
        for record in records:
            self.by_type[record.type].append(record)
            self.waiting[record.dependencies].append(record.urn)
        self.engines = {record.urn for kind, items in self.by_type.items() if kind.startswith(_ENGINES_OWN) for record in items}
        """URNs of stacks and providers."""
        self.names: set[str] = set()
        """What was reached: URNs and ids."""
        self.found: set[str] = set()
        """URNs of the resources that were."""

    def spread(self, names: Iterable[str]) -> bool:
        """Reach all that hangs together with some names; false where that takes so many steps that the whole input is judged."""
        self._reach(names)
        for _ in range(_MOST_PASSES):
            before = len(self.found)
            self._waiting()
            if len(self.found) > before:
                continue
            self._naming()
            if len(self.found) == before:
                return True
        return False

    def _reach(self, names: Iterable[str]) -> None:
        """Reach names, and what the resources among them name in their turn."""
        fresh = [*names]
        while fresh:
            name = fresh.pop()
            if name in self.names or name in self.engines:
                continue
            self.names.add(name)
            record = self.by_urn.get(name)
            if record is not None:
                self.found.add(name)
                fresh += record.dependencies
                fresh += chain.from_iterable(record.property_dependencies.values())
                fresh += [value for key, value in record.inputs.items() if _is_name(key) and type(value) is str]
                if record.id:
                    fresh.append(record.id)

    def _waiting(self) -> None:
        """Reach what waits for something that was reached; most of it stands after that, and is reached in one go."""
        apart = self.names.isdisjoint
        for waits, urns in self.waiting.items():
            if not apart(waits):
                self._reach(urns)

    def _naming(self) -> None:
        """Reach what is made from something that was reached, or has or names an id that was."""
        apart, names = self.names.isdisjoint, self.names
        for record in self.records:
            for urns in filter(None, record.property_dependencies.values()):  # most properties are made from nothing
                if not apart(urns):
                    self._reach((record.urn,))
            if record.id in names:
                self._reach((record.urn,))
        for items in self.by_type.values():
            for key in filter(_is_name, set[str]().union(*[record.inputs for record in items])):
                for record in items:
                    value = record.inputs.get(key)
                    if type(value) is str and value in names:
                        self._reach((record.urn,))


@cache
def _is_name(key: str) -> bool:
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
