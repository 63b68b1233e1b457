"""Values of a program in YAML: what they are made of, their parts, and the functions that the language has for them."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cenguard.resources.values import UNKNOWN, is_known

TYPES: Mapping[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "int": int,
    "number": float,
    "boolean": lambda text: {"true": True, "false": False}[text.lower()],
    "bool": lambda text: {"true": True, "false": False}[text.lower()],
}
"""What the text of a configuration value stands for, by its declared type."""
FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    "fn::toJSON": lambda value: json.dumps(value, separators=(",", ":"), ensure_ascii=False),
    "fn::toBase64": lambda value: base64.b64encode(value.encode()).decode(),
    "fn::fromBase64": lambda value: base64.b64decode(value).decode(),
    "fn::join": lambda value: value[0].join(value[1]),
    "fn::split": lambda value: value[1].split(value[0]),
    "fn::select": lambda value: value[1][value[0]],
}
"""Functions whose answer hangs on their arguments alone."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value, and the resources that it is made of."""

    value: Any
    urns: frozenset[str] = frozenset()


def token(kind: str) -> str:
    """A type as the engine calls it: a program in YAML may leave out the part that repeats its name.

    >>> token("alicloud:cen:Instance"), token("alicloud:CenInstance")
    ('alicloud:cen/instance:Instance', 'alicloud:index/cenInstance:CenInstance')
    >>> token("pulumi:providers:alicloud"), token("alicloud:cen/instance:Instance")
    ('pulumi:providers:alicloud', 'alicloud:cen/instance:Instance')
    """
    parts = kind.split(":")
    if parts[0] == "pulumi" or (len(parts) == 3 and "/" in parts[1]) or len(parts) not in (2, 3):
        return kind
    package, name = parts[0], parts[-1]
    module = parts[1] if len(parts) == 3 else "index"
    return f"{package}:{module}/{name[:1].lower()}{name[1:]}:{name}"


def joined(values: Sequence[Value], make: Callable[[list[Any]], Any]) -> Value:
    """What several values make together."""
    return Value(make([item.value for item in values]), frozenset(urn for item in values for urn in item.urns))


def part_of(value: Any, path: Sequence[str | int]) -> Any:
    """A part of a value; unknown where the value is, or has none of that name."""
    for step in path:
        if not is_known(value):
            return value
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return UNKNOWN
    return value


def hidden_in(value: Any) -> Any:
    """The first part of a value that is not known; None where everything is."""
    if not is_known(value):
        return value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((found for item in inside if (found := hidden_in(item)) is not None), None)


def typed(text: str, said: Mapping[str, Any]) -> Any:
    """A configuration value as its declaration says; without a type as its default is.

    >>> typed("5", {"default": 1}), typed("5", {}), typed("[1]", {"type": "array"})
    (5, '5', [1])

    Raises:
        ValueError, KeyError: it is none of that type.
    """
    kind = str(said["type"]).lower() if said.get("type") is not None else None
    if kind is None and "default" in said:
        default = said["default"]
        kind = {bool: "boolean", int: "integer", float: "number"}.get(type(default), "string" if isinstance(default, str) else "")
    if kind is None or kind == "string":
        return text
    return TYPES[kind](text) if kind in TYPES else json.loads(text)


def as_text(value: Any) -> str:
    """A value in the middle of a text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
