"""Records as they travel between processes and stand in the journal, and back again.

What is not known, or a secret, is a mark there, as it is among the records; credentials of a provider are told apart and not told.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

import msgspec

from cenguard.resources import tokens
from cenguard.resources.records import (
    NO_TRACE,
    PROVIDER,
    SIGNATURE,
    Change,
    Records,
    Resource,
    SourceKind,
    Unread,
    positions,
)
from cenguard.resources.type_table import READ, names_cen
from cenguard.resources.urns import STACK_REFERENCE
from cenguard.resources.values import Unknown
from cenguard.sources.frames import users_frame

ID_STARTS = (*tokens.ID_PREFIXES.values(), "vtb-")
"""How the ids begin that the provider joins with others into an id of its own (`cen-1:tr-1`)."""
ROLES = ("resources", "pending", "uncertain", "gone", "leftover", "reads")
NETWORKS = frozenset({*tokens.NETWORKS, *tokens.SWITCHES, tokens.SECONDARY_BLOCK})
"""Types of networks and of what they are made of: no CEN by themselves."""
_READ = frozenset(READ.values())
_CREDENTIALS = ("key", "token", "secret", "password")
_UNKNOWN = {member.value: member for member in Unknown}


class Kept(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A record as it travels: what a state tells and a rule may ask."""

    urn: str
    type: str
    inputs: dict[str, Any] = {}
    id: str | None = None
    outputs: dict[str, Any] | None = None
    """None where they are the inputs."""
    dependencies: tuple[str, ...] = ()
    edges: dict[str, tuple[str, ...]] = {}
    provider: str = ""
    parent: str = ""
    protect: bool = False
    retained: bool = False
    hooks: dict[str, list[str]] | None = None
    view_of: str = ""
    external: bool = False
    custom: bool = False
    errors: list[str] = []
    delete: bool = False
    imported: bool = False
    """Of what a killed run was making: whether it only read it."""
    half_deleted: bool = False
    """Of an old one of a replacement: its deletion was interrupted."""
    position: str = ""
    change: str = Change.SAME


class PartBody(msgspec.Struct, omit_defaults=True):
    """The records of a part, by their role."""

    resources: list[Kept] = []
    pending: list[Kept] = []
    uncertain: list[Kept] = []
    gone: list[Kept] = []
    leftover: list[Kept] = []
    reads: list[Kept] = []
    unread: list[Unread] = []


_BODY = msgspec.json.Decoder(PartBody)


def is_ours(record: Resource) -> bool:
    """Whether a record is of CEN, or of a network that can be attached to one."""
    return record.type in _READ or names_cen(record.type)


def kept(record: Resource) -> Kept:
    """A record as it travels; credentials of a provider only so far that two can be told apart."""
    inputs = _plain(record.inputs)
    if record.type == PROVIDER:
        inputs = {key: _masked(key, value) for key, value in inputs.items()}
    outputs = record.outputs
    if record.type == STACK_REFERENCE:  # what else another stack exports is nobody's business
        outputs = {key: value for key, value in outputs.items() if isinstance(value, str) and value.startswith(ID_STARTS)}
    same = outputs is record.inputs or record.type == PROVIDER
    place = next(filter(None, map(_own_line, positions(record))), "")
    return Kept(
        urn=record.urn,
        type=record.type,
        inputs=inputs,
        id=record.id,
        outputs=None if same else _plain(outputs),
        dependencies=record.dependencies,
        edges={key: urns for key, urns in record.property_dependencies.items() if urns},
        provider=record.provider,
        parent=record.parent,
        protect=record.protect,
        retained=record.retain_on_delete,
        hooks=record.resource_hooks,
        view_of=record.view_of,
        external=record.external,
        custom=record.custom,
        errors=record.init_errors,
        delete=record.delete,
        imported=record.imported,
        half_deleted=record.delete and record.pending_replacement,
        position=place,
        change=record.change,
    )


@lru_cache(maxsize=1 << 14)
def _own_line(position: str) -> str:
    """A position again where it is in a file of the user's; the frames around it are the same for thousands of resources."""
    place = users_frame((position,), None)
    return f"project:///{place.path}#{place.line}" if place else ""


def _masked(key: str, value: Any) -> Any:
    if isinstance(value, str) and any(word in key.lower() for word in _CREDENTIALS):
        return f"#{sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    return value


def _resource(item: Kept) -> Resource:
    inputs = _told(item.inputs)
    change = Change(item.change)
    return Resource(
        urn=item.urn,
        type=item.type,
        inputs=inputs,
        id=item.id,
        outputs=inputs if item.outputs is None else _told(item.outputs),
        dependencies=item.dependencies,
        property_dependencies=item.edges,
        provider=item.provider,
        parent=item.parent,
        protect=item.protect,
        retain_on_delete=item.retained,
        resource_hooks=item.hooks,
        view_of=item.view_of,
        external=item.external,
        custom=item.custom,
        init_errors=item.errors,
        delete=item.delete,
        imported=item.imported,
        pending_replacement=item.half_deleted,
        source_position=item.position,
        stack_trace=NO_TRACE,
        change=change,
        old=None if change is Change.READ else inputs,
    )


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value if type(value) is str else _marked(value) for key, value in values.items()}


def _marked(value: Any) -> Any:
    """A value with its unknown parts as JSON can hold them."""
    if isinstance(value, Unknown):
        return {SIGNATURE: value.value}
    if isinstance(value, dict):
        return {key: _marked(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_marked(item) for item in value]
    return value


def _told(value: Any) -> Any:
    if isinstance(value, dict):
        if SIGNATURE in value:
            return _UNKNOWN.get(value[SIGNATURE], Unknown.UNKNOWN)
        for key, item in value.items():
            if type(item) is dict or type(item) is list:
                value[key] = _told(item)
    elif isinstance(value, list):
        return [_told(item) for item in value]
    return value


def together(url: str, kind: str, project: str, stack: str, bodies: Iterable[bytes]) -> Records:
    """The records of one state again, out of some of its parts."""
    found: dict[str, dict[tuple[str, int], Resource]] = {role: {} for role in ROLES}
    unread: dict[str, Unread] = {}
    for number, content in enumerate(bodies):
        body = _BODY.decode(content)
        for role in ROLES:
            for item in getattr(body, role):
                alone = role == "resources"  # context is in several parts, and counts once
                found[role].setdefault((item.urn, 0 if alone else number << 20 | len(found[role])), _resource(item))
        unread.update({item.urn: item for item in body.unread})
    lists = {role: list(items.values()) for role, items in found.items()}
    records = Records(
        path=url,
        kind=SourceKind(kind),
        project=project,
        stack=stack,
        resources=lists["resources"],
        pending=lists["pending"],
        uncertain=lists["uncertain"],
        gone=lists["gone"],
        leftover=lists["leftover"],
        reads=lists["reads"],
        unread=list(unread.values()),
    )
    records.resource_count = len(records.resources)
    records.cen_count = sum(is_ours(item) and item.type not in NETWORKS for item in records.resources)
    return records
