"""Files without their owner: read, rewritten, compared with what they were before anything is written."""

import datetime as dt
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cenguard.commands.anonymising.documents import Walk, collected
from cenguard.commands.anonymising.names import NewNames, text_of, worth_looking
from cenguard.commands.anonymising.strings import Kind, Part, Strings
from cenguard.commands.anonymising.words import TOKEN, Words
from cenguard.errors import UnreadableInput
from cenguard.geography.catalogue import Catalogue
from cenguard.text.encodings import utf8
from cenguard.text.toml_text import key_text, value_text


@dataclass(slots=True)
class Anonymised:
    """What became of some files."""

    texts: dict[str, str]
    """The new text of each file."""
    walk: Walk
    replaced: Counter[str] = field(default_factory=Counter)
    """How many values of each kind."""
    own_types: tuple[str, ...] = ()
    """Types that stayed and are of no package everybody has."""


def anonymise(files: Sequence[Path], catalogue: Catalogue) -> Anonymised:
    """Rewrite files; they share one map, so that what is equal in two of them stays equal.

    Raises:
        UnreadableInput: a file is no JSON, no lines of JSON and no TOML, or something of it would be left.
    """
    read = {str(path): _read(path) for path in files}
    strings = Strings(Words(catalogue))
    parts, kept = collected((document for content in read.values() for document, _ in content.documents), strings)
    try:
        names = NewNames(parts)
    except ValueError as error:
        raise UnreadableInput(
            str(files[0]), f"holds addresses around {error} that cannot be moved without touching another one"
        ) from None
    walk = Walk(strings, lambda found: text_of(found, names), names.account)
    texts = {name: _written(content, walk) for name, content in read.items()}
    for name, text in texts.items():
        left = _left(text, parts, kept)
        if left is not None:
            raise UnreadableInput(name, f"{left.text} would be left in it: nothing is written")
    types = sorted({piece.strip(":") for text in kept for piece in text.split("$") if TOKEN.match(piece.strip(":"))})
    own = tuple(item for item in types if item.partition(":")[0] not in ("alicloud", "pulumi"))
    return Anonymised(texts, walk, Counter(part.kind.value for part in parts), own)


@dataclass(frozen=True, slots=True)
class _Content:
    """What a file holds: documents, each with the indentation it was written with."""

    documents: tuple[tuple[Any, int | None], ...]
    toml: bool = False


def _read(path: Path) -> _Content:
    try:
        text = utf8(path.read_bytes()).decode()
    except UnicodeDecodeError:
        raise UnreadableInput(str(path), "is no text: a JSON document or an inventory was expected") from None
    if path.suffix == ".toml":
        try:
            return _Content(((tomllib.loads(text), None),), toml=True)
        except tomllib.TOMLDecodeError as error:
            raise UnreadableInput(str(path), f"is no TOML: {error}") from None
    try:
        documents = tuple(_documents(text))
    except (ValueError, RecursionError):
        documents = ()
    if not documents or not all(isinstance(item, dict | list) for item, _ in documents):
        raise UnreadableInput(str(path), "is no JSON document, no lines of JSON and no inventory: one of them was expected")
    return _Content(documents)


def _documents(text: str) -> Iterator[tuple[Any, int | None]]:
    """Several JSON documents, one after another, as event logs and answers of `aliyun` are."""
    decoder, place = json.JSONDecoder(), 0
    text = text.strip()
    while place < len(text):
        indented = re.compile(r"[{\[]\n( *)").match(text, place)
        found, place = decoder.raw_decode(text, place)
        yield found, len(indented[1]) if indented else None
        while place < len(text) and text[place].isspace():
            place += 1


def _written(content: _Content, walk: Walk) -> str:
    if content.toml:
        return _toml(walk.document(content.documents[0][0])) + "\n"
    return "\n".join(_as_json(walk.document(document), indent) for document, indent in content.documents) + "\n"


def _as_json(document: Any, indent: int | None) -> str:
    separators = (",", ":") if indent is None else (",", ": ")
    return json.dumps(document, ensure_ascii=False, indent=indent, separators=separators)


def _toml(table: dict[str, Any], head: str = "") -> str:
    """A table as text: values first, then tables and arrays of tables."""
    lines: list[str] = []
    for key, value in table.items():
        if not isinstance(value, dict) and not (isinstance(value, list) and value and isinstance(value[0], dict)):
            lines.append(f"{key_text(key)} = {value.isoformat() if isinstance(value, dt.date) else value_text(value)}")
    for key, value in table.items():
        name = f"{head}{key_text(key)}"
        if isinstance(value, dict):
            lines += ["", f"[{name}]", _toml(value, f"{name}.")]
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for row in value:
                lines += ["", f"[[{name}]]", _toml(row, f"{name}.")]
    return "\n".join(lines)


def _left(text: str, parts: set[Part], kept: set[str]) -> Part | None:
    """A part that is in the new text still, though nobody but its owner knows it."""
    held = _strings_in(text)
    for part in sorted(parts):
        if part.kind is not Kind.SECRET and worth_looking(part.text) and part.text in held and part.text not in kept:
            return part
    return None


def _strings_in(text: str) -> set[str]:
    found: set[str] = set()

    def visit(value: Any) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                found.add(key)
                visit(item)
        elif isinstance(value, list):
            for item in value:
                visit(item)
        elif isinstance(value, str):
            found.add(value)

    try:
        for document, _ in _documents(text):
            visit(document)
    except ValueError:
        found.update(text.split('"'))
    return found
