"""What a base says of each resource: the state that a program, or any document, is compared with.

A base is a state, whatever it is read from. A resource whose URN it holds has that old state, and what it holds and the
source does not is deleted by the change, but for what `pulumi do` made beside the program. What a document knows better itself (the step that the engine plans from this
very state) stays as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from cenguard.assembly.ignored import kept, with_ignored
from cenguard.resources import tokens
from cenguard.resources.forces_new import AREAS, FORCES_NEW, PAYMENT
from cenguard.resources.kept_values import with_kept
from cenguard.resources.looked_up import gives_up
from cenguard.resources.property_paths import steps
from cenguard.resources.records import CREATE, READ, REPLACE, SAME, STACK, UPDATE, Records, Resource, SourceKind, decode
from cenguard.resources.values import UNKNOWN, Unknown, is_known

_SETS = frozenset({"regionIds", "geographicRegionIds", "zones"})
"""Lists whose order the provider does not keep."""
_BESIDE = ("deleted", "retained", "left_out", "pending", "uncertain", "gone", "leftover", "cleared")
"""What a source holds beside its resources."""
_SCALARS = (str, int, float)
_FILLED_IN = frozenset(
    {"name", "resourceType", "transitRouterId", "transitRouterRouteTableId", "vpcOwnerId", "vbrOwnerId", "vpnOwnerId"}
)
"""Inputs that the engine, the provider or the service fills in where the program leaves them out, and that stay then."""


def as_state(base: Records, stack: str, project: str) -> Records:
    """A base as the state that it is, under the names of the stack that it stands for."""
    resources = [item if item.change in (SAME, READ) and not item.imported else _standing(item) for item in base.resources]
    if (base.stack, base.project) != (stack, project) and base.stack and stack:
        rename = _Renaming({}, f"urn:pulumi:{base.stack}::{base.project}::", f"urn:pulumi:{stack}::{project}::")
        resources = [rename.resource(item) for item in resources]
        base = rename.beside(base)
    return msgspec.structs.replace(base, resources=resources, stack=stack or base.stack, project=project or base.project)


def _standing(resource: Resource) -> Resource:
    return msgspec.structs.replace(resource, change=SAME, imported=False, old=resource.inputs, before=None)


def moved_along(base: Records, moved: Mapping[str, str]) -> Records:
    """A base whose resources have the URNs or addresses that they are moved to; `moved` gives the old ones by the new."""
    if not moved:
        return base
    rename = _Renaming({old: new for new, old in moved.items()})
    resources = [rename.resource(item) for item in base.resources]
    return msgspec.structs.replace(rename.beside(base), resources=resources)


def moved_by_aliases(source: Records, base: Records) -> Mapping[str, str]:
    """The old URNs, by the new, of what a program's aliases move from a base that is told in the program's own stack.

    As the engine does: a resource that the state holds under its own URN is not moved, and nothing is moved twice. An alias
    may name the stack and the project that the base was made in, so these are not compared.
    """
    if not source.aliases:
        return {}
    free = {_in_stack(item.urn): item.urn for item in base.resources}
    for item in source.resources:
        free.pop(_in_stack(item.urn), None)
    stood = {item.urn for item in base.resources}
    moved: dict[str, str] = {}
    for urn, aliases in source.aliases.items():
        old = None if urn in stood else next((alias for alias in map(_in_stack, aliases) if alias in free), None)
        if old is not None:
            moved[urn] = free.pop(old)
    return moved


def _in_stack(urn: str) -> str:
    """Type and name in a URN: what it is within its stack."""
    return urn.split("::", 2)[-1]


class _Renaming:
    """URNs that are called otherwise: those of a stack as those of another one, or some that are moved."""

    def __init__(self, names: Mapping[str, str], old: str = "", new: str = "") -> None:
        self.names, self.old, self.new = names, old, new

    def urn(self, urn: str) -> str:
        if urn in self.names:
            return self.names[urn]
        return self.new + urn.removeprefix(self.old) if self.old and urn.startswith(self.old) else urn

    def beside(self, base: Records) -> Records:
        """A base whose records beside its resources are called so: what is pending or left over is known by its URN."""
        kept = {name: [self.resource(item) for item in items] for name in _BESIDE if (items := getattr(base, name))}
        return msgspec.structs.replace(base, **kept) if kept else base

    def resource(self, item: Resource) -> Resource:
        return msgspec.structs.replace(
            item,
            urn=self.urn(item.urn),
            provider=self.urn(item.provider),
            parent=self.urn(item.parent),
            view_of=self.urn(item.view_of),
            dependencies=tuple(map(self.urn, item.dependencies)),
            property_dependencies={key: tuple(map(self.urn, urns)) for key, urns in item.property_dependencies.items()},
        )


def with_old_states(source: Records, base: Records) -> Records:
    """A source whose resources have the old states that a base gives them."""
    comparison = _Comparison(base)
    resources = [comparison.changed(record, source) for record in source.resources]
    told = {record.urn for record in (*source.left_out, *source.deleted, *source.retained)}
    now = {record.urn: record for record in resources if record.urn not in told}
    if source.kind is SourceKind.PROGRAM:
        beside = [record for urn, record in comparison.stood.items() if record.snippet_id and urn not in now and urn not in told]
        resources += [comparison.changed(_made_again(record), source) for record in beside]
        told.update(record.urn for record in beside)
    gone = [
        record
        for urn, record in comparison.stood.items()
        if urn not in told and record.change is not READ and not record.type.startswith("pulumi:")
        if urn not in now or gives_up(now[urn], record)
    ]
    known = {record.urn for record in source.retained}
    gone += [
        record.before
        for record in resources
        if record.change is REPLACE and record.before is not None and record.before.retain_on_delete and record.urn not in known
    ]
    return msgspec.structs.replace(
        source,
        resources=resources,
        deleted=[*source.deleted, *(record for record in gone if not record.retain_on_delete)],
        retained=[*source.retained, *(record for record in gone if record.retain_on_delete)],
        pending=_once(source.pending, base.pending),
        leftover=_once(source.leftover, base.leftover),
        gone=_once(source.gone, base.gone),
        has_old_states=True,
    )


def _made_again(record: Resource) -> Resource:
    """What `pulumi do` made, as the update that runs its snippet says it: what that refers to may be another one now."""
    referring = {key: UNKNOWN for key, urns in record.property_dependencies.items() if urns and key in record.inputs}
    return msgspec.structs.replace(record, inputs={**record.inputs, **referring}, change=CREATE, old=None)


def _once(told: Sequence[Resource], base: Sequence[Resource]) -> list[Resource]:
    """What a source tells already, since the state that it starts from is beside it, and the rest that its base tells."""
    known = {item.urn for item in told}
    return [*told, *(item for item in base if item.urn not in known)]


def with_old_state(record: Resource, old: Resource, named: Iterable[Resource] = ()) -> Resource:
    """A resource whose inputs were edited, with the step that leads to them from its old state; `named` stand, and it refers to them."""
    stood = [msgspec.structs.replace(item, change=SAME) for item in (old, *named)]
    made = msgspec.structs.replace(record, change=CREATE, old=None, before=None)
    base = Records(path="", kind=SourceKind.EXPORT, resources=stood)
    return _Comparison(base).changed(made, Records(path="", kind=SourceKind.PREVIEW))


class _Comparison:
    """The resources of a source, one by one in the order they are made, against those of a base."""

    def __init__(self, base: Records) -> None:
        self.stood = {record.urn: record for record in base.resources}
        self.replaced: dict[str, frozenset[Any]] = {}
        """By URN, the inputs of what is replaced that stay: what reads one of them has the value that it had."""

        self.deleted_first: set[str] = set()
        """URNs of what is replaced and deleted before that: it takes along what hangs on it."""

    def changed(self, record: Resource, source: Records) -> Resource:
        """The record with the old state that the base gives it."""
        old = self.stood.get(record.urn)
        if old is not None and old.change is READ and record.change is CREATE and not record.imported:
            self.replaced[record.urn] = frozenset()  # what was looked up is forgotten, and another one is made
            return msgspec.structs.replace(record, before=old)
        if old is None or record.change is READ or old.change is READ or record.type == STACK:
            return record
        own = record.before or (record if record.change is SAME else None)
        if own is not None and own.id is not None and own.id == old.id and not self.differences(old, own):
            return record  # the document starts from this very state, and knows the step
        if (
            source.kind is SourceKind.PROGRAM and record.ignore_changes and not old.taint
        ):  # a tainted one is made of what the program says
            record = with_ignored(record, old)
        wanted, record = record, _with_kept(record, old)
        found = self.differences(old, record)
        if record.change is SAME:
            return msgspec.structs.replace(record, before=old, old=old.inputs) if found else record
        forced = source.kind is SourceKind.PROGRAM and (old.taint or self._is_forced(source, record, old, found))
        if not found and not forced:
            return msgspec.structs.replace(
                record,
                change=SAME,
                id=record.id or old.id,
                outputs=old.outputs or record.outputs,
                old=record.inputs,
                before=None,
            )
        forcing = found.intersection(FORCES_NEW.get(record.type, ()))
        if forcing or forced:
            self.replaced[record.urn] = frozenset(
                [value for key, value in old.inputs.items() if key not in found and isinstance(value, _SCALARS)]
            )
            before = msgspec.structs.replace(old, change=SAME)
            first = wanted.delete_first or any(
                urn in self.deleted_first for key in forcing for urn in record.property_dependencies.get(key, ())
            )
            if first:
                self.deleted_first.add(record.urn)
            return msgspec.structs.replace(
                wanted, change=REPLACE, id=None, old=old.inputs, before=before, imported=False, delete_first=first
            )
        return msgspec.structs.replace(
            record,
            change=UPDATE,
            id=record.id or old.id,
            outputs=old.outputs or record.outputs,
            old=old.inputs,
            before=old,
        )

    def _is_forced(self, source: Records, record: Resource, old: Resource, found: frozenset[str]) -> bool:
        """Whether an option of a program's resource replaces it."""
        options = source.forced.get(record.urn)
        if options is None:
            return False
        if options.by_trigger(decode(old.replacement_trigger)) or any(urn in self.replaced for urn in options.beside):
            return True
        ways = [way for path in options.on if (way := steps(path)) and (way[0] in found or (way[0] == "*" and found))]
        return any(len(way) == 1 or kept(old.inputs, record.inputs, way) != record.inputs for way in ways)

    def differences(self, old: Resource, new: Resource) -> frozenset[str]:
        """The inputs that differ; a value that is not known differs where it comes from something else."""
        found: set[str] = set()
        for key in {**old.inputs, **new.inputs}:
            if key.startswith("__"):
                continue
            if key in _FILLED_IN and key not in new.inputs and not new.property_dependencies.get(key):
                continue
            if not self._equal(key, old, new) and not _said_at_last(key, old, new):
                found.add(key)
        if new.type == tokens.PACKAGE:
            if found & set(AREAS) and _same_areas(old, new):
                found -= set(AREAS)
            if found & set(PAYMENT) and _payment(old) == _payment(new):
                found -= set(PAYMENT)
        return frozenset(found)

    def _equal(self, key: str, old: Resource, new: Resource) -> bool:
        was, now = old.inputs.get(key), new.inputs.get(key)
        before, after = old.property_dependencies.get(key, ()), new.property_dependencies.get(key, ())
        lost = [self.replaced[urn] for urn in after if urn in self.replaced]
        if lost and not (isinstance(was, _SCALARS) and all(was in kept for kept in lost)):
            return False  # it will be another value, that of what replaces them
        if isinstance(was, Unknown) or isinstance(now, Unknown):
            if sorted(before) == sorted(after):
                return True
            if isinstance(now, Unknown) and not isinstance(was, Unknown):
                return self._may_be(was, after)
            return False
        was, now = _plain(key, was), _plain(key, now)
        if was == now:
            return True
        unknown = where_unknown(was, now)
        return unknown is not None and (sorted(before) == sorted(after) or all(self._is_one_of(item, after) for item in unknown))

    def _is_one_of(self, was: Any, after: Iterable[str]) -> bool:
        """Whether a value within another one may be what it was: one of what the whole comes from stood, and was called so."""
        return all(urn in self.stood for urn in after) and any(self._may_be(was, [urn]) for urn in after)

    def _may_be(self, was: Any, after: Iterable[str]) -> bool:
        """Whether a value that is not known may be what it was: what it comes from stood, and was called so."""
        sources = [self.stood.get(urn) for urn in after]
        known = [item for item in sources if item is not None]
        if len(known) < len(sources):
            return False
        if len(known) != 1 or known[0].id is None:
            return True
        return bool(was == known[0].id or was in known[0].outputs.values())


