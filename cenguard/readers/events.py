"""Reader of update-event logs: one event a line, of a preview or an update.

Events carry every resource's inputs and outputs, before and after, but not what depends on what: an unknown reference
leads nowhere, and no order can be told. Both are undetermined.
Source of the format: logs recorded from the engine, in `tests/recordings/`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.readers.export import decode_as, place_of
from cenguard.readers.preview import Diagnostic, fail, failure_of, note_kind, refusal_of, stopped_by_policy
from cenguard.readers.steps import DELETED, IMPORTS, Steps, note_left_out, urn_is_providers
from cenguard.resources.records import (
    SECRET_TEXT,
    UNKNOWN_TEXT,
    Content,
    Records,
    Resource,
    SourceKind,
    settle_standing,
    stack_outputs,
)
from cenguard.resources.taken_over import read_now
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
    is_preview: bool | None = None
    """Engine 3.187 and before do not say it."""


class Prelude(msgspec.Struct):
    """The first word."""

    config: dict[str, Any] | None = None


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
    steps = Steps()
    found: dict[str, Metadata] = {}
    unregistered: dict[str, bool] = {}
    said: list[Diagnostic] = []
    summary: Summary | None = None
    for number, line in _lines(content):
        event: Event = decode_as(_EVENT, line, path, "event of an update-event log", where=f"line {number}")
        if event.resource_pre_event is not None:
            metadata = event.resource_pre_event.metadata
            if metadata.op == "same" and metadata.new is not None:
                unregistered[metadata.urn] = bool(metadata.new.outputs) and metadata.new.custom
            _begin(metadata, steps, f"line {number}", path)
        elif event.res_outputs_event is not None:
            _end(event.res_outputs_event.metadata, steps, found)
        elif event.prelude_event is not None:
            config = event.prelude_event.config or {}
            records.config = {key: SECRET if value == SECRET_TEXT else value for key, value in config.items()}
        elif event.diagnostic_event is not None:
            said.append(event.diagnostic_event)
        elif event.summary_event is not None:
            summary = event.summary_event
    steps.takes_whole_log()
    if steps.is_refresh:
        _end_refresh(found, steps)
        unregistered = {}
    failure = failure_of(said, steps)
    steps.fill(records)
    note_left_out(records, _left_out(unregistered))
    records.resource_count = len(records.resources)
    records.stack, records.project = place_of([*records.resources, *records.deleted])
    records.outputs = stack_outputs(records.resources)
    run = "run" if summary is None or summary.is_preview is None else "preview" if summary.is_preview else "update"
    if (
        failure is None
        and summary is not None
        and summary.result != "succeeded"
        and not (run == "preview" and stopped_by_policy(said))
    ):
        failure = refusal_of(said) or "without saying why"
    if failure:
        fail(records, failure, run)
    elif summary is None:
        records.complete = False
        records.cure = "give the whole log"
        records.missing = f"it ends before the engine's summary: {records.cure}"
    if not failure:
        note_kind(steps, records)
    return records


def _left_out(unregistered: Mapping[str, bool]) -> int:
    """How many resources that stand a target or an exclusion leaves out.

    What the program registers begins without outputs; a destruction registers nothing, not even the providers.
    """
    providers = {value for urn, value in unregistered.items() if urn_is_providers(urn)}
    return 0 if providers == {True} else sum(value for urn, value in unregistered.items() if not urn_is_providers(urn))


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


def _begin(metadata: Metadata, steps: Steps, where: str, path: str) -> None:
    for state in (metadata.old, metadata.new):
        if state is not None:  # dependencies are not told, whatever keys it holds
            state.dependencies, state.property_dependencies = (), {}
    if metadata.op == "refresh":
        _tell_looked_up(metadata)
    if not steps.take(metadata.op, metadata.urn, metadata.old, metadata.new):
        raise UnreadableInput(path, f"{metadata.op!r} is no step of an update", where=where)


def _tell_looked_up(metadata: Metadata) -> None:
    """Find what is only read where a refresh does not say so: engine 3.227 and before leave that out of their events.

    What the stack made has inputs, be it only those that the provider adds. Source: logs of engines 3.100 and 3.150.
    """
    for state in (metadata.old, metadata.new):
        if state is not None and state.custom and state.id and not state.inputs and not urn_is_providers(metadata.urn):
            state.external = True


def _end(metadata: Metadata, steps: Steps, found: dict[str, Metadata]) -> None:
    """What a step came to; what a refresh found is kept, until it is known that no other step follows."""
    urn, new = metadata.urn, metadata.new
    resource = steps.resources.get(urn)
    if resource is None:
        if urn in steps.refreshed and urn not in steps.left_out:  # which it is registered as that a refresh found gone
            _tell_looked_up(metadata)
            found[urn] = metadata
        return
    if new is None or metadata.op in DELETED:
        return
    if metadata.op in IMPORTS and new.inputs:
        read_now(resource, new)
        steps.untold.discard(urn)
    resource.outputs = new.outputs or resource.outputs
    if new.id and new.id != UNKNOWN_TEXT:
        resource.id = new.id


def _end_refresh(found: dict[str, Metadata], steps: Steps) -> None:
    """A refresh begins with what the state holds, and ends with what is there."""
    for urn, metadata in found.items():
        old, new = metadata.old, metadata.new
        stored = steps.refreshed[urn][0]
        if new is None or metadata.op in DELETED:
            gone = old or stored
            if gone is not None:
                steps.left[urn] = settle_standing(gone)
                del steps.refreshed[urn]
        elif metadata.op == "update":
            del steps.refreshed[urn]
            steps.take("update", urn, old or stored, new)
        else:
            steps.refreshed[urn] = (old, new)
