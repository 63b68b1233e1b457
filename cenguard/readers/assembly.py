"""Assembly: resource records → one network. The only code that knows the provider's property names.

References are joined by value where the value is known and by the engine's property dependencies where it is not. A
reference may run through other resources that echo it (`instance_id=package_attachment.instance_id`): it resolves to
the one resource of the wanted kind, and several candidates are undetermined.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from cenguard.areas import AreaPair, area_pair
from cenguard.bandwidth import whole_mbps
from cenguard.catalogue import Catalogue
from cenguard.inventory import Inventory
from cenguard.network import (
    Attachment,
    BandwidthLimit,
    BandwidthPackage,
    Blocker,
    CenInstance,
    Entity,
    Network,
    Order,
    PackageAttachment,
    Peer,
    TransitRouter,
)
from cenguard.readers import tokens
from cenguard.readers.details import read_details
from cenguard.readers.elsewhere import carriers_elsewhere, still_standing
from cenguard.readers.resources import PROVIDER, STACK_REFERENCE, Change, Records, Resource, stack_of, type_in_urn
from cenguard.regions import region_pair
from cenguard.stack_names import stack_outputs
from cenguard.values import HIDDEN, SECRET, UNKNOWN, Unknown, is_known

E = TypeVar("E", bound=Entity)

_URN = attrgetter("urn")
_SAME, _READ = Change.SAME, Change.READ
"""Looked up once: to name a member of an enumeration costs more than to make an entity takes."""
_ADDRESS = attrgetter("address")
_NO_DEPENDENCIES = "an event log does not tell what depends on what"
_SHOW_SAMES = "the document of `pulumi preview --json --show-sames` would settle it"
INVENTORY_SETTLES = "an inventory, or the document of the stack it comes from, would settle it"


def assemble(
    sources: Sequence[Records],
    *,
    catalogue: Catalogue,
    inventory: Inventory | None = None,
    shared: Sequence[str] = (),
) -> Network:
    """Join the records of one estate into a network.

    `shared` holds globs on name, id or URN of instances that other stacks attach to or buy for.
    """
    return _Assembly(sources, catalogue, inventory or Inventory(), shared).run()


def region_of_provider(resource: Resource, providers: Mapping[str, Resource], config: Mapping[str, Any]) -> str | Unknown | None:
    """The region a resource's provider works in; None where nothing says it.

    A default provider that the input does not list takes the stack's `alicloud:region`.
    """
    record = providers.get(resource.provider)
    if record is not None:
        return _text(record, "region")
    if resource.provider.rpartition("::")[2].startswith("default"):
        region = config.get("alicloud:region")
        return region if region is None or isinstance(region, (str, Unknown)) else None
    return None


def _value(resource: Resource, key: str) -> Any:
    """A property: its value, an `Unknown`, or None when it is not set.

    A property that is absent but has dependencies is unknown, not unset.
    """
    value = resource.inputs.get(key)
    if value is None and key not in resource.inputs and resource.property_dependencies.get(key):
        return UNKNOWN
    return value


def _text(resource: Resource, key: str) -> str | Unknown | None:
    value = resource.inputs.get(key)
    if type(value) is str and value:
        return value
    value = _value(resource, key)
    if value is None or isinstance(value, (str, Unknown)):
        return value or None
    return str(value)


def _number(value: Any) -> float | None:
    """A number of Mbps, as the provider's Check reads it: "5" is 5."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value
    return whole_mbps(value)


