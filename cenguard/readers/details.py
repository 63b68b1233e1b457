"""Details: resource records → what single rules ask of single resources.

Beside assembly, the one place that knows property names.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from cenguard.bandwidth import whole_mbps
from cenguard.details import (
    Before,
    Composite,
    DeclaredNetwork,
    Deletion,
    Details,
    Given,
    Grant,
    Joining,
    Route,
    RouteEntry,
    Routes,
    Subject,
    Tagged,
    Terms,
)
from cenguard.inventory import Inventory
from cenguard.network import Attachment, Blocker, Peer, TransitRouter
from cenguard.readers import tokens
from cenguard.readers.resources import PROVIDER, Change, Resource, SourceKind, type_in_urn
from cenguard.values import UNKNOWN, Unknown, is_known

_URN = attrgetter("urn")
T = TypeVar("T")
S = TypeVar("S", bound=Subject)

_ATTACHMENT_KEYS = {
    tokens.ASSOCIATION: "transitRouterAttachmentId",
    tokens.PROPAGATION: "transitRouterAttachmentId",
    tokens.ROUTE_ENTRY: "transitRouterRouteEntryNextHopId",
}
_OWNERS = {"VPC": "vpcOwnerId", "VBR": "vbrOwnerId", "VPN": "vpnOwnerId", "ECR": "ecrOwnerId"}
_ABSENT: Given[Any] = Given()
_CREDENTIALS = ("accessKey", "secretKey", "accountId", "profile", "ecsRoleName", "securityToken", "assumeRole", "assumeRoles")
"""Inputs of a provider that decide whose account it works in."""
_BARE_IDS = (
    "transitRouterId",
    "peerTransitRouterId",
    "transitRouterAttachmentId",
    "transitRouterRouteEntryNextHopId",
)
"""Properties that want a bare id of a router or of an attachment."""
_BASIC = frozenset({tokens.INSTANCE, tokens.INSTANCE_ATTACHMENT, tokens.PACKAGE, tokens.PACKAGE_ATTACHMENT, tokens.LIMIT})
"""Types that name no router and have no dry run: most of an estate."""


def read_details(
    records: Mapping[str, Resource],
    by_type: Mapping[str, Sequence[Resource]],
    deleted: Iterable[Resource],
    entities: Iterable[Attachment | Peer],
    *,
    inventory: Inventory,
    kinds: Iterable[SourceKind],
    region_of: Callable[[Resource], tuple[str | None, Blocker | None]],
    unknown: Callable[[Resource, str], Blocker],
    router_of: Callable[[Resource, str], TransitRouter | None],
) -> Details:
    """Read the details of one estate; the callables are those of its assembly.

    `by_type` holds the records of each type by URN; those of direct attachments come in any order.
    """
    return _Details(records, by_type, region_of, unknown, router_of).read(entities, tuple(deleted), inventory, frozenset(kinds))


class _Details:
    def __init__(
        self,
        records: Mapping[str, Resource],
        by_type: Mapping[str, Sequence[Resource]],
        region_of: Callable[[Resource], tuple[str | None, Blocker | None]],
        unknown: Callable[[Resource, str], Blocker],
        router_of: Callable[[Resource, str], TransitRouter | None],
    ) -> None:
        self.records, self.by_type = records, by_type
        self.region_of, self.unknown, self.router_of = region_of, unknown, router_of
        self.regions: dict[str, Given[str]] = {}
        self.found = Details()

    def read(
        self,
        entities: Iterable[Attachment | Peer],
        deleted: tuple[Resource, ...],
        inventory: Inventory,
        kinds: frozenset[SourceKind],
    ) -> Details:
        found = self.found
        networks = {
            record.urn: self._network(record, kind)
            for token, kind in tokens.NETWORKS.items()
            for record in self.by_type.get(token, ())
            if record.change is not Change.READ
        }
        found.networks = networks
        self.network_ids = {record.id: urn for urn in networks if (record := self.records[urn]).id}
        found.joinings = {item.urn: self._joining(self.records[item.urn], item) for item in entities if item.urn}
        self._read_routes()
        found.grants = tuple(
            self._subject(Grant, record, network=self._address(record, key))
            for token, key in tokens.GRANTS.items()
            for record in self.by_type.get(token, ())
        )
        found.accounts = self._accounts()
        found.providers = {
            record.urn: record.provider for token in (tokens.ROUTER, tokens.INSTANCE) for record in self.by_type.get(token, ())
        }
        found.editions = {
            record.urn: edition
            for record in self.by_type.get(tokens.ROUTER, ())
            if isinstance(edition := record.outputs.get("type"), str)
        }
        self._read_cidrs()
        told = SourceKind.ENGINE not in kinds
        attached = self._attached_before(deleted)
        found.terms = {
            record.urn: self._terms(record, inventory, attached, told=told)
            for record in self.by_type.get(tokens.PACKAGE, ())
            if record.change is not Change.READ
        }
        found.expiries = {name: known.expires for name, known in inventory.packages.items() if known.expires is not None}
        found.deletions = tuple(
            self._subject(
                Deletion,
                record,
                payment=_plain(record.inputs, "paymentType") or _plain(record.inputs, "chargeType"),
                retained=record.retain_on_delete,
                blocker=next(
                    (
                        self.unknown(record, key)
                        for key in ("paymentType", "chargeType")
                        if isinstance(record.inputs.get(key), Unknown)
                    ),
                    None,
                ),
            )
            for record in sorted(deleted, key=lambda item: item.urn)
            if record.type == tokens.PACKAGE and record.urn not in self.records
        )
        found.protection = {record.urn: self._text(record, "protectionLevel") for record in self.by_type.get(tokens.INSTANCE, ())}
        routed = self._managed(token for token in self.by_type if token.startswith(tokens.CEN) and token not in _BASIC)
        found.composites = tuple(item for record in routed for item in self._composites(record))
        found.dry_runs = tuple(item for record in routed for item in self._dry_run(record))
        found.tagged = tuple(map(self._tags, self._managed(tokens.TAGGED)))
        return found

    def _managed(self, wanted: Iterable[str]) -> list[Resource]:
        """The resources of some types that the input manages, by URN."""
        found = [record for token in wanted for record in self.by_type.get(token, ()) if record.change is not Change.READ]
        found.sort(key=_URN)
        return found

    # ------------------------------------------------------------------ properties

    def _subject(self, made: type[S], record: Resource, /, **more: Any) -> S:
        return made(urn=record.urn, name=record.name, type=record.type, stands=record.stands, **more)

    def _value(self, record: Resource, key: str) -> Any:
        value = record.inputs.get(key)
        return UNKNOWN if value is None and key not in record.inputs and record.property_dependencies.get(key) else value

    def _given(self, record: Resource, key: str, read: Callable[[Any], T | None]) -> Given[T]:
        value = record.inputs.get(key)
        if value is None:
            absent = key in record.inputs or not record.property_dependencies.get(key)
            return _ABSENT if absent else Given(None, self.unknown(record, key))
        if isinstance(value, Unknown):
            return Given(None, self.unknown(record, key))
        return Given(read(value))

    def _text(self, record: Resource, key: str) -> Given[str]:
        value = record.inputs.get(key)
        if type(value) is str:  # nearly always
            return Given(value) if value else _ABSENT
        if value is None and not record.property_dependencies.get(key):
            return _ABSENT
        return self._given(record, key, lambda value: str(value) or None)

    def _flag(self, record: Resource, key: str) -> Given[bool]:
        return self._given(record, key, _flag)

    def _number(self, record: Resource, key: str) -> Given[float]:
        return self._given(record, key, _number)

    # ------------------------------------------------------------------ networks and attachments

    def _network(self, record: Resource, kind: str) -> DeclaredNetwork:
        return self._subject(
            DeclaredNetwork,
            record,
            kind=kind,
            provider=record.provider,
            region=self._region(record),
            cidrs=self._cidrs(record),
        )

    def _region(self, record: Resource) -> Given[str]:
        """The region of its provider."""
        found = self.regions.get(record.provider)
        if found is None:
            found = self.regions[record.provider] = Given(*self.region_of(record))
        return found

    def _cidrs(self, record: Resource) -> Given[tuple[str, ...]]:
        first, more = self._text(record, "cidrBlock"), self._value(record, "secondaryCidrBlocks")
        others = [item for item in more if isinstance(item, str)] if isinstance(more, list) else []
        return Given((first.value, *others) if first.value else None, first.blocker)

    def _joining(self, record: Resource, item: Attachment | Peer) -> Joining:
        if isinstance(item, Attachment) and item.direct:
            return self._direct(record, item)
        routed: dict[str, Any] = {
            "item": item,
            "provider": record.provider,
            "region": self._region(record),
            "router": self.router_of(record, "transitRouterId"),
            "associated": self._flag(record, "routeTableAssociationEnabled"),
            "propagated": self._flag(record, "routeTablePropagationEnabled"),
        }
        if isinstance(item, Peer):
            return self._subject(Joining, record, **routed)
        kind, key = tokens.ROUTER_ATTACHMENTS[record.type]
        address = self._address(record, key)
        return self._subject(
            Joining,
            record,
            network=self.found.networks.get(address.value or ""),
            network_address=address.value,
            network_id=self._text(record, key),
            owner=self._text(record, _OWNERS[kind]),
            zones=self._zones(record),
            **routed,
        )

    def _direct(self, record: Resource, item: Attachment) -> Joining:
        named, owner = self._text(record, "childInstanceId"), self._text(record, "childInstanceOwnerId")
        if named.value is not None and not record.property_dependencies.get("childInstanceId"):  # nearly always
            address: str | None = self.network_ids.get(named.value, named.value)
        else:
            address = self._address(record, "childInstanceId").value
        return Joining(
            urn=record.urn,
            name=item.name,
            type=record.type,
            stands=item.stands,
            item=item,
            provider=record.provider,
            region=self._region(record),
            network=self.found.networks.get(address) if address else None,
            network_address=address,
            network_id=named,
            kind=Given(item.kind) if item.kind else self._text(record, "childInstanceType"),
            owner=owner,
            instance_owner=self._text(record, "cenOwnerId") if owner is not _ABSENT else _ABSENT,
        )

    def _address(self, record: Resource, key: str) -> Given[str]:
        """URN of the network that a property names where the input creates it, else its id."""
        value = self._value(record, key)
        sources = record.property_dependencies.get(key, ())
        if len(sources) == 1:
            found = self._echoed(sources[0])
            if found is not None:
                return Given(found)
        if is_known(value):
            return Given(self.network_ids.get(str(value), str(value)) if value is not None else None)
        return Given(None, self.unknown(record, key))

    def _echoed(self, urn: str, depth: int = 8) -> str | None:
        """The network behind a resource: itself, or what a resource in between echoes."""
        if type_in_urn(urn) in tokens.NETWORKS:
            return urn
        between = self.records.get(urn)
        if between is None or not depth:
            return None
        keys = (
            ("childInstanceId",)
            if between.type == tokens.INSTANCE_ATTACHMENT
            else (tokens.ROUTER_ATTACHMENTS[between.type][1],)
            if between.type in tokens.ROUTER_ATTACHMENTS
            else (tokens.GRANTS[between.type],)
            if between.type in tokens.GRANTS
            else ()
        )
        for key in keys:
            sources = between.property_dependencies.get(key, ())
            if len(sources) == 1:
                return self._echoed(sources[0], depth - 1)
            value = between.inputs.get(key)
            if isinstance(value, str):
                return self.network_ids.get(value, value)
        return None

    def _accounts(self) -> dict[str, int]:
        """Providers by whose credentials they use; one whose credentials are not known, or secret, is left out."""
        numbers: dict[str, int] = {}
        found: dict[str, int] = {}
        for record in self.by_type.get(PROVIDER, ()):
            values = [(key, self._value(record, key)) for key in _CREDENTIALS]
            if all(plain(value) for _, value in values):
                text = repr([(key, value) for key, value in values if value not in (None, "", [])])
                found[record.urn] = numbers.setdefault(text, len(numbers))
        return found

    def _zones(self, record: Resource) -> Given[int]:
        value = self._value(record, "zoneMappings")
        if isinstance(value, Unknown):
            return Given(None, self.unknown(record, "zoneMappings"))
        return Given(len(value) if isinstance(value, list) else 0)

    # ------------------------------------------------------------------ routes

    def _read_routes(self) -> None:
        ids = self._attachment_ids()
        loose: list[Blocker] = []
        entries: list[RouteEntry] = []
        found: dict[str, Routes] = {}
        for token, key in _ATTACHMENT_KEYS.items():
            for record in self.by_type.get(token, ()):
                if token == tokens.ROUTE_ENTRY:
                    entries.append(self._entry(record))
                urn, blocker = self._attachment(record, key, ids)
                if urn is not None:
                    routes = found.setdefault(urn, Routes())
                    kept = routes.associations if token == tokens.ASSOCIATION else routes.learned
                    kept.append(self._subject(Route, record, routers=self._table_router(record)))
                elif blocker is not None:
                    loose.append(blocker)
        self.found.routes, self.found.loose_routes, self.found.entries = found, tuple(loose), tuple(entries)

    def _entry(self, record: Resource) -> RouteEntry:
        return self._subject(
            RouteEntry,
            record,
            next_hop_type=self._text(record, "transitRouterRouteEntryNextHopType"),
            next_hop=self._text(record, "transitRouterRouteEntryNextHopId"),
        )

    def _attachment_ids(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if not any(token in self.by_type for token in _ATTACHMENT_KEYS):
            return found  # nothing asks for one
        for urn in self.found.joinings:
            record = self.records[urn]
            own = record.outputs.get("transitRouterAttachmentId") or (record.id or "").rpartition(":")[2]
            if isinstance(own, str) and own:
                found[own] = urn
            if record.id:
                found[record.id] = urn
        return found

    def _attachment(self, record: Resource, key: str, ids: Mapping[str, str]) -> tuple[str | None, Blocker | None]:
        """The attachment that a property names; else why that cannot be told, or neither where it is none of the input."""
        value, sources = self._value(record, key), record.property_dependencies.get(key, ())
        joined = [urn for urn in sources if urn in self.found.joinings]
        if len(joined) == 1 and len(sources) == 1:
            return joined[0], None
        if is_known(value):
            return ids.get(str(value)), None
        between = self.records.get(sources[0]) if len(sources) == 1 else None
        if between is not None and between.type in _ATTACHMENT_KEYS:
            return self._attachment(between, _ATTACHMENT_KEYS[between.type], ids)
        return None, self.unknown(record, key)

    def _table_router(self, record: Resource) -> tuple[TransitRouter, ...]:
        tables = [
            self.records[urn]
            for urn in record.property_dependencies.get("transitRouterRouteTableId", ())
            if urn in self.records and self.records[urn].type == tokens.ROUTE_TABLE
        ]
        routers = [self.router_of(table, "transitRouterId") for table in tables]
        return tuple(router for router in routers if router is not None)

    def _read_cidrs(self) -> None:
        found: set[str] = set()
        for record in self.by_type.get(tokens.ROUTER_CIDR, ()):
            router = self.router_of(record, "transitRouterId")
            if router is not None and router.urn:
                found.add(router.urn)
            elif not is_known(self._value(record, "transitRouterId")):
                self.found.loose_cidrs = self.unknown(record, "transitRouterId")
        self.found.router_cidrs = frozenset(found)

    # ------------------------------------------------------------------ money

    def _attached_before(self, deleted: tuple[Resource, ...]) -> frozenset[str]:
        """Ids and URNs of the packages that were attached in the old state."""
        found: set[str] = set()
        standing = [
            record for record in self.by_type.get(tokens.PACKAGE_ATTACHMENT, ()) if record.old is not None or record.stands
        ]
        gone = [record for record in deleted if record.type == tokens.PACKAGE_ATTACHMENT]
        for record in (*standing, *gone):
            old = record.old if record.old is not None else record.inputs
            value = old.get("bandwidthPackageId")
            if isinstance(value, str):
                found.add(value)
            found.update(record.property_dependencies.get("bandwidthPackageId", ()))
        return frozenset(found)

    def _terms(self, record: Resource, inventory: Inventory, attached: frozenset[str], *, told: bool) -> Terms:
        payment = self._text(record, "paymentType")
        if not payment.is_set:
            payment = self._text(record, "chargeType")
        known = inventory.packages.get(record.id or "")
        expires, source = _expiry(record), "the state"
        if known is not None and known.expires is not None:
            expires, source = known.expires, "the inventory"
        before = self._before(record, attached)
        now = self._number(record, "bandwidth")
        return self._subject(
            Terms,
            record,
            payment=payment,
            period=self._number(record, "period"),
            auto_renew=self._flag(record, "autoRenew"),
            protected=record.protect,
            retained=record.retain_on_delete,
            retention_told=told,
            is_new=record.change in (Change.CREATE, Change.REPLACE),
            replaced=record.change is Change.REPLACE,
            resized=record.change is Change.UPDATE and before is not None and before.mbps.value != now.value,
            before=before,
            expires=expires,
            expires_source=source,
        )

    def _before(self, record: Resource, attached: frozenset[str]) -> Before | None:
        old = record.old
        if old is None or record.change not in (Change.UPDATE, Change.REPLACE):
            return None
        words: list[Any] = [old.get("geographicRegionAId"), old.get("geographicRegionBId")]
        listed = old.get("geographicRegionIds")
        if words == [None, None] and isinstance(listed, list):
            words = [*sorted(str(item) for item in listed)]
        raw = old.get("bandwidth")
        return Before(
            areas=tuple(str(word) for word in words if word is not None),
            mbps=Given(_number(raw))
            if is_known(raw)
            else Given(
                None,
                Blocker(
                    f"old {record.urn}",
                    f"the old bandwidth of {record.name} is not known",
                    "the export of its stack would settle it",
                ),
            ),
            payment=_plain(old, "paymentType") or _plain(old, "chargeType"),
            period=_number(old.get("period")),
            auto_renew=_flag(old.get("autoRenew")),
            attached=record.urn in attached or (record.before or record).id in attached,
        )

    # ------------------------------------------------------------------ any resource

    def _composites(self, record: Resource) -> Iterable[Composite]:
        for key in _BARE_IDS:
            value = record.inputs.get(key)
            if isinstance(value, str) and value.startswith("cen-") and ":tr-" in value:
                yield self._subject(Composite, record, key=key, value=value)

    def _dry_run(self, record: Resource) -> Iterable[tuple[Subject, Blocker | None]]:
        given = self._flag(record, "dryRun")
        if given.value or given.blocker:
            yield self._subject(Subject, record), given.blocker

    def _tags(self, record: Resource) -> Tagged:
        value = self._value(record, "tags")
        if isinstance(value, Unknown):
            return self._subject(Tagged, record, tags={}, blocker=self.unknown(record, "tags"))
        tags: dict[str, Given[str]] = {}
        for key, item in value.items() if isinstance(value, dict) else ():
            tags[str(key)] = Given(str(item)) if is_known(item) else Given(None, self.unknown(record, "tags"))
        return self._subject(Tagged, record, tags=tags)


def plain(value: Any) -> bool:
    """Whether a value is known at every depth."""
    if isinstance(value, dict):
        return all(plain(item) for item in value.values())
    if isinstance(value, list):
        return all(plain(item) for item in value)
    return not isinstance(value, Unknown)


def _plain(values: Mapping[str, Any], key: str) -> str | None:
    value = values.get(key)
    return value if isinstance(value, str) and value else None


def _flag(value: Any) -> bool | None:
    """A flag, as the provider's Check reads it: "true" is true."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value) if isinstance(value, str) else None


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value
    return whole_mbps(value) if isinstance(value, str) else None


def _expiry(record: Resource) -> dt.date | None:
    value = record.outputs.get("expiredTime")
    try:
        return dt.date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
