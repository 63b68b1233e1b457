"""Values that nobody knows here, but that a program handles as plain ones.

A function such as `get_instances(...)` returns its answer at once, and an encrypted configuration value is read as plain
text. Their stand-ins are texts, numbers, lists and mappings that a program can pass on, index, join and format, and that
the SDK takes for its own `Unknown`: an input made of one is unknown, and so is an output.
"""

import enum
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self, get_args, get_origin

from pulumi import _types
from pulumi.output import Unknown

from cenguard.readers.program.messages import SECRET_MARK, UNTOLD_MEMBER, WHOLE_NUMBER
from cenguard.resources.records import UNKNOWN_TEXT

_DEEPEST = 8
"""Levels of an answer that are filled in; none of a provider's goes deeper."""


class MarkedText(str):
    """Text that is not known. What is formatted with it contains its mark, and is unknown for that."""

    __slots__ = ()

    def __int__(self) -> int:
        return WHOLE_NUMBER

    def __float__(self) -> float:
        return float(WHOLE_NUMBER)

    def __radd__(self, _other: Any) -> "MarkedText":
        return self


class UnknownText(MarkedText, Unknown):
    """The same, which the SDK takes for unknown, too, and with it all that it is a part of."""

    __slots__ = ()

    def __new__(cls, mark: str = UNKNOWN_TEXT) -> Self:
        """Text that reads as its mark."""
        return super().__new__(cls, mark)

    def __init__(self, *_: Any) -> None:
        """Take the mark, which `Unknown` would not."""


class UnknownNumber(Unknown):
    """Arithmetic with an unknown number is unknown."""

    def __init__(self, *_: Any) -> None:
        """Take a value, which `Unknown` would not."""

    def __str__(self) -> str:
        return UNKNOWN_TEXT

    __repr__ = __str__

    def __format__(self, _spec: str) -> str:
        return UNKNOWN_TEXT


class UnknownInteger(UnknownNumber, int):
    """A whole number that is not known."""


class UnknownFloat(UnknownNumber, float):
    """A number that is not known."""


class UnknownFlag(Unknown):
    """A boolean that is not known. It cannot be one in Python; being false is what most programs treat as the plain case."""

    def __init__(self) -> None:
        """Take nothing, as `Unknown` does."""

    def __bool__(self) -> bool:
        return False


class UnknownList(list[Any], Unknown):
    """A list of unknown length: it has one unknown member, and the same at every index."""

    def __init__(self, member: Any) -> None:
        super().__init__([member])

    def __getitem__(self, index: Any) -> Any:
        return self if isinstance(index, slice) else super().__getitem__(0)

    def __add__(self, _other: Any) -> "UnknownList":
        return self

    __radd__ = __add__


class UnknownMap(dict[str, Any], Unknown):
    """A mapping with unknown keys; every key that is asked for has an unknown value."""

    def __init__(self, member: Any) -> None:
        super().__init__()
        self._member = member

    def __getitem__(self, _key: str) -> Any:
        return self._member

    def get(self, _key: str, _default: Any = None) -> Any:
        """A value, unknown whatever the key."""
        return self._member

    def values(self) -> Any:
        """One unknown value."""
        return [self._member]


class PartlyKnown(dict[str, Any]):
    """A mapping of which only some members are told: one that is asked for and not told is unknown, not missing."""

    def __missing__(self, _key: str) -> Any:
        return UnknownText()

    def get(self, key: str, _default: Any = None) -> Any:
        """A value, unknown where the key is not told, whatever would stand in for it."""
        return self[key]


def partly_known(value: Any) -> Any:
    """A value in which every mapping may have members that are not told."""
    if isinstance(value, dict):
        return PartlyKnown({key: partly_known(item) for key, item in value.items()})
    if isinstance(value, list):
        return [partly_known(item) for item in value]
    return MarkedText(value) if value == UNTOLD_MEMBER else value


def _carried(name: str) -> Callable[..., Any]:
    """A method of text whose result is as unknown as the text."""
    method = getattr(str, name)

    def carried(self: MarkedText, *args: Any, **options: Any) -> Any:
        result = method(self, *args, **options)
        if isinstance(result, str):
            return self
        if isinstance(result, list):
            return UnknownList(self)
        return (self,) * len(result) if isinstance(result, tuple) else result

    return carried


def _absorbed(self: UnknownNumber, *_: Any) -> UnknownNumber:
    return self


for _name in dir(str):
    if not _name.startswith("_") or _name in ("__add__", "__mul__", "__rmul__", "__mod__", "__getitem__"):
        setattr(MarkedText, _name, _carried(_name))
for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow"):
    for _side in ("", "r"):
        setattr(UnknownNumber, f"__{_side}{_name}__", _absorbed)
for _name in ("neg", "pos", "abs", "round"):
    setattr(UnknownNumber, f"__{_name}__", _absorbed)

SECRET_VALUE = UnknownText(SECRET_MARK)
"""An encrypted configuration value."""


def stand_in(kind: Any, depth: int = 0) -> Any:
    """A stand-in that passes for a value of a type, as far down as the type tells."""
    kind = _types.unwrap_type(kind) if kind is not None else None
    if depth > _DEEPEST:
        return UnknownText()
    if isinstance(kind, type) and _types.is_output_type(kind):
        members = {name: stand_in(inner, depth + 1) for name, inner in _types.output_type_types(kind).items()}
        return _types.output_type_from_dict(kind, members)
    origin, inner = get_origin(kind) or kind, get_args(kind)
    if not isinstance(origin, type) or issubclass(origin, (str, enum.Enum)):
        return UnknownText()
    for plain, made in ((bool, UnknownFlag), (int, lambda: UnknownInteger(1)), (float, lambda: UnknownFloat(1))):
        if issubclass(origin, plain):
            return made()
    if issubclass(origin, Mapping):
        return UnknownMap(stand_in(inner[1] if len(inner) > 1 else str, depth + 1))
    if issubclass(origin, Sequence):
        return UnknownList(stand_in(inner[0] if inner else str, depth + 1))
    return UnknownText()


def with_secrets(value: Any) -> Any:
    """A structure read from configuration, its encrypted texts as stand-ins."""
    if isinstance(value, dict):
        return {key: with_secrets(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_secrets(item) for item in value]
    return SECRET_VALUE if isinstance(value, str) and SECRET_MARK in value else value
