"""Details: resource records → what single rules ask of single resources."""

import re
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from cenguard.assembly.given_values import ABSENT, Giving, about
from cenguard.assembly.money import Money
from cenguard.assembly.networks import Networks, is_blank_list
from cenguard.assembly.properties import value_of
from cenguard.assembly.references import References
from cenguard.assembly.routers import Routers
from cenguard.network import Attachment, Blocker, Peer
from cenguard.network.details import (
    Account,
    Composite,
    Details,
    Given,
    Grant,
    HealthCheck,
    Joining,
    RouteEntry,
    RouterBlock,
    Subject,
    Tagged,
)
from cenguard.network.known import Inventory
from cenguard.resources import tokens
from cenguard.resources.records import PROVIDER, Change, Resource
from cenguard.resources.values import Unknown, is_known

_URN = attrgetter("urn")
_OWNERS = {"VPC": "vpcOwnerId", "VBR": "vbrOwnerId", "VPN": "vpnOwnerId", "ECR": "ecrOwnerId"}
_OWN = ("accessKey", "profile", "ecsRoleName")
"""Inputs of a provider that name the credentials it begins with."""
_CREDENTIALS = (*_OWN, "assumeRole", "assumeRoles")
"""Inputs of a provider that decide whose account it works in."""
_ROLE = re.compile(r"acs:ram::(\d+):role/[\w.-]+")
"""A role: the account that it belongs to, and its name. Source: https://help.aliyun.com/document_detail/93691.html."""
_BARE_IDS = (
    "transitRouterId",
    "peerTransitRouterId",
    "transitRouterAttachmentId",
    "transitRouterRouteEntryNextHopId",
)
"""Properties that want a bare id of a router or of an attachment."""


def read_details(
    references: References, routers: Routers, networks: Networks, entities: Iterable[Attachment | Peer], inventory: Inventory
) -> Details:
    """Read the details of one input; `entities` are the attachments and peers that assembly has made."""
    return _Details(references, routers, networks, inventory).read(entities)


