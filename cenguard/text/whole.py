"""Files that take their place when they are whole: a full disk leaves what was there before, such as last month's report."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_OPEN = re.compile(r"/dev/(?:std(out|err)|fd/(\d+))|/proc/self/fd/(\d+)")
"""Names of what a process has open already."""


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of the one that is there, with its mode, once everything is written.

    A link stays one, and what it leads to is written. A device, or a pipe by its name, is written to where it is: nothing may
    take its place. Nor is what this process has open already (`/dev/stdout`) opened anew: that would empty a log to which it adds.

    Raises:
        OSError: it cannot be written.
    """
    number = descriptor(path)
    if number is not None:
        sys.stdout.flush()
        with open(os.dup(number), "wb") as file:  # noqa: PTH123 - a descriptor, not a path
            yield file
        return
    place = Path(os.path.realpath(path))
    special = path.exists() and not path.is_file()
    if special or not os.access(place.parent, os.W_OK):
        with path.open("wb") as file:
            yield file
        return
    part = place.with_name(f".cenguard-{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
        if place.exists():
            part.chmod(place.stat().st_mode & 0o7777)
        try:
            part.replace(place)
        except OSError:  # a file that is mounted by itself has its place for good
            place.write_bytes(part.read_bytes())
    finally:
        part.unlink(missing_ok=True)


def descriptor(path: Path) -> int | None:
    """The number of what a name means that is open already; None of a file."""
    known = _OPEN.fullmatch(str(path))
    if known is None or not path.exists():
        return None
    return {"out": 1, "err": 2}[known[1]] if known[1] else int(known[2] or known[3])
