"""Checks what a program wrote against the classes of `cenguard.planning.arguments`; every problem is told with its path."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NotRequired, TypeVar, cast, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from typing_extensions import get_type_hints, is_typeddict

from cenguard.errors import Problem, nearest
from cenguard.geography.areas import AreaPair
from cenguard.planning.argument_values import shown

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LEFT_OUT: Any = NotRequired
K = TypeVar("K")


def names(kind: type[Any]) -> tuple[str, ...]:
    """The names that a map of a kind has, in their order."""
    return tuple(parts(kind))


def parts(kind: type[Any]) -> dict[str, Any]:
    """What each name of a kind holds, with its checks; whether it may be left out is in `__optional_keys__`."""
    hints: dict[str, Any] = get_type_hints(kind, include_extras=True)
    return {name: get_args(hint)[0] if get_origin(hint) is _LEFT_OUT else hint for name, hint in hints.items()}


def shape(kind: type[K], raw: object, path: str, problems: list[Problem]) -> K | None:
    """A map of a kind, checked and with its defaults; None when it has problems, which are added to the list."""
    try:
        return cast("K", _adapter(cast("Any", kind)).validate_python(without_none(raw)))
    except ValidationError as error:
        problems += [_problem(item, path, kind) for item in error.errors(include_url=False)]
        return None


def value(kind: type[Any], name: str, raw: object, problems: list[Problem]) -> Any:
    """The value of one argument of a kind; None when it has problems."""
    try:
        return _adapter(parts(kind)[name]).validate_python(without_none(raw))
    except ValidationError as error:
        problems += [_problem(item, name, None) for item in error.errors(include_url=False)]
        return None


def strangers(given: Mapping[str, object], kind: type[Any]) -> list[Problem]:
    """What is written but is no argument of a kind."""
    return [_unknown(str(key), str(key), names(kind)) for key in sorted(set(given) - set(names(kind)), key=str)]


def entries(raw: object, path: str, problems: list[Problem]) -> Mapping[str, object]:
    """A map by the caller's keys, without those that are no text; keys become names of resources, so their letters are limited."""
    if not isinstance(raw, Mapping):
        problems.append(Problem(path, "must be a map by keys of your choice, known when the program runs"))
        return {}
    problems += [
        Problem(path, f"key {shown(key)} may hold only letters, digits and . _ -, and begins with a letter or a digit")
        for key in raw
        if not isinstance(key, str) or not _KEY.fullmatch(key)
    ]
    return {key: item for key, item in raw.items() if isinstance(key, str)}


def area_pair_of(text: str, known: Mapping[str, object]) -> AreaPair | str:
    """The area pair that a key such as `China/Europe` names, in either order; else what is wrong with it."""
    parts = text.split("/")
    if len(parts) != 2:
        return f"{shown(text)} is not two areas with a slash between, such as China/Europe"
    for part in parts:
        if part not in known:
            close = nearest(part, known)
            return f"{shown(part)} is not an area" + (f"; did you mean {close}?" if close else f": {', '.join(known)}")
    return AreaPair(*parts)


def without_none(value: object) -> object:
    """The value without the keys that hold nothing: other languages send what was left out as null."""
    if isinstance(value, Mapping):
        return {key: without_none(item) for key, item in value.items() if item is not None}
    return [without_none(item) for item in value] if isinstance(value, (list, tuple)) else value


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _problem(error: ErrorDetails, path: str, kind: type[Any] | None) -> Problem:
    where = error["loc"]
    if where and where[-1] == "[key]":  # what pydantic puts behind a key that is no text
        return Problem(path + _dotted(where[:-2]), f"key {shown(error['input'])} is not a text")
    full = path + _dotted(where)
    match error["type"]:
        case "invalid_key":
            return Problem(path + _dotted(where[:-1]), f"key {shown(error['input'])} is not a text")
        case "missing":
            return Problem(full, "missing")
        case "extra_forbidden":
            return _unknown(full, str(where[-1]), _names_at(kind, where[:-1]))
        case "dict_type":
            return Problem(full, "must be a map of named values, known when the program runs")
        case "list_type":
            return Problem(full, "must be a list, known when the program runs")
        case _:
            return Problem(full, error["msg"])


def _dotted(where: tuple[int | str, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)


def _unknown(path: str, name: str, known: tuple[str, ...]) -> Problem:
    close = nearest(name, known)
    return Problem(path, "is not an argument" + (f"; did you mean {close}?" if close else f": {', '.join(known)}"))


def _names_at(kind: Any, where: tuple[int | str, ...]) -> tuple[str, ...]:
    """The names that the part at a place has."""
    for part in where:
        kind = get_type_hints(kind)[str(part)] if is_typeddict(kind) else get_args(kind)[-1]
    return names(kind) if is_typeddict(kind) else ()