class _Details:
    def __init__(self, references: References, routers: Routers, networks: Networks, inventory: Inventory) -> None:
        self.refs, self.routers, self.inventory = references, routers, inventory
        self.given = Giving(references)
        self.networks = networks
        self.found = Details()

    def read(self, entities: Iterable[Attachment | Peer]) -> Details:
        found = self.found
        found.networks, found.switches = self.networks.declared, self.networks.switches
        found.joinings = {item.urn: self._joining(self.refs.records[item.urn], item) for item in entities if item.urn}
        found.entries = tuple(map(self._entry, self.refs.by_type.get(tokens.ROUTE_ENTRY, ())))
        found.grants = tuple(
            about(Grant, record, network=self.networks.address(record, key), instance=self.routers.instances.of(record, "cenId"))
            for token, key in tokens.GRANTS.items()
            for record in self.refs.by_type.get(token, ())
        )
        found.health_checks = tuple(
            about(
                HealthCheck,
                record,
                line=self.networks.address(record, "vbrInstanceId"),
                instance=self.routers.instances.of(record, "cenId"),
            )
            for record in self._managed((tokens.HEALTH_CHECK,))
        )
        found.accounts = self._accounts()
        found.providers = {
            record.urn: record.provider
            for token in (tokens.ROUTER, tokens.INSTANCE)
            for record in self.refs.by_type.get(token, ())
        }
        found.editions = {
            record.urn: edition
            for record in self.refs.by_type.get(tokens.ROUTER, ())
            if isinstance(edition := record.outputs.get("type"), str)
        }
        self._read_cidrs()
        found.region_origins = self.routers.region_origins
        money = Money(self.refs, self.inventory)
        found.terms, found.deletions, found.retained = money.terms(), money.deletions(), money.retained()
        found.interrupted, found.leftovers = money.interrupted(), money.leftovers()
        found.expiries = {name: row.expires for name, row in self.inventory.packages.items() if row.expires is not None}
        found.protection = {
            record.urn: self.given.text(record, "protectionLevel") for record in self.refs.by_type.get(tokens.INSTANCE, ())
        }
        routed = self._managed(token for token in self.refs.by_type if token.startswith(tokens.CEN) and token not in tokens.BASIC)
        found.composites = tuple(item for record in routed for item in self._composites(record))
        found.dry_runs = tuple(item for record in routed for item in self._dry_run(record))
        found.tagged = tuple(map(self._tags, self._managed(tokens.TAGGED)))
        made = self._managed(tokens.NETWORKS)
        found.network_tags = tuple(self._tags(record) for record in made if value_of(record, "tags") is not None)
        return found

    def _managed(self, wanted: Iterable[str]) -> list[Resource]:
        """The resources of some types that the input manages, by URN."""
        found = [record for token in wanted for record in self.refs.by_type.get(token, ()) if record.change is not Change.READ]
        found.sort(key=_URN)
        return found

    # ------------------------------------------------------------------ networks and attachments

    def _joining(self, record: Resource, item: Attachment | Peer) -> Joining:
        if isinstance(item, Attachment) and item.direct:
            return self._direct(record, item)
        routed: dict[str, Any] = {
            "item": item,
            "provider": record.provider,
            "region": self.networks.region(record),
            "router": self.routers.of(record, "transitRouterId"),
            "associated": self.given.flag(record, "routeTableAssociationEnabled"),
            "propagated": self.given.flag(record, "routeTablePropagationEnabled"),
        }
        if isinstance(item, Peer):
            return about(Joining, record, **routed)
        kind, key = tokens.ROUTER_ATTACHMENTS[record.type]
        address = self.networks.address(record, key)
        return about(
            Joining,
            record,
            network=self.found.networks.get(address.value or ""),
            network_address=address.value,
            network_id=self.given.text(record, key),
            read_kind="" if address.value in self.found.networks else self.networks.read_kind(record, key),
            owner=self.given.text(record, _OWNERS[kind]),
            zones=self._zones(record),
            mappings=self.networks.mappings(record) if kind == "VPC" else (),
            mapped=self.networks.mapped(record) if kind == "VPC" else (),
            **routed,
        )

    def _direct(self, record: Resource, item: Attachment) -> Joining:
        named, owner = self.given.text(record, "childInstanceId"), self.given.text(record, "childInstanceOwnerId")
        address = self.networks.address(record, "childInstanceId").value
        return Joining(
            urn=record.urn,
            name=item.name,
            type=record.type,
            stands=item.stands,
            item=item,
            provider=record.provider,
            region=self.networks.region(record),
            network=self.found.networks.get(address) if address else None,
            network_address=address,
            network_id=named,
            read_kind="" if address in self.found.networks else self.networks.read_kind(record, "childInstanceId"),
            kind=Given(item.kind) if item.kind else self.given.text(record, "childInstanceType"),
            owner=owner,
            instance_owner=self.given.text(record, "cenOwnerId") if owner is not ABSENT else ABSENT,
        )

    def _accounts(self) -> dict[str, Account]:
        """Providers by whose account they work in; one of which nothing is known that tells it is left out."""
        found: dict[str, Account] = {}
        for record in self.refs.by_type.get(PROVIDER, ()):
            values = {key: value_of(record, key) for key in (*_CREDENTIALS, "accountId")}
            known = {key: value for key, value in values.items() if plain(value)}
            role = _ROLE.search(repr((known.get("assumeRole"), known.get("assumeRoles"))))
            number = known.get("accountId") or (role[1] if role else None)
            if number or len(known) == len(values):
                said = [(key, value) for key, value in known.items() if key in _OWN and value not in (None, "", [])]
                found[record.urn] = Account(
                    number=str(number) if number else None, credentials=role[0] if role else repr(said) if said else ""
                )
        return found

    def _zones(self, record: Resource) -> Given[int]:
        value = value_of(record, "zoneMappings")
        if isinstance(value, Unknown) or (isinstance(value, list) and is_blank_list(value)):
            return Given(None, self.refs.unknown(record, "zoneMappings"))
        return Given(len(value) if isinstance(value, list) else 0)

    # ------------------------------------------------------------------ routes

    def _entry(self, record: Resource) -> RouteEntry:
        return about(
            RouteEntry,
            record,
            next_hop_type=self.given.text(record, "transitRouterRouteEntryNextHopType"),
            next_hop=self.given.text(record, "transitRouterRouteEntryNextHopId"),
        )

    def _read_cidrs(self) -> None:
        found: set[str] = set()
        blocks: list[RouterBlock] = []
        for record in self.refs.by_type.get(tokens.ROUTER_CIDR, ()):
            router, named = self.routers.of(record, "transitRouterId"), value_of(record, "transitRouterId")
            if router is not None and router.urn:
                found.add(router.urn)
            elif not is_known(named):
                self.found.loose_cidrs = self.refs.unknown(record, "transitRouterId")
            literal = str(named) if is_known(named) and named else None
            blocks.append(
                about(
                    RouterBlock,
                    record,
                    router=router,
                    router_address=router.urn if router is not None else literal,
                    block=self.given.text(record, "cidr"),
                )
            )
        self.found.router_cidrs, self.found.router_blocks = frozenset(found), tuple(blocks)

    # ------------------------------------------------------------------ any resource

    def _composites(self, record: Resource) -> Iterable[Composite]:
        for key in _BARE_IDS:
            value = record.inputs.get(key)
            if isinstance(value, str) and value.startswith("cen-") and ":tr-" in value:
                yield about(Composite, record, key=key, value=value)

    def _dry_run(self, record: Resource) -> Iterable[tuple[Subject, Blocker | None]]:
        given = self.given.flag(record, "dryRun")
        if given.value or given.blocker:
            yield about(Subject, record), given.blocker

    def _tags(self, record: Resource) -> Tagged:
        value = value_of(record, "tags")
        if isinstance(value, Unknown):
            return about(Tagged, record, tags={}, blocker=self.refs.unknown(record, "tags"))
        tags: dict[str, Given[str]] = {}
        for key, item in value.items() if isinstance(value, dict) else ():
            tags[str(key)] = Given(str(item)) if is_known(item) else Given(None, self.refs.unknown(record, "tags"))
        return about(Tagged, record, tags=tags)


def plain(value: Any) -> bool:
    """Whether a value is known at every depth."""
    if isinstance(value, dict):
        return all(plain(item) for item in value.values())
    if isinstance(value, list):
        return all(plain(item) for item in value)
    return not isinstance(value, Unknown)
