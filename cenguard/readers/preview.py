"""Reader of `pulumi preview --json` documents.

Only the fields a rule can need are decoded; stack traces stay bytes until a finding asks for its line.
Source of the format: documents recorded from the engine, in `tests/recordings/`.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.findings import Location
from cenguard.readers.resources import (
    SECRET_TEXT,
    UNKNOWN_TEXT,
    Change,
    Records,
    Resource,
    SourceKind,
    decode,
    first_frame_inside,
    provider_urn,
)
from cenguard.values import SECRET, UNKNOWN

NOTHING: Mapping[str, Any] = {}
NO_TRACE = msgspec.Raw(b"[]")


class State(msgspec.Struct, rename="camel", gc=False):
    """One resource's state in a step."""

    urn: str
    type: str
    id: str = ""
    external: bool = False
    delete: bool = False
    protect: bool = False
    retain_on_delete: bool = False
    inputs: dict[str, Any] = {}
    outputs: dict[str, Any] = {}
    parent: str = ""
    dependencies: tuple[str, ...] = ()
    provider: str = ""
    property_dependencies: dict[str, tuple[str, ...]] = {}
    source_position: str = ""
    stack_trace: msgspec.Raw = NO_TRACE


class Step(msgspec.Struct, rename="camel", gc=False):
    """What the update would do with one resource."""

    op: str
    urn: str
    old_state: State | None = None
    new_state: State | None = None


class Diagnostic(msgspec.Struct, gc=False):
    """A line that the engine printed."""

    message: str = ""
    severity: str = ""


class Document(msgspec.Struct, rename="camel", gc=False):
    """A preview document."""

    steps: list[Step]
    config: dict[str, Any] = {}
    diagnostics: list[Diagnostic] = []
    change_summary: dict[str, int] | None = None


class Frame(msgspec.Struct, rename="camel", gc=False):
    """One frame of a stack trace."""

    source_position: str = ""


_DOCUMENT = msgspec.json.Decoder(Document)
_TRACE = msgspec.json.Decoder(list[Frame])
_CHANGES = {
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
_DELETED = frozenset({"delete", "delete-replaced", "discard", "discard-replaced", "read-discard", "remove-pending-replace"})


def decode_document(content: bytes, path: str) -> Document:
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


def read_preview(content: bytes, path: str) -> Records:
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
        if state is None or step.op in _DELETED:
            if step.old_state is not None and step.op in ("delete", "delete-replaced"):
                records.deleted.append(_resource(step.old_state, step, Change.SAME))
            continue
        change = _CHANGES.get(step.op)
        if change is None:
            raise UnreadableInput(path, f"{step.op!r} is no step of a preview", where=f"steps, {step.urn}")
        records.resources.append(_resource(state, step, change))
    records.resource_count = len(records.resources)
    if document.steps:
        _, _, place = document.steps[0].urn.partition("urn:pulumi:")
        parts = place.split("::")
        records.stack, records.project = (parts[0], parts[1]) if len(parts) > 1 else ("", "")
    _judge_completeness(document, same, records)
    return records


def _judge_completeness(document: Document, same: int, records: Records) -> None:
    summary = document.change_summary
    errors = [item.message.strip() for item in document.diagnostics if item.severity == "error"]
    if summary is None or errors:
        records.complete = False
        first = errors[0].splitlines()[0] if errors else "it has no change summary"
        records.missing = f"the preview failed ({first}): mend the program, and preview again"
        return
    hidden = summary.get("same", 0) - same
    if hidden > 0:
        records.complete = False
        records.missing = (
            f"it hides {hidden} unchanged resource{'s' if hidden > 1 else ''}: add --show-sames to pulumi preview --json"
        )


def _config(config: Mapping[str, Any]) -> dict[str, Any]:
    return {key: SECRET if value == SECRET_TEXT else value for key, value in config.items()}


def _resource(state: State, step: Step, change: Change) -> Resource:
    old = step.old_state
    kept = old if change is not Change.REPLACE else None
    known = state.id or (kept.id if kept is not None else "")
    return Resource(
        urn=state.urn,
        type=state.type,
        inputs=_inputs(state.inputs),
        id=known if known and known != UNKNOWN_TEXT else None,
        outputs=kept.outputs if kept is not None else NOTHING,
        dependencies=state.dependencies,
        property_dependencies=state.property_dependencies,
        provider=provider_urn(state.provider) if state.provider else "",
        parent=state.parent,
        protect=state.protect,
        retain=state.retain_on_delete,
        change=Change.READ if state.external else change,
        old=old.inputs if old is not None else None,
        locate=partial(_locate, state),
    )


def _inputs(inputs: dict[str, Any]) -> dict[str, Any]:
    """`decode_properties`, in place and quick where every value is plain."""
    for key, value in inputs.items():
        kind = type(value)
        if kind is str:
            if value == UNKNOWN_TEXT:
                inputs[key] = UNKNOWN
            elif value == SECRET_TEXT:
                inputs[key] = SECRET
        elif (kind is list or kind is dict) and not key.startswith("__"):
            inputs[key] = decode(value)
    inputs.pop("__defaults", None)
    inputs.pop("__internal", None)
    return inputs


def _locate(state: State) -> Location | None:
    try:
        frames = [frame.source_position for frame in _TRACE.decode(state.stack_trace)]
    except msgspec.MsgspecError:
        frames = []
    return first_frame_inside(frames) or first_frame_inside([state.source_position])
