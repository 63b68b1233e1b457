"""The verdict in one line, for a custom policy check of Atlantis.

Atlantis looks for the letters `fail`, in whatever case, anywhere in the output of such a check, and takes them for its verdict.
So the line holds no text of the input, and has them exactly where the exit status is not 0; `-o FORMAT=PATH` writes the rest.
Source: https://www.runatlantis.io/docs/custom-policy-checks
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from cenguard.findings.report import Report
from cenguard.reports.words import counts

NAME = "atlantis"
_WHY = {1: "findings at the failing level", 2: "input, settings or usage is wrong", 3: "a rule of ours broke"}


class Teller:
    """Sees to it that the line is told once, however the command ends."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._told = False

    def tell(self, status: int, report: Report | None = None) -> None:
        """Tell the verdict."""
        self._told = True
        self._write(line(status, report))

    @contextmanager
    def at_the_end(self) -> Iterator[None]:
        """Around the whole command: what ends early, with whatever error, is told too."""
        try:
            yield
        except SystemExit as ending:
            if ending.code and not self._told:
                self.tell(ending.code if isinstance(ending.code, int) else 1)
            raise
        except BaseException:
            if not self._told:
                self.tell(1)
            raise


def is_asked_for(arguments: Sequence[str]) -> bool:
    """Whether a command line asks for this format; before it is parsed, since what cannot be parsed has a verdict too.

    >>> is_asked_for(["check", "--format", "atlantis", "plan.json"]), is_asked_for(["check", "atlantis"])
    (True, False)
    """
    return f"--format={NAME}" in arguments or ("--format", NAME) in pairwise(arguments)


def line(status: int, report: Report | None = None) -> str:
    r"""The verdict.

    >>> line(0), line(2)
    ('cenguard: passed\n', 'cenguard: fail, input, settings or usage is wrong\n')
    """
    verdict = f"fail, {_WHY.get(status, 'the check did not end')}" if status else "passed"
    summary = (counts(report) or "nothing found") if report is not None else ""
    return f"cenguard: {verdict}{': ' if summary else ''}{summary}\n"
