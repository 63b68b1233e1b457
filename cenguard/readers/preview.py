"""Reader of `pulumi preview --json` documents.

Only the fields a rule can need are decoded; stack traces stay bytes until a finding asks for its line.
Source of the format: documents recorded from the engine, in `tests/recordings/`.
"""

from collections.abc import Mapping
from mmap import mmap
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.resources.records import (
    SECRET_TEXT,
    UNKNOWN_TEXT,
    Change,
    Records,
    Resource,
    SourceKind,
    settle_inputs,
    settle_standing,
    stack_outputs,
)
from cenguard.resources.values import SECRET


class Step(msgspec.Struct, rename="camel", gc=False):
    """What the update would do with one resource."""

    op: str
    urn: str
    old_state: Resource | None = None
    new_state: Resource | None = None


class Diagnostic(msgspec.Struct, gc=False):
    """A line that the engine printed."""

    message: str = ""
    severity: str = ""
    urn: str = ""


class Document(msgspec.Struct, rename="camel", gc=False):
    """A preview document."""

    steps: list[Step]
    config: dict[str, Any] = {}
    diagnostics: list[Diagnostic] = []
    change_summary: dict[str, int] | None = None


_DOCUMENT = msgspec.json.Decoder(Document)
_SAME, _READ = Change.SAME, Change.READ
"""Looked up once: to name a member of an enumeration costs as much as settling a value."""
CHANGES = {
    "create": Change.CREATE,
    "update": Change.UPDATE,
    "same": Change.SAME,
    "read": Change.READ,
    "refresh": Change.SAME,
    "import": Change.CREATE,
    "replace": Change.REPLACE,
    "create-replacement": Change.REPLACE,
    "import-replacement": Change.REPLACE,
    "read-replacement": Change.READ,
}
DELETED = frozenset({"delete", "delete-replaced", "discard", "discard-replaced", "read-discard", "remove-pending-replace"})


def decode_document(content: bytes | mmap, path: str) -> Document:
    """The document, checked against its structure.

    Raises:
        UnreadableInput: it is not one; says where.
    """
    try:
        return _DOCUMENT.decode(content)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at ")
        raise UnreadableInput(path, f"is no preview document: {reason}", where=where.strip("`")) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableInput(path, f"is not whole JSON: {error}") from None


def read_preview(content: bytes | mmap, path: str) -> Records:
    """The resources of a preview document.

    Raises:
        UnreadableInput: it is not one; says where and what was expected.
    """
    document = decode_document(content, path)
    records = Records(path=path, kind=SourceKind.PREVIEW, config=_config(document.config), resource_count=0)
    same = 0
    for step in document.steps:
        if step.op == "same":
            same += 1
        state = step.new_state
        if state is None or step.op in DELETED:
            if step.old_state is not None and step.op in ("delete", "delete-replaced"):
                records.deleted.append(_settle(step.old_state, None, Change.SAME))
            continue
        change = CHANGES.get(step.op)
        if change is None:
            raise UnreadableInput(path, f"{step.op!r} is no step of a preview", where=f"steps, {step.urn}")
        records.resources.append(_settle(state, step.old_state, change))
    records.resource_count = len(records.resources)
    if document.steps:
        _, _, place = document.steps[0].urn.partition("urn:pulumi:")
        parts = place.split("::")
        records.stack, records.project = (parts[0], parts[1]) if len(parts) > 1 else ("", "")
    records.outputs = stack_outputs(records.resources)
    _judge_completeness(document, same, records)
    return records


def _judge_completeness(document: Document, same: int, records: Records) -> None:
    """Whether the steps are the whole stack.

    A preview that failed half-way still has a summary, of what it got to: its error diagnostics tell. One that a policy
    stopped says nothing but `preview failed`, and is whole: policies answer when everything is registered.
    """
    summary = document.change_summary
    errors = [item for item in document.diagnostics if item.severity == "error"]
    failures = [item for item in errors if item.urn or plain(item.message) != STOPPED_BY_POLICY]
    if summary is None or failures:
        first = _first_line(failures[0].message) if failures else "it has no change summary"
        records.complete = False
        records.missing = f"the preview failed ({first}): mend the program, and preview again"
        return
    hidden = summary.get("same", 0) - same
    if hidden > 0:
        records.hidden = hidden
        records.complete = False
        records.missing = (
            f"it hides {hidden} unchanged resource{'s' if hidden > 1 else ''}: add --show-sames to pulumi preview --json"
        )


STOPPED_BY_POLICY = "preview failed"


def plain(message: str) -> str:
    """A diagnostic's own words."""
    return message.strip().removeprefix("error:").strip()


def _first_line(message: str) -> str:
    return next(iter(plain(message).splitlines()), "without saying why")


def _config(config: Mapping[str, Any]) -> dict[str, Any]:
    return {key: SECRET if value == SECRET_TEXT else value for key, value in config.items()}


def _settle(state: Resource, old: Resource | None, change: Change) -> Resource:
    """The new state of a step, completed by what only the old one tells."""
    state.change = _READ if state.external else change
    state.old = state.locate = state.before = None  # no document says these, whatever keys it holds
    if state.inputs:
        settle_inputs(state.inputs)
    if old is not None:
        if change is _SAME:
            state.old = state.inputs
        else:
            state.before = settle_standing(old)
            state.old = old.inputs
        if change is not Change.REPLACE:
            state.outputs = old.outputs
            state.id = state.id or old.id
        else:
            state.outputs = {}  # a preview's guess of the new ones
    if not state.id or state.id == UNKNOWN_TEXT:
        state.id = None
    if state.provider:
        state.provider = state.provider.rpartition("::")[0]
    return state
