"""Reader of `pulumi stack export` documents: the state of a stack after its last update.

A state is what stands: every resource is known, with its id and its outputs, and nothing is about to happen to it.
Source of the format: documents recorded from the engine, in `tests/recordings/`.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput, not_json
from cenguard.readers.older import decoded
from cenguard.resources.records import Content, Records, Resource, SourceKind, settle_standing, stack_outputs
from cenguard.resources.urns import stack_of
from cenguard.text.printable import listed


class Operation(msgspec.Struct):
    """Something that a run had begun when it was killed."""

    resource: Resource
    type: str


class Deployment(msgspec.Struct):
    """A stack's state."""

    resources: list[Resource] | None = None
    pending_operations: list[Operation] | None = None
    manifest: Any = None
    """What wrote it, and when; nothing hangs on its shape."""


class Document(msgspec.Struct):
    """An export document."""

    deployment: Deployment | None
    version: int = 3


NEWEST = 4
"""The newest version of the state's format that is read. Source: pulumi/pulumi, sdk/go/common/apitype/core.go."""
_DOCUMENT = msgspec.json.Decoder(Document)


def read_export(content: Content, path: str) -> Records:
    """The resources of an export document.

    Raises:
        UnreadableInput: it is not one; says where and what was expected.
    """
    document = decode_as(_DOCUMENT, content, path, "stack export")
    check_version(document.version, path)
    return records_of(document.deployment, path, SourceKind.EXPORT)


def check_version(version: int, path: str) -> None:
    """Refuse a format that nobody here has seen.

    Raises:
        UnreadableInput: the version is newer.
    """
    if not 1 <= version <= NEWEST:
        raise UnreadableInput(path, f"versions 1 to {NEWEST} of a stack's state are read, not {version}", where="version")


def decode_as(decoder: Any, content: Content | memoryview, path: str, what: str, *, where: str = "") -> Any:
    """Decode a document that its keys have recognised.

    Raises:
        UnreadableInput: something in it is not as it should be; says where.
    """
    prefix = f"{where}, " if where else ""
    try:
        return decoded(decoder, content)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at ")
        raise UnreadableInput(path, f"is no {what}: {reason}", where=prefix + place.strip("`") or where) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise not_json(path, error, where=where) from None


def records_of(deployment: Deployment | None, path: str, kind: SourceKind) -> Records:
    """The records of a state, whatever it was wrapped in."""
    manifest = deployment.manifest if deployment is not None else None
    records = Records(path=path, kind=kind, taken=manifest_day(manifest), serial=manifest_moment(manifest))
    stored = deployment.resources if deployment is not None and deployment.resources else []
    for entry in stored:
        settle_standing(entry)
        if entry.delete:
            entry.pending_replacement = False  # of an old one it says that its deletion was interrupted
            records.leftover.append(entry)
        elif entry.pending_replacement:
            records.gone.append(entry)
        else:
            records.resources.append(entry)
    for operation in (deployment.pending_operations if deployment is not None else None) or ():
        _begun(operation, records)
    records.resource_count = len(records.resources)
    records.stack, records.project = place_of((*records.resources, *records.pending))
    records.outputs = stack_outputs(records.resources)
    records.notes = list(_remarks(records))
    return records


def manifest_day(manifest: Any) -> str:
    """The day in the manifest of a state or a plan; empty where it says none.

    >>> manifest_day({"time": "2026-11-22T22:30:31.5Z"}), manifest_day({"time": "soon"})
    ('2026-11-22', '')
    """
    time = manifest.get("time") if isinstance(manifest, dict) else None
    try:
        return dt.date.fromisoformat(time[:10]).isoformat() if isinstance(time, str) else ""
    except ValueError:
        return ""


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def manifest_moment(manifest: Any) -> int:
    """When a state was written, in microseconds; 0 where its manifest does not say it.

    >>> manifest_moment({"time": "1970-01-01T02:00:01.5+02:00"}), manifest_moment({"time": "soon"})
    (1500000, 0)
    """
    time = manifest.get("time") if isinstance(manifest, dict) else None
    try:
        moment = dt.datetime.fromisoformat(time) if isinstance(time, str) else _EPOCH
        moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)
        return max(0, (moment - _EPOCH) // dt.timedelta(microseconds=1))
    except (ValueError, OverflowError):
        return 0


def _remarks(records: Records) -> Iterator[str]:
    """What the head says of a state that is not at rest."""
    if not (records.resources or records.pending or records.gone or records.leftover):
        yield "An empty stack: nothing is deployed, so there is nothing to judge. Check the program, or a preview of it."
    if records.gone:
        names, are = _named(records.gone)
        yield f"{names} {are} deleted already, and the replacement was not made: run pulumi up again, or preview it first."
    refused = [item for item in records.resources if item.init_errors]
    if refused:
        names, are = _named(refused)
        yield f"Creating or updating {names} ended in an error, and the state has {'it' if are == 'is' else 'them'} all the same: run pulumi refresh, and export again."
    read = [item for item in records.pending if item.imported]
    if read:
        names, _ = _named(read)
        yield f"A run was killed while it read {names}, so that the state does not have it: run it again, and export again."
    made = [item for item in records.pending if not item.imported]
    if made:
        names, are = _named(made)
        it = "it is" if are == "is" else "they are"
        yield (
            f"A run was killed while it made {names}: look in the console whether {it} there. If so, run `pulumi refresh "
            "--import-pending-creates URN ID`; if not, `pulumi refresh --clear-pending-creates`; and export again."
        )
    old = [item for item in records.leftover if item.pending_replacement]
    if old:
        names, are = _named(old)
        it = "it" if are == "is" else "they"
        yield f"A run was killed while it deleted the old {names}: {it} may be gone. Run `pulumi refresh`, and export again."
    for deletes in (False, True):
        begun = [item for item in records.uncertain if item.delete is deletes]
        if begun:
            names, are = _named(begun)
            it = "it" if are == "is" else "they"
            end = f"{it} may be gone" if deletes else f"{it} may have the old values or the new ones"
            yield (
                f"A run was killed while it {'deleted' if deletes else 'changed'} {names}: {end}. Run `pulumi refresh`, and export "
                "again."
            )


def _named(items: Iterable[Resource]) -> tuple[str, str]:
    """Names as a sentence lists them, and its verb."""
    names = sorted({item.name for item in items})
    return listed(names), "is" if len(names) == 1 else "are"


def _begun(operation: Operation, records: Records) -> None:
    """An operation that a killed run had begun, and nobody knows how it ended."""
    resource = settle_standing(operation.resource)
    if operation.type == "creating":
        records.pending.append(resource)
    elif operation.type in ("importing", "reading"):  # it was there before, for all that is known, and nothing was made
        resource.imported = True
        records.pending.append(resource)
    elif operation.type == "deleting" and resource.delete:  # the old one of a replacement: the living one of its URN is not meant
        for old in records.leftover:
            if (old.urn, old.id) == (resource.urn, resource.id):
                old.pending_replacement = True
    elif operation.type in ("updating", "deleting"):
        resource.delete = operation.type == "deleting"
        records.uncertain.append(resource)


def place_of(resources: Iterable[Resource]) -> tuple[str, str]:
    """Stack and project, as the first URN names them."""
    return next((stack_of(resource.urn) for resource in resources), ("", ""))
