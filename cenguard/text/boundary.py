"""How far reading goes: anywhere, or, where it answers for somebody else, in one folder and without running code of it.

Whoever opens a file of the user's asks here first. It is set for a whole answer, not handed from call to call: what was
forgotten in one place would be open.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path


class Boundary:
    """What may be read and run."""

    def __init__(self, *, root: Path | None = None, code: bool = True, keeps: bool = False) -> None:
        self.root = root
        """The folder that nothing outside of is read, with every link in its own path followed; None for anywhere."""
        self.code = code
        """Whether code of the user's is run: programs, plugins, and packages that settings extend."""
        self.keeps = keeps or root is not None
        """Whether it is kept what was looked at."""
        self.read: list[Path] = []
        """What was looked at, inside of the root."""
        self.passed_over: list[str] = []
        """What was left unread or not loaded, in words."""

    def holds(self, path: str | Path) -> bool:
        """Whether a path leads to something inside, wherever its links lead; what can be no path is nowhere else."""
        if self.root is None:
            return True
        try:
            return Path(os.path.realpath(path)).is_relative_to(self.root)
        except (OSError, ValueError):  # its reader says what is wrong with it
            return True

    @property
    def said(self) -> str:
        """What is said of a path outside."""
        return f"leads outside {self.root}: nothing but what lies in this folder is read"


_current: ContextVar[Boundary] = ContextVar("boundary", default=Boundary())  # noqa: B039 - nobody changes this one


def boundary() -> Boundary:
    """The one that holds now."""
    return _current.get()


def holds(path: str | Path) -> bool:
    """Whether a path may be looked at now; which ones were is kept where a root is set, or somebody wants to know."""
    now = _current.get()
    if not now.keeps:
        return True
    if not now.holds(path):
        return False
    now.read.append(Path(path))
    return True


def pass_over(what: str) -> None:
    """Keep, to be said, what is not read or loaded."""
    kept = _current.get().passed_over
    if what not in kept:
        kept.append(what)


def inside(folders: Iterable[Path]) -> Iterator[Path]:
    """Those of some folders that may be looked at, up to the first that may not: a search upwards ends there."""
    for folder in folders:
        if not _current.get().holds(folder):
            return
        yield folder


@contextmanager
def within(limits: Boundary) -> Iterator[None]:
    """Keep what is done in this block inside."""
    before = _current.set(limits)
    try:
        yield
    finally:
        _current.reset(before)
