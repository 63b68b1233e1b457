"""Values that are not known while a plan is made.

A preview does not know the id of a new resource, and a secret's value is nobody's business: both are decoded once, by
the readers, into a member of `Unknown`. `is_known` is a type guard, so that nobody computes with one by accident.
"""

from enum import Enum
from typing import TypeGuard, TypeVar

T = TypeVar("T")


class Unknown(Enum):
    """A value that the input does not tell."""

    UNKNOWN = "unknown"
    """Known only after the update."""
    SECRET = "secret"  # noqa: S105 - the mark that stands for one
    """Marked secret: used as unknown by every reader, never printed."""

    HIDDEN = "hidden"
    """Known to the engine, and left out of this input."""

    __hash__ = object.__hash__
    """That of an enumeration is written in Python, and properties are looked for among texts by the thousand."""

    def __repr__(self) -> str:
        return self.name


UNKNOWN = Unknown.UNKNOWN
SECRET = Unknown.SECRET
HIDDEN = Unknown.HIDDEN


def is_known(value: T | Unknown) -> TypeGuard[T]:
    """Whether a value can be read now."""
    return value is not UNKNOWN and value is not SECRET and value is not HIDDEN
