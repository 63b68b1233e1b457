"""TOML files with one set of names: every key that is not understood is refused, with its line and the nearest name."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cenguard.errors import InvalidSettings, nearest


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file, with the means to say what is wrong in it."""

    source: str
    text: str
    path: str
    """Dotted path of the table in the file; empty for the file itself."""
    values: Mapping[str, Any]
    start: int = 0
    """Offset in the text where the table begins, so that a line can be found."""

    def where(self, key: str) -> str:
        """The line of a key, as `line 7, rules.x.level`; the path alone when the line cannot be told."""
        dotted = f"{self.path}.{key}" if self.path else key
        written = re.compile(rf'^[ \t]*(?:\[+[^\]\n]*\b)?["\']?{re.escape(key)}["\']?[ \t]*(?:=|\.|\])', re.MULTILINE)
        found = written.search(self.text, self.start) or written.search(self.text)
        return f"line {self.text.count(chr(10), 0, found.start()) + 1}, {dotted}" if found else dotted

    def refuse(self, key: str, reason: str) -> InvalidSettings:
        """The error that names file, line and key."""
        return InvalidSettings(self.source, reason, where=self.where(key))

    def allow(self, *known: str) -> None:
        """Refuse every key but these."""
        for key in self.values:
            if key not in known:
                hint = nearest(key, known)
                raise self.refuse(
                    key, "is not a key of this file" + (f"; did you mean {hint}?" if hint else f" (known: {', '.join(known)})")
                )

    def _get(self, key: str, kind: type | tuple[type, ...], expected: str) -> Any:
        value = self.values.get(key)
        if value is not None and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            raise self.refuse(key, f"{expected} was expected, not {value!r}")
        return value

    def text_or_none(self, key: str) -> str | None:
        """A text, or None when the key is absent."""
        value: str | None = self._get(key, str, "a text")
        if value == "":
            raise self.refuse(key, "is empty")
        return value

    def required_text(self, key: str) -> str:
        """A text that must be there."""
        value = self.text_or_none(key)
        if value is None:
            raise InvalidSettings(self.source, f"{key} is missing", where=self.header())
        return value

    def header(self) -> str:
        """The line where the table begins."""
        return f"line {self.text.count(chr(10), 0, self.start) + 1}, {self.path}" if self.path else self.path

    def choice(self, key: str, allowed: Sequence[str], *, default: str) -> str:
        """One of a closed list of words."""
        value = self.text_or_none(key) or default
        if value not in allowed:
            hint = nearest(value, allowed)
            raise self.refuse(key, f"{value!r} is not one of {', '.join(allowed)}" + (f"; did you mean {hint}?" if hint else ""))
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._get(key, bool, "true or false")
        return default if value is None else bool(value)

    def number_or_none(self, key: str) -> float | None:
        """A number that is not negative."""
        value: float | None = self._get(key, (int, float), "a number")
        if value is not None and value < 0:
            raise self.refuse(key, f"a number of at least 0 was expected, not {value}")
        return value

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
            raise self.refuse(key, f"a list of texts was expected, not {value!r}")
        return tuple(value)

    def table(self, key: str) -> Mapping[str, Any]:
        """A table of values."""
        value = self._get(key, dict, "a table")
        return value or {}

    def subtable(self, key: str) -> "Table":
        """A table of values, with its own path."""
        dotted = f"{self.path}.{key}" if self.path else key
        found = re.search(rf"^\[{re.escape(dotted)}\]", self.text, re.MULTILINE)
        return Table(self.source, self.text, dotted, self.table(key), found.start() if found else self.start)

    def rows(self, key: str) -> Iterator["Table"]:
        """The tables of an array of tables, `[[key]]`."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self.refuse(key, f"tables were expected: write [[{key}]]")
        starts = [match.start() for match in re.finditer(rf"^[ \t]*\[\[{re.escape(key)}\]\]", self.text, re.MULTILINE)]
        for index, row in enumerate(value):
            start = starts[index] if index < len(starts) else self.start
            yield Table(self.source, self.text, f"{key}[{index}]", row, start)


def read_toml(path: Path) -> Table:
    """Read one TOML file.

    Raises:
        InvalidSettings: it cannot be read, is not UTF-8 or is not TOML; with the line.
    """
    import tomllib  # most checks read no TOML

    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise InvalidSettings(str(path), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InvalidSettings(str(path), "is not UTF-8 text; TOML was expected") from None
    except ValueError:  # a null character in its name
        raise InvalidSettings(str(path), "cannot be read: no file has such a name") from None
    try:
        return Table(str(path), text, "", tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidSettings(str(path), f"is not TOML: {error}") from None
