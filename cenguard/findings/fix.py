"""What to do about a finding: a sentence, and the edits on resources that do it.

The edits are data, from which every text is rendered: type tokens are the provider's own, properties have their camelCase
names, whatever road the input came by.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Any, Protocol, Self, TypeAlias

import msgspec


class Applicability(StrEnum):
    """Whether a fix may be applied without asking."""

    SAFE = "safe"
    """It costs nothing, takes nothing away and guesses nothing."""
    REVIEW = "review"
    """It buys, replaces, detaches, proposes a size or a payment, or makes a purchase succeed that would have been refused."""
    MANUAL = "manual"
    """There are no edits; the summary says what to do."""


class Ref(msgspec.Struct, frozen=True):
    """The value that another resource gives."""

    urn: str
    """URN of a resource of the input, or `new:NAME` of one that the same fix adds."""
    property: str = "id"


Value: TypeAlias = "str | int | float | bool | Ref | tuple[Value, ...] | Mapping[str, Value] | None"
"""JSON, with references in it."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What an edit says of a resource's options."""

    depends_on: tuple[str, ...] = ()
    """URNs (or `new:NAME`) to wait for, beside those it waits for already."""
    protect: bool | None = None


class Add(msgspec.Struct, frozen=True, kw_only=True):
    """A resource that is new to the program."""

    name: str
    type: str
    properties: Mapping[str, Value]
    provider: str | None = None
    """URN of a provider of the input; None for the default one."""
    options: Options = msgspec.field(default_factory=Options)


class Set(msgspec.Struct, frozen=True, kw_only=True):
    """Properties and options of a resource of the input; a None takes the property away."""

    urn: str
    properties: Mapping[str, Value] = msgspec.field(default_factory=dict)
    options: Options = msgspec.field(default_factory=Options)


class Remove(msgspec.Struct, frozen=True, kw_only=True):
    """A resource of the input that has to go."""

    urn: str


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """A resource that may stand already, and is taken into the program instead of made."""

    name: str
    type: str
    id: str | None
    properties: Mapping[str, Value] = msgspec.field(default_factory=dict)


Edit: TypeAlias = "Add | Set | Remove | Import"


class Remedy(msgspec.Struct, frozen=True):
    """The edits that take a cause away, and whether they may be made without asking."""

    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.REVIEW
    note: str = ""
    """What the summary has to say besides, as a sentence: which pair gets nothing, and why."""
    otherwise: str = ""
    """Why the edits are others than the summary says, as a sentence; they lack nothing."""


class Draft:
    """What the fixes of one report share while they are made: no two of them take one name, or one package."""

    def __init__(self, names: AbstractSet[str] = frozenset(), above: "Draft | None" = None) -> None:
        """Take the names that resources of the input have."""
        self._names, self._above = names, above
        self._taken: set[str] = set()
        self._reserved: set[str] = set()

    def name(self, wanted: str) -> str:
        """A name like the one wanted that nothing has, and nothing gets from now on.

        >>> draft = Draft({"china-europe"})
        >>> draft.name("china-europe"), draft.name("china-europe"), draft.name("shop")
        ('china-europe-2', 'china-europe-3', 'shop')
        """
        found, number = wanted, 1
        while self._has(found):
            number += 1
            found = f"{wanted}-{number}"
        self._taken.add(found)
        return found

    def _has(self, name: str) -> bool:
        return name in self._names or name in self._taken or (self._above is not None and self._above._has(name))  # noqa: SLF001

    def reserve(self, urn: str) -> bool:
        """Whether a package can be turned to another use: true once."""
        if self._is_reserved(urn):
            return False
        self._reserved.add(urn)
        return True

    def _is_reserved(self, urn: str) -> bool:
        return urn in self._reserved or (self._above is not None and self._above._is_reserved(urn))  # noqa: SLF001

    def attempt(self) -> "Draft":
        """A draft of one way that may not be gone."""
        return Draft(above=self)

    def settle(self, attempt: "Draft") -> None:
        """Keep what an attempt took."""
        self._taken |= attempt._taken  # noqa: SLF001
        self._reserved |= attempt._reserved  # noqa: SLF001


