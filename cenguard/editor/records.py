"""Where the records of a JSON document stand."""

import json
import re
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from cenguard.sources.sites import Span

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(strict=False)
_LISTS = ("steps", "resource_changes", "resources")
"""Keys of lists of records."""
_INSIDE = ("deployment", "checkpoint", "latest", "values", "planned_values", "prior_state", "root_module")
"""Keys of objects in which such lists are."""
_MODULES = "child_modules"
_PLANS = "resourcePlans"
_FIRST = "resource_changes"
"""Of the lists of one document, the one whose records say most of a resource."""


def records_in(text: str) -> dict[str, Span]:
    """The span of each record by the URN or the address of its resource.

    >>> records_in('{"steps": [{"urn": "urn:a"}, {"urn": "urn:b"}]}')
    {'urn:a': Span(start=11, end=27), 'urn:b': Span(start=29, end=45)}
    """
    found: dict[str, tuple[bool, Span]] = {}
    try:
        for name, span, first in (*_records(text), *_events(text)):
            if name not in found or (first and not found[name][0]):
                found[name] = (first, span)
    except (ValueError, IndexError, RecursionError):
        pass  # it was read: what follows the records may be anything
    return {name: span for name, (_, span) in found.items()}


def _events(text: str) -> Iterator[tuple[str, Span, bool]]:
    """The records of a log of events, one a line."""
    if '"sequence"' not in text[:4096].partition("\n")[0]:
        return
    offset = 0
    for row in text.split("\n"):
        try:
            event = _DECODER.decode(row)
        except ValueError:
            event = None
        for said in event.values() if isinstance(event, dict) else ():
            metadata = said.get("metadata") if isinstance(said, dict) else None
            if isinstance(metadata, dict) and isinstance(metadata.get("urn"), str):
                yield metadata["urn"], Span(offset, offset + len(row)), False
        offset += len(row) + 1


def _records(text: str) -> Iterator[tuple[str, Span, bool]]:
    start = _past(text, 0)
    if text[start : start + 1] == "{":
        yield from _object(text, start, [0])


def _object(text: str, start: int, end: list[int]) -> Iterator[tuple[str, Span, bool]]:
    """The records in an object; `end` takes the offset behind it."""
    place = _past(text, start + 1)
    while text[place] != "}":
        begin = place
        key, place = scanstring(text, place + 1, False)
        place = _past(text, _past(text, place) + 1)
        inside = [0]
        if key in _INSIDE and text[place] == "{":
            yield from _object(text, place, inside)
        elif (key in _LISTS or key == _MODULES) and text[place] == "[":
            yield from _list(text, place, key, inside)
        elif key == _PLANS and text[place] == "{":
            yield from _plans(text, place, inside)
        else:
            _, inside[0] = _DECODER.raw_decode(text, place)
        place = _past(text, inside[0])
        if text[place] == ",":
            place = _past(text, place + 1)
        elif begin == place:
            raise ValueError(place)
    end[0] = place + 1


def _list(text: str, start: int, key: str, end: list[int]) -> Iterator[tuple[str, Span, bool]]:
    place = _past(text, start + 1)
    while text[place] != "]":
        inside = [0]
        if key == _MODULES and text[place] == "{":
            yield from _object(text, place, inside)
        else:
            record, inside[0] = _DECODER.raw_decode(text, place)
            yield from ((name, Span(place, inside[0]), key == _FIRST) for name in _names(record))
        place = _past(text, inside[0])
        if text[place] == ",":
            place = _past(text, place + 1)
    end[0] = place + 1


def _plans(text: str, start: int, end: list[int]) -> Iterator[tuple[str, Span, bool]]:
    """The records of a saved plan: an object by URN."""
    place = _past(text, start + 1)
    while text[place] != "}":
        begin = place
        name, place = scanstring(text, place + 1, False)
        _, place = _DECODER.raw_decode(text, _past(text, _past(text, place) + 1))
        yield name, Span(begin, place), False
        place = _past(text, place)
        if text[place] == ",":
            place = _past(text, place + 1)
    end[0] = place + 1


def _names(record: Any) -> Iterator[str]:
    """What the resources of a record are called."""
    if not isinstance(record, dict):
        return
    for key in ("urn", "address"):
        if isinstance(record.get(key), str):
            yield record[key]
            return
    if not isinstance(record.get("instances"), list):
        return
    parts = [record.get("module"), "data" if record.get("mode") == "data" else None, record.get("type"), record.get("name")]
    address = ".".join(part for part in parts if isinstance(part, str))
    for instance in record["instances"]:
        index = instance.get("index_key") if isinstance(instance, dict) else None
        yield address if index is None else f"{address}[{json.dumps(index, ensure_ascii=False)}]"


def _past(text: str, place: int) -> int:
    """The offset behind white space."""
    found = _SPACE.match(text, place)
    return found.end() if found is not None else place
