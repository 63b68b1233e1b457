"""Changes of a text at exact places: what stands around them stays as it is."""

import re
from collections.abc import Collection, Iterable, Sequence

from cenguard.sources.sites import Change, File, Items, Span

_BETWEEN = re.compile(r"(?:\s|\\(?=\r?\n)|(?:#|//)[^\n]*|/\*.*?\*/)*", re.DOTALL)
"""What may stand between a member and its comma, in any of the languages."""
_REST = re.compile(r"(?:[ \t]|/\*[^\n]*?\*/)*(?:(?:#|//)[^\n]*)?")
"""What may stand behind a member on a line that is its own."""
_COMMENTS = re.compile(r"(?:[ \t,;]|/\*.*?\*/)*", re.DOTALL)


def rewritten(
    file: File, items: Items, added: Sequence[str], gone: Collection[int] = (), *, last_comma: bool = False
) -> list[Change]:
    """What puts further members before a closing bracket and takes others away, in the way that the members are written.

    Members below each other get lines of their own; `last_comma` is for a language that wants a comma before a line's end there.
    """
    kept = [span for number, span in enumerate(items.spans) if number not in gone]
    there = {file.text[slice(*span)] for span in kept}
    added = [item for item in added if item not in there]
    tail = _run(gone, len(items.spans) - 1)
    if added and tail and (not kept or not all(_has_lines(file, items, number) for number in tail)):
        start, end = items.spans[tail[0]]  # in its place: what would be added behind ends with what goes
        own = file.text[file.line_start(start) : start].isspace()
        between = f",{file.newline}{file.indent(start)}" if own else ", "
        return [Change(file.path, start, end, between.join(added)), *_taken(file, items, set(gone) - {tail[0]})]
    return [*_added(file, items, kept, added, last_comma=last_comma), *_taken(file, items, gone)]


def _run(gone: Collection[int], last: int) -> list[int]:
    """The members that go up to one of them, without a gap, in their order."""
    found: list[int] = []
    while last in gone:
        found.insert(0, last)
        last -= 1
    return found


def _taken(file: File, items: Items, gone: Collection[int]) -> list[Change]:
    """What takes members away: with their lines where they have lines of their own, else with the comma that is one too many."""
    changes: list[Change] = []
    waiting = set(gone)
    while waiting:
        run = _run(waiting, max(waiting))
        waiting -= set(run)
        start, end = items.spans[run[0]].start, items.spans[run[-1]].end
        if all(_has_lines(file, items, number) for number in run):
            changes += [_lines(file, items, number) for number in run]
        elif run[-1] + 1 < len(items.spans):
            changes.append(Change(file.path, start, items.spans[run[-1] + 1].start, ""))
        elif run[0]:
            changes.append(Change(file.path, items.spans[run[0] - 1].end, end, ""))
        else:
            changes.append(Change(file.path, items.open, max(end, _comma(file, items, end) + 1), ""))
    return changes


def _comma(file: File, items: Items, end: int) -> int:
    """The comma behind a member, which may stand behind comments; -1 where there is none."""
    between = _BETWEEN.match(file.text, end, items.close)
    place = between.end() if between is not None else end
    return place if place < items.close and file.text[place] == "," else -1


def _has_lines(file: File, items: Items, number: int) -> bool:
    """Whether nothing else stands on a member's lines."""
    start, end = items.spans[number]
    comma = _comma(file, items, end)
    last = file.line_end(max(end, comma))
    if not file.text[file.line_start(start) : start].isspace() or not end <= last < items.close:
        return False
    if (comma < 0 and number + 1 < len(items.spans)) or comma > file.line_end(end):
        return False
    return _REST.fullmatch(file.text, max(end, comma + 1), last) is not None


def _lines(file: File, items: Items, number: int) -> Change:
    start, end = items.spans[number]
    last = file.line_end(max(end, _comma(file, items, end)))
    return Change(file.path, file.line_start(start), file.text.index("\n", last) + 1, "")


def _added(file: File, items: Items, kept: Sequence[Span], added: Sequence[str], *, last_comma: bool) -> list[Change]:
    """What puts further members behind those that stay."""
    text = file.text
    if not added:
        return []
    if not kept:
        start = items.open
        inner = text[start : items.close]
        if "\n" in inner and inner.strip():  # nothing but a comment
            first = items.close - len(inner.lstrip())
            own_line = file.row(first) > file.row(start)
            indent = file.indent(first) if own_line else file.indent(items.close) + "    "
            lines = "".join(f"{file.newline}{indent}{item}," for item in added)
            place = file.line_end(len(text[: items.close].rstrip()))
            return [Change(file.path, place, place, lines)]
        space = " " if inner.startswith(" ") and not inner.strip() and inner != " " else ""
        return [Change(file.path, start, start, space + ", ".join(added))]
    last = kept[-1]
    comma = _comma(file, items, last.end)
    if file.row(items.close) == file.row(last.end):
        if comma >= 0 and last == items.spans[-1]:
            return [Change(file.path, comma + 1, comma + 1, "".join(f" {item}," for item in added))]
        return [Change(file.path, last.end, last.end, "".join(f", {item}" for item in added))]
    indent = _indent_of(file, items, last.start)
    lines = "".join(f"{file.newline}{indent}{item}," for item in added)
    place = behind(file, comma + 1 if comma >= 0 else last.end)
    if comma >= 0:
        return [Change(file.path, place, place, lines)]
    lines = lines if last_comma else lines.removesuffix(",")
    return [Change(file.path, last.end, last.end, ","), Change(file.path, place, place, lines)]


def _indent_of(file: File, items: Items, last: int) -> str:
    """The indentation of members: that of the last one that begins a line."""
    for span in reversed(items.spans):
        if span.start <= last and file.text[file.line_start(span.start) : span.start].isspace():
            return file.indent(span.start)
    return file.indent(items.open) + "    "


def behind(file: File, end: int) -> int:
    """Where something goes below what ends at a place: the end of its line, or of the one on which a comment behind it ends."""
    comment = _COMMENTS.match(file.text, end)
    return file.line_end(comment.end() if comment is not None else end)


def without_lines(file: File, start: int, end: int) -> Change:
    """What takes a statement away, with its lines where nothing else stands on them."""
    first, last = file.line_start(start), file.line_end(end)
    rest = file.text[end:last].strip(" \t;,")
    if file.text[first:start].strip() or (rest and not rest.startswith(("#", "//"))):
        return Change(file.path, start, end, "")
    past = file.text.find("\n", last) + 1 or last
    return Change(file.path, first, past, "")


def applied(text: str, changes: Iterable[Change]) -> str:
    """A text with its changes.

    Raises:
        ValueError: two changes are about the same part.
    """
    parts: list[str] = []
    place = 0
    for change in in_order(changes):
        if change.start < place:
            raise ValueError("two changes are about the same part of the text")
        parts += [text[place : change.start], change.text]
        place = change.end
    return "".join([*parts, text[place:]])


def in_order(changes: Iterable[Change]) -> list[Change]:
    """Changes from the start of the text; insertions at one place stay in their order, before what is taken away there."""
    return sorted(dict.fromkeys(changes), key=lambda change: (change.start, change.end))
