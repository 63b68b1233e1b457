"""Resources of a small estate, before anybody knows what they mean: declared, changed, resolved to records."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Self

import msgspec

from cenguard.geography.catalogue import Catalogue, default_catalogue
from cenguard.judging.check import network_of
from cenguard.judging.options import Options
from cenguard.network import Network
from cenguard.network.known import Inventory
from cenguard.resources.records import LEFT_OUT, PROVIDER, Change, Records, Resource, SourceKind
from cenguard.resources.urns import STACK_REFERENCE
from cenguard.resources.values import UNKNOWN
from cenguard.settings.model import Settings
from cenguard.testing.values import Hidden, of

STACK = "dev"
PROJECT = "net"
TODAY = dt.date(2027, 1, 1)
"""The day on which worlds are checked."""
Value = Any
"""A plain value, an `Unknown`, a `Hidden`, or lists and mappings of these."""


class _Spec:
    """One resource before its values are resolved."""

    def __init__(self, urn: str, token: str, inputs: Mapping[str, Value], provider: str, after: Iterable[str]) -> None:
        self.record = Resource(urn=urn, type=token, provider=provider)
        self.inputs, self.after = dict(inputs), tuple(after)


class Estate:
    """Resources of one stack, in the order they are declared. Each method returns the estate itself."""

    def __init__(self, *, stack: str = STACK, project: str = PROJECT) -> None:
        self._place = f"urn:pulumi:{stack}::{project}::"
        self._stack, self._project = stack, project
        self._specs: dict[str, _Spec] = {}
        self._deleted: list[Resource] = []
        self._pending: list[Resource] = []
        self._left_out: list[Resource] = []
        self._owner: Value = UNKNOWN
        self._last = ""
        self._shared: tuple[str, ...] = ()
        self._inventory = Inventory()
        self._catalogue: Catalogue | None = None
        self._complete = True
        self._config: dict[str, Any] = {}

    # ------------------------------------------------------------------ any resource

    def resource(
        self,
        token: str,
        name: str,
        inputs: Mapping[str, Value],
        *,
        region: str | None = None,
        provider: str | None = None,
        after: Iterable[str] = (),
        parent_type: str = "",
    ) -> Self:
        """Declare any resource. `region` makes and uses the provider of that region; `after` is what it depends on."""
        if region is not None:
            provider = self._provider_in(region)
        path = f"{parent_type}${token}" if parent_type else token
        urn = f"{self._place}{path}::{name}"
        key = name if name not in self._specs else urn
        used = self._specs[provider].record.urn if provider else f"{self._place}{PROVIDER}::default_4_0_0"
        self._specs[key] = _Spec(urn, token, {k: v for k, v in inputs.items() if v is not None}, used, after)
        self._last = key
        return self

    def provider(self, name: str, *, region: Value, after: Iterable[str] = (), **inputs: Value) -> Self:
        """Declare a provider; its region may be unknown, or None where nothing says it."""
        stated = {key: value for key, value in {"region": region, **inputs}.items() if value is not None}
        self._specs[name] = _Spec(f"{self._place}{PROVIDER}::{name}", PROVIDER, stated, "", after)
        return self

    def _provider_in(self, region: str) -> str:
        name = f"provider-{region}"
        if name not in self._specs:
            self.provider(name, region=region)
        return name

    def stack_reference(self, stack: str) -> Self:
        """Read another stack; `stack_output(stack)` is then an output of it."""
        urn = f"{self._place}{STACK_REFERENCE}::{stack}"
        self._specs[stack] = _Spec(urn, STACK_REFERENCE, {"name": stack}, "", ())
        self._specs[stack].record.change = Change.READ
        return self

    def _reference(self, value: Value, output: str = "id") -> Value:
        """A name of the world stands for that resource's id; anything else for itself."""
        return of(value, output) if isinstance(value, str) and value in self._specs else value

    # ------------------------------------------------------------------ what stands, and what an update does

    def protected(self, *names: str) -> Self:
        """Protect resources; without names, the last one declared that is no attachment of it."""
        for name in names or (self._last,):
            self._specs[name].record.protect = True
        return self

    def retained(self, *names: str) -> Self:
        """Keep resources in the cloud when the stack deletes them."""
        for name in names or (self._last,):
            self._specs[name].record.retain_on_delete = True
        return self

    def standing(self, *names: str) -> Self:
        """Everything declared so far, or what is named, is deployed already and does not change: its id is known."""
        for name in names or tuple(self._specs):
            record = self._specs[name].record
            if record.change is Change.CREATE:
                record.change = Change.SAME
                record.id = record.id or f"{name}-id"
        return self

    def imported(self, *names: str) -> Self:
        """An update takes over what is declared so far, or what is named: it exists already, and nothing is bought."""
        for name in names or tuple(self._specs):
            self._specs[name].record.imported = True
        return self

    def interrupted(self, *names: str, again: bool = False) -> Self:
        """A killed update was creating what is named; with `again` the change creates it as if nothing had happened."""
        records = {record.name: record for record in self._resolved()}
        for name in names:
            self._pending.append(records[name])
            if not again:
                del self._specs[name]
        return self

    def refused(self, name: str, error: str = "the service refused it") -> Self:
        """The state has a resource whose creation ended in an error."""
        self._specs[name].record.init_errors = [error]
        return self

    def left_out(self, *names: str) -> Self:
        """The program has what is named, and this update does not make it."""
        records = {record.name: record for record in self._resolved()}
        for name in names:
            self._left_out.append(msgspec.structs.replace(records[name], inputs={}))
            del self._specs[name]
        return self

    def updated(self, name: str, **old: Value) -> Self:
        """An update changes a resource in place; `old` are the inputs that were different (None: was not set)."""
        return self._changed(name, Change.UPDATE, old)

    def replaced(self, name: str, **old: Value) -> Self:
        """An update replaces a resource; `old` are the inputs that were different."""
        return self._changed(name, Change.REPLACE, old)

    def _changed(self, name: str, change: Change, old: Mapping[str, Value]) -> Self:
        spec = self._specs[name]
        spec.record.change = change
        spec.record.id = f"{name}-id" if change is Change.UPDATE else None
        spec.record.old = {key: value for key, value in {**spec.inputs, **old}.items() if value is not None}
        return self

    def deleted(self, *names: str) -> Self:
        """An update deletes resources that were declared so far: they stand in the old state only.

        What is `retained` leaves the program and stays in the cloud.
        """
        records = {record.name: record for record in self._resolved()}
        for name in names:
            record = records[name]
            record.id, record.old = record.id or f"{name}-id", dict(record.inputs)
            record.change = Change.SAME
            self._deleted.append(record)
            del self._specs[name]
        return self

    def outputs(self, name: str, **values: Value) -> Self:
        """What the provider answered for a resource when it was last seen."""
        self._specs[name].record.outputs = values
        return self

    # ------------------------------------------------------------------ what stands around the input

    def shared(self, *globs: str) -> Self:
        """Name instances that other stacks attach to or buy for."""
        self._shared = globs
        return self

    def inventory(self, inventory: Inventory) -> Self:
        """Give an inventory; see `an_inventory`."""
        self._inventory = inventory
        return self

    def catalogue(self, catalogue: Catalogue) -> Self:
        """Judge by another area catalogue than the newest."""
        self._catalogue = catalogue
        return self

    def config(self, **values: Value) -> Self:
        """Set stack configuration of the provider: `config(region="cn-beijing")`."""
        self._config.update({f"alicloud:{key}": value for key, value in values.items()})
        return self

    def incomplete(self) -> Self:
        """The input hides resources."""
        self._complete = False
        return self

    # ------------------------------------------------------------------ what comes out

    def records(self) -> Records:
        """What a reader of previews would yield."""
        resources = self._resolved()
        return Records(
            path="world",
            kind=SourceKind.PREVIEW,
            project=self._project,
            stack=self._stack,
            resources=resources,
            complete=self._complete,
            missing="" if self._complete else "it hides resources: show them",
            config=self._config,
            resource_count=len(resources),
            deleted=[record for record in self._deleted if not record.retain_on_delete],
            retained=[record for record in self._deleted if record.retain_on_delete],
            pending=list(self._pending),
            left_out=list(self._left_out),
            left_out_why=LEFT_OUT if self._left_out else "",
        )

    def options(self) -> Options:
        """What a check of it is asked for."""
        return Options(
            settings=Settings(shared=self._shared),
            catalogue=self._catalogue or default_catalogue(),
            inventory=self._inventory,
            today=TODAY,
        )

    def assembled(self, *others: "Estate") -> Network:
        """The network, through the real assembly; with `others`, one estate of several stacks."""
        return network_of([self.records(), *(other.records() for other in others)], self.options())

    def _resolved(self) -> list[Resource]:
        return [self._resolve(spec) for spec in self._specs.values()]

    def _resolve(self, spec: _Spec) -> Resource:
        inputs: dict[str, Any] = {}
        edges: dict[str, tuple[str, ...]] = {}
        for key, value in spec.inputs.items():
            sources: dict[str, None] = {}
            inputs[key] = self._value(value, sources)
            edges[key] = tuple(sources)
        waits = dict.fromkeys(urn for sources in edges.values() for urn in sources)
        gone = {record.name for record in self._deleted}  # what an update deletes is waited for no more
        waits.update(dict.fromkeys(self._urn(name) for name in spec.after if name not in gone))
        record = spec.record
        old = None if record.old is None else {key: self._value(value, {}) for key, value in record.old.items()}
        if old is None and record.change is Change.SAME:
            old = dict(inputs)
        made = msgspec.structs.replace(record, inputs=inputs, dependencies=tuple(waits), property_dependencies=edges, old=old)
        if record.change in (Change.UPDATE, Change.REPLACE) and old is not None:
            known = record.id or f"{record.name}-id"
            made.before = msgspec.structs.replace(made, id=known, inputs=old, change=Change.SAME)
        return made

    def _urn(self, name: str) -> str:
        if name not in self._specs:
            raise KeyError(f"the world declares no {name}")
        return self._specs[name].record.urn

    def _value(self, value: Value, sources: dict[str, None]) -> Any:
        """A value as the engine sends it; a list or mapping keeps its unknown members in place."""
        if isinstance(value, Hidden):
            sources.update(dict.fromkeys(map(self._urn, value.sources)))
            return self._output(value)
        if isinstance(value, list):
            return [self._value(item, sources) for item in value]
        if isinstance(value, dict):
            return {key: self._value(item, sources) for key, item in value.items()}
        return value

    def _output(self, hidden: Hidden) -> Any:
        if hidden.output is None:
            return hidden.value
        spec = self._specs[hidden.sources[0]]
        if hidden.output in spec.inputs:  # a resource echoes its inputs
            return self._value(spec.inputs[hidden.output], {})
        if hidden.output in spec.record.outputs:
            return spec.record.outputs[hidden.output]
        identifier = spec.record.id
        return UNKNOWN if identifier is None else identifier
