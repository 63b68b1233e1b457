"""Two states of a program as one change, as a preview tells it."""

from pathlib import Path

import msgspec

from cenguard.resources.forces_new import FORCES_NEW
from cenguard.resources.records import Change, Records, Resource, SourceKind


def a_change(before: Records, after: Records) -> Records:
    """What a preview of `after` would say where `before` stands: each resource with its change and its old state."""
    stood = {record.urn: record for record in before.resources}
    resources = [_changed(stood.pop(record.urn, None), record) for record in after.resources]
    left = [_standing(record) for record in stood.values()]
    beside = str(Path(after.path) / "preview.json") if after.kind is SourceKind.PROGRAM else after.path
    return msgspec.structs.replace(
        after,
        path=beside,
        kind=SourceKind.PREVIEW,
        resources=resources,
        deleted=[record for record in left if not record.retain_on_delete],
        retained=[record for record in left if record.retain_on_delete],
        resource_count=len(resources),
    )


def _standing(record: Resource) -> Resource:
    known = record.id or f"{record.name}-id"
    return msgspec.structs.replace(record, id=known, change=Change.SAME, old=record.inputs)


def _changed(old: Resource | None, new: Resource) -> Resource:
    if old is None or new.change is Change.READ:
        return new
    standing = _standing(old)
    if old.inputs == new.inputs:
        return msgspec.structs.replace(new, id=standing.id, change=Change.SAME, old=old.inputs)
    replaced = any(old.inputs.get(key) != new.inputs.get(key) for key in FORCES_NEW.get(new.type, ()))
    return msgspec.structs.replace(
        new,
        id=None if replaced else standing.id,
        change=Change.REPLACE if replaced else Change.UPDATE,
        old=old.inputs,
        before=standing,
    )
