"""Edits applied to the records of an input: what the sources would hold if somebody had made them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from cenguard.assembly.old_states import with_old_state
from cenguard.findings.fix import Add, Edit, Import, Options, Ref, Remove, Set, refs_in
from cenguard.resources.default_providers import is_of_program
from cenguard.resources.provider_names import provider_name
from cenguard.resources.records import OF_TERRAFORM, PROVIDER, Change, Records, Resource
from cenguard.resources.type_table import terraform_type
from cenguard.resources.values import UNKNOWN, is_known

NEW = "new:"
"""How a reference to a resource begins that the same fix adds."""


def edited(sources: Sequence[Records], edits: Iterable[Edit]) -> list[Records]:
    """The sources with all edits in them; they themselves stay as they are.

    Raises:
        LookupError: an edit names a resource that no source has.
    """
    return edited_with_names(sources, edits)[0]


def edited_with_names(sources: Sequence[Records], edits: Iterable[Edit]) -> tuple[list[Records], Mapping[str, str]]:
    """The same, and the names of what the edits add, by its URN.

    Raises:
        LookupError: an edit names a resource that no source has.
    """
    editing = _Editing(sources)
    return editing.apply(list(edits)), {urn: name for name, urn in editing.named.items()}


class _Editing:
    def __init__(self, sources: Sequence[Records]) -> None:
        self.sources = sources
        self.home = {record.urn: number for number, source in enumerate(sources) for record in source.resources}
        self.records = {record.urn: record for source in sources for record in source.resources}
        self.gone = {record.urn: (number, record) for number, source in enumerate(sources) for record in source.deleted}
        self.added: dict[str, Resource] = {}
        """By URN."""
        self.named: dict[str, str] = {}
        """URN of what is added, by its name."""
        self.touched: dict[str, Resource] = {}
        self.removed: set[str] = set()

    def apply(self, edits: Sequence[Edit]) -> list[Records]:
        for edit in edits:
            if isinstance(edit, (Add, Import)):
                self._announce(edit)
        for edit in edits:
            match edit:
                case Add() | Import():
                    self._add(edit)
                case Set():
                    self._set(edit)
                case Remove():
                    self.removed.add(self._known(edit.urn))
        self._settle()
        return [self._source(number, source) for number, source in enumerate(self.sources)]

    def _known(self, urn: str) -> str:
        if urn not in self.records:
            raise LookupError(urn)
        return urn

    # ------------------------------------------------------------------ new resources

    def _urn(self, edit: Add | Import) -> str:
        number = self._home_of(edit)
        source = self.sources[number]
        if source.kind in OF_TERRAFORM:
            prefix = f"{source.project}:" if source.project else ""
            urn = f"{prefix}{terraform_type(edit.type)}.{edit.name}"
        else:
            urn = f"urn:pulumi:{source.stack}::{source.project}::{edit.type}::{edit.name}"
        return urn

    def _announce(self, edit: Add | Import) -> None:
        urn = self._urn(edit)
        number = self._home_of(edit)
        self.added[urn] = Resource(urn=urn, type=edit.type, custom=True)
        self.named.setdefault(edit.name, urn)
        self.home[urn] = number

    def _home_of(self, edit: Add | Import) -> int:
        """The source of the first resource that an edit names."""
        options = edit.options.depends_on if isinstance(edit, Add) else ()
        for urn in (*refs_in(edit.properties), *options):
            if urn in self.home:
                return self.home[urn]
        return next((number for number, record in self.gone.values() if record.name == edit.name), 0)

    def _add(self, edit: Add | Import) -> None:
        record = self.added[self._urn(edit)]
        self._give(record, edit.properties)
        if isinstance(edit, Import):
            record.id, record.imported = edit.id, True
            return
        self._wait(record, edit.options)
        record.provider = self._provider(edit.provider, self.sources[self.home[record.urn]], record)

    def _provider(self, name: str | None, source: Records, record: Resource) -> str:
        """The provider's URN in the records."""
        known = [item.urn for item in source.resources if item.type == PROVIDER]
        if name is not None:
            used = [item.provider for item in source.resources if item.provider]
            return next((urn for urn in (*known, *used) if provider_name(urn) == name), name)
        named = [self.records[urn] for urn in record.dependencies if urn in self.records]
        by_engine = (
            item.provider for item in (*named, *source.resources) if not is_of_program(item, self.records.get(item.provider))
        )
        return next((urn for urn in (*by_engine, *known) if urn and provider_name(urn) is None), "")

    # ------------------------------------------------------------------ resources of the input

    def _set(self, edit: Set) -> None:
        urn = self._known(edit.urn)
        record = self.touched.get(urn)
        if record is None:
            old = self.records[urn]
            record = self.touched[urn] = msgspec.structs.replace(
                old, inputs=dict(old.inputs), property_dependencies=dict(old.property_dependencies)
            )
            if old.outputs is old.inputs and old.change is Change.CREATE:
                record.outputs = record.inputs
        self._give(record, edit.properties)
        self._wait(record, edit.options)

    def _give(self, record: Resource, properties: Mapping[str, Any]) -> None:
        for key, value in properties.items():
            sources: dict[str, None] = {}
            if value is None:
                record.inputs.pop(key, None)
                record.property_dependencies.pop(key, None)
                continue
            record.inputs[key] = self._value(value, sources)
            record.property_dependencies[key] = tuple(sources)
            record.dependencies = tuple(dict.fromkeys((*record.dependencies, *sources)))

    def _wait(self, record: Resource, options: Options) -> None:
        waits = [self._target(urn).urn for urn in options.depends_on]
        record.dependencies = tuple(dict.fromkeys((*record.dependencies, *waits)))
        record.protect = record.protect if options.protect is None else options.protect

    def _target(self, urn: str) -> Resource:
        if urn.startswith(NEW):
            return self.added[self.named[urn.removeprefix(NEW)]]
        return self.added[urn] if urn in self.added else self.records[self._known(urn)]

    def _value(self, value: Any, sources: dict[str, None]) -> Any:
        match value:
            case Ref():
                target = self._target(value.urn)
                sources[target.urn] = None
                return _output(target, value.property)
            case Mapping():
                return {key: self._value(item, sources) for key, item in value.items()}
            case list() | tuple():
                return [self._value(item, sources) for item in value]
            case _:
                return value

    # ------------------------------------------------------------------ what becomes of their steps

    def _settle(self) -> None:
        """The steps of what is edited, and of what hangs on a resource that is not replaced any more."""
        back: set[str] = set()
        for urn in self.added:
            if urn in self.gone:  # it is not deleted any more
                refers = {other for sources in self.added[urn].property_dependencies.values() for other in sources}
                named = [self.gone[other][1] for other in sorted(refers & self.added.keys() & self.gone.keys())]
                self.added[urn] = with_old_state(self.added[urn], self.gone[urn][1], named)
        for urn in [*self.touched]:
            if self._settled(urn):
                back.add(urn)
        while back:
            around = {urn for urn, record in self.records.items() if urn not in self.touched and self._follows(record, back)}
            back = {urn for urn in around if self._settled(urn)}

    def _settled(self, urn: str) -> bool:
        """Lay down the step of a resource; whether it was replaced and is not any more."""
        record, old = self.touched[urn], self.records[urn]
        if old.change in (Change.CREATE, Change.READ) or old.imported:
            return False
        stood = old.before or (old if old.change is Change.SAME else None)
        if stood is None:
            return False
        self.touched[urn] = with_old_state(record, stood)
        return old.change is Change.REPLACE and self.touched[urn].change is not Change.REPLACE

    def _follows(self, record: Resource, back: set[str]) -> bool:
        """Whether values of a resource are not known only for what is not replaced any more; then they are what they were."""
        stood = record.before
        if stood is None:
            return False
        keys = [
            key
            for key, sources in record.property_dependencies.items()
            if sources and back.issuperset(sources) and not is_known(record.inputs.get(key)) and key in stood.inputs
        ]
        if keys:
            known = {key: stood.inputs[key] for key in keys}
            self.touched[record.urn] = msgspec.structs.replace(record, inputs={**record.inputs, **known})
        return bool(keys)

    def _source(self, number: int, source: Records) -> Records:
        new = [record for record in self.added.values() if self.home[record.urn] == number]
        gone = [record for record in source.resources if record.urn in self.removed]
        if not new and not gone and not any(record.urn in self.touched for record in source.resources):
            return source
        kept = [self._kept(record) for record in source.resources if record.urn not in self.removed]
        stood: list[Resource] = [record.before or record for record in gone if record.change is not Change.CREATE]
        return msgspec.structs.replace(
            source,
            resources=[*kept, *new],
            deleted=[
                *(record for record in source.deleted if record.urn not in self.added),
                *(msgspec.structs.replace(record, change=Change.SAME) for record in stood),
            ],
            resource_count=source.resource_count + len(new) - len(gone),
            cen_count=source.cen_count + len(new) - len(gone),
        )

    def _kept(self, record: Resource) -> Resource:
        found = self.touched.get(record.urn, record)
        if self.removed and not self.removed.isdisjoint(found.dependencies):
            waits = tuple(urn for urn in found.dependencies if urn not in self.removed)
            return msgspec.structs.replace(found, dependencies=waits)
        return found


def _output(target: Resource, name: str) -> Any:
    """What a resource hands on, as far as it is known before the update: its id, an answer of the provider, an echoed input."""
    if name == "id":
        return target.id or UNKNOWN
    if name in target.outputs and target.change is not Change.REPLACE:
        return target.outputs[name]
    if name in target.inputs:
        return target.inputs[name]
    own = (target.id or "").rpartition(":")[2]
    return own if own and name in ("transitRouterId", "transitRouterAttachmentId") else UNKNOWN
