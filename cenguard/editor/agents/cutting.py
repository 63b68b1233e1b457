"""Answers for an agent, with what documents say cut short: whoever writes a document writes no page into a conversation."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from cenguard.errors import CenguardError
from cenguard.text.encodings import utf8
from cenguard.text.printable import in_one_line, printable

LONGEST = 500
"""Characters of a value."""
OURS = frozenset(
    {"message", "because", "summary", "meaning", "steps", "text", "python", "blocker", "page", "help", "notes", "title", "reason"}
)
"""Keys under which our own sentences, pages and code stand, with values in them."""
_STRING = re.compile(rb'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_JOINTS = re.compile(r'::|[$\[\]"]')
"""What joins the parts of URNs and addresses."""
_RUN = re.compile(rf"\S{{{LONGEST + 1},}}")
"""More than any word of ours: a value in some spelling."""


def short(value: str) -> str:
    """A value, cut."""
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"


def is_long(document: Any) -> bool:
    """Whether a text in a document has more characters than a value may have."""
    return any(len(text) > LONGEST for text in _texts(document))


def cut(document: Any, values: Sequence[str], key: str = "") -> Any:
    """A document whose values are cut, also where they stand in our sentences; `values` are the long ones of what was read."""
    if isinstance(document, str):
        return cut_sentence(document, values) if key in OURS else short(document)
    if isinstance(document, list):
        return [cut(item, values, key) for item in document]
    if not isinstance(document, dict):
        return document
    found: dict[str, Any] = {}
    for name, item in document.items():
        said = short(name)
        while said in found:  # two names that begin alike are two all the same
            said = f"{said[: LONGEST - 8]}…{len(found)}"
        found[said] = cut(item, values, name)
    return found


def cut_sentence(text: str, values: Iterable[str]) -> str:
    """A sentence of ours whose values are cut."""
    if len(text) <= LONGEST:
        return text
    for value in values:
        if value in text:
            text = text.replace(value, short(value))
    return _RUN.sub(lambda match: short(match[0]), text)


def long_values(files: Iterable[Path]) -> list[str]:
    """The long values in some documents, the longest first: as they are, their parts, and as sentences spell them."""
    found: set[str] = set()
    for file in dict.fromkeys(files):
        for value in _values_in(file):
            for part in {value, *_JOINTS.split(value)}:
                if len(part) > LONGEST:
                    spelled = (printable(part), in_one_line(part), repr(part)[1:-1], json.dumps(part, ensure_ascii=False)[1:-1])
                    found |= {part, *spelled}
    return sorted(found, key=lambda value: (-len(value), value))


def _values_in(file: Path) -> Iterator[str]:
    from cenguard.readers.sources import unpacked

    try:
        content = bytes(unpacked(file.read_bytes(), str(file)))
        content = utf8(content)
    except (OSError, CenguardError, UnicodeDecodeError):
        return
    if file.suffix == ".toml":
        try:
            yield from _texts(tomllib.loads(content.decode()))
        except (ValueError, RecursionError):
            return
        return
    for match in _STRING.finditer(content):
        if len(match[1]) <= LONGEST:
            continue
        try:
            yield str(json.loads(match[0], strict=False))
        except ValueError:
            continue


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _texts(item)
