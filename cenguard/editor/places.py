"""Where a resource is written, in the client's units: the whole call, the first line of a block, the first of a document's record."""

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from glob import escape
from pathlib import Path

from cenguard.editor.messages import Kind, Place, Position
from cenguard.errors import UnreadableInput
from cenguard.findings.report import ReportedFinding
from cenguard.readers.program.project import SUFFIXES
from cenguard.resources.records import Records
from cenguard.resources.urns import type_in_urn
from cenguard.sources.bindings import Bindings, class_in
from cenguard.sources.lines import Lines
from cenguard.sources.project import Language
from cenguard.sources.sites import File, Span, file_at

_WIDTHS: Mapping[str, Callable[[str], int]] = {
    "utf-8": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "utf-16": lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    "utf-32": len,
}
_LINE_FIRST = re.compile(r"^line \d+(?:, |$)")
_STACK = re.compile(r"configuration of (?:.*/)?(?P<stack>[^/:]+)(?:: )?(?P<key>cenguard:[\w-]+)?")
"""How a sentence of ours names what a stack's own file sets."""
_NAMED = re.compile(r"(?P<file>.+?)(?:, |: )line (?P<line>\d+)")
"""How a sentence of ours names a line of a file of settings or waivers."""


class Places:
    """Finds places for one check; reads nothing before it is asked."""

    def __init__(self, kind: Kind, root: Path, otherwise: Path, encoding: str, sources: Sequence[Records] = ()) -> None:
        """Take what was checked; `otherwise` is the file of what has no place of its own."""
        self.kind, self.root, self.otherwise = kind, root, otherwise
        self.lines = Lines(sources)
        self.bindings = Bindings(self.lines)
        self._width = _WIDTHS.get(encoding, _WIDTHS["utf-16"])
        self._sources = sources

    def of(self, finding: ReportedFinding) -> Place:
        """The place of a finding."""
        found = self.of_resource(finding.urn) if finding.urn else None
        if found is None and self.kind is Kind.DOCUMENT:
            found = next(
                (place for urn in (finding.instance, *finding.related) if urn and (place := self.of_resource(urn))), None
            )
        if found is None and finding.location is not None and self.kind is not Kind.DOCUMENT:
            found = self._of_nearest(finding)
        return found or self.of_line(self.otherwise, 1)

    def of_resource(self, urn: str) -> Place | None:
        """The place of a resource; None where no file tells it."""
        if self.kind is Kind.DOCUMENT:
            names = (urn, *(urn.removeprefix(f"{source.project}:") for source in self._sources))
            span = next((span for name in names if (span := self._records.get(name))), None)
            file = file_at(self.root)
            return self.of_span(file, span.start, min(span.end, file.line_end(span.start))) if span and file else None
        place, known = self.lines.place(urn), self.lines.source_of(urn)
        folder = self.lines.folder(known[0]) if known is not None else None
        if place is None or folder is None or known is None:
            return None
        path = Path(folder, place.path).resolve()
        language = self.bindings.language(urn)
        if language not in (Language.PYTHON, Language.TYPESCRIPT, Language.GO):
            return self.of_line(path, place.line)
        site = self.bindings.site(urn)
        if site is not None:
            return self.of_span(site.file, *site.call)
        return (self._of_call(path, place.line, urn) if path.suffix == ".py" else None) or self.of_line(path, place.line)

    def of_line(self, path: Path, line: int) -> Place:
        """A line of a file, without the white space around it; lines are counted from 1."""
        file = file_at(path)
        rows = file.text.split("\n") if file is not None else []
        text = rows[line - 1].rstrip() if 0 < line <= len(rows) else ""
        row = max(0, line - 1)
        start = self._width(text[: len(text) - len(text.lstrip())])
        return Place(str(path), Position(row, start), Position(row, self._width(text)))

    def of_span(self, file: File, start: int, end: int) -> Place:
        """A part of a file, by offsets in its text."""
        return Place(str(file.path), self.position(file, start), self.position(file, end))

    def position(self, file: File, offset: int) -> Position:
        """An offset in a text; a byte order mark is no part of it, since editors hide it."""
        begin = file.line_start(offset)
        return Position(file.row(offset), self._width(file.text[begin:offset]))

    def named_in(self, text: str, folder: Path) -> Place | None:
        """The line of a file that a sentence of ours begins with."""
        match = _NAMED.match(text)
        if match is None:
            return None
        path = Path(folder, match["file"])
        return self.of_line(path.resolve(), int(match["line"])) if path.is_file() else None

    def in_stack_file(self, text: str) -> Place | None:
        """The line of a stack's own file that a sentence of ours is about."""
        match = _STACK.match(text)
        if match is None or self.kind is not Kind.PROGRAM:
            return None
        path = next((file for file in self.root.glob(f"Pulumi.{escape(match['stack'])}.*") if file.suffix in SUFFIXES), None)
        file = file_at(path) if path is not None else None
        if path is None or file is None:
            return None
        key = match["key"] or "cenguard:"
        rows = [number for number, row in enumerate(file.text.split("\n"), 1) if row.strip().strip("\"'").startswith(key)]
        return self.of_line(path.resolve(), rows[0] if rows else 1)

    def _of_nearest(self, finding: ReportedFinding) -> Place | None:
        """The place of what a finding without one of its own is told at: a related resource, or where the report says it is."""
        for urn in finding.related:
            place = self.of_resource(urn)
            if place is not None:
                return place
        folder = self.lines.folder(self._sources[0]) if len(self._sources) == 1 else None
        if folder is None or finding.location is None:
            return None
        return self.of_line(Path(folder, finding.location.path).resolve(), finding.location.line)

    def _of_call(self, path: Path, line: int, urn: str) -> Place | None:
        """The call on a line, where the program makes several resources with it."""
        file = file_at(path)
        if file is None:
            return None
        try:
            tree = ast.parse(file.text)
        except (SyntaxError, ValueError, RecursionError):
            return None
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.lineno <= line <= (node.end_lineno or 0)]
        begun = [node for node in calls if node.lineno == line]
        wanted = class_in(type_in_urn(urn))
        named = [node for node in begun or calls if _called(node.func) == wanted]
        call = next(iter(named or begun), None) or (calls[-1] if calls else None)
        if call is None or call.end_lineno is None or call.end_col_offset is None:
            return None
        return self.of_span(file, file.at(call.lineno - 1, call.col_offset), file.at(call.end_lineno - 1, call.end_col_offset))

    @cached_property
    def _records(self) -> Mapping[str, Span]:
        from cenguard.editor.records import records_in

        file = file_at(self.root)
        return records_in(file.text) if file is not None else {}


def said_at(fault: UnreadableInput) -> str:
    """What is wrong, for somebody who sees the line: the key, where it names one, and the reason.

    >>> said_at(UnreadableInput("cenguard.toml", "is no rule", where="line 3, rules.x"))
    'rules.x: is no rule'
    """
    key = _LINE_FIRST.sub("", fault.where)
    return f"{key}: {fault.reason}" if key else fault.reason


def _called(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
