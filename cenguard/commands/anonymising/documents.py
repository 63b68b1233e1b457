"""The walk over a document: which place says what a key or a string is."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import Any

from cenguard.commands.anonymising.strings import (
    Kind,
    Part,
    Parts,
    Strings,
    is_region,
    is_registry_address,
    is_schema_path,
)
from cenguard.commands.anonymising.words import FREE_MAPS, IDENTIFIER, PROVIDERS, SECRET_MARK, SIGNATURE

STACK = "pulumi:pulumi:Stack"


class Place(Enum):
    """What the keys below a place are."""

    SCHEMA = auto()
    """Words of a schema, of the engine or of Terraform."""
    NAMES = auto()
    """Names, each with an object of Terraform's below."""
    OWN = auto()
    """Words of a type that only its package defines: they stay, and are named at the end."""
    FREE = auto()
    """The owner's own words, all the way down."""
    CONFIG = auto()
    """Keys of a stack's configuration."""
    PROVIDERS = auto()
    """Providers of a Terraform configuration."""


_BELOW = {
    "variables": Place.NAMES,
    "module_calls": Place.NAMES,
    "output_changes": Place.NAMES,
    "provider_config": Place.PROVIDERS,
    "stack": Place.NAMES,
}
_PROPERTIES = frozenset(["inputs", "outputs", "oldInputs", "oldOutputs", "newInputs", "newOutputs"])
_PATHS = frozenset(
    [
        "diffs",
        "replaceReasons",
        "replaceKeys",
        "diffReasons",
        "replace_paths",
        "ignoreChanges",
        "replaceOnChanges",
        "additionalSecretOutputs",
        "secretOutputNames",
        "configSecretKeys",
        "__defaults",
        "attribute",
        "hidden_properties",
    ]
)
"""Lists of property paths."""
_REFERENCES = frozenset(
    [
        "references",
        "address",
        "previous_address",
        "module_address",
        "to_display",
        "module",
        "resource",
        "triggering_resource_address",
    ]
)
_NAMES = frozenset(["alias", "project", "stack", "organization", "organisation", "logical", "old_name"])
_TEXTS = frozenset(["message", "detail", "summary", "description", "reason", "error", "output", "diff", "snippet"])
_ENGINES = re.compile(r"(?:<\{%\w+%\}>)*(?:error: )?Duplicate resource (?=.)")
"""How a message of the engine begins that decides what a preview shows: only this of it stays."""
_VARIABLE = frozenset(["default", "description", "sensitive", "ephemeral", "nullable", "const", "deprecated", "type"])
"""What a plan says of a variable of Terraform, whose default is anything of the owner's."""
_PLUGIN = re.compile(r"pulumi-((language|resource)-[\w-]+|[a-z]+:[a-z]+:[a-z-]+)\Z")
"""A plugin of the engine, or a hook of one; somebody's own network may be called `pulumi-…` too."""
_PROVIDER_KEYS = frozenset({"provider_config_key", "provider"})
_MARKED = {
    "values": "sensitive_values",
    "before": "before_sensitive",
    "after": "after_sensitive",
    "config_values": "config_sensitive",
}
"""Objects of Terraform's documents, which hold secrets in clear, and what marks them there."""


