"""Two states of a program as one change, as a preview tells it."""

from collections.abc import Set as AbstractSet
from pathlib import Path

import msgspec

from cenguard.resources.forces_new import FORCES_NEW
from cenguard.resources.records import Change, Records, Resource, SourceKind
from cenguard.resources.values import Unknown


def a_change(before: Records, after: Records) -> Records:
    """What a preview of `after` would say where `before` stands: each resource with its change and its old state."""
    stood = {record.urn: record for record in before.resources}
    resources: list[Resource] = []
    anew: set[str] = set()
    for record in after.resources:
        changed = _changed(stood.pop(record.urn, None), record, anew)
        resources.append(changed)
        if changed.change in (Change.CREATE, Change.REPLACE):
            anew.add(record.urn)
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


def _changed(old: Resource | None, new: Resource, anew: AbstractSet[str]) -> Resource:
    if old is None or new.change is Change.READ:
        return new
    standing = _standing(old)
    moved = {key for key in {**old.inputs, **new.inputs} if _differs(old, new, key, anew)}
    if not moved:
        return msgspec.structs.replace(new, id=standing.id, change=Change.SAME, old=old.inputs)
    replaced = not moved.isdisjoint(FORCES_NEW.get(new.type, ()))
    return msgspec.structs.replace(
        new,
        id=None if replaced else standing.id,
        change=Change.REPLACE if replaced else Change.UPDATE,
        old=old.inputs,
        before=standing,
    )


def _differs(old: Resource, new: Resource, key: str, anew: AbstractSet[str]) -> bool:
    """Whether an input is another one: one that is made of what stands, as before, is as it was, though a world does not tell it."""
    was, now = old.inputs.get(key), new.inputs.get(key)
    made_of, before = new.property_dependencies.get(key, ()), old.property_dependencies.get(key, ())
    if isinstance(now, Unknown) and made_of:
        return not anew.isdisjoint(made_of) or (set(before) != set(made_of) if before else isinstance(was, Unknown))
    return bool(was != now)
