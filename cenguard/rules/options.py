"""Options of rules: declared beside the rule, documented on its page, read the same in every place they can be set."""

import math
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

import msgspec

from cenguard.errors import nearest

Schema = Mapping[str, Any]
"""A JSON Schema of the few words that `problem` understands."""


class Stricter(Enum):
    """Which value of an option is the stricter one: a team may tighten what its organisation set, and never loosen it."""

    LOWER = "a lower number, in each entry of a table of them; an entry more"
    HIGHER = "a higher number"
    MORE = "one demand more, in a list of tables or as a key"
    FEWER = "one permission less in a list"
    NOBODY_KNOWS = "no value is known to be stricter than another"


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One option of a rule."""

    name: str
    about: str
    """What it does, in one sentence."""
    schema: Schema
    default: Any
    rule: str = ""
    """Code of the rule it is set on, where a second rule reads it too."""
    stricter: Stricter = Stricter.NOBODY_KNOWS
    """Which of two values a layer nearer to the team may choose; without a direction only where nobody chose before."""

    def problem(self, value: Any) -> str | None:
        """What is wrong with a value, with the path to it; None when it may be used."""
        return problem(value, self.schema, self.name)

    def named(self, value: Any) -> Iterator["Named"]:
        """The regions and areas that a value names, so that a misspelt one is refused."""
        return named(value, self.schema, self.name)


class Named(msgspec.Struct, frozen=True):
    """A region, an area, or a pair of areas that an option names, and where."""

    kind: str
    """One of the formats `region`, `area` and `area-pair`."""
    name: str
    path: str


NUMBER: Schema = {"type": "number", "minimum": 0}
REGION: Schema = {"type": "string", "format": "region"}
AREA: Schema = {"type": "string", "format": "area"}
AREA_PAIR = "area-pair"
"""The format of a key such as `China/Europe`."""
NAMING = ("region", "area", AREA_PAIR)
TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list, tuple),
    "object": (dict,),
}


def problem(value: Any, schema: Schema, path: str) -> str | None:
    """The first thing in a value that a schema does not allow.

    >>> problem(-1, NUMBER, "days")
    'days: at least 0 was expected, not -1'
    >>> problem(["a", 2], TEXTS, "regions")
    'regions[1]: a string was expected, not 2'
    """
    if "anyOf" in schema:
        found = [problem(value, choice, path) for choice in schema["anyOf"]]
        if None in found:
            return None
        fitting = [
            said for said, choice in zip(found, schema["anyOf"], strict=True) if isinstance(value, _KINDS.get(choice["type"], ()))
        ]
        return (
            fitting[0] if len(fitting) == 1 else f"{path}: {schema.get('expected', 'another value')} was expected, not {value!r}"
        )
    kind = schema.get("type")
    if kind is not None and (not isinstance(value, _KINDS[kind]) or (isinstance(value, bool) and kind != "boolean")):
        return f"{path}: {_article(kind)} was expected, not {value!r}"
    if "enum" in schema and value not in schema["enum"]:
        choices = [str(choice) for choice in schema["enum"]]
        hint = nearest(str(value), choices)
        return f"{path}: {value!r} is not one of {', '.join(choices)}" + (f"; did you mean {hint}?" if hint else "")
    if schema.get("format") == "regex" and (wrong := _no_pattern(value)):
        return f"{path}: {value!r} is no regular expression: {wrong}"
    if schema.get("format") == "selector" and (wrong := _no_selector(value)):
        return f"{path}: {value!r} is no selector: {wrong}"
    if isinstance(value, float) and not math.isfinite(value):
        return f"{path}: a number with an end was expected, not {value}"
    if "minimum" in schema and isinstance(value, (int, float)) and value < schema["minimum"]:
        return f"{path}: at least {schema['minimum']} was expected, not {value}"
    if isinstance(value, (list, tuple)):
        return _list_problem(value, schema, path)
    return _table_problem(value, schema, path) if isinstance(value, dict) else None


_PARTS: Mapping[str, tuple[type, ...]] = {
    "properties": (Mapping,),
    "anyOf": (list, tuple),
    "enum": (list, tuple),
    "required": (list, tuple),
    "minimum": (int, float),
    "minItems": (int,),
    "maxItems": (int,),
}
"""What stands under the keys of a schema."""


def fault_of(schema: Any) -> str | None:
    """What of a schema `problem` does not know; that of a custom rule is somebody else's.

    >>> fault_of({"type": "float"})
    "the type 'float' is none of string, integer, number, boolean, array, object"
    """
    if not isinstance(schema, Mapping):
        return f"a table was expected, not {schema!r}"
    if schema.get("type") not in (None, *_KINDS):
        return f"the type {schema['type']!r} is none of {', '.join(_KINDS)}"
    odd = next((key for key, kinds in _PARTS.items() if key in schema and not isinstance(schema[key], kinds)), None)
    if odd is not None:
        return f"{odd} cannot be {schema[odd]!r}"
    inner = [*schema.get("anyOf", ()), *schema.get("properties", {}).values()]
    inner += [schema["items"]] if "items" in schema else []
    if "anyOf" in schema and not all(isinstance(choice, Mapping) and "type" in choice for choice in schema["anyOf"]):
        return "a type was expected of each choice of anyOf"
    if schema.get("additionalProperties") not in (None, True, False):
        inner.append(schema["additionalProperties"])
    return next((said for part in inner if (said := fault_of(part))), None)


def _list_problem(value: list[Any] | tuple[Any, ...], schema: Schema, path: str) -> str | None:
    for least_or_most, wrong in (
        ("minItems", len(value) < schema.get("minItems", 0)),
        ("maxItems", len(value) > schema.get("maxItems", len(value))),
    ):
        if wrong:
            return f"{path}: {schema[least_or_most]} items were expected, not {len(value)}"
    items = schema.get("items", {})
    return next((said for index, item in enumerate(value) if (said := problem(item, items, f"{path}[{index}]"))), None)


def _table_problem(value: dict[str, Any], schema: Schema, path: str) -> str | None:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            return f"{path}: {name} is missing"
    for name, item in value.items():
        inner = known.get(name, schema.get("additionalProperties"))
        if inner is True:
            continue  # anything is allowed
        if inner is None or inner is False:
            hint = nearest(name, known)
            return f"{path}.{name}: is not known here" + (f"; did you mean {hint}?" if hint else f" (known: {', '.join(known)})")
        said = problem(item, inner, f"{path}.{name}")
        if said:
            return said
    return None


def _no_selector(value: str) -> str | None:
    from cenguard.rules.selector_words import fault

    return fault(value)


def _no_pattern(value: str) -> str | None:
    import re

    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError) as error:
        return str(error)
    return None


def named(value: Any, schema: Schema, path: str) -> Iterator[Named]:
    """The regions and areas in a value that a schema allows."""
    if "anyOf" in schema:
        fitting: Schema = next((choice for choice in schema["anyOf"] if problem(value, choice, path) is None), {})
        yield from named(value, fitting, path)
    elif isinstance(value, str):
        if schema.get("format") in NAMING:
            yield Named(schema["format"], value, path)
    elif isinstance(value, dict):
        known = schema.get("properties", {})
        for key, item in value.items():
            if schema.get("propertyNames", {}).get("format") in NAMING:
                yield Named(schema["propertyNames"]["format"], key, f"{path}.{key}")
            yield from named(item, known.get(key, schema.get("additionalProperties") or {}), f"{path}.{key}")
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from named(item, schema.get("items", {}), f"{path}[{index}]")


def _article(kind: str) -> str:
    word = {"object": "table", "array": "list"}.get(kind, kind)
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