class Cause(Protocol):
    """What several findings may come from: they share one fix. Nothing is worked out before `remedy` is asked."""

    @property
    def key(self) -> Hashable:
        """What makes it the same cause."""
        ...

    @property
    def rank(self) -> int:
        """Of the findings of one cause, that with the least rank carries the edits; the others fall with it."""
        ...

    def joined(self, other: Self) -> Self:
        """This cause, with what another finding of it asks for as well."""
        ...

    @property
    def reaches(self) -> AbstractSet[Hashable] | None:
        """What must be reached for it to be gone, whichever fix reaches it; None where only its own edits take it away."""
        ...

    @property
    def reached(self) -> AbstractSet[Hashable]:
        """What its own edits reach."""
        ...

    @property
    def unserved(self) -> str:
        """What stays as it is where other edits reach all that must be reached, as a sentence."""
        ...

    def remedy(self, draft: Draft) -> Remedy | None:
        """What takes it away; None where no edit does."""
        ...


class ByItself:
    """A cause that is gone by its own edits, and takes away no other one."""

    __slots__ = ()

    @property
    def reaches(self) -> None:
        """It is gone by its own edits."""

    @property
    def reached(self) -> AbstractSet[Hashable]:
        """Nothing that others ask for."""
        return frozenset()

    @property
    def unserved(self) -> str:
        """Nothing."""
        return ""


class OneCause(ByItself, msgspec.Struct, frozen=True):
    """A cause whose edits do not hang on how many findings it has: one resource, or one order."""

    key: Hashable
    make: Callable[[Draft], Remedy | None]
    rank: int = 0

    def joined(self, other: "OneCause") -> "OneCause":  # noqa: ARG002 - the first says it all
        """This one."""
        return self

    def remedy(self, draft: Draft) -> Remedy | None:
        """What takes it away; None where no edit does."""
        return self.make(draft)


class Fix(msgspec.Struct, frozen=True):
    """What to do about a finding, in one imperative sentence, and what takes its cause away."""

    summary: str
    cause: Cause | None = None
    """None where there is nothing to edit."""


def as_json(edit: "Edit") -> dict[str, Any]:
    """An edit as the report carries it."""
    match edit:
        case Add():
            return {
                "op": "add",
                "name": edit.name,
                "type": edit.type,
                "properties": _value(edit.properties),
                "provider": edit.provider,
                "options": _options(edit.options),
            }
        case Set():
            return {"op": "set", "urn": edit.urn, "properties": _value(edit.properties), "options": _options(edit.options)}
        case Remove():
            return {"op": "remove", "urn": edit.urn}
        case Import():
            return {"op": "import", "name": edit.name, "type": edit.type, "id": edit.id, "properties": _value(edit.properties)}


def _options(options: Options) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if options.depends_on:
        told["dependsOn"] = [{"ref": urn, "property": "id"} for urn in options.depends_on]
    if options.protect is not None:
        told["protect"] = options.protect
    return told


def _value(value: Any) -> Any:
    match value:
        case Ref():
            return {"ref": value.urn, "property": value.property}
        case Mapping():
            return {name: _value(held) for name, held in value.items()}
        case list() | tuple():
            return [_value(held) for held in value]
        case _:
            return value


def from_json(edit: Mapping[str, Any]) -> Edit:
    """An edit that a report carries.

    Raises:
        ValueError: it is none of the four.
    """
    properties = {name: _held(value) for name, value in edit.get("properties", {}).items()}
    match edit["op"]:
        case "add":
            options = _told(edit["options"])
            return Add(name=edit["name"], type=edit["type"], properties=properties, provider=edit["provider"], options=options)
        case "set":
            return Set(urn=edit["urn"], properties=properties, options=_told(edit["options"]))
        case "remove":
            return Remove(urn=edit["urn"])
        case "import":
            return Import(name=edit["name"], type=edit["type"], id=edit["id"], properties=properties)
        case other:
            raise ValueError(f"add, set, remove or import was expected, not {other!r}")


def _told(options: Mapping[str, Any]) -> Options:
    return Options(depends_on=tuple(item["ref"] for item in options.get("dependsOn", ())), protect=options.get("protect"))


def _held(value: Any) -> Any:
    match value:
        case {"ref": str(urn), "property": str(name), **rest} if not rest:
            return Ref(urn, name)
        case Mapping():
            return {name: _held(held) for name, held in value.items()}
        case list():
            return tuple(_held(held) for held in value)
        case _:
            return value


def refs_in(value: Any) -> Iterator[str]:
    """URNs (or `new:NAME`) that a value refers to, at any depth."""
    match value:
        case Ref():
            yield value.urn
        case Mapping():
            for item in value.values():
                yield from refs_in(item)
        case list() | tuple():
            for item in value:
                yield from refs_in(item)


def refs_of(edit: Edit) -> Iterator[str]:
    """URNs (or `new:NAME`) that an edit refers to: in what it says of properties, and to wait for."""
    if not isinstance(edit, Remove):
        yield from refs_in(edit.properties)
    if isinstance(edit, (Add, Set)):
        yield from edit.options.depends_on
