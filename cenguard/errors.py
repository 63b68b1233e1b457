"""What can be wrong with what a user gives.

CenguardError
├── UnreadableInput(source, where, reason)   a file or folder is not what it claims to be
├── InvalidSettings(source, where, reason)   a settings, waivers, inventory or areas file holds something not understood
│   └── SeveralFaults(faults)                several such things, all told at once
├── ProgramFailed(source, reason, traceback) the user's own program ended early
├── UnknownName(kind, name, known)           a region, area, rule or edition that does not exist
└── InvalidIntent(problems)                  a network that cannot be planned; each problem has path and reason
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

LONGEST_SHOWN = 80
"""Characters of a wrong value that a message repeats."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name closest to a misspelt one, or None when none is close.

    >>> nearest("CEN2O1", ["CEN201", "CEN211", "CEN321"]), nearest("x", ["CEN201"])
    ('CEN201', None)
    """
    from difflib import SequenceMatcher  # only a mistake needs it

    word = name.lower()
    spelled = {candidate.lower(): candidate for candidate in sorted(known)}

    def likeness(candidate: str) -> tuple[float, int]:
        same = sum(one == other for one, other in zip(candidate, word, strict=False))  # CEN2O1 is CEN201, and not CEN321
        return round(SequenceMatcher(None, candidate, word).ratio(), 6), same

    best = max(sorted(spelled), key=likeness, default=None)
    return spelled[best] if best is not None and likeness(best)[0] >= 0.6 else None


def shown(value: object) -> str:
    """A wrong value as a message repeats it."""
    try:
        text = repr(value)
    except ValueError:  # a number of thousands of digits
        text = "a very long number"
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


class CenguardError(Exception):
    """Anything the command answers with one line and exit status 2."""


class UnreadableInput(CenguardError):
    """A source is not what it claims to be: which one, where in it, what was expected."""

    def __init__(self, source: str, reason: str, *, where: str = "") -> None:
        self.source, self.where, self.reason = source, where, reason
        super().__init__(f"{source}: {where + ': ' if where else ''}{reason}")


def not_json(source: str, error: Exception, *, where: str = "") -> UnreadableInput:
    """The refusal of a text that the decoder of JSON refuses: two documents in one file are whole, and no document."""
    text = str(error)
    after = text.partition("trailing characters ")[2]
    if after:
        return UnreadableInput(source, f"goes on after its JSON {after}: one document a file was expected", where=where)
    return UnreadableInput(source, f"is not whole JSON: {text}", where=where)


class InvalidSettings(UnreadableInput):
    """A settings, waivers, inventory or areas file holds something that is not understood."""

    missing = ""
    """The path of the file that it names and that is not there."""

    def naming(self, path: object) -> Self:
        """The same with the path of the file that is not there: whoever waits for it knows what to look at."""
        self.missing = str(path)
        return self

    @property
    def faults(self) -> "tuple[InvalidSettings, ...]":
        """The single things that are not understood."""
        return (self,)


class SeveralFaults(InvalidSettings):
    """Several things that are not understood, in the order of their lines; each is a line of the text."""

    def __init__(self, faults: "Sequence[InvalidSettings]") -> None:
        self._faults = tuple(faults)
        first = self._faults[0]
        super().__init__(first.source, first.reason, where=first.where)
        self.args = ("\n".join(dict.fromkeys(map(str, self._faults))),)

    @property
    def faults(self) -> "tuple[InvalidSettings, ...]":
        """The single things that are not understood."""
        return self._faults


class ProgramFailed(CenguardError):
    """The user's program raised or left early; `traceback` is theirs, unchanged, and `place` a file and line that is known otherwise."""

    def __init__(self, source: str, reason: str, *, traceback: str = "", place: tuple[str, int] | None = None) -> None:
        self.source, self.reason, self.traceback, self.place = source, reason, traceback, place
        super().__init__(f"{source}: {reason}")


class UnknownName(CenguardError):
    """A name that is not in a closed list; suggests the nearest one."""

    def __init__(self, kind: str, name: str, known: Iterable[str], *, note: str = "", meant: str | None = None) -> None:
        self.kind, self.name = kind, name
        self.suggestion = meant or nearest(name, known)
        hint = f"; did you mean {self.suggestion}?" if self.suggestion else ""
        super().__init__(f"unknown {kind} {name!r}{note and ' ' + note}{hint}")


class Problem(NamedTuple):
    """One thing wrong with arguments: where, and why."""

    path: str
    reason: str


class InvalidIntent(CenguardError):
    """Arguments that describe no possible network; carries every problem at once."""

    def __init__(self, subject: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        lines = [f"{subject} has {count} invalid argument{'s' if count != 1 else ''}:"]
        lines += [f"  {problem.path}: {problem.reason}" for problem in self.problems]
        super().__init__("\n".join(lines))
