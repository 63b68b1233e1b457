"""Standard output, as a person's terminal or a program takes it."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

import click

from cenguard.text.printable import printable

if TYPE_CHECKING:
    from cenguard.resources.records import Records

PLAIN_SIGNS = str.maketrans({"✗": "x", "✓": "+", "–": "-", "→": "->", "·": "*", "…": "..."})
"""What a terminal gets that cannot show ours."""


def write(text: str, form: str = "human") -> None:
    """Print on standard output: for people what the terminal's encoding can show, for programs UTF-8 whatever it is."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8") if form == "human" else "utf-8"
    try:
        content = text.encode(encoding)
    except UnicodeEncodeError:  # our signs have plain twins; "?" would make a certain finding look like a question
        content = text.translate(PLAIN_SIGNS).encode(encoding, "replace")
    put(content.decode(encoding) if form == "human" else content)


_collected: ContextVar[list[bytes] | None] = ContextVar("collected", default=None)


@contextmanager
def collected() -> Iterator[list[bytes]]:
    """Keep in a list what commands print in this block: whatever else prints is no part of it."""
    pieces: list[bytes] = []
    before = _collected.set(pieces)
    try:
        yield pieces
    finally:
        _collected.reset(before)


def put(content: str | bytes) -> None:
    """Print on standard output what is encoded as it should be."""
    pieces = _collected.get()
    if pieces is not None:
        pieces.append(content.encode() if isinstance(content, str) else content)
        return
    try:
        click.echo(content, nl=False, color=coloured() or None)
    except BrokenPipeError:  # the reader had enough; the verdict is in the exit status all the same
        leave_output()


def tell(text: str, *, err: bool = False) -> None:
    """Print a line; where nobody is left to read it, the work goes on, and the status says what comes of it."""
    try:
        click.echo(text, err=err)
    except BrokenPipeError:
        leave_output(2 if err else 1)


def coloured() -> bool:
    """Whether a person is watching who takes colours; an empty NO_COLOR says nothing (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and sys.stdout is not None and sys.stdout.isatty()


def leave_output(stream: int = 1) -> None:
    """Write no more to standard output, or of errors: what is still kept for it would be tried again at the end, and change the status."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)


def say_remarks(sources: Sequence["Records"]) -> None:
    """Say on standard error what the head of a report says of the sources: what they do not show, why, and what to do.

    For commands whose answer has no head: what a target has left out is missing in it without a word otherwise.
    """
    for source in sources:
        for note in source.notes:
            tell(printable(f"note: {source.path}: {note}"), err=True)
