"""The fixes of a report in the language of the user's program, and as changes of the user's files."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from cenguard.findings.fix import Edit
from cenguard.findings.report import ReportedCode
from cenguard.text.printable import printable_lines

if TYPE_CHECKING:
    from cenguard.findings.code import Code
    from cenguard.sources.bindings import Bindings
    from cenguard.sources.lines import Lines


class Coding:
    """Writes fixes down; looks at no file before it is asked to."""

    def __init__(self, lines: "Callable[[], Lines]") -> None:
        """Take what finds lines."""
        self._lines = lines
        self.written: dict[str, Code] = {}
        """What was written, by the fingerprint of the finding that carries the edits."""

    @cached_property
    def _bindings(self) -> "Bindings":
        from cenguard.sources.bindings import Bindings

        return Bindings(self._lines())

    def code(self, fingerprint: str, edits: Sequence[Edit], about: Sequence[str]) -> ReportedCode | None:
        """The edits of a finding as text; None where no printer knows the language of the program."""
        from cenguard.findings.code import code_of

        found = code_of(edits, self._bindings, about)
        if found is None:
            return None
        self.written[fingerprint] = found
        return ReportedCode(language=found.language, text=printable_lines(found.text), bound=found.bound)
