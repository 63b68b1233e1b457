"""Values that stand for something, such as the ids of mocks: unknown, so that no two of them are ever joined."""

import re
from collections.abc import Iterable, Sequence
from fnmatch import translate
from typing import Any

from cenguard.resources.records import MARKS, Records, Resource
from cenguard.resources.values import UNKNOWN


def blank(sources: Iterable[Records], placeholders: Sequence[str]) -> None:
    """Make unknown what matches one of the globs, in place; ids that somebody wrote over are none."""
    matches = re.compile("|".join(map(translate, placeholders))).match if placeholders else None
    for source in sources:
        kept = (
            source.resources, source.deleted, source.retained, source.left_out, source.pending, source.uncertain, source.gone, source.leftover,
        )  # fmt: skip
        for records in kept:
            for record in records:
                if record.id in MARKS:
                    record.id = None
                if matches is not None:
                    _blank(record, matches)


def _blank(record: Resource, matches: Any) -> None:
    if record.id is not None and matches(record.id):
        record.id = None
    for values in (record.inputs, record.outputs, record.old):
        for key, value in (values or {}).items():
            assert values is not None
            values[key] = _blanked(value, matches)
    if record.before is not None:
        _blank(record.before, matches)


def _blanked(value: Any, matches: Any) -> Any:
    if isinstance(value, str):
        return UNKNOWN if matches(value) else value
    if isinstance(value, list):
        return [_blanked(item, matches) for item in value]
    if isinstance(value, dict):
        return {key: _blanked(item, matches) for key, item in value.items()}
    return value
