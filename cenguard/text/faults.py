"""Everything that is wrong in a file, gathered while it is read, so that one run tells all of it."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from cenguard.errors import InvalidSettings, SeveralFaults

T = TypeVar("T")
D = TypeVar("D")
_LINE = re.compile(r"line (\d+)")


class Faults:
    """What is wrong so far."""

    def __init__(self) -> None:
        self._found: list[InvalidSettings] = []

    def read(self, value: Callable[[], T], otherwise: D) -> T | D:
        """A value; where it is not understood, that is kept to be told, and reading goes on with `otherwise`."""
        try:
            return value()
        except InvalidSettings as error:
            self._found += error.faults
            return otherwise

    def add(self, fault: InvalidSettings) -> None:
        """Keep one that was found otherwise."""
        self._found += fault.faults

    def told(self) -> None:
        """Tell what was gathered.

        Raises:
            InvalidSettings: something was not understood; several things are told file by file, in the order of their lines.
        """
        if self._found:
            raise together(self._found)


def together(faults: Sequence[InvalidSettings]) -> InvalidSettings:
    """One error of one or several."""
    if len(faults) == 1:
        return faults[0]
    files = list(dict.fromkeys(fault.source for fault in faults))
    return SeveralFaults(sorted(faults, key=lambda fault: (files.index(fault.source), _line(fault))))


def _line(fault: InvalidSettings) -> int:
    found = _LINE.match(fault.where)
    return int(found[1]) if found else 0
