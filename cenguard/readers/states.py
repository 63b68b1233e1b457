"""Reader of states alone, for whoever reads thousands: of a resource that no rule looks at, nothing but its type is decoded.

The answer is that of `read_document` for everything that a rule may ask; what is no state, or not in its usual form, is
handed to that, which knows every document and says what is wrong with one.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.readers.checkpoint import read_checkpoint
from cenguard.readers.export import NEWEST, Deployment, Operation, records_of
from cenguard.readers.older import decoded
from cenguard.readers.sources import read_document, unpacked
from cenguard.readers.terraform.documents import RawInstance, RawResource, RawState, StateOutput
from cenguard.readers.terraform.state import RAW_VERSION, records_of_raw
from cenguard.resources.records import MARKS, Records, Resource, SourceKind
from cenguard.resources.roads import settle_roads
from cenguard.resources.type_table import ALICLOUD, names_cen, native_type, spelling
from cenguard.resources.unread import may_hide_resources, take_stock
from cenguard.resources.urns import stack_of

_PULUMI = "pulumi:"


class _Entry(msgspec.Struct, gc=False):
    """A resource of Pulumi, as far as it decides whether the rest of it is read."""

    type: str
    urn: str
    custom: bool = False
    parent: str = ""
    delete: bool = False
    pendingReplacement: bool = False  # noqa: N815 - the engine's own spelling


class _Deployment(msgspec.Struct):
    manifest: Any = None
    resources: list[msgspec.Raw] | None = None
    pending_operations: msgspec.Raw | None = None


class _Checkpoint(msgspec.Struct):
    stack: str = ""
    latest: _Deployment | None = None


class _RawResource(msgspec.Struct):
    type: str
    name: str
    mode: str = "managed"
    module: str = ""
    provider: str = ""
    instances: list[msgspec.Raw] | None = None


class _State(msgspec.Struct):
    """What every kind of state has at its top."""

    version: int = 0
    deployment: _Deployment | msgspec.UnsetType | None = msgspec.UNSET
    checkpoint: _Checkpoint | msgspec.UnsetType = msgspec.UNSET
    resources: list[_RawResource] | msgspec.UnsetType | None = msgspec.UNSET
    outputs: dict[str, StateOutput] | None = None
    lineage: str | msgspec.UnsetType = msgspec.UNSET
    serial: int | msgspec.UnsetType = msgspec.UNSET
    steps: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    format_version: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    encrypted_data: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


_STATES = (SourceKind.EXPORT, SourceKind.CHECKPOINT, SourceKind.TERRAFORM_STATE)
_STATE = msgspec.json.Decoder(_State)
_ENTRY = msgspec.json.Decoder(_Entry)
_BEGINNING = re.compile(
    rb'\s*\{\s*"urn":\s*"[^"\\]*",\s*"custom":\s*true,\s*(?:"id":\s*"[^"\\]*",\s*)?"type":\s*"([^"\\]*)"'
).match
"""How the engine begins a resource that stands and that a provider made: most need not be looked at any further."""
_RESOURCE = msgspec.json.Decoder(Resource)
_OPERATIONS = msgspec.json.Decoder(list[Operation])
_INSTANCE = msgspec.json.Decoder(RawInstance)


def read_state_of(content: bytes, path: str, name: str = "") -> Records:
    """Read one state, packed or not; `name` is what a Terraform state is called.

    Raises:
        UnreadableInput: it is no state; says what it is, or where it is damaged.
    """
    content = bytes(unpacked(content, path))
    reader = _reader_of(content)
    try:
        records = reader(path, name) if reader is not None else None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, UnreadableInput):
        records = None  # the reader of documents says what is wrong, and where
    if records is None:
        records = read_document(content, path, name)
        if records.kind not in _STATES:
            raise UnreadableInput(path, f"is a {records.kind}, and no state: `cenguard check` judges it")
        return records
    settle_roads(records)
    take_stock(records)
    return records


def _reader_of(content: bytes) -> Callable[[str, str], Records | None] | None:
    try:
        state = _STATE.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    quick = b'"pendingReplacement"' not in content and b'"delete"' not in content  # else some entries may be gone
    unset = msgspec.UNSET
    if state.steps is not unset or state.format_version is not unset or state.encrypted_data is not unset:
        return None
    if isinstance(state.checkpoint, _Checkpoint) and 1 <= (state.version or 3) <= NEWEST:
        checkpoint = state.checkpoint
        return lambda path, _name: _of_checkpoint(checkpoint, path, quick=quick)
    if isinstance(state.deployment, _Deployment) and 1 <= (state.version or 3) <= NEWEST:
        deployment = state.deployment
        return lambda path, _name: _of_deployment(deployment, path, SourceKind.EXPORT, quick=quick)
    if (state.lineage is not unset or state.serial is not unset) and state.version == RAW_VERSION:
        return lambda path, name: _of_raw(state, path, name)
    return None


def _of_checkpoint(checkpoint: _Checkpoint, path: str, *, quick: bool) -> Records | None:
    if checkpoint.latest is None:
        return read_checkpoint(msgspec.json.encode({"version": 3, "checkpoint": {"stack": checkpoint.stack}}), path)
    found = _of_deployment(checkpoint.latest, path, SourceKind.CHECKPOINT, quick=quick)
    if not found.stack:  # nothing deployed: the name is all there is
        *above, found.stack = checkpoint.stack.split("/")
        found.project = above[-1] if above else ""
    return found


def _of_deployment(deployment: _Deployment, path: str, kind: SourceKind, *, quick: bool) -> Records:
    raw = deployment.resources or []
    chosen: list[msgspec.Raw] = []
    others: list[msgspec.Raw] = []
    plain = 0
    for item in raw:
        head = _BEGINNING(memoryview(item)) if quick else None
        if head is not None and not _is_asked_for_bytes(bytes(head[1])):
            others.append(item)
            plain += 1
            continue
        entry = _ENTRY.decode(item)
        if _is_asked_for(entry.type, custom=entry.custom):
            chosen.append(item)
        else:
            others.append(item)
            plain += not (entry.delete or entry.pendingReplacement)
    resources: list[Resource] = [decoded(_RESOURCE, item) for item in chosen]
    if any(map(_echoes, resources)):  # what it stands for may lead through a resource that no rule asks for
        resources, others, plain = [decoded(_RESOURCE, item) for item in raw], [], 0
    operations = decoded(_OPERATIONS, deployment.pending_operations) if deployment.pending_operations is not None else None
    whole = Deployment(manifest=deployment.manifest, resources=resources, pending_operations=operations or [])
    records = records_of(whole, path, kind)
    records.resource_count += plain
    if not records.stack and raw:
        records.stack, records.project = stack_of(_ENTRY.decode(raw[0]).urn)
    closed = {item.urn for item in resources if not item.custom and not item.type.startswith(_PULUMI)}
    children: dict[str, Resource] = {}
    for item in others if closed else ():  # one of each is enough to tell that a component's parts are shown
        entry = _ENTRY.decode(item)
        if entry.parent in closed:
            children.setdefault(entry.parent, Resource(urn=entry.urn, type=entry.type, parent=entry.parent, custom=True))
    records.resources += children.values()
    return records


def _echoes(resource: Resource) -> bool:
    """Whether an id that a resource of ours names is not told, so that only its edges say it."""
    return any(
        key.endswith("Id") and (not isinstance(value, str) or value in MARKS) and resource.property_dependencies.get(key)
        for key, value in resource.inputs.items()
    ) and _is_read(resource.type)


@cache
def _is_read(kind: str) -> bool:
    return native_type(kind) is not None


@cache
def _is_asked_for_bytes(kind: bytes) -> bool:
    """The same of a type as it stands in the document, of a resource that some provider makes."""
    try:
        return _is_asked_for(kind.decode(), custom=True)
    except UnicodeDecodeError:
        return True


@cache
def _is_asked_for(kind: str, *, custom: bool) -> bool:
    """Whether a resource of a type is read: one of CEN, what it stands on, and what may hold one."""
    if not custom or kind.startswith(_PULUMI) or may_hide_resources(kind) or names_cen(kind) or native_type(kind) is not None:
        return True
    return spelling(kind) is not None and kind.partition(":")[2].startswith("index/cen")


def _of_raw(state: _State, path: str, name: str) -> Records:
    """A raw state of Terraform: of other providers' resources only the number is read."""
    listed: Iterable[_RawResource] = state.resources if isinstance(state.resources, list) else ()
    others, kept = 0, []
    for item in listed:
        if item.mode == "managed" and not item.type.startswith(f"{ALICLOUD}_") and not names_cen(item.type):
            others += len(item.instances or ())
            continue
        kept.append(
            RawResource(
                type=item.type,
                name=item.name,
                mode=item.mode,
                module=item.module,
                provider=item.provider,
                instances=[_INSTANCE.decode(instance) for instance in item.instances or ()],
            )
        )
    raw = RawState(
        version=state.version, resources=kept, outputs=state.outputs, lineage=state.lineage or "", serial=state.serial or 0
    )
    records = records_of_raw(raw, path, name)
    records.resource_count += others
    return records