class Walk:
    """Rebuilds a document; `write` makes a string of its parts, and `number` an account number of another."""

    def __init__(self, strings: Strings, write: Callable[[Parts], str], number: Callable[[int], int]) -> None:
        """Take how strings are split, and what becomes of the parts."""
        self._strings, self._write, self._number = strings, write, number
        self.own_keys: set[str] = set()
        """Words of types that only their package defines."""
        self.kept_keys: set[str] = set()
        """Words of a schema, of the engine or of Terraform that stood as keys."""

    def document(self, value: Any) -> Any:
        """A document, or one line of an event log."""
        return self._value(_variables_hidden(value), "", Place.SCHEMA, {})

    def text(self, text: str) -> str:
        """A string by itself, such as the address of a finding."""
        return self._write(self._strings.parts(text))

    def _value(self, value: Any, key: str, place: Place, around: Mapping[str, Any]) -> Any:
        match value:
            case dict():
                return self._object(value, key, place, around)
            case list():
                return [self._value(item, key, place, around) for item in value]
            case str():
                return self._string(value, key, place, around)
            case bool() | None | float():
                return value
            case int() if (8 if place is Place.FREE else 14) <= len(str(value)) <= 18:
                return self._number(value)
            case _:
                return value

    def _object(self, value: dict[str, Any], key: str, place: Place, around: Mapping[str, Any]) -> dict[str, Any]:
        if key == "__internal":
            return value
        if value.get(SIGNATURE) == SECRET_MARK:
            return {name: self._secret(name, item) for name, item in value.items()}
        value = _secrets_hidden(value)
        inside = self._inside(key, place, around, value)
        return {
            self._key(name, inside): self._value(item, name, self._next(inside, name, value), value)
            for name, item in value.items()
        }

    @staticmethod
    def _inside(key: str, place: Place, around: Mapping[str, Any], value: Mapping[str, Any]) -> Place:
        """What the keys of an object are."""
        if place is not Place.SCHEMA and not (place is Place.OWN and _flat(key) in FREE_MAPS):
            return place
        if _flat(key) in FREE_MAPS:
            return Place.SCHEMA if value.keys() <= {"constant_value", "references"} else Place.FREE
        if key == "expressions" and "module" in around:
            return Place.NAMES
        if key == "config" and "address" not in around:
            return Place.CONFIG
        if key == "outputs" and not {"urn", "inputs", "type", "new", "old"} & {*around}:
            return Place.NAMES
        if key in _PROPERTIES and around.get("type") == STACK:
            return Place.FREE
        if key in _PROPERTIES and _is_of_others(around.get("type")):
            return Place.OWN
        return _BELOW.get(key, Place.SCHEMA)

    @staticmethod
    def _next(inside: Place, name: str, value: Mapping[str, Any]) -> Place:
        """What stands below a key of an object."""
        if inside in (Place.NAMES, Place.PROVIDERS, Place.CONFIG):
            return Place.SCHEMA
        if inside is Place.SCHEMA and (name == "constant_value" or (name == "default" and value.keys() <= _VARIABLE)):
            return Place.FREE
        if inside is Place.SCHEMA and name == "value" and ({"sensitive"} & {*value} or {*value} == {"value"}):
            return Place.FREE
        return inside

    def _key(self, name: str, inside: Place) -> str:
        match inside:
            case Place.SCHEMA | Place.OWN if IDENTIFIER.match(name):
                (self.kept_keys if inside is Place.SCHEMA else self.own_keys).add(name)
                return name
            case Place.SCHEMA | Place.OWN if is_schema_path(name):
                return self._write(self._path(name))
            case Place.PROVIDERS:
                return self._write(self._strings.provider(name))
            case Place.CONFIG:
                space, colon, rest = name.partition(":")
                if space in PROVIDERS or not colon:
                    return name if space in PROVIDERS else self._write(self._strings.name(name))
                return self._write((*self._strings.name(space), colon, *self._strings.name(rest)))
            case Place.NAMES | Place.FREE:
                return name if name == SIGNATURE else self._write(self._of_name(name))
            case _:
                return self._write(self._strings.parts(name))

    def _path(self, text: str) -> Parts:
        """Of the path of a property: what follows tags and the like is the owner's."""
        if not is_schema_path(text):
            return self._strings.parts(text)
        head, dot, tail = text.partition(".")
        return (head, dot, *self._strings.name(tail)) if dot and _flat(head) in FREE_MAPS else (text,)

    def _of_name(self, name: str) -> Parts:
        pieces = name.split("/")
        parts: list[str | Part] = []
        for piece in pieces:
            parts += ["/", *self._strings.name(piece)]
        return tuple(parts[1:])

    def _secret(self, name: str, value: Any) -> Any:
        if name == "ciphertext" and isinstance(value, str):
            return self._write((Part(Kind.SECRET, value),))
        return '"secret"' if name == "plaintext" else value

    def _string(self, text: str, key: str, place: Place, around: Mapping[str, Any]) -> str:
        if key in ("secure", "ciphertext", "encryptedkey", "salt", "private"):
            return self._write((Part(Kind.SECRET, text),)) if text else text
        if text[:1] in "{[" and text[-1:] in "}]":
            try:
                held = json.loads(text)
            except ValueError:
                held = None
            if isinstance(held, dict | list):
                return json.dumps(self._value(held, key, place, around), ensure_ascii=False, separators=(",", ":"))
        if place is Place.FREE:
            return self._write(self._strings.parts(text))
        return self._write(self._of_place(text, key, around))

    def _of_place(self, text: str, key: str, around: Mapping[str, Any]) -> Parts:
        strings = self._strings
        if key in _TEXTS and text:
            own = _ENGINES.match(text)
            if own is not None:
                return (own[0], Part(Kind.TEXT, text[own.end() :]))
            return (Part(Kind.TEXT, text),) if strings.parts(text) != (text,) else (text,)
        if key in _PATHS or (key == "value" and around.get("type") == "get_attr"):
            return self._path(text)
        if _PLUGIN.match(text):
            return (text,)
        if key in _REFERENCES and not text.startswith("urn:"):
            return strings.reference(text)
        if key in ("dependencies", "depends_on") and not text.startswith("urn:"):
            return strings.reference(text)
        if key in _PROVIDER_KEYS and not text.startswith(("urn:", "provider[", "module.")) and "/" not in text:
            return strings.provider(text)
        of_provider = key in ("provider_name", "full_name") or (key == "source" and text.rpartition("/")[2] in PROVIDERS)
        if of_provider and is_registry_address(text):  # a module's source may look like one: `github.com/bank/net`
            return strings.registry(text)
        if key in ("type", "resource_type", "mode", "actions") and IDENTIFIER.match(text) and "_" in text:
            return (text,)
        if key in _NAMES:
            return self._of_name(text)
        if key == "name":
            return self._a_name(text, around)
        if is_region(text) and "region" in key.lower():
            return (text,)
        return strings.parts(text)

    def _a_name(self, text: str, around: Mapping[str, Any]) -> Parts:
        if "full_name" in around or "version_constraint" in around:
            return (text,)
        if around.keys() & {"mode", "address", "urn"} or "kind" in around:
            return self._strings.name(text)
        return self._strings.parts(text)


