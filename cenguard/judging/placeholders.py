"""Values that stand for something, such as the ids of mocks: unknown, so that no two of them are ever joined."""

import re
from collections.abc import Iterable, Sequence
from fnmatch import translate
from typing import Any

from cenguard.resources.records import MARKS, OF_TERRAFORM, Records, Resource
from cenguard.resources.values import UNKNOWN

_MARKED = frozenset(MARKS)
_WORDS = [rf"{re.escape(word)}\Z" for word in MARKS]


def blank(sources: Iterable[Records], placeholders: Sequence[str]) -> None:
    """Make unknown what matches one of the globs, in place; ids that somebody wrote over are none."""
    globs = [*map(translate, placeholders)]
    for source in sources:
        as_written = source.kind in OF_TERRAFORM
        words = globs + _WORDS if as_written else globs
        matches: Any = re.compile("|".join(words)).match if globs else MARKS.__contains__ if as_written else None
        kept = (
            source.resources, source.deleted, source.retained, source.left_out, source.pending, source.uncertain, source.gone, source.leftover,
            source.cleared,
        )  # fmt: skip
        for records in kept:
            for record in records:
                if record.id in MARKS:
                    record.id = None
                if matches is not None and (globs or not _is_plain(record)):
                    _blank(record, matches)


def _is_plain(record: Resource) -> bool:
    """Whether a resource has its inputs alone, and none of them stands for something: nearly always, and told quickly."""
    inputs = record.inputs
    if record.outputs is not inputs or (record.old is not None and record.old is not inputs) or record.before is not None:
        return False
    try:
        return _MARKED.isdisjoint(inputs.values())
    except TypeError:  # a list or a map is among them
        return False


def _blank(record: Resource, matches: Any) -> None:
    if record.id is not None and matches(record.id):
        record.id = None
    inputs, outputs, old = record.inputs, record.outputs, record.old
    _blank_values(inputs, matches)
    if outputs is not inputs:
        _blank_values(outputs, matches)
    if old is not None and old is not inputs and old is not outputs:
        _blank_values(old, matches)
    if record.before is not None:
        _blank(record.before, matches)


def _blank_values(values: dict[str, Any], matches: Any) -> None:
    for key, value in values.items():
        kind = type(value)
        if kind is str:
            if matches(value):
                values[key] = MARKS.get(value, UNKNOWN)
        elif kind is list or kind is dict:
            values[key] = _blanked(value, matches)


def _blanked(value: Any, matches: Any) -> Any:
    if isinstance(value, str):
        return MARKS.get(value, UNKNOWN) if matches(value) else value
    if isinstance(value, list):
        return [_blanked(item, matches) for item in value]
    if isinstance(value, dict):
        return {key: _blanked(item, matches) for key, item in value.items()}
    return value
