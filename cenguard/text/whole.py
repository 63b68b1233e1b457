"""Files that take their place when they are whole: a full disk leaves what was there before, such as last month's report."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of the one that is there, with its mode, once everything is written.

    A link stays one, and what it leads to is written. A device, or a pipe by its name, is written to where it is: nothing may
    take its place.

    Raises:
        OSError: it cannot be written.
    """
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
