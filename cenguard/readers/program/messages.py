"""What the parent asks of the child process, and what the child answers: two small files, never a pipe.

A program may close every descriptor or print whatever it likes; files that are opened at the end survive that.
"""

from enum import StrEnum
from typing import Any

import msgspec

from cenguard.resources.records import UNKNOWN_TEXT

SECRET_MARK = "cenguard-secret-6d0f9a5e-a4d3-4a53-9b14-8f2f6f0f3c71"  # noqa: S105 - stands for a secret, is none
"""What an encrypted configuration value reads as. Text that contains it is a secret, wherever it turns up."""
UNTOLD_MEMBER = f"{UNKNOWN_TEXT} "
"""A member of another stack's output that is not told. The SDK takes no answer for known that holds the bare mark anywhere."""
WHOLE_NUMBER = 7_305_119_264_083
"""What `int()` makes of an unknown text. Python insists on a real integer there: this one is recognised when it comes back."""


class Job(msgspec.Struct, kw_only=True):
    """A program to run."""

    folder: str
    program: str
    directory: str
    """Where the program runs."""
    project: str
    stack: str
    organization: str
    config: dict[str, str]
    secret_keys: list[str]
    stack_outputs: dict[str, dict[str, Any]]
    answer: str
    """The file to write the outcome to."""


class Registered(msgspec.Struct, kw_only=True, array_like=True):
    """One resource, its values still as the protocol writes them; secrets are left out already."""

    urn: str
    type: str
    inputs: dict[str, Any]
    id: str | None = None
    outputs: dict[str, Any] = {}
    dependencies: list[str] = []
    property_dependencies: dict[str, list[str]] = {}
    provider: str = ""
    parent: str = ""
    protect: bool = False
    retain: bool = False
    delete_first: bool = False
    read: bool = False
    imported: bool = False
    ignore_changes: list[str] = []
    replace_on_changes: list[str] = []
    replace_with: list[str] = []
    replacement_trigger: Any = None
    aliases: list[str] = []
    """URNs that it may have in the state, the most likely first."""
    unseen: tuple[str, str] | None = None
    """Of a component that another process builds, why its children are not seen here, and what can be done."""
    place: tuple[str, int] | None = None


class Ending(StrEnum):
    """How a program that did not reach its end went."""

    RAISED = "raised"
    EXITED = "exited"
    MODULE = "module"
    SDK = "sdk"


class Failure(msgspec.Struct, kw_only=True):
    """What went wrong in the child, in the user's terms."""

    ending: Ending
    reason: str
    traceback: str = ""
    module: str = ""
    """The module that could not be imported."""
    place: tuple[str, int] | None = None
    """The line that imports it, with the whole path of its file."""


class Outcome(msgspec.Struct, kw_only=True):
    """Everything the program registered, or why that is not known."""

    resources: list[Registered] = []
    failure: Failure | None = None
