"""What fixes are in the user's files: as the JSON report carries it, and as suggestions on the lines of a change.

A suggestion is made of a whole fix or not at all: all of its places in lines that follow each other, each of them a line that the
change adds, and as the check saw it.
"""

import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from cenguard.findings.report import Report, ReportedChange, ReportedFinding
from cenguard.reports.places import seen_from_here

if TYPE_CHECKING:
    from cenguard.findings.code import Code
    from cenguard.sources.sites import Change, File


class Line(NamedTuple):
    """A line of a file as a change leaves it."""

    text: str
    added: bool
    """Whether the change adds it; else it stands beside what is added."""


class Suggestion(NamedTuple):
    """Lines that take the place of lines of a change."""

    path: str
    first: int
    last: int
    lines: tuple[str, ...]


def with_changes(report: Report) -> Sequence[ReportedFinding]:
    """The findings, those with a certain fix with what it is in the files."""
    written = report.written
    if not written:
        return report.findings
    return [_with_changes(report, item, written.get(item.fingerprint)) for item in report.findings]


def _with_changes(report: Report, item: ReportedFinding, code: "Code | None") -> ReportedFinding:
    fix = item.fix
    if code is None or not code.bound or not code.changes or fix is None or fix.code is None:
        return item
    from cenguard.sources.sites import file_at

    found = []
    for change in code.changes:
        file, path = file_at(change.file), seen_from_here(report, item, change.file)
        if file is None or path is None:
            return item
        found.append(_reported(file, path, change))
    return replace(item, fix=replace(fix, code=replace(fix.code, changes=tuple(found))))


def _reported(file: "File", path: str, change: Any) -> ReportedChange:
    (line, column), (end_line, end_column) = file.place(change.start), file.place(change.end)
    return ReportedChange(
        path=path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        digest=digest_of(_lines(file, change.start, change.end)),
        text=change.text,
    )


def read_back(changes: Sequence[ReportedChange]) -> "dict[str, tuple[File, list[Change]]] | None":
    """What changes of a report that was read are in the files below this folder, by path.

    None where a file is not here, or not as the check saw it.
    """
    from cenguard.sources.sites import Change, file_at

    found: dict[str, tuple[File, list[Change]]] = {}
    here = Path.cwd()
    for item in changes:
        path = Path(os.path.realpath(here / item.path))
        file = file_at(path) if path.is_relative_to(os.path.realpath(here)) else None
        if file is None:
            return None
        start, end = file.offset(item.line, item.column), file.offset(item.end_line, item.end_column)
        if start is None or end is None or end < start or digest_of(_lines(file, start, end)) != item.digest:
            return None
        found.setdefault(item.path, (file, []))[1].append(Change(path, start, end, item.text))
    return found


def _lines(file: "File", start: int, end: int) -> list[str]:
    """The lines that a part of a file stands in."""
    return file.text[file.line_start(start) :].split("\n")[: file.row(end) - file.row(start) + 1]


def digest_of(lines: Sequence[str]) -> str:
    """What some lines are known by."""
    return sha256("\n".join(line.removesuffix("\r") for line in lines).encode()).hexdigest()


def suggestion(changes: Sequence[ReportedChange], files: Mapping[str, Mapping[int, Line]]) -> Suggestion | None:
    """A fix on the lines of a change; None where it does not lie in lines that the change adds.

    `files` are lines by number, of the files that the change touches.
    """
    paths = {item.path for item in changes}
    path = _path_among(paths.pop(), files) if len(paths) == 1 else None
    if path is None:
        return None
    there = files[path]
    first, last = min(item.line for item in changes), max(item.end_line for item in changes)
    lines = [there.get(number) for number in range(first, last + 1)]
    known = [line.text for line in lines if line is not None]
    if len(known) < len(lines) or any(line.endswith("\r") for line in known):
        return None
    if any(digest_of(known[item.line - first : item.end_line - first + 1]) != item.digest for item in changes):
        return None  # the check saw another file
    text = "\n".join(known)
    ordered = sorted(changes, key=lambda item: (item.line, item.column, item.end_line, item.end_column))
    for item in ordered[::-1]:  # of those at one place the last first, and what is taken away there before what is put before it
        start, end = (
            sum(len(line) + 1 for line in known[: row - first]) + column - 1
            for row, column in ((item.line, item.column), (item.end_line, item.end_column))
        )
        text = text[:start] + item.text + text[end:]
    if all(line is not None and line.added for line in lines):
        return Suggestion(path, first, last, tuple(text.split("\n")))
    below = there.get(last + 1)
    if first == last and text.startswith(f"{known[0]}\n") and below is not None and below.added:  # a line is put between two
        return Suggestion(path, last + 1, last + 1, (*text.split("\n")[1:], below.text))
    return None


def _path_among(path: str, files: Mapping[str, Any]) -> str | None:
    """A file of the report among those of a change, which are named from the root of the repository."""
    if path in files:
        return path
    found = [name for name in files if name.endswith(f"/{path}")]
    return found[0] if len(found) == 1 else None


def lines_of_patch(patch: str) -> dict[int, Line]:
    """The lines that a unified diff shows of the new file, by number.

    >>> lines_of_patch("@@ -1,2 +1,2 @@\\n a\\n-b\\n+c")
    {1: Line(text='a', added=False), 2: Line(text='c', added=True)}
    """
    found: dict[int, Line] = {}
    number = 0
    for row in patch.split("\n"):
        if row.startswith("@@"):
            head = row.split(" ")
            start = next((part[1:].split(",")[0] for part in head[1:] if part.startswith("+")), "")
            number = int(start) if start.isdecimal() else 0
        elif row.startswith(("+", " ")) and number:
            found[number] = Line(row[1:], row[0] == "+")
            number += 1
    return found
