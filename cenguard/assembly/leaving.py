"""What a change takes away, as far as evidence of what stands hangs on it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum

from msgspec.structs import replace

from cenguard.assembly.instances import Instances
from cenguard.assembly.packages import Packages
from cenguard.assembly.references import References
from cenguard.assembly.routers import Routers
from cenguard.geography.areas import AreaPair
from cenguard.network import DATA_TRANSFER, BandwidthLimit, CenInstance, PackageAttachment
from cenguard.network.leaving import Detached, Drawing, Leaving
from cenguard.resources import tokens
from cenguard.resources.looked_up import gives_up, is_another
from cenguard.resources.records import REPLACE, UPDATE, Records, Resource, SourceKind


class When(IntEnum):
    """When something leaves."""

    LATER = 0
    """Once what is made in its place is there, or at the end of the update."""
    FIRST = 1
    """Before something is made in its place."""
    ALREADY = 2
    """Before this update."""


Taken = tuple[Resource, When]


def taken_away(sources: Sequence[Records]) -> list[Taken]:
    """Old states that are not there after the change; what stays in the cloud is none of them."""
    found: list[Taken] = []
    for source in sources:
        if not tells_what_leaves(source):
            continue
        kept = {record.urn for record in source.retained}
        found += [(record, When.LATER) for record in (*source.deleted, *source.cleared)]
        found += [(record, When.ALREADY) for record in source.gone]
        found += [
            (record.before, When.FIRST if record.delete_first else When.LATER)
            for record in source.resources
            if record.change is REPLACE and record.before is not None and record.urn not in kept
        ]
    return found


def tells_what_leaves(source: Records) -> bool:
    """Whether a source shows what the update deletes, and what of that stays in the cloud."""
    return source.kind is not SourceKind.ENGINE and source.tells_retention


def by_value(record: Resource) -> Resource:
    """An old state whose known ids say what they name, whatever has that name now."""
    edges = {key: urns for key, urns in record.property_dependencies.items() if not isinstance(record.inputs.get(key), str)}
    return record if len(edges) == len(record.property_dependencies) else replace(record, property_dependencies=edges)


def leaving_of(
    taken: Iterable[Taken],
    attached: Iterable[PackageAttachment],
    references: References,
    instances: Instances,
    packages: Packages,
    routers: Routers,
) -> Leaving:
    """What the sources of an input take away; `attached` are the package attachments that are left."""
    return _Leaving(references, instances, packages, routers).of(taken, attached)


def limits_that_go(
    taken: Iterable[Taken], references: References, made: Callable[[Resource], BandwidthLimit]
) -> tuple[tuple[BandwidthLimit, ...], tuple[BandwidthLimit, ...]]:
    """Limits that are deleted when what is made is there already, and those that are before it is."""
    found = [(record, when) for record, when in taken if record.type == tokens.LIMIT and is_taken(record, references)]
    later, first = (tuple(made(by_value(record)) for record, when in found if when is then) for then in (When.LATER, When.FIRST))
    return later, first


def is_taken(record: Resource, references: References) -> bool:
    """Whether what leaves is not kept after all: one that is deleted and said again under its URN is."""
    now = references.records.get(record.urn)
    return now is None or now.change is REPLACE or gives_up(now, record)


class _Leaving:
    def __init__(self, references: References, instances: Instances, packages: Packages, routers: Routers) -> None:
        self.refs, self.instances, self.packages, self.routers = references, instances, packages, routers
        self.area_pairs: dict[str, AreaPair | None] = {}
        self.leftover: dict[str, AreaPair | None] = {}
        """By id, what packages join that a replacement could not delete."""
        self.old_ids: dict[str, str] = {}
        """URNs of packages that are deleted or replaced, by the ids that they had."""

    def of(self, taken: Iterable[Taken], left_attached: Iterable[PackageAttachment]) -> Leaving:
        """What leaves."""
        records = list(taken)
        pending = [record for source in self.refs.sources for record in source.pending]
        told = all(map(tells_what_leaves, self.refs.sources))
        if not records and not pending:
            return Leaving(told=told)
        left = [record for record, _ in records if record.type == tokens.PACKAGE]
        for source in self.refs.sources:
            for record in source.leftover:
                if record.type == tokens.PACKAGE and record.id:
                    self.leftover[record.id] = self.packages.area_pair_of(record)
        for record in left:
            area_pair = self.packages.area_pair_of(record)
            self.area_pairs.update(dict.fromkeys(filter(None, (record.urn, record.id)), area_pair))
            if record.id:
                self.old_ids[record.id] = record.urn
        detached = [self._detached(record, when) for record, when in records if record.type == tokens.PACKAGE_ATTACHMENT]
        if left:  # replaced, or deleted, under an attachment that stays
            detached += [found for item in left_attached for record in left if (found := self._under(item, record)) is not None]
        drawing = tuple(self._drawing(detached))
        attached = {name for item in detached for name in (item.package, item.package_urn)}
        bought = [record for record in pending if record.type == tokens.PACKAGE]
        loose = [record for record in left if attached.isdisjoint((record.urn, record.id or record.urn))]
        return Leaving(
            detached=tuple(detached),
            drawing=drawing,
            packages=frozenset(self.area_pairs),
            unattached=frozenset(filter(None, (self.packages.area_pair_of(record) for record in (*loose, *bought)))),
            attaching=frozenset(
                [self.instances.of(record, "instanceId") for record in pending if record.type == tokens.PACKAGE_ATTACHMENT]
            ),
            regions=frozenset(place for record, _ in records if (place := self._place(record)) is not None),
            told=told,
        )

    def _detached(self, record: Resource, when: When) -> Detached:
        old = by_value(record)
        value, edges = record.inputs.get("bandwidthPackageId"), record.property_dependencies.get("bandwidthPackageId", ())
        name = value if isinstance(value, str) else ""
        urn = edges[0] if len(edges) == 1 else self.refs.ids.get(name) or self.old_ids.get(name, "")
        now = self.refs.records.get(urn)
        other = bool(name) and now is not None and is_another(now, name)
        half = other or bool(name and urn and name not in self.old_ids and self.refs.contradicts(name, urn))
        if half:
            urn = ""  # it was made of another one than the edge leads to now
        found = self.packages.found
        package = found.get(f"id:{name}")  # one that stays in the cloud: its URN is that of what is made in its place
        package = package or found.get(self.refs.ids.get(name, urn) if name else urn)
        leftover = self.leftover.get(name) if package is None else None
        return Detached(
            instance=self.instances.of(old, "instanceId"),
            area_pair=self.area_pairs.get(name) or self.area_pairs.get(urn) or (package.area_pair if package else leftover),
            package=name or urn,
            package_urn=urn,
            name=record.name,
            urn=record.urn,
            delete_first=when is When.FIRST,
            already=when is When.ALREADY,
            again=bool(name)
            and (now := self.refs.records.get(record.urn)) is not None
            and now.inputs.get("bandwidthPackageId") == name,
            half_replaced=half,
        )

    def _drawing(self, detached: Iterable[Detached]) -> Iterator[Drawing]:
        """What is changed in place and drew on what is detached: a peer names its package, a limit draws on one of its instance."""
        by_package: dict[str, list[Detached]] = {}
        by_instance: dict[int, list[Detached]] = {}
        for item in detached:
            if not item.already:
                by_instance.setdefault(id(item.instance), []).append(item)
                if item.package:
                    by_package.setdefault(item.package, []).append(item)
        for token in (tokens.PEER, tokens.LIMIT) if by_instance else ():
            for record in self.refs.by_type.get(token, ()):
                old = record.before
                if record.change is not UPDATE or old is None or old.inputs.get("bandwidthType") == DATA_TRANSFER:
                    continue
                if token == tokens.PEER:
                    package = old.inputs.get("cenBandwidthPackageId")
                    found = by_package.get(package, ()) if isinstance(package, str) else ()
                else:
                    found = by_instance.get(id(self.instances.of(by_value(old), "instanceId")), ())
                yield from (Drawing(carrier=record.urn, detached=item) for item in found)

    def _under(self, item: PackageAttachment, record: Resource) -> Detached | None:
        """What an attachment that stays attached before, where its package is deleted or replaced."""
        package = item.package
        if not item.declared or item.is_new or not (package.urn == record.urn or (record.id and package.id == record.id)):
            return None
        return Detached(
            instance=item.instance,
            area_pair=self.area_pairs.get(record.urn),
            package=record.id or record.urn,
            package_urn=record.urn,
            name=item.name,
            urn=item.urn or "",
        )

    def _place(self, record: Resource) -> tuple[CenInstance, str] | None:
        """The instance and the region that a network is detached from."""
        old = by_value(record)
        if record.type == tokens.INSTANCE_ATTACHMENT:
            region = record.inputs.get("childInstanceRegionId")
            return (self.instances.of(old, "instanceId"), region) if isinstance(region, str) else None
        if record.type in tokens.ROUTER_ATTACHMENTS:
            router = self.routers.of(old, "transitRouterId")
            place = router.region if router else self.routers.provider_region(old)[0]
            return (self.routers.owner(old, router)[0], place) if place else None
        return None
