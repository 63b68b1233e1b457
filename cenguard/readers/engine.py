"""Reader of what the engine sends a policy pack.

`Analyze` brings a resource's inputs with unknown leaves; `AnalyzeStack` brings what the provider answered, without
unknown parts, and the dependencies. Neither is enough alone: inputs are kept from the one and joined with the other.

No call says what is targeted, imported, replaced, deleted or retained. What leaves a mark all the same is read as that: a
resource without any property is left out, one with an id and without `Analyze` has left the program and is left out, and
one without an id that has an output which is no input exists already.
Source: requests recorded from the engine, in `tests/recordings/`.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import cache
from sys import intern
from typing import Any, NamedTuple

from google.protobuf.struct_pb2 import Struct, Value
from pulumi.runtime.proto import analyzer_pb2

from cenguard.readers.engine_calls import (
    Opened,
    Part,
    Properties,
    Repeated,
    ResourceCall,
    StackCall,
    StackResource,
    former_urns,
    is_protected,
    provider_of,
    urns_of,
)
from cenguard.readers.steps import leave_out, note_left_out
from cenguard.resources import tokens
from cenguard.resources.edges import set_alone
from cenguard.resources.kept_values import KEEPING
from cenguard.resources.records import (
    CREATE,
    READ,
    SAME,
    SECRET_SIGNATURE,
    SIGNATURE,
    STACK,
    UPDATE,
    Records,
    Resource,
    SourceKind,
    decode,
)
from cenguard.resources.roads import settle_roads
from cenguard.resources.type_table import ALICLOUD, names_cen, native_type, own_id_of
from cenguard.resources.unread import may_hide_resources, take_stock
from cenguard.resources.values import SECRET, UNKNOWN

OURS = f"{ALICLOUD}:"
_PROVIDERS = "pulumi:providers:"
_IDENTIFIED = (tokens.INSTANCE, tokens.PACKAGE)
"""Types whose ids others know."""

ANSWERS: dict[str, tuple[str, ...]] = {tokens.ROUTER: ("transitRouterId", "type"), tokens.PACKAGE: ("expiredTime", "status")}
"""Outputs that matter of a resource whose inputs are known: a router's id and edition, a package's expiry."""


@cache
def may_be_ours(kind: str) -> bool:
    """Whether resources of a type may be joined, may pass a reference on, or may hold what cannot be read."""
    return kind.startswith((OURS, _PROVIDERS)) or native_type(kind) is not None or names_cen(kind) or may_hide_resources(kind)


class _Kind(NamedTuple):
    """What is asked of a type for each of its resources."""

    ours: bool
    """Whether resources of the type may be joined, may pass a reference on, or may hold what cannot be read."""
    provider: bool
    own_id: str
    """The property that holds its id where no property `id` does."""
    answers: tuple[str, ...]
    """The outputs that matter where the inputs are known."""


@cache
def _kind_of(kind: str) -> _Kind:
    native = native_type(kind) or kind
    return _Kind(
        ours=may_be_ours(kind),
        provider=kind.startswith(_PROVIDERS),
        own_id=own_id_of(kind),
        answers=(*ANSWERS.get(native, ()), *KEEPING.get(native, ())),
    )


def decode_property(part: Part) -> tuple[str, Any] | None:
    """A property of a request, with unknown and secret parts replaced; None where only the bridge needs it."""
    entry: Any = Struct.FieldsEntry.FromString(part)
    return None if entry.key.startswith("__") else (intern(entry.key), decode_value(entry.value))


def decode_value(value: Value) -> Any:
    """One value of a request."""
    match value.WhichOneof("kind"):
        case "string_value":
            return decode(value.string_value)
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        case "bool_value":
            return value.bool_value
        case "list_value":
            return [decode_value(item) for item in value.list_value.values]
        case "struct_value":
            fields = value.struct_value.fields
            if SIGNATURE in fields:
                if fields[SIGNATURE].string_value == SECRET_SIGNATURE:
                    return SECRET
                return decode({key: _plain(item) for key, item in fields.items()})
            return {key: decode_value(item) for key, item in fields.items()}
        case _:
            return None


def _plain(value: Value) -> Any:
    """A member of a marked object, undecoded: `decode` knows what the mark means."""
    kind = value.WhichOneof("kind")
    return getattr(value, kind) if kind in ("string_value", "number_value", "bool_value") else None


class Conversation:
    """What the engine has said of one stack so far."""

    def __init__(self) -> None:
        self.stack = ""
        self.project = ""
        self.config: dict[str, Any] = {}
        self.is_update = False
        """Whether the calls are of an update that is made: what has an id may have been made by it."""
        self._inputs: dict[str, dict[str, Any]] = {}
        self._properties = Opened(decode_property, forgets=SECRET_SIGNATURE.encode())
        """A value that several resources have is one object, which nobody changes."""
        self._protects = Opened(is_protected)
        self._former = Opened(former_urns)
        self.former: dict[str, tuple[str, ...]] = {}
        """Former URNs of resources that moved, or did so once."""
        self._protected: set[str] = set()
        self._blank: set[str] = set()
        """URNs without any property, not even the bridge's own, in `Remediate`."""

    def configure(self, request: "analyzer_pb2.AnalyzerStackConfigureRequest") -> None:
        """Keep the stack's name and configuration; secret values are dropped at once."""
        secret = set(request.config_secret_keys)
        self.stack, self.project = request.stack, request.project
        self.is_update = bool(request.stack) and not request.dry_run  # `policy analyze` names no stack
        self.config = {key: SECRET if key in secret else value for key, value in request.config.items()}

    def _decoded(self, properties: Properties) -> dict[str, Any]:
        """Properties as `decode_property` reads each."""
        return dict(filter(None, map(self._properties.__getitem__, properties.fields[:])))

    def hear_first(self, request: ResourceCall) -> None:
        """Keep what `Remediate` alone tells: whether a resource has no property at all."""
        if not request.properties.fields and may_be_ours(request.type):
            self._blank.add(request.urn)

    def hear(self, request: ResourceCall) -> dict[str, Any] | None:
        """Keep a resource's inputs, and return them; None when no rule can look at it."""
        kind, urn = request.type, intern(request.urn)
        if not may_be_ours(kind):
            if not provider_of(request.provider).urn and kind != STACK:  # a component: its arguments may name a CEN
                self._inputs[urn] = self._decoded(request.properties)
            return None
        inputs = self._inputs[urn] = self._decoded(request.properties)
        if former := self._former[request.options]:
            self.former[urn] = former
        if not inputs and urn in self._blank:  # left out by a target, or read
            return None
        if self._protects[request.options]:
            self._protected.add(urn)
        return inputs

    def alone(self, request: ResourceCall, inputs: dict[str, Any]) -> Records:
        """The records of one resource, whose inputs were heard, and of its provider."""
        provider, protect = provider_of(request.provider), self._protects[request.options]
        own = dict(inputs)  # properties under another spelling are renamed in place, and `join` compares what was heard
        resources = [Resource(urn=request.urn, type=request.type, inputs=own, provider=provider.urn, protect=protect)]
        if provider.urn:
            known = self._inputs.get(provider.urn)
            if known is None:
                properties = ((key, value) for key, value in provider.properties.fields.items() if not key.startswith("__"))
                known = {key: decode_value(value) for key, value in properties}
            resources.append(Resource(urn=provider.urn, type=provider.type, inputs=known))
        records = self._records(resources)
        records.complete = False  # what the resource refers to is not here
        return records

    def unheard(self, records: Records) -> set[str]:
        """The URNs of the resources for which `Analyze` was not called."""
        return {resource.urn for resource in records.resources}.difference(self._inputs)

    def join(self, request: StackCall) -> Records:
        """The whole stack: inputs of `Analyze`, dependencies and computed values of `AnalyzeStack`."""
        resources: list[Resource] = []
        left_out: list[Resource] = []
        repeated, moved_away = Repeated(), self._moved_away(request)
        for item in request.resources:
            kind, urn = intern(item.type), intern(item.urn)
            if urn in moved_away:
                continue
            if _kind_of(kind).ours:
                joined = self._joined(item, urn, kind, repeated)
                (left_out if urn in self._blank and self._is_left_out(item) else resources).append(joined)
                continue
            dependencies, parent = urns_of(item.dependencies), item.parent
            if dependencies or parent:  # it may stand between a resource and what that waits for
                resources.append(
                    Resource(
                        urn=urn,
                        type=kind,
                        inputs=self._inputs.get(urn) or {},
                        dependencies=dependencies,
                        property_dependencies=repeated.edges(item),
                        parent=intern(parent),
                        custom=bool(repeated.providers[item.provider]),  # a component has no provider
                    )
                )
        self._find_what_exists(resources)
        records = self._records(resources, left_out)
        records.resource_count = len(request.resources)
        note_left_out(records)
        records.tells_retention = False
        take_stock(records)
        return records

    def _moved_away(self, request: StackCall) -> AbstractSet[str]:
        """Former URNs of what the call has under its new one as well: with `--refresh` it brings both."""
        if not self.former:
            return frozenset()
        here = {item.urn for item in request.resources if item.properties.fields}
        olds = {old for new, former in self.former.items() if new in here for old in former}
        return (olds & here).difference(self._inputs)

    def _is_left_out(self, item: StackResource) -> bool:
        """Whether a blank resource is in the program and not made: no call has any property of it. A provider may need none."""
        if item.type.startswith(_PROVIDERS):
            return False
        return not item.properties.fields and self._inputs.get(item.urn) == {}

    def _find_what_exists(self, resources: Iterable[Resource]) -> None:
        """Mark what is updated, imported or retried: a new dependent knows the id of a thing that has none of its own."""
        nameless = {item.urn: item for item in resources if item.change is CREATE and item.type in _IDENTIFIED}
        for item in resources if nameless else ():
            for key in tokens.REFERENCES.get(item.type, ()):
                if not isinstance(item.inputs.get(key), str) or item.change is not CREATE:
                    continue
                urns = item.property_dependencies.get(key, ())
                if len(urns) == 1 and urns[0] in nameless:
                    _exists(nameless[urns[0]])

    def _joined(self, item: StackResource, urn: str, kind: str, repeated: Repeated) -> Resource:
        _, is_provider, own_id, answers = _kind_of(kind)
        inputs = self._inputs.get(urn)
        told = self._decoded(item.properties)
        if "id" in told:
            own_id = "id"
        known = told.get(own_id)
        identifier = known if isinstance(known, str) and known else None
        outputs: dict[str, Any] = {}
        change = SAME if identifier else CREATE
        exists = False
        if inputs is None:
            inputs = outputs = told
            if not is_provider and (not identifier or ":tf:" in kind):
                change = READ  # a view of a module, or something that is only read
        elif not inputs and urn in self._blank and identifier:  # `policy analyze` brings what is read without inputs
            inputs = outputs = told
            change = READ
        else:  # the inputs are known, and few rules ask for what the provider answered
            if answers:
                outputs = {key: told[key] for key in answers if key in told}
            if not identifier:
                more = [told[key] for key in told if key not in inputs and key != own_id]
                if UNKNOWN not in more and any(value is not None for value in more):
                    exists, change = True, UPDATE  # an output that is no input: it is updated, imported or retried
        provider, edges = repeated.providers[item.provider], repeated.edges(item)
        return Resource(
            urn=urn,
            type=kind,
            inputs=inputs,
            id=identifier,
            outputs=outputs,
            dependencies=urns_of(item.dependencies),
            property_dependencies=edges if inputs is outputs else set_alone(edges, inputs),
            provider=provider,
            parent=intern(item.parent),
            custom=bool(provider),
            protect=repeated.protect[item.options] or (not identifier and urn in self._protected),
            change=change,
            imported=exists,
            made_now=self.is_update,
        )

    def _records(self, resources: Iterable[Resource], left_out: Iterable[Resource] = ()) -> Records:
        found = list(resources)
        stack, project = self.stack, self.project
        if not stack and found:  # under `pulumi policy analyze` the stack is not named
            parts = found[0].urn.removeprefix("urn:pulumi:").split("::")
            stack, project = (parts[0], parts[1]) if len(parts) > 1 else ("", "")
        records = Records(
            path=f"{project}/{stack}",
            kind=SourceKind.ENGINE,
            project=project,
            stack=stack,
            resources=found,
            config=self.config,
            resource_count=len(found),
        )
        for resource in left_out:
            leave_out(records, resource)
        settle_roads(records)
        return records


def _exists(resource: Resource) -> None:
    """Mark a resource that is there already, whatever the update changes of it."""
    resource.change, resource.imported = UPDATE, True
