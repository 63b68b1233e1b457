"""Reader of update-event logs: one event a line, of a preview or an update.

Events carry every resource's inputs and outputs, before and after, but not what depends on what: an unknown reference
leads nowhere, and no order can be told. Both are undetermined.
Source of the format: logs recorded from the engine, in `tests/recordings/`.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.readers.export import decode_as, place_of
from cenguard.readers.preview import CHANGES, DELETED, STOPPED_BY_POLICY, plain
from cenguard.resources.records import (
    SECRET_TEXT,
    UNKNOWN_TEXT,
    Change,
    Content,
    Records,
    Resource,
    SourceKind,
    settle_inputs,
    stack_outputs,
)
from cenguard.resources.values import SECRET


class Metadata(msgspec.Struct):
    """A step: the resource before and after."""

    op: str
    urn: str
    old: Resource | None = None
    new: Resource | None = None


class ResourceEvent(msgspec.Struct):
    """The beginning or the end of a step."""

    metadata: Metadata


class Summary(msgspec.Struct, rename="camel"):
    """The last word."""

    result: str = "succeeded"


class Prelude(msgspec.Struct):
    """The first word."""

    config: dict[str, Any] | None = None


class Diagnostic(msgspec.Struct):
    """A line that the engine printed."""

    message: str = ""
    severity: str = ""
    urn: str = ""


class Event(msgspec.Struct, rename="camel"):
    """One line; of the kinds of events, those that say something of resources."""

    resource_pre_event: ResourceEvent | None = None
    res_outputs_event: ResourceEvent | None = None
    prelude_event: Prelude | None = None
    diagnostic_event: Diagnostic | None = None
    summary_event: Summary | None = None


_EVENT = msgspec.json.Decoder(Event)


def read_events(content: Content, path: str) -> Records:
    """The resources that a log tells of.

    Raises:
        UnreadableInput: a line is no event; says which.
    """
    records = Records(path=path, kind=SourceKind.EVENTS, tells_dependencies=False)
    found: dict[str, Resource] = {}
    gone: dict[str, Resource] = {}
    failure, ended = "", False
    for number, line in _lines(content):
        event: Event = decode_as(_EVENT, line, path, "event of an update-event log", where=f"line {number}")
        if event.resource_pre_event is not None:
            _begin(event.resource_pre_event.metadata, found, gone, f"line {number}", path)
        elif event.res_outputs_event is not None:
            _end(event.res_outputs_event.metadata, found)
        elif event.prelude_event is not None:
            config = event.prelude_event.config or {}
            records.config = {key: SECRET if value == SECRET_TEXT else value for key, value in config.items()}
        elif event.diagnostic_event is not None:
            said = event.diagnostic_event
            if said.severity == "error" and (said.urn or plain(said.message) != STOPPED_BY_POLICY):
                failure = failure or (plain(said.message).splitlines() or [""])[0]
        elif event.summary_event is not None:
            ended = True
    records.resources = list(found.values())
    records.deleted = list(gone.values())
    records.resource_count = len(records.resources)
    records.stack, records.project = place_of([*records.resources, *records.deleted])
    records.outputs = stack_outputs(records.resources)
    if failure:
        records.complete = False
        records.missing = f"the preview failed ({failure}): mend the program, and preview again"
    elif not ended:
        records.complete = False
        records.missing = "it ends before the engine's summary: give the whole log"
    return records


def _lines(content: Content) -> Iterator[tuple[int, memoryview]]:
    """The lines that hold something, one by one: a log is not copied as a whole."""
    view, start, number = memoryview(content), 0, 0
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        number += 1
        if content[start:end].strip():
            yield number, view[start:end]
        start = end + 1


def _begin(metadata: Metadata, found: dict[str, Resource], gone: dict[str, Resource], where: str, path: str) -> None:
    operation, old, new = metadata.op, metadata.old, metadata.new
    if operation in DELETED or new is None:
        if operation in ("delete", "delete-replaced") and old is not None and metadata.urn not in found:
            gone[metadata.urn] = _state(old, Change.SAME)
        return
    change = CHANGES.get(operation)
    if change is None:
        raise UnreadableInput(path, f"{operation!r} is no step of an update", where=where)
    if operation == "replace" and metadata.urn in found:  # its create-replacement came before
        return
    gone.pop(metadata.urn, None)
    resource = found[metadata.urn] = _state(new, Change.READ if new.external else change)
    if old is not None:
        resource.before = _state(old, Change.SAME)
        resource.old = resource.before.inputs
        if resource.change in (Change.SAME, Change.UPDATE):
            resource.id = resource.id or resource.before.id
            resource.outputs = old.outputs


def _end(metadata: Metadata, found: dict[str, Resource]) -> None:
    resource, new = found.get(metadata.urn), metadata.new
    if resource is None or new is None or metadata.op in DELETED:
        return
    resource.outputs = new.outputs or resource.outputs
    if new.id and new.id != UNKNOWN_TEXT:
        resource.id = new.id


def _state(state: Resource, change: Change) -> Resource:
    """A state of an event: dependencies are not told, whatever keys it holds."""
    settle_inputs(state.inputs)
    state.change = change
    state.old = state.locate = state.before = None
    state.dependencies, state.property_dependencies = (), {}
    if not state.id or state.id == UNKNOWN_TEXT:
        state.id = None
    if state.provider:
        state.provider = state.provider.rpartition("::")[0]
    return state
