"""What the server asks of the process that answers for it, and what that says."""

from typing import Any

import msgspec


class Request(msgspec.Struct, kw_only=True):
    """A command to run."""

    root: str
    code: bool
    arguments: list[str]
    paths: list[str]
    """Those of the arguments that name files and folders."""
    place: str
    """A folder for what is made for a while: it goes with the call, however that ends."""


class Answer(msgspec.Struct, kw_only=True):
    """What it said."""

    status: int
    """The exit status that the command would have had."""
    document: Any
    """Its JSON; None where it printed none."""
    lines: list[str]
    """What it would have written on standard error."""
    notes: list[str]
    """What was not read or loaded, in words."""