class _Assembly:
    def __init__(self, sources: Sequence[Records], catalogue: Catalogue, inventory: Inventory, shared: Sequence[str]) -> None:
        self.catalogue, self.inventory, self.shared = catalogue, still_standing(inventory, sources), shared
        self.sources = sources
        self.records = {record.urn: record for source in sources for record in source.resources}
        self.config = {f"urn:pulumi:{source.stack}::{source.project}::": source.config for source in sources}
        self.stacks = {(source.stack, source.project): source for source in sources}
        self.by_type: dict[str, list[Resource]] = defaultdict(list)
        for record in self.records.values():
            self.by_type[record.type].append(record)
        for token, records in self.by_type.items():
            if token != tokens.INSTANCE_ATTACHMENT:  # by far the most; they are sorted instance by instance
                records.sort(key=_URN)
        self.by_type = dict(self.by_type)
        self.providers = {record.urn: record for record in self.by_type.get(PROVIDER, ())}
        self.ids = self._known_ids()
        self.instances: dict[str, CenInstance] = {}
        self.packages: dict[str, BandwidthPackage] = {}
        self.routers: dict[str, TransitRouter] = {}
        self.regions: dict[str, tuple[str | None, Blocker | None]] = {}
        self.resolved: dict[tuple[str, str, Any, tuple[str, ...]], tuple[str, ...]] = {}

    # ------------------------------------------------------------------ the walk

    def run(self) -> Network:
        for record in self._once(tokens.INSTANCE):
            self.instances[record.urn] = self._declared_instance(record)
        for known in self.inventory.instances.values():
            self._instance_by_id(known.id)
        for record in self._once(tokens.PACKAGE):
            self.packages[record.urn] = self._declared_package(record)
        for package in self.inventory.packages.values():
            self._package_by_id(package.id)
        for record in self._once(tokens.ROUTER):
            self.routers[record.urn] = self._declared_router(record)
        attachments = self._direct_attachments(self.by_type.get(tokens.INSTANCE_ATTACHMENT, ()))
        for token, (kind, key) in tokens.ROUTER_ATTACHMENTS.items():
            attachments += [self._router_attachment(record, kind, key) for record in self.by_type.get(token, ())]
        attachments += self._inventory_attachments({item.network for item in attachments if item.network})
        package_attachments = [self._package_attachment(record) for record in self.by_type.get(tokens.PACKAGE_ATTACHMENT, ())]
        package_attachments += self._inventory_package_attachments(package_attachments)
        limits = [self._limit(record) for record in self.by_type.get(tokens.LIMIT, ())]
        peers = [self._peer(record) for record in self.by_type.get(tokens.PEER, ())]
        for attachment in attachments:
            attachment.instance.attachments.append(attachment)
        for instance in self.instances.values():
            instance.attachments.sort(key=_ADDRESS if self.inventory.attachments else _URN)
        package_attachments.sort(key=lambda item: item.address)
        for item in package_attachments:
            item.instance.packages.append(item)
            item.package.attached.append(item)
        for limit in limits:
            limit.instance.limits.append(limit)
        for peer in peers:
            peer.instance.peers.append(peer)
            if peer.package is not None:
                peer.package.drawn_by.append(peer)
        for router in self.routers.values():
            router.instance.routers.append(router)
        elsewhere = carriers_elsewhere(
            self.inventory,
            ids=self.ids,
            instance_by_id=self._instance_by_id,
            package_by_id=self._package_by_id,
        )
        self._draw([*limits, *elsewhere])
        return Network(
            catalogue=self.catalogue,
            instances=_sorted(self.instances.values()),
            routers=_sorted(self.routers.values()),
            attachments=tuple(attachments),
            packages=_sorted(self.packages.values()),
            package_attachments=tuple(package_attachments),
            limits=tuple(limits),
            peers=tuple(peers),
            order=self._order(attachments, package_attachments),
            whole_stack=all(source.complete for source in self.sources),
            order_blockers=self._order_blockers(),
            details_maker=lambda: read_details(
                self.records,
                self.by_type,
                (record for source in self.sources for record in source.deleted),
                (*attachments, *peers),
                inventory=self.inventory,
                kinds=(source.kind for source in self.sources),
                region_of=self._provider_region,
                unknown=self._unknown,
                router_of=self._router,
            ),
        )

    def _once(self, token: str) -> list[Resource]:
        """The resources of a type, but for those that are read and stand elsewhere in the estate as well."""
        return [
            record for record in self.by_type.get(token, ()) if record.change is not _READ or self._twin(record.urn) == record.urn
        ]

    def _draw(self, limits: Iterable[BandwidthLimit]) -> None:
        """A limit draws on the packages of its area pair on its instance; two limits of one pair draw once."""
        seen: set[tuple[int, Any]] = set()
        for limit in limits:
            if limit.pair is None or (id(limit.instance), limit.pair) in seen:
                continue
            seen.add((id(limit.instance), limit.pair))
            span = self.catalogue.span(limit.pair)
            if isinstance(span, AreaPair):
                for item in limit.instance.index.packages.get(span, ()):
                    item.package.drawn_by.append(limit)

    def _order(self, attachments: Sequence[Attachment], package_attachments: Sequence[PackageAttachment]) -> Order:
        """Who waits for whom; a resource also waits for what its provider is configured from."""
        edges = {urn: record.dependencies for urn, record in self.records.items() if record.dependencies}
        late = {urn for urn, record in self.providers.items() if record.dependencies}
        if late:
            for urn, record in self.records.items():
                if record.provider in late:
                    edges[urn] = (*record.dependencies, record.provider)
        grants = (record.urn for token in tokens.GRANTS for record in self.by_type.get(token, ()))
        return Order(edges, chain((item.urn for item in (*attachments, *package_attachments) if item.urn), grants))

    # ------------------------------------------------------------------ references

    def _known_ids(self) -> dict[str, str]:
        """URN by id, of instances, packages and routers; ids of updated resources are learned from their dependents."""
        ids: dict[str, str] = {}
        nameless: set[str] = set()
        for record in self.by_type.get(tokens.ROUTER, ()):
            own = record.outputs.get("transitRouterId") or (record.id or "").rpartition(":")[2]
            if isinstance(own, str) and own:
                ids.setdefault(own, record.urn)
                if record.id:
                    ids.setdefault(record.id, record.urn)
            else:
                nameless.add(record.urn)
        for record in (*self.by_type.get(tokens.INSTANCE, ()), *self.by_type.get(tokens.PACKAGE, ())):
            if record.id:
                other = self.records.get(ids.get(record.id, ""))
                if other is None or record.change is not Change.READ or (other.change is Change.READ and record.urn < other.urn):
                    ids[record.id] = record.urn
            else:
                nameless.add(record.urn)
        if nameless:
            for token, keys in tokens.REFERENCES.items():
                for record in self.by_type.get(token, ()):
                    for key in keys:
                        value = record.inputs.get(key)
                        if isinstance(value, str):
                            sources = record.property_dependencies.get(key, ())
                            if len(sources) == 1 and sources[0] in nameless:
                                ids.setdefault(value, sources[0])
        return ids

    def _candidates(self, record: Resource, key: str, kind: str, keys: Sequence[str]) -> tuple[str, ...]:
        """URNs of the resources of a kind that a property may refer to, following echoes through others."""
        found: dict[str, None] = {}
        seen: set[str] = set()
        waiting = list(record.property_dependencies.get(key, ()))
        while waiting:
            urn = waiting.pop()
            if urn in seen:
                continue
            seen.add(urn)
            if type_in_urn(urn) == kind:
                found[self._twin(urn)] = None
                continue
            if type_in_urn(urn) == STACK_REFERENCE:
                found.update(dict.fromkeys(self._made_by_stack(urn, kind) or self._told_of_stack(urn, kind)))
                continue
            between = self.records.get(urn)
            if between is None:
                continue
            for echo in keys:
                if echo == "instanceId" and "cenId" in keys and _value(between, "cenId") is not None:
                    continue
                value = _value(between, echo)
                if value is None:
                    continue
                sources = between.property_dependencies.get(echo, ())
                if is_known(value) and not sources:
                    known = self.ids.get(str(value))
                    found[known or f"id:{value}"] = None
                waiting.extend(sources)
        return tuple(sorted(found))

    def _resolve(self, record: Resource, key: str, kind: str, keys: Sequence[str]) -> tuple[str, ...]:
        """Addresses that a reference may lead to: URNs, or `id:<id>` for something elsewhere; one is certain."""
        value = _value(record, key)
        if is_known(value):
            text = str(value)
            sources = record.property_dependencies.get(key, ())
            if len(sources) == 1 and type_in_urn(sources[0]) == kind:
                return (self._twin(sources[0]),)
            known = self.ids.get(text)
            return (known or f"id:{text}",)
        sources = tuple(sorted(record.property_dependencies.get(key, ())))
        memo = (kind, "" if sources else record.urn, value, sources)
        found = self.resolved.get(memo)
        if found is None:
            found = self.resolved[memo] = self._candidates(record, key, kind, keys)
        return found

    def _made_by_stack(self, reference: str, kind: str) -> list[str]:
        """Resources of a kind that another stack of the estate makes: an output not known yet is of one of them."""
        record = self.records.get(reference)
        name = (record.id if record else None) or reference.rpartition("::")[2]
        *above, stack = name.split("/")
        project = above[-1] if above else stack_of(reference)[1]
        source = self.stacks.get((stack, project))
        made = source.resources if source else ()
        return [item.urn for item in made if item.type == kind and item.change is not Change.READ]

    def _told_of_stack(self, reference: str, kind: str) -> list[str]:
        """Things of a kind among the outputs that an inventory tells of another stack."""
        record = self.records.get(reference)
        name = (record.id if record else None) or reference.rpartition("::")[2]
        outputs = stack_outputs(name, stack_of(reference)[1], self.inventory.stacks) or {}
        texts = sorted({value for value in outputs.values() if isinstance(value, str)})
        return [self.ids.get(text, f"id:{text}") for text in texts if text.startswith(tokens.ID_PREFIXES[kind])]

    def _twin(self, urn: str) -> str:
        """The resource of the estate that is the same thing as one that is only read: another stack makes it, or reads it too."""
        record = self.records.get(urn)
        if record is None or record.change is not _READ or not record.id:
            return urn
        return self.ids.get(record.id, urn)

    def _unknown(self, record: Resource, key: str) -> Blocker:
        """Why a property cannot be read, and what would settle it."""
        value = record.inputs.get(key)
        subject = f"{key} of {record.name}"
        if value is SECRET:
            return Blocker(f"secret {key}", f"{subject} is a secret, which is never looked at", "a plain value would settle it")
        stack, project = stack_of(record.urn)
        if value is HIDDEN:
            return Blocker(
                f"plan {project}/{stack}",
                f"the plan leaves out the inputs of {project}/{stack} that do not change",
                "the stack's export beside it would settle it",
            )
        sources = sorted(record.property_dependencies.get(key, ()))
        for urn in sources:
            if type_in_urn(urn) == STACK_REFERENCE:
                stack = urn.rpartition("::")[2]
                return Blocker(
                    urn,
                    f"{key} is an output of stack {stack}",  # one line, however many resources take it
                    f'an inventory with [stack."{stack}"], or that stack\'s document, would settle it',
                )
        if sources:
            names = ", ".join(urn.rpartition("::")[2] for urn in sources[:3])
            return Blocker(
                " ".join(sources), f"{key} comes from {names} and is not known yet", "deploying that first would settle it"
            )
        source = self.stacks.get((stack, project))
        if source is not None and not source.tells_dependencies:
            return Blocker(
                f"unknown {record.urn} {key}", f"{subject} is not known before the update, and {_NO_DEPENDENCIES}", _SHOW_SAMES
            )
        return Blocker(
            f"unknown {record.urn} {key}",
            f"{subject} is not known before the update",
            "a plain value, or deploying first, would settle it",
        )

    def _order_blockers(self) -> dict[str, Blocker]:
        """By the beginning of a URN, why the order of its stack cannot be told."""
        return {
            f"urn:pulumi:{stack}::{project}::": Blocker(f"order {project}/{stack}", _NO_DEPENDENCIES, _SHOW_SAMES)
            for (stack, project), source in self.stacks.items()
            if not source.tells_dependencies
        }

    # ------------------------------------------------------------------ instances

    def _is_shared(self, *names: str | None) -> bool:
        return any(name and fnmatchcase(name, pattern) for pattern in self.shared for name in names)

    def _declared_instance(self, record: Resource) -> CenInstance:
        name = _text(record, "cenInstanceName") or _text(record, "name")
        display = name if isinstance(name, str) else None
        known = self.inventory.instances.get(record.id or "")
        declared = record.change is not Change.READ
        shared = self._is_shared(record.name, display, record.id, record.urn)
        blocker = None
        if not declared:
            blocker = Blocker(record.urn, f"CEN instance {record.name} is read, not made here", self._settles(record.id))
        elif shared:
            blocker = Blocker(record.urn, f"CEN instance {record.name} is shared with other stacks", self._settles(record.id))
        complete = known is not None and known.complete
        return CenInstance(
            urn=record.urn,
            id=record.id,
            name=record.name,
            type=record.type,
            declared=declared,
            stands=record.stands,
            blocker=None if complete else blocker,
            whole=complete or (declared and not shared),
        )

    def _settles(self, name: str | None) -> str:
        """What would settle what hangs on an instance not being wholly here."""
        if name in self.inventory.instances:
            return (
                f"`complete = true` for {name} in the inventory, once all its packages and attachments are there, would settle it"
            )
        return INVENTORY_SETTLES

    def _instance_by_id(self, name: str) -> CenInstance:
        address = self.ids.get(name, f"id:{name}")
        found = self.instances.get(address)
        if found is None:
            known = self.inventory.instances.get(name)
            complete = known is not None and known.complete
            blocker = Blocker(f"instance {name}", f"CEN instance {name} is not a resource of the input", self._settles(name))
            found = self.instances[address] = CenInstance(
                id=name, name=name, blocker=None if complete else blocker, whole=complete
            )
        return found

    def _instance(self, record: Resource, key: str) -> CenInstance:
        sources = record.property_dependencies.get(key, ())
        if len(sources) == 1:
            direct = self.instances.get(self._twin(sources[0]))
            if direct is not None:
                return direct
        found = self._resolve(record, key, tokens.INSTANCE, tokens.INSTANCE_KEYS)
        if len(found) == 1:
            return self._instance_at(found[0])
        blocker = self._unknown(record, key)
        address = "any of " + " ".join(found) if found else f"unknown {blocker.key}"
        instance = self.instances.get(address)
        if instance is None:
            if found:
                names = " or ".join(self._instance_at(item).label for item in found)
                blocker = Blocker(address, f"{key} of {record.name} may be that of {names}", "name one instance there")
            instance = self.instances[address] = CenInstance(
                name=f"the instance of {record.name}",
                identified=False,
                blocker=blocker,
                candidates=tuple(self._instance_at(item) for item in found),
                elsewhere=len(self.sources) == 1 and any(type_in_urn(urn) == STACK_REFERENCE for urn in sources),
            )
        return instance

    def _instance_at(self, address: str) -> CenInstance:
        """The instance at an address: a URN of the input, a URN read elsewhere, or an id."""
        known = self.instances.get(address)
        if known is not None:
            return known
        if address.startswith("id:"):
            return self._instance_by_id(address.removeprefix("id:"))
        name = address.rpartition("::")[2]
        blocker = Blocker(address, f"CEN instance {name} is read, not made here", INVENTORY_SETTLES)
        found = self.instances[address] = CenInstance(urn=address, name=name, type=tokens.INSTANCE, blocker=blocker)
        return found

    # ------------------------------------------------------------------ packages

    def _declared_package(self, record: Resource) -> BandwidthPackage:
        known = self.inventory.packages.get(record.id or "")
        declared = record.change is not Change.READ
        if not declared and known is not None:
            return self._inventory_package(record.id or "", urn=record.urn)
        words, blocker = self._area_words(record)
        misspelt = tuple(sorted({word for word in words if not self.catalogue.knows_area(word)}))
        incomplete = blocker is None and len(words) < 2
        if incomplete:
            blocker = Blocker(
                f"areas {record.urn}", f"package {record.name} sets {'one area' if words else 'no area'} only", "set both areas"
            )
        elif misspelt:
            blocker = Blocker(
                f"areas {record.urn}",
                f"package {record.name} names no area of the service: {misspelt[0]!r}",
                "spell the area as the service does",
            )
        if not declared and not record.outputs:
            incomplete = False
            blocker = Blocker(
                record.urn,
                f"package {record.name} is read, and its areas are not known",
                "an inventory entry for it would settle it",
            )
        raw = _value(record, "bandwidth") if declared else record.outputs.get("bandwidth", UNKNOWN)
        payment = _text(record, "paymentType") or _text(record, "chargeType")
        period = _value(record, "period")
        renew = _value(record, "autoRenew")
        return BandwidthPackage(
            urn=record.urn,
            id=record.id,
            name=record.name,
            type=record.type,
            declared=declared,
            stands=record.stands,
            area_pair=None if blocker else area_pair(words[0], words[1]),
            areas=words,
            areas_blocker=blocker,
            areas_incomplete=incomplete,
            misspelt=misspelt,
            mbps=_number(raw) if is_known(raw) else None,
            mbps_blocker=None if is_known(raw) else self._unknown(record, "bandwidth"),
            payment=payment if isinstance(payment, str) else None,
            period=int(number) if isinstance(number := _number(period), (int, float)) else None,
            auto_renew=renew if isinstance(renew, bool) else None,
            protected=record.protect or record.retain_on_delete,
            replaced=record.change is Change.REPLACE,
        )

    def _area_words(self, record: Resource) -> tuple[tuple[str, ...], Blocker | None]:
        """The area words that are known, and why the pair cannot be told; one in the deprecated list means it twice."""
        source = record.inputs if record.change is not Change.READ else {**record.outputs, **record.inputs}
        words: list[str] = []
        blocker: Blocker | None = None
        keyed = False
        for key in ("geographicRegionAId", "geographicRegionBId"):
            value = source.get(key, _value(record, key))
            if not is_known(value):
                keyed = True
                blocker = blocker or self._unknown(record, key)
            elif value not in (None, ""):
                keyed = True
                words.append(str(value))
        if keyed:
            return tuple(words), blocker
        listed = source.get("geographicRegionIds", _value(record, "geographicRegionIds"))
        if not is_known(listed):
            return (), self._unknown(record, "geographicRegionIds")
        for value in listed if isinstance(listed, list) else ():
            if not is_known(value):
                blocker = blocker or self._unknown(record, "geographicRegionIds")
            elif value not in (None, ""):
                words.append(str(value))
        if len(words) == 1 and blocker is None:
            words *= 2
        return tuple(words), blocker

    def _inventory_package(self, name: str, urn: str | None = None) -> BandwidthPackage:
        known = self.inventory.packages[name]
        return BandwidthPackage(
            urn=urn,
            id=name,
            name=name,
            area_pair=known.area_pair,
            areas=known.area_pair.names,
            mbps=known.bandwidth,
            mbps_blocker=Blocker(
                f"package {name}", f"the inventory gives no bandwidth for package {name}", "add bandwidth to its entry"
            )
            if known.bandwidth is None
            else None,
            from_inventory=True,
        )

    def _package_by_id(self, name: str) -> BandwidthPackage:
        address = self.ids.get(name, f"id:{name}")
        found = self.packages.get(address)
        if found is None and name in self.inventory.packages:
            found = self._inventory_package(name)
        if found is None:
            blocker = Blocker(
                f"package {name}", f"package {name} is not a resource of the input", "an inventory entry for it would settle it"
            )
            found = BandwidthPackage(id=name, name=name, areas_blocker=blocker, mbps_blocker=blocker)
        self.packages[address] = found
        return found

    def _package(self, record: Resource, key: str) -> BandwidthPackage:
        found = self._resolve(record, key, tokens.PACKAGE, tokens.PACKAGE_KEYS)
        if len(found) == 1:
            address = found[0]
            known = self.packages.get(address)
            if known is not None:
                return known
            if address.startswith("id:"):
                return self._package_by_id(address.removeprefix("id:"))
            name = address.rpartition("::")[2]
            blocker = Blocker(
                address, f"package {name} is read, and its areas are not known", "an inventory entry for it would settle it"
            )
            read = self.packages[address] = BandwidthPackage(
                urn=address, name=name, type=tokens.PACKAGE, areas_blocker=blocker, mbps_blocker=blocker
            )
            return read
        blocker = self._unknown(record, key)
        if found:
            names = " or ".join(item.rpartition("::")[2].removeprefix("id:") for item in found)
            blocker = Blocker(" ".join(found), f"{key} of {record.name} may be that of {names}", "name one package there")
        return BandwidthPackage(name=f"the package of {record.name}", areas_blocker=blocker, mbps_blocker=blocker)

    def _package_attachment(self, record: Resource) -> PackageAttachment:
        return PackageAttachment(
            urn=record.urn,
            id=record.id,
            name=record.name,
            type=record.type,
            declared=True,
            stands=record.stands,
            replaced=record.change is Change.REPLACE,
            instance=self._instance(record, "instanceId"),
            package=self._package(record, "bandwidthPackageId"),
        )

    def _inventory_package_attachments(self, existing: Iterable[PackageAttachment]) -> list[PackageAttachment]:
        """Packages that an inventory says are attached, but for those the input attaches itself."""
        taken = {(id(item.package), id(item.instance)) for item in existing}
        found: list[PackageAttachment] = []
        for known in self.inventory.packages.values():
            if known.instance is None:
                continue
            package, instance = self._package_by_id(known.id), self._instance_by_id(known.instance)
            if (id(package), id(instance)) not in taken and not package.declared:
                found.append(PackageAttachment(id=known.id, name=known.id, instance=instance, package=package))
        return found

    # ------------------------------------------------------------------ regions and routers

    def _provider_region(self, record: Resource) -> tuple[str | None, Blocker | None]:
        known = self.regions.get(record.provider)
        if known is None:
            config = next((values for prefix, values in self.config.items() if record.urn.startswith(prefix)), {})
            region = region_of_provider(record, self.providers, config)
            if isinstance(region, str):
                known = (region, None)
            elif region is HIDDEN:
                known = (None, self._unknown(self.providers[record.provider], "region"))
            else:
                name = record.provider.rpartition("::")[2] or "the default provider"
                settle = (
                    "set region on the provider"
                    if not name.startswith("default")
                    else "set alicloud:region in the stack's configuration"
                )
                known = (None, Blocker(f"region {record.provider}", f"the region of provider {name} is not known", settle))
            self.regions[record.provider] = known
        return known

    def _declared_router(self, record: Resource) -> TransitRouter:
        region, blocker = self._provider_region(record)
        return TransitRouter(
            urn=record.urn,
            id=record.id,
            name=record.name,
            type=record.type,
            declared=record.change is not Change.READ,
            stands=record.stands,
            instance=self._instance(record, "cenId"),
            region=region,
            region_blocker=blocker,
        )

    def _router(self, record: Resource, key: str) -> TransitRouter | None:
        """The router a property refers to, where the input holds it and it is the only candidate."""
        if _value(record, key) is None:
            return None
        found = self._resolve(record, key, tokens.ROUTER, tokens.ROUTER_KEYS)
        return self.routers.get(found[0]) if len(found) == 1 else None

    def _owner(self, record: Resource, router: TransitRouter | None) -> tuple[CenInstance, bool]:
        """The instance of a router attachment or peer, and whether it sets it: unset, it counts for its router's."""
        if _value(record, "cenId") is not None:
            return self._instance(record, "cenId"), True
        if router is not None:
            return router.instance, False
        return self._instance(record, "cenId"), False

    # ------------------------------------------------------------------ attachments

    def _network(self, record: Resource, key: str) -> str | None:
        value = record.inputs.get(key)
        if type(value) is str:
            return value
        sources = record.property_dependencies.get(key, ())
        return sources[0] if len(sources) == 1 else None

    def _direct_attachments(self, records: Iterable[Resource]) -> list[Attachment]:
        """The plain ones first; the others, which may make instances on the way, in the order of their URNs."""
        found: list[Attachment] = []
        others: list[Resource] = []
        instances = self.instances
        for record in records:
            sources = record.property_dependencies.get("instanceId", ())
            if len(sources) == 1 and (instance := instances.get(sources[0])) is not None:
                found.append(self._direct_attachment(record, instance))
            else:
                others.append(record)
        others.sort(key=_URN)
        found += [self._direct_attachment(record, self._instance(record, "instanceId")) for record in others]
        return found

    def _direct_attachment(self, record: Resource, instance: CenInstance) -> Attachment:
        region = _text(record, "childInstanceRegionId")
        if type(region) is not str:
            region = None
        kind = _text(record, "childInstanceType")
        return Attachment(
            urn=record.urn,
            id=record.id,
            name=record.name,
            type=tokens.INSTANCE_ATTACHMENT,
            declared=True,
            stands=record.change is _SAME,
            instance=instance,
            kind=kind if type(kind) is str else "",
            region=region,
            region_blocker=None if region else self._unknown(record, "childInstanceRegionId"),
            network=self._network(record, "childInstanceId"),
        )

    def _router_attachment(self, record: Resource, kind: str, key: str) -> Attachment:
        router = self._router(record, "transitRouterId")
        instance, named = self._owner(record, router)
        region, blocker = (router.region, router.region_blocker) if router else self._provider_region(record)
        return Attachment(
            urn=record.urn,
            id=record.id,
            name=record.name,
            type=record.type,
            declared=True,
            stands=record.stands,
            instance=instance,
            kind=kind,
            region=region,
            region_blocker=blocker,
            direct=False,
            names_instance=named,
            network=self._network(record, key),
        )

    def _inventory_attachments(self, present: set[str]) -> list[Attachment]:
        return [
            Attachment(
                id=known.id,
                name=known.id or f"{known.kind} in {known.region}",
                instance=self._instance_by_id(known.instance),
                kind=known.kind,
                region=known.region,
                network=known.id,
            )
            for known in self.inventory.attachments
            if known.id is None or known.id not in present
        ]

    # ------------------------------------------------------------------ limits and peers

    def _limit(self, record: Resource) -> BandwidthLimit:
        listed = _value(record, "regionIds")
        items: list[Any] = listed if isinstance(listed, list) else [listed] if is_known(listed) and listed else []
        regions = tuple(str(item) for item in items if is_known(item) and item is not None)
        # the provider holds a set: one region named twice comes back as one
        single = len(regions) == len(items) and len(set(regions)) == 1
        settled = len(regions) == len(items) == 2 and not single
        raw = _value(record, "bandwidthLimit")
        return BandwidthLimit(
            urn=record.urn,
            id=record.id,
            name=record.name,
            type=record.type,
            declared=True,
            stands=record.stands,
            instance=self._instance(record, "instanceId"),
            regions=regions,
            pair=region_pair(*regions) if settled else None,
            within_one_region=single,
            regions_blocker=None if settled or single else self._unknown(record, "regionIds"),
            mbps=_number(raw) if is_known(raw) else None,
            mbps_blocker=None if is_known(raw) else self._unknown(record, "bandwidthLimit"),
        )

    def _peer(self, record: Resource) -> Peer:
        local, far = self._router(record, "transitRouterId"), self._router(record, "peerTransitRouterId")
        instance, named = self._owner(record, local or far)
        local_region, local_blocker = (local.region, local.region_blocker) if local else self._provider_region(record)
        declared = _text(record, "peerTransitRouterRegionId")
        declared_region = declared if isinstance(declared, str) else None
        far_region = far.region if far and far.region else declared_region
        blocker = local_blocker if local_region is None else None
        if far_region is None:
            blocker = blocker or (
                self._unknown(record, "peerTransitRouterRegionId")
                if declared is not None
                else far.region_blocker
                if far
                else None
            )
        billing, link = _text(record, "bandwidthType"), _text(record, "defaultLinkType")
        raw = _value(record, "bandwidth")
        return Peer(
            urn=record.urn,
            id=record.id,
            name=record.name,
            type=record.type,
            declared=True,
            stands=record.stands,
            instance=instance,
            names_instance=named,
            local=local,
            far=far,
            local_region=local_region,
            declared_region=declared_region,
            declares_region=declared is not None,
            declared_blocker=self._unknown(record, "peerTransitRouterRegionId") if isinstance(declared, Unknown) else None,
            region_blocker=blocker,
            pair=region_pair(local_region, far_region) if local_region and far_region and local_region != far_region else None,
            billing=billing if isinstance(billing, str) else None,
            billing_blocker=self._unknown(record, "bandwidthType") if isinstance(billing, Unknown) else None,
            package=self._package(record, "cenBandwidthPackageId")
            if _value(record, "cenBandwidthPackageId") is not None
            else None,
            mbps=_number(raw) if is_known(raw) else None,
            mbps_blocker=None if is_known(raw) else self._unknown(record, "bandwidth"),
            link=link if isinstance(link, str) else None,
        )


def _sorted(items: Iterable[E]) -> tuple[E, ...]:
    key: Callable[[E], str] = lambda item: item.address  # noqa: E731 - mypy needs the bound type spelled
    return tuple(sorted(items, key=key))
