"""Properties of records as `Given`: a value, or why it is not known."""

from collections.abc import Callable
from typing import Any, TypeVar

from cenguard.assembly.properties import as_flag, as_number
from cenguard.assembly.references import References
from cenguard.network.details import Given, Subject
from cenguard.resources.records import Resource
from cenguard.resources.values import Unknown

T = TypeVar("T")
S = TypeVar("S", bound=Subject)

ABSENT: Given[Any] = Given()
"""A property that is not set."""


def about(made: type[S], record: Resource, /, **more: Any) -> S:
    """What is told of one resource, with its name and address."""
    return made(urn=record.urn, name=record.name, type=record.type, stands=record.stands, called=record.called, **more)


class Giving:
    """Reads properties of an input's records."""

    def __init__(self, references: References) -> None:
        self._unknown = references.unknown

    def text(self, record: Resource, key: str) -> Given[str]:
        """A text; an empty one is not set."""
        value = record.inputs.get(key)
        if type(value) is str:  # nearly always
            return Given(value) if value else ABSENT
        if value is None and not record.property_dependencies.get(key):
            return ABSENT
        return self._given(record, key, lambda value: str(value) or None)

    def flag(self, record: Resource, key: str) -> Given[bool]:
        """A flag."""
        if record.inputs.get(key) is None and not record.property_dependencies.get(key):  # nearly always
            return ABSENT
        return self._given(record, key, as_flag)

    def number(self, record: Resource, key: str) -> Given[float]:
        """A number."""
        return self._given(record, key, as_number)

    def _given(self, record: Resource, key: str, read: Callable[[Any], T | None]) -> Given[T]:
        value = record.inputs.get(key)
        if value is None:
            absent = key in record.inputs or not record.property_dependencies.get(key)
            return ABSENT if absent else Given(None, self._unknown(record, key))
        if isinstance(value, Unknown):
            return Given(None, self._unknown(record, key))
        return Given(read(value))
