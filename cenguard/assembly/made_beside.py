"""What an update makes while the old one in its place is there still, where the service has room for one.

The engine of Pulumi deletes when everything is made, unless something is replaced that says otherwise. Terraform makes and
deletes at once what does not wait for each other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from cenguard.assembly.instances import Instances
from cenguard.assembly.leaving import Taken, When, by_value, is_taken
from cenguard.assembly.networks import Networks
from cenguard.assembly.old_states import where_unknown
from cenguard.assembly.references import References
from cenguard.assembly.route_rows import ATTACHMENT, own_id
from cenguard.assembly.routers import Routers
from cenguard.geography.blocks import block
from cenguard.network import Blocker, CenInstance
from cenguard.network.leaving import Beside
from cenguard.resources import tokens
from cenguard.resources.addresses import is_address
from cenguard.resources.records import CREATE, Resource, SourceKind

_NETWORK_KEYS = {
    tokens.INSTANCE_ATTACHMENT: "childInstanceId",
    **{token: key for token, (_, key) in tokens.ROUTER_ATTACHMENTS.items()},
}
_HELD = {
    **_NETWORK_KEYS,
    tokens.ROUTER: "cenId",
    tokens.ASSOCIATION: ATTACHMENT,
    tokens.PACKAGE_ATTACHMENT: "bandwidthPackageId",
    tokens.ROUTER_CIDR: "cidr",
}
"""What of a resource of each type the service has one of, by the property that names it."""
_TYPES = frozenset(_HELD)

Place = tuple[object, ...]


def made_beside(
    taken: Iterable[Taken], references: References, instances: Instances, routers: Routers, networks: Callable[[], Networks]
) -> tuple[Beside, ...]:
    """What is made in the place of something that leaves later."""
    left = [record for record, when in taken if when is When.LATER and record.type in _TYPES]
    stays = [record for source in references.sources for record in source.retained if record.type in _TYPES]
    return tuple(_Places(references, instances, routers, networks).beside(left, stays)) if left or stays else ()


class _Old(NamedTuple):
    """Something that leaves later, or stays in the cloud."""

    record: Resource
    is_kept: bool
    instance: CenInstance | None


class _Places:
    def __init__(self, references: References, instances: Instances, routers: Routers, networks: Callable[[], Networks]) -> None:
        self.refs, self.instances, self.routers, self.networks = references, instances, routers, networks

    def beside(self, left: list[Resource], stays: list[Resource]) -> Iterator[Beside]:
        """What is made, or imported, each with the old one in its place."""
        old: defaultdict[Place, list[_Old]] = defaultdict(list)
        for records, is_kept in ((left, False), (stays, True)):
            for record in records:
                leaves = is_taken(record, self.refs) or (is_kept and self.refs.records[record.urn].change is CREATE)
                if leaves and (spot := self._spot(by_value(record))) is not None:
                    instance, what = spot
                    if instance is None or instance.identified:
                        old[id(instance), what].append(_Old(record, is_kept, instance))
                        old[None, what].append(_Old(record, is_kept, instance))
        if not old:
            return
        for record in (
            made for token in sorted(_TYPES) for made in self.refs.by_type.get(token, ()) if made.is_made or made.imported
        ):
            if (spot := self._spot(record)) is not None:
                yield from self._collisions(record, spot[0], old, spot[1])

    def _collisions(
        self, record: Resource, instance: CenInstance | None, old: Mapping[Place, list[_Old]], what: str | Place
    ) -> Iterator[Beside]:
        """One resource with each old one in its place, or in the place that it may turn out to take."""
        known = instance is None or instance.identified
        if not known and record.type == tokens.PACKAGE_ATTACHMENT:
            return  # a package takes no second attachment, to whichever instance
        for before, is_kept, owner in old.get((id(instance) if known else None, what), ()):
            renamed, same = before.urn != record.urn, not record.is_made
            if same and (is_kept or not renamed):
                continue  # it stands, and goes on to
            if not renamed and not self._holds_on(record):
                continue  # replaced since what it holds is replaced, too
            if not known and not (renamed and owner is not None and instance is not None and instance.may_be(owner)):
                continue  # under its old name it takes another place, or is not replaced
            blocker = None if known or instance is None else instance.blocker
            if not renamed:
                blocker = self._may_stay(record)
            yield Beside(
                type=record.type,
                urn=record.urn,
                old=before.urn,
                name=before.name,
                renamed=renamed,
                moves=record.type == tokens.ROUTER_CIDR and self._router(record) != self._router(by_value(before)),
                stays=is_kept,
                unordered=renamed and not is_kept and not same and is_address(record.urn),
                same=same,
                blocker=blocker,
            )

    def _may_stay(self, record: Resource) -> Blocker | None:
        """Why something may not be replaced at last: what differs is not known, and may turn out to be what it was.

        Pulumi shows a replacement then, and makes none; what Terraform plans, it does. What another resource that is made
        gives it is another value.
        """
        if is_address(record.urn) or record.old is None or record.urn in self._of_programs:
            return None
        old = record.old
        differing = [key for key in sorted({*record.inputs, *old}) if record.inputs.get(key) != old.get(key)]
        for key in differing:
            if where_unknown(old.get(key), record.inputs.get(key)) is None:
                return None
            sources = (self.refs.records.get(urn) for urn in record.property_dependencies.get(key, ()))
            if any(item is not None and item.is_made and item.type.startswith("alicloud:") for item in sources):
                return None
        return self.refs.unknown(record, differing[0]) if differing else None

    def _holds_on(self, record: Resource) -> bool:
        """Whether what is replaced holds what it held: an id that is known, or in a program the one of something that is not made now."""
        key = _HELD[record.type]
        if isinstance(record.inputs.get(key), str):
            return True
        if record.urn not in self._of_programs:
            return False
        sources = [self.refs.records.get(urn) for urn in record.property_dependencies.get(key, ())]
        return bool(sources) and all(item is not None and not item.is_made for item in sources)

    @cached_property
    def _of_programs(self) -> frozenset[str]:
        """Resources of programs that were run without the engine: no id of what stands is known there, documents have it."""
        programs = (source for source in self.refs.sources if source.kind is SourceKind.PROGRAM)
        return frozenset(record.urn for source in programs for record in source.resources)

    def _spot(self, record: Resource) -> tuple[CenInstance | None, str | Place] | None:
        """What the service has room for one in, on an instance, which may not be known; None where the rest is not known."""
        if record.type == tokens.ASSOCIATION:
            attachment = self._attachment(record)
            made = self.refs.records.get(attachment or "")
            if made is not None and made.type in tokens.ROUTER_ATTACHMENTS:
                return None, (tokens.ASSOCIATION, attachment)
            region = self.routers.provider_region(record)[0]  # a peer has two, one at each end
            return (None, (tokens.ASSOCIATION, attachment, region)) if attachment and region else None
        what = self._what(record)
        return (self._instance(record), what) if what else None

    def _what(self, record: Resource) -> str | Place | None:
        if record.type == tokens.ROUTER:
            return self.routers.provider_region(record)[0]
        if record.type == tokens.ROUTER_CIDR:
            return block(str(record.inputs.get("cidr")))
        if record.type != tokens.PACKAGE_ATTACHMENT:
            return self.networks().named(record, _NETWORK_KEYS[record.type])
        found = self.refs.resolve(record, "bandwidthPackageId", tokens.PACKAGE, tokens.PACKAGE_KEYS)
        if len(found) != 1 or ((package := self.refs.records.get(found[0])) is not None and package.is_made):
            return None  # one that is made now was attached by nobody
        return found[0]

    def _instance(self, record: Resource) -> CenInstance:
        if record.type == tokens.ROUTER:
            return self.instances.of(record, "cenId")
        if record.type in (tokens.INSTANCE_ATTACHMENT, tokens.PACKAGE_ATTACHMENT):
            return self.instances.of(record, "instanceId")
        return self.routers.owner(record, self.routers.of(record, "transitRouterId"))[0]

    def _router(self, record: Resource) -> object:
        """The router of a block, else its id."""
        router = self.routers.of(record, "transitRouterId")
        return record.inputs.get("transitRouterId") if router is None else router.address

    def _attachment(self, record: Resource) -> str | None:
        """URN of the attachment or peer that an association is about, else its id."""
        value = record.inputs.get(ATTACHMENT)
        if isinstance(value, str) and value:
            own = value.rpartition(":")[2]
            return self._attachments.get(own, own)
        sources = record.property_dependencies.get(ATTACHMENT, ())
        return sources[0] if len(sources) == 1 else None

    @cached_property
    def _attachments(self) -> dict[str, str]:
        """URN by id, of the attachments and peers that stand, and go on to."""
        kinds = (*tokens.ROUTER_ATTACHMENTS, tokens.PEER)
        there = (record for token in kinds for record in self.refs.by_type.get(token, ()) if not record.is_made)
        return {own: record.urn for record in there if (own := own_id(record)) is not None}