def _said_at_last(key: str, old: Resource, new: Resource) -> bool:
    """Whether an input that was left out has the value now that stands all the same: the provider compares with its own answer."""
    now = new.inputs.get(key)
    if key in old.inputs or now is None or isinstance(now, Unknown):
        return False
    stands = decode(old.outputs.get(key))
    if stands is None:
        return now is False and key in FORCES_NEW.get(new.type, ())
    return is_known(stands) and _plain(key, stands) == _plain(key, now)


def _with_kept(record: Resource, old: Resource) -> Resource:
    """A resource with the values that its program leaves out, and that the provider keeps where it is not replaced."""
    told = {**old.outputs, **old.inputs}
    inputs = with_kept(record.type, record.inputs, record.property_dependencies, told)
    return record if inputs is record.inputs else msgspec.structs.replace(record, inputs=inputs)


def must_replace(record: Resource) -> bool:
    """Whether a package that stands is another one than in the state that it is compared with."""
    before: Resource | None = record.before
    return before is not None and (not _same_areas(before, record) or _payment(before) != _payment(record))


def _plain(key: str, value: Any) -> Any:
    """A value as the provider's Check reads it, so that equal ones compare equal."""
    if value in ("", [], {}):
        return None
    if isinstance(value, (bool, int)):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, list):
        items = [_plain("", item) for item in value]
        return sorted(items, key=repr) if key in _SETS else items
    if isinstance(value, dict):
        return {name: _plain("", item) for name, item in value.items() if not name.startswith("__")}
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        return value.lstrip("0") or "0"  # all of its digits: an account has sixteen
    return value


