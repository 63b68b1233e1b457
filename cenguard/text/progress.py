"""What the command says while a person waits: nothing in the first second, nothing when nobody watches."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 1.0
"""Seconds before the first line."""
PAUSE = 10.0
"""Seconds between the lines that follow."""


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Say on standard error what is going on, as soon as it takes longer than a second.

    Whole lines, because a program that runs meanwhile writes there too.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    over = threading.Event()
    teller = threading.Thread(target=_tell, args=(what, over), daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()


def _tell(what: str, over: threading.Event) -> None:
    started = time.monotonic()
    pause = PATIENCE
    while not over.wait(pause):
        spent = round(time.monotonic() - started)
        sys.stderr.write(f"cenguard: {what} ... {spent} s\n")
        sys.stderr.flush()
        pause = PAUSE
