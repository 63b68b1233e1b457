"""Changes of a text at exact places: what stands around them stays as it is."""

from collections.abc import Collection, Iterable, Sequence

from cenguard.sources.sites import Change, File, Items


def rewritten(
    file: File, items: Items, added: Sequence[str], gone: Collection[int] = (), *, last_comma: bool = False
) -> list[Change]:
    """What puts further members before a closing bracket and takes others away, in the way that the members are written.

    Members below each other get lines of their own; `last_comma` is for a language that wants a comma before a line's end there.
    """
    text = file.text
    changes: list[Change] = []
    kept = [span for number, span in enumerate(items.spans) if number not in gone]
    for number in gone:
        start, end = items.spans[number]
        if number + 1 < len(items.spans):
            changes.append(Change(file.path, start, items.spans[number + 1].start, ""))
        else:
            before = kept[-1].end if kept else items.open
            comma = text.find(",", end, items.close)
            changes.append(Change(file.path, before, end if kept or comma < 0 else comma + 1, ""))
    there = {text[slice(*span)] for span in kept}
    added = [item for item in added if item not in there]
    if not added:
        return changes
    if not kept:
        start = items.open
        inner = text[start : items.close]
        if not items.spans and "\n" in inner and inner.strip():  # nothing but a comment
            indent = file.indent(items.close) + "    "
            lines = "".join(f"{file.newline}{indent}{item}," for item in added)
            return [
                *changes,
                Change(
                    file.path,
                    file.line_end(len(text[: items.close].rstrip())),
                    file.line_end(len(text[: items.close].rstrip())),
                    lines,
                ),
            ]
        space = " " if inner.startswith(" ") and not inner.strip() and inner != " " else ""
        return [Change(file.path, start, start, space + ", ".join(added)), *changes]
    last = kept[-1]
    below = file.row(items.close) > file.row(last.end)
    comma = text.find(",", last.end, items.close) if not text[last.end : items.close].lstrip().startswith(("#", "/")) else -1
    if not below:
        if comma >= 0 and not gone:
            return [*changes, Change(file.path, comma + 1, comma + 1, "".join(f" {item}," for item in added))]
        return [Change(file.path, last.end, last.end, "".join(f", {item}" for item in added)), *changes]
    indent = _indent_of(file, items, last.start)
    lines = "".join(f"{file.newline}{indent}{item}," for item in added)
    behind = file.line_end(comma if comma >= 0 else last.end)
    if comma >= 0:
        return [*changes, Change(file.path, behind, behind, lines)]
    lines = lines if last_comma else lines.removesuffix(",")
    return [Change(file.path, last.end, last.end, ","), *changes, Change(file.path, behind, behind, lines)]


def _indent_of(file: File, items: Items, last: int) -> str:
    """The indentation of members: that of the last one that begins a line."""
    for span in reversed(items.spans):
        if span.start <= last and file.text[file.line_start(span.start) : span.start].isspace():
            return file.indent(span.start)
    return file.indent(items.open) + "    "


def behind(file: File, end: int) -> int:
    """Where a further statement goes, below the one that ends at a place: its line's end, with a comment that stands there."""
    return file.line_end(end)


def without_lines(file: File, start: int, end: int) -> Change:
    """What takes a statement away, with its lines where nothing else stands on them."""
    first, last = file.line_start(start), file.line_end(end)
    rest = file.text[end:last].strip(" \t;,")
    if file.text[first:start].strip() or (rest and not rest.startswith(("#", "//"))):
        return Change(file.path, start, end, "")
    past = last + len(file.newline) if file.text.startswith(file.newline, last) else last
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
