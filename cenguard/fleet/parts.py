"""What of a state travels and is kept: the records that a rule may ask for, in parts that belong together.

A state may hold parts of many CEN instances, and an instance may have parts in many states. A part is what hangs together
within one state; its `names` are the ids that parts of other states can share with it. Parts that share a name are judged
together, so that whoever judges holds one instance at a time and never the fleet.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from cenguard.fleet.lookups import split_lookup
from cenguard.fleet.records import ID_STARTS, NETWORKS, ROLES, Kept, PartBody, is_ours, kept
from cenguard.resources import tokens
from cenguard.resources.records import PROVIDER, Records, Resource
from cenguard.resources.urns import STACK_REFERENCE, kind_in_urn

_SHARED_ENDINGS = ("RegionId", "ZoneId", "OwnerId", "ResourceGroupId", "AccountId", "UserId")
"""Ends of properties that many unrelated resources have the same value of."""
_SHARED = frozenset({"regionId", "zoneId", "ownerId", "resourceGroupId", "geographicRegionAId", "geographicRegionBId"})


class PackageNote(msgspec.Struct, frozen=True, array_like=True):
    """A bandwidth package of a part: what other instances may have instead of one of their own."""

    id: str
    """Its URN where the id is not known: a run was killed while it was bought."""
    areas: tuple[str, str]


class PartHead(msgspec.Struct, omit_defaults=True):
    """What is known of a part without reading it."""

    names: tuple[str, ...]
    """Ids that parts of other states may share."""
    cen: bool = False
    """Whether a resource of CEN, or one that may hold some, is in it: what is not alone is context."""
    loose: bool = False
    """Whether something of it may belong to any instance, or attach any package: the state does not tell which."""
    packages: tuple[PackageNote, ...] = ()
    attached: tuple[str, ...] = ()
    """Ids of packages that it attaches."""
    bears: tuple[str, ...] = ()
    """URNs of its limits and peers, which may prove a package that no state holds."""


class StateHead(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One state: what the report says of it, and what its parts can be joined by."""

    url: str
    size: int = 0
    mark: str = ""
    """What changes when the state does: the bucket's etag, else the time of change."""
    name: str = ""
    """What a Terraform state was called while it was read."""
    reason: str = ""
    """Why it could not be read; empty where it was."""
    kind: str = ""
    project: str = ""
    stack: str = ""
    lineage: str = ""
    """What a state of Terraform and every copy of it have in common."""
    written: str = ""
    """Grows with each writing of one state: a number with zeros before it."""
    resources: int = 0
    cen: int = 0
    parts: list[PartHead] = []


_ENCODE = msgspec.json.Encoder().encode


def parts_of(records: Records) -> list[tuple[PartHead, bytes]]:
    """The parts of a state, each with its records as they travel."""
    return list(_Parting(records).parts())