def where_unknown(was: Any, now: Any) -> list[Any] | None:
    """What stood where a value says that it is not known yet; None where what is known differs."""
    if isinstance(now, Unknown) or isinstance(was, Unknown):
        return [was]
    if isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        return _all_unknown(zip(was, now, strict=True))
    if isinstance(was, dict) and isinstance(now, dict) and was.keys() == now.keys():
        return _all_unknown((was[name], now[name]) for name in was)
    return [] if was == now else None


def _all_unknown(pairs: Iterable[tuple[Any, Any]]) -> list[Any] | None:
    found: list[Any] = []
    for was, now in pairs:
        within = where_unknown(was, now)
        if within is None:
            return None
        found += within
    return found


def _same_areas(old: Resource, new: Resource) -> bool:
    """Whether two states join the same areas, as the provider compares them: the two one by one, the deprecated list as a set."""
    was, now = _areas(old), _areas(new)
    if not new.inputs.get(AREAS[0]) and not new.inputs.get(AREAS[1]):
        return sorted(map(str, was)) == sorted(map(str, now))
    told = tuple(old.outputs.get(key) for key in AREAS[:2])
    return now == (told if not old.inputs.get(AREAS[0]) and all(told) else was)


def _areas(record: Resource) -> tuple[Any, ...]:
    """The two areas in their order; the deprecated list has none, and one area in it means it twice."""
    words = tuple(record.inputs.get(key) for key in AREAS[:2])
    if words != (None, None):
        return words
    listed = record.inputs.get(AREAS[2])
    items = sorted(map(str, listed)) if isinstance(listed, list) else []
    return tuple(items * 2 if len(items) == 1 else items)


def _payment(record: Resource) -> Any:
    return next((record.inputs[key] for key in PAYMENT if record.inputs.get(key)), None)
