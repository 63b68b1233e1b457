"""What a source is, by its content: a project folder, or one of Pulumi's documents."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.readers.preview import read_preview
from cenguard.readers.resources import Records

EXPECTED = "a Pulumi project folder or a `pulumi preview --json` document was expected"
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


class _Top(msgspec.Struct, rename="camel"):
    """The keys that tell Pulumi's documents apart."""

    steps: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    resource_plans: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    deployment: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    checkpoint: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


def read_source(
    name: str,
    *,
    stack: str | None = None,
    config: Mapping[str, str] | None = None,
    stack_outputs: Mapping[str, Mapping[str, Any]] | None = None,
) -> Records:
    """Read one source: a folder, a file, or `-` for standard input.

    Raises:
        UnreadableInput: it is none of the kinds that are known; says what was expected.
        ProgramFailed: the program in the folder ended early.
    """
    path = Path(name)
    if name != "-" and path.is_dir():
        from cenguard.readers.program import read_program

        return read_program(path, stack=stack, config=config or {}, stack_outputs=stack_outputs or {})
    return read_document(_content(name, path), name if name != "-" else "standard input")


def _content(name: str, path: Path) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableInput(name, f"there is no such file or folder; {EXPECTED}") from None
    except OSError as error:
        raise UnreadableInput(name, f"cannot be read: {error.strerror}") from None


def read_document(content: bytes, path: str) -> Records:
    """Read one document, by what it holds.

    Raises:
        UnreadableInput: it is none that is known; says where and what was expected.
    """
    for mark, encoding in _BOMS:  # what a redirect in PowerShell writes
        if content.startswith(mark):
            try:
                content = content.decode(encoding).encode()
            except UnicodeDecodeError:
                raise UnreadableInput(path, f"is not text; {EXPECTED}") from None
    head = content[:256].lstrip()
    if not head:
        raise UnreadableInput(path, f"is empty; {EXPECTED}")
    if not head.startswith(b"{"):
        raise UnreadableInput(path, f"is not JSON; {EXPECTED}")
    try:
        return read_preview(content, path)
    except UnreadableInput as error:
        if "`steps`" not in error.reason:
            raise
    try:
        top = msgspec.json.decode(content, type=_Top)
    except msgspec.MsgspecError as error:
        raise UnreadableInput(path, f"is not whole JSON: {error}") from None
    if top.resource_plans is not msgspec.UNSET:
        raise UnreadableInput(path, f"is a plan of --save-plan, which cannot be read yet; {EXPECTED}")
    if top.deployment is not msgspec.UNSET or top.checkpoint is not msgspec.UNSET:
        raise UnreadableInput(path, f"is a stack's state, which cannot be read yet; {EXPECTED}")
    raise UnreadableInput(path, f"is JSON, but no document of Pulumi; {EXPECTED}")
