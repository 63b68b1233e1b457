"""Where a resource is written in a user's file: its call or block, the name it has there, and what may be changed around it.

One reader a language (`python_sites`, `typescript_sites`, `go_sites`, `yaml_sites`, `hcl_sites`). A site is certain or it is not told:
what a function, a loop or a condition makes has none, since a change there would change others too.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from cenguard.text.boundary import holds

_LARGEST = 16 * 1024 * 1024
"""Bytes; no file that people write is larger."""
_MARK = "\ufeff"
BOUND = "bound"
"""The names that a statement binds, in a language where those may be others than what a resource is called by."""


class Span(NamedTuple):
    """A part of a text, in characters from its start."""

    start: int
    end: int


class Change(NamedTuple):
    """A text that takes the place of a part of a file; an insertion where the part is empty."""

    file: Path
    start: int
    end: int
    text: str


class Items(NamedTuple):
    """What stands between two brackets, separated by commas."""

    open: int
    """Just behind the opening bracket."""
    close: int
    """Just before the closing one."""
    spans: tuple[Span, ...]


class Part(NamedTuple):
    """A property or an option as it is written."""

    whole: Span
    """Name and value."""
    value: Span
    items: Items | None = None
    """Of a list, its members."""


class File:
    """A text with its lines; line ends are kept, a byte order mark is not part of the text."""

    def __init__(self, path: Path, text: str) -> None:
        """Take the text as it is in the file."""
        self.path = path
        self.marked = text.startswith(_MARK)
        self.text = text.removeprefix(_MARK)
        self.newline = "\r\n" if "\r\n" in self.text else "\n"
        self._starts = [0]
        for line in self.text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def at(self, row: int, column: int) -> int:
        """The offset of a row (from 0) and a column in bytes, as syntax trees tell them."""
        start = self._starts[row]
        line = self.text[start : self._starts[row + 1] - 1]
        return start + (column if line.isascii() else len(line.encode()[:column].decode("utf-8", "ignore")))

    def row(self, offset: int) -> int:
        """The row, from 0, that an offset lies in."""
        from bisect import bisect_right

        return bisect_right(self._starts, offset) - 1

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, in characters."""
        row = self.row(offset)
        return row + 1, offset - self._starts[row] + 1

    def offset(self, line: int, column: int) -> int | None:
        """The offset of a line and a column, both from 1, in characters; None where there is no such place."""
        if not 0 < line < len(self._starts) or column < 1:
            return None
        found = self._starts[line - 1] + column - 1
        return found if found < self._starts[line] else None

    def indent(self, offset: int) -> str:
        """The white space that the line of an offset begins with."""
        line = self.text[self._starts[self.row(offset)] :].partition("\n")[0]
        return line[: len(line) - len(line.lstrip(" \t"))]

    def line_end(self, offset: int) -> int:
        """The end of the line of an offset, before its line break."""
        end = self.text.find("\n", offset)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[max(offset, end - 1) : end] == "\r" else end

    def line_start(self, offset: int) -> int:
        """The start of the line of an offset."""
        return self._starts[self.row(offset)]

    def span(self, node: Any) -> Span:
        """The span of a node of a tree-sitter tree."""
        return Span(self.at(*node.start_point), self.at(*node.end_point))

    def of(self, node: Any) -> str:
        """The text of a node of a tree-sitter tree."""
        return self.text[slice(*self.span(node))]


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A resource in the program's source, made once and there."""

    file: File
    kind: str
    """Its type as the program writes it: `alicloud.cen.BandwidthLimit`, `alicloud_cen_bandwidth_limit`."""
    name: str
    statement: Span
    """The statement, block or key, whole."""
    call: Span
    """The call alone, in a language that has calls."""
    expression: str = ""
    """What the program calls it; empty where it has no name there."""
    arguments: Items | None = None
    """What stands in the brackets of the call."""
    holder: Items | None = None
    """Where its properties stand; None where they cannot be told."""
    properties: Mapping[str, Part] = msgspec.field(default_factory=dict)
    """By their names in the language."""
    is_open: bool = False
    """Whether it may have properties that cannot be seen (`**common`, `...common`)."""
    options: Mapping[str, Part] = msgspec.field(default_factory=dict)
    """Options that are written out, by their names in the language."""
    options_items: Items | None = None
    """The brackets that they stand in."""
    options_part: Part | None = None
    """What stands for the options as a whole."""
    extra: Mapping[str, str] = msgspec.field(default_factory=dict)
    """What else the language's printer asks of the place (the context's name in Go)."""
    is_alone: bool = True
    """Whether its statement does nothing else, so that the whole of it may go."""


@cache
def file_at(path: Path) -> File | None:
    """A file that people write, with its line ends; None where there is none to be had."""
    try:
        if not holds(path) or path.stat().st_size > _LARGEST:
            return None
        return File(path, path.read_bytes().decode())
    except (OSError, UnicodeDecodeError, ValueError):
        return None


def forget() -> None:
    """Look at the files anew: they may have changed since the last report."""
    file_at.cache_clear()