def _secrets_hidden(value: dict[str, Any]) -> dict[str, Any]:
    """An object of Terraform's without the values that it marks as secret: a number, an area or a region would stay."""
    for name, mark in _MARKED.items():
        if value.get(mark) and name in value:
            value = {**value, name: _hidden(value[name], value[mark])}
    if value.get("sensitive") is True:
        value = {name: _hidden(item, marks=name in ("value", "default")) for name, item in value.items()}
    for path in value.get("sensitive_attributes") or ():
        if isinstance(path, list) and "attributes" in value:
            value = {**value, "attributes": _hidden_at(value["attributes"], [_step(item) for item in path])}
    return value


def _variables_hidden(document: Any) -> Any:
    """A plan without the values of variables that its program calls sensitive."""
    match document:
        case {"variables": dict(given), "configuration": {"root_module": {"variables": dict(declared)}}}:
            secret = {name for name, item in declared.items() if isinstance(item, dict) and item.get("sensitive") is True}
            return {**document, "variables": {name: _hidden(item, marks=name in secret) for name, item in given.items()}}
    return document


def _hidden(value: Any, marks: Any) -> Any:
    """A value without what is marked; what kind of value it is stays."""
    match value, marks:
        case dict(), True | dict():
            return {name: _hidden(item, marks is True or marks.get(name)) for name, item in value.items()}
        case list(), True:
            return [_hidden(item, marks=True) for item in value]
        case list(), list():
            return [_hidden(item, mark) for item, mark in zip(value, [*marks, *[None] * len(value)], strict=False)]
        case bool(), True:
            return False
        case int() | float(), True:
            return 0
        case str(), True:
            return value and "secret"
    return value


def _step(step: Any) -> Any:
    """The attribute, key or index of a step of such a path: an index is written with its type."""
    named = step.get("value") if isinstance(step, dict) else None
    return named.get("value") if isinstance(named, dict) else named


def _hidden_at(value: Any, path: Sequence[Any]) -> Any:
    """The same for one path into the attributes of a raw state."""
    if not path:
        return _hidden(value, marks=True)
    # a value of any type has that beside it
    if isinstance(value, dict) and value.keys() == {"value", "type"} and path[0] not in value:
        return {**value, "value": _hidden_at(value["value"], path)}
    if isinstance(value, dict):
        return {name: _hidden_at(item, path[1:]) if name == path[0] else item for name, item in value.items()}
    if isinstance(value, list):
        return [_hidden_at(item, path[1:]) if index == path[0] else item for index, item in enumerate(value)]
    return value


def _flat(key: str) -> str:
    return key.replace("_", "").lower()


def _is_of_others(kind: Any) -> bool:
    """Whether a type is defined by a package that not everybody has."""
    if not isinstance(kind, str) or ":" not in kind:
        return False
    return kind.partition(":")[0] not in PROVIDERS


def collected(documents: Iterator[Any], strings: Strings) -> tuple[set[Part], set[str]]:
    """Every part that is to be replaced in some documents, and every piece of text that stays."""
    parts: set[Part] = set()
    kept: set[str] = set()

    def note(found: Parts) -> str:
        parts.update(part for part in found if isinstance(part, Part))
        kept.update(part for part in found if isinstance(part, str))
        return "".join(part if isinstance(part, str) else part.text for part in found)

    def number(value: int) -> int:
        parts.add(Part(Kind.ACCOUNT, str(value)))
        return value

    walk = Walk(strings, note, number)
    for document in documents:
        walk.document(document)
    return parts, kept | walk.kept_keys | walk.own_keys