class _Parting:
    """One state while it is taken apart; what hangs together is found by joining (union-find)."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.by_urn: dict[str, Resource] = {item.urn: item for item in records.resources}
        self.unread = {item.urn: item for item in records.unread}
        self.above: dict[str, str] = {}
        self.items: list[tuple[str, str, Resource]] = []
        """Role, place to be joined by, and record."""

    def parts(self) -> Iterator[tuple[PartHead, bytes]]:
        self._collect()
        names: dict[str, set[str]] = {}
        for _, place, record in self.items:
            own = set(_names(record))
            names[place] = names.get(place, set()) | own
            for name in own:
                self._join(place, f"id {name}")
            for urn in self._reached(record):
                self._join(place, urn)
        groups: dict[str, list[tuple[str, str, Resource]]] = {}
        for item in self.items:
            groups.setdefault(self._top(item[1]), []).append(item)
        for items in groups.values():
            yield self._part(items, sorted({name for _, place, _ in items for name in names[place]}))
        placed = {record.urn for _, _, record in self.items}
        for urn, unread in self.unread.items():  # a module that is only named by its parts
            if urn not in placed:
                yield PartHead(names=(), cen=True), _ENCODE(PartBody(unread=[unread]))

    def _collect(self) -> None:
        for role in ROLES[:-1]:
            for record in getattr(self.records, role):
                if is_ours(record) or record.urn in self.unread:
                    place = record.urn if role == "resources" else f"{role} {record.urn}"
                    self.items.append((role, place, record))
                    if role != "resources":
                        self._join(place, record.urn)
        for read in self.records.reads:
            for index, split in enumerate(split_lookup(read)):
                self.items.append(("reads", f"read {index} {read.urn}", split))

    def _reached(self, record: Resource) -> Iterator[str]:
        """What a record is tied to within its state, through resources that are none of ours."""
        edges = [urn for urns in record.property_dependencies.values() for urn in urns]
        if record.urn in self.unread:
            edges += record.dependencies
        seen: set[str] = set()
        while edges:
            urn = edges.pop()
            found = self.by_urn.get(urn)
            if urn in seen or found is None or found.type.startswith("pulumi:"):
                continue
            seen.add(urn)
            if is_ours(found) or urn in self.unread:
                yield urn
            else:
                edges += [item for urns in found.property_dependencies.values() for item in urns]

    # ------------------------------------------------------------------ one part

    def _part(self, items: Sequence[tuple[str, str, Resource]], names: Sequence[str]) -> tuple[PartHead, bytes]:
        body: dict[str, list[Kept]] = {role: [] for role in ROLES}
        records = [record for _, _, record in items]
        inside = {record.urn for record in records}
        for role, _, record in items:
            body[role].append(kept(record))
        body["resources"] += [kept(record) for record in self._around(records) if record.urn not in inside]
        unread = [self.unread[urn] for urn in dict.fromkeys(record.urn for record in records) if urn in self.unread]
        living = [record for role, _, record in items if role == "resources"]
        head = PartHead(
            names=tuple(names),
            cen=any(record.type not in NETWORKS for role, _, record in items if role != "reads"),
            loose=any(self._is_loose(record) for record in living),
            packages=tuple(filter(None, (_note(record) for role, _, record in items if role in ("resources", "pending")))),
            attached=tuple(
                str(record.inputs.get("bandwidthPackageId")) for record in living if record.type == tokens.PACKAGE_ATTACHMENT
            ),
            bears=tuple(record.urn for record in living if record.type in (tokens.LIMIT, tokens.PEER)),
        )
        return head, _ENCODE(PartBody(**body, unread=unread))

    def _around(self, records: Iterable[Resource]) -> list[Resource]:
        """Providers, references to other stacks and what ids are handed through: they belong to every part that names them."""
        found: dict[str, Resource] = {}
        waiting = list(records)
        while waiting:
            record = waiting.pop()
            edges = [urn for urns in record.property_dependencies.values() for urn in urns]
            for urn in (record.provider, *edges):
                near = self.by_urn.get(urn)
                if near is not None and near.urn not in found and not is_ours(near) and near.type != "pulumi:pulumi:Stack":
                    found[near.urn] = near
                    if near.type != PROVIDER:
                        waiting.append(near)
        remote = [item for item in self.records.reads if item.type == STACK_REFERENCE]
        return [*found.values(), *(item for item in remote if item.urn not in found)]

    def _is_loose(self, record: Resource) -> bool:
        """Whether the state does not tell which instance a record belongs to, or which package is attached to it."""
        keys = tokens.REFERENCES.get(record.type)
        if record.type == tokens.PACKAGE_ATTACHMENT and not self._is_told(record, "bandwidthPackageId", tokens.PACKAGE):
            return True
        if keys is None or any(isinstance(record.inputs.get(key), str) for key in keys if key not in tokens.PACKAGE_KEYS):
            return False
        edges = [urn for key in keys for urn in record.property_dependencies.get(key, ())]
        return not any(kind_in_urn(urn) in (tokens.INSTANCE, tokens.ROUTER) for urn in edges)

    @staticmethod
    def _is_told(record: Resource, key: str, kind: str) -> bool:
        """Whether a property is an id, or comes from a resource of the state."""
        edges = record.property_dependencies.get(key, ())
        return isinstance(record.inputs.get(key), str) or any(kind_in_urn(urn) == kind for urn in edges)

    # ------------------------------------------------------------------ joining

    def _top(self, place: str) -> str:
        above = self.above
        while (over := above.get(place, place)) != place:
            above[place] = above.get(over, over)
            place = over
        return place

    def _join(self, first: str, second: str) -> None:
        one, other = self._top(first), self._top(second)
        if one != other:
            self.above[other] = one


def _names(record: Resource) -> Iterator[str]:
    """The ids by which a record may be tied to records of other states."""
    if record.type in NETWORKS:
        yield from {item for item in (record.id, record.inputs.get("vpcId")) if isinstance(item, str) and item}
        return
    if record.id:
        if ":" not in record.id:
            yield record.id
        yield from (part for part in record.id.split(":") if part.startswith(ID_STARTS))
    for values in (record.inputs, record.outputs):
        for key, value in values.items():
            if isinstance(value, str) and value and key.endswith("Id") and not (key in _SHARED or key.endswith(_SHARED_ENDINGS)):
                yield value
                yield from (part for part in value.split(":") if part.startswith(ID_STARTS))


def _note(record: Resource) -> PackageNote | None:
    if record.type != tokens.PACKAGE:
        return None
    words = [record.inputs.get(key) for key in ("geographicRegionAId", "geographicRegionBId")]
    if not all(isinstance(word, str) for word in words):
        listed = record.inputs.get("geographicRegionIds")
        words = listed * 2 if isinstance(listed, list) and len(listed) == 1 else listed if isinstance(listed, list) else []
    if len(words) != 2 or not all(isinstance(word, str) for word in words):
        return None
    first, second = sorted(map(str, words))
    return PackageNote(record.id or record.urn, (first, second))
