"""A file that a command reads is not written over with what it says."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from cenguard.errors import UnreadableInput


def spare(wanted: Sequence[Path], read: Iterable[str]) -> None:
    """See that no file to write is one that was read; `read` has their real paths, and is gone over where a file is there.

    Raises:
        UnreadableInput: a file to write is one that was read.
    """
    there = {os.path.realpath(path): path for path in wanted if path.is_file()}  # /dev/null loses nothing
    if not there:
        return
    over = next((there[path] for path in read if path in there), None)
    if over is not None:
        raise UnreadableInput(str(over), "is read here, and is not written over: give another place for the report")
