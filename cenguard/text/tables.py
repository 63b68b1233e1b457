"""TOML files with one set of names: every key that is not understood is refused, with its line and the nearest name."""

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cenguard.errors import InvalidSettings, nearest, shown
from cenguard.text.boundary import boundary, holds
from cenguard.text.encodings import utf8
from cenguard.text.faults import together
from cenguard.text.toml_lines import Path as KeyPath
from cenguard.text.toml_lines import lines_of


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a table stands in."""

    name: str
    text: str = ""
    """Its text; empty where the values come from something else than a TOML file."""

    def line(self, path: KeyPath) -> int | None:
        """The line of a key, or of the nearest table or key around it; None when it cannot be told."""
        known = lines_of(self.text) if self.text else {}
        while path and path not in known:
            path = path[:-1]
        return known.get(path)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file, with the means to say what is wrong in it."""

    file: Source
    values: Mapping[str, Any]
    at: KeyPath = ()
    """Where the table stands in the file; empty for the file itself."""

    @property
    def source(self) -> str:
        """The name of the file."""
        return self.file.name

    @property
    def line(self) -> int | None:
        """The line where the table begins."""
        return self.file.line(self.at)

    def where(self, *keys: str) -> str:
        """The line of a key, as `line 7, rules.x.level`; the path alone when the line cannot be told."""
        path = (*self.at, *keys)
        line = self.file.line(path)
        return f"line {line}, {_dotted(path)}" if line else _dotted(path)

    def refuse(self, key: str, reason: str) -> InvalidSettings:
        """The error that names file, line and key."""
        return InvalidSettings(self.source, reason, where=self.where(key))

    def refuse_whole(self, reason: str) -> InvalidSettings:
        """The error that names file and table."""
        return InvalidSettings(self.source, reason, where=self.where())

    def allow(self, *known: str, elsewhere: Callable[[str], str | None] = lambda _key: None) -> None:
        """Refuse every key but these, all of the others at once; `elsewhere` says where a key belongs that is known of another table."""
        place = "of this table" if self.at else "of this file"
        wrong: list[InvalidSettings] = []
        for key in self.values:
            if key in known:
                continue
            hint = nearest(key, known)
            said = elsewhere(key) or (f"did you mean {hint}?" if hint else "")
            end = f"; {said}" if said else f" (known: {', '.join(known)})"
            wrong.append(self.refuse(key, f"is not a key {place}{end}"))
        if wrong:
            raise together(wrong)

    def _get(self, key: str, kind: type | tuple[type, ...], expected: str) -> Any:
        value = self.values.get(key)
        if value is not None and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            raise self.refuse(key, f"{expected} was expected, not {shown(value)}")
        return value

    def text_or_none(self, key: str) -> str | None:
        """A text, or None when the key is absent."""
        value: str | None = self._get(key, str, "a text")
        if value is not None and not value.strip():
            raise self.refuse(key, "is empty")
        return value

    def required_text(self, key: str) -> str:
        """A text that must be there."""
        value = self.text_or_none(key)
        if value is None:
            raise self.refuse_whole(f"{key} is missing")
        return value

    def choice(self, key: str, allowed: Sequence[str], *, default: str) -> str:
        """One of a closed list of words."""
        value = self.text_or_none(key) or default
        if value not in allowed:
            hint = nearest(value, allowed)
            raise self.refuse(
                key, f"{shown(value)} is not one of {', '.join(allowed)}" + (f"; did you mean {hint}?" if hint else "")
            )
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._get(key, bool, "true or false")
        return default if value is None else bool(value)

    def number_or_none(self, key: str) -> float | None:
        """A number that is not negative."""
        value: float | None = self._get(key, (int, float), "a number")
        if value is not None and not (math.isfinite(value) and value >= 0):
            raise self.refuse(key, f"a number of at least 0 was expected, not {value}")
        return value

    def whole_number(self, key: str, *, default: int) -> int:
        """A whole number that is not negative."""
        value = self._get(key, int, "a whole number")
        if value is not None and value < 0:
            raise self.refuse(key, f"a whole number of at least 0 was expected, not {shown(value)}")
        return default if value is None else int(value)

    def date(self, key: str) -> dt.date | None:
        """A day, written without quotes: `2027-03-31`."""
        value = self._get(key, dt.date, "a date without quotes, such as 2027-03-31,")
        return value.date() if isinstance(value, dt.datetime) else value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        value = self.values.get(key, [])
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.refuse(key, f"a list of texts was expected, not {shown(value)}")
        if not all(item.strip() for item in value):
            raise self.refuse(key, "holds an empty text")
        return tuple(value)

    def subtable(self, key: str, expected: str = "a table") -> "Table":
        """A table of values, with its own path."""
        value = self._get(key, dict, expected)
        return Table(self.file, value or {}, (*self.at, key))

    def tables(self, expected: str = "a table") -> Iterator[tuple[str, "Table"]]:
        """The tables in this one, each with its name."""
        for key in self.values:
            yield key, self.subtable(key, expected)

    def rows(self, key: str) -> Iterator["Table"]:
        """The tables of an array of tables, `[[key]]`."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self.refuse(key, f"tables were expected: write [[{_dotted((*self.at, key))}]]")
        for index, row in enumerate(value):
            yield Table(self.file, row, (*self.at, key, index))


def _dotted(path: KeyPath) -> str:
    """A path as people write it: `rules.x.level`, `waiver[1].expires`, counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read_toml(path: Path) -> Table:
    """Read one TOML file.

    Raises:
        InvalidSettings: it cannot be read, is not UTF-8 or is not TOML; with the line.
    """
    return parse_toml(read_text(path, "TOML"), str(path))


def read_text(path: Path, expected: str) -> str:
    """The text of a file.

    Raises:
        InvalidSettings: it cannot be read, is not UTF-8, or lies where nothing is to be read.
    """
    if not holds(path):
        raise InvalidSettings(str(path), boundary().said)
    try:
        return utf8(path.read_bytes()).decode().replace("\r\n", "\n")
    except OSError as error:
        raise InvalidSettings(str(path), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InvalidSettings(str(path), f"is not UTF-8 text; {expected} was expected") from None
    except ValueError:  # a null character in its name
        raise InvalidSettings(str(path), "cannot be read: no file has such a name") from None


def parse_toml(text: str, name: str) -> Table:
    """Parse the text of one TOML file.

    Raises:
        InvalidSettings: it is not TOML; with the line.
    """
    import tomllib  # most checks read no TOML

    try:
        return Table(Source(name, text), tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        raise InvalidSettings(name, f"is not TOML: {error}") from None
