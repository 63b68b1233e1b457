"""What to do about a finding: a sentence, and the edits on resources that do it.

The edits are data, from which every text is rendered: type tokens are the provider's own, properties have their camelCase
names, whatever road the input came by.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias


class Applicability(StrEnum):
    """Whether a fix may be applied without asking."""

    SAFE = "safe"
    """It costs nothing, takes nothing away and guesses nothing."""
    REVIEW = "review"
    """It buys, replaces, detaches, proposes a size or a payment, or makes a purchase succeed that would have been refused."""
    MANUAL = "manual"
    """There are no edits; the summary says what to do."""


@dataclass(frozen=True, slots=True)
class Ref:
    """The value that another resource gives."""

    urn: str
    """URN of a resource of the input, or `new:NAME` of one that the same fix adds."""
    property: str = "id"


Value: TypeAlias = "str | int | float | bool | Ref | tuple[Value, ...] | Mapping[str, Value] | None"
"""JSON, with references in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What an edit says of a resource's options."""

    depends_on: tuple[str, ...] = ()
    """URNs (or `new:NAME`) to wait for, beside those it waits for already."""
    protect: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Add:
    """A resource that is new to the program."""

    name: str
    type: str
    properties: Mapping[str, Value]
    provider: str | None = None
    """URN of a provider of the input; None for the default one."""
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """Properties and options of a resource of the input; a None takes the property away."""

    urn: str
    properties: Mapping[str, Value] = field(default_factory=dict)
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """A resource of the input that has to go."""

    urn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A resource that may stand already, and is taken into the program instead of made."""

    name: str
    type: str
    id: str | None
    properties: Mapping[str, Value] = field(default_factory=dict)


Edit: TypeAlias = "Add | Set | Remove | Import"


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
