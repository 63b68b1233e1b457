"""Details: resource records → what single rules ask of single resources."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any

from msgspec import structs

from cenguard.assembly.given_values import Giving, about
from cenguard.assembly.joinings import joinings_of, tells_owners
from cenguard.assembly.money import Money
from cenguard.assembly.networks import Networks
from cenguard.assembly.properties import value_of
from cenguard.assembly.references import References
from cenguard.assembly.routers import Routers
from cenguard.network import Attachment, Blocker, Peer
from cenguard.network.all_details import Details
from cenguard.network.details import (
    Account,
    Composite,
    DeclaredNetwork,
    Deletion,
    Given,
    Grant,
    HealthCheck,
    Interrupted,
    Joining,
    Leftover,
    Retained,
    RouteEntry,
    RouterBlock,
    Subject,
    Switch,
    Tagged,
    Terms,
)
from cenguard.network.known import Inventory
from cenguard.resources import tokens
from cenguard.resources.default_providers import takes_configuration
from cenguard.resources.records import PROVIDER, Change, Resource
from cenguard.resources.values import Unknown, is_known

_URN = attrgetter("urn")
_OWN = ("accessKey", "profile", "ecsRoleName", "sharedCredentialsFile", "credentialsUri")
"""Inputs of a provider that name the credentials it begins with. Source: terraform-provider-alicloud, provider.go."""
_ROLES = ("assumeRole", "assumeRoles", "assumeRoleWithOidc")
"""Those that name the role that it takes on, the last one first."""
_CREDENTIALS = (*_OWN, *_ROLES)
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
    references: References, routers: Routers, networks: Networks, entities: Sequence[Attachment | Peer], inventory: Inventory
) -> Details:
    """Read the details of one input; `entities` are the attachments and peers that assembly has made."""
    return _Details(references, routers, networks, entities, inventory)


class _Details(Details):
    def __init__(
        self,
        references: References,
        routers: Routers,
        networks: Networks,
        entities: Sequence[Attachment | Peer],
        inventory: Inventory,
    ) -> None:
        self._refs, self._routers, self._networks, self._inventory = references, routers, networks, inventory
        self._entities = entities
        self._given = Giving(references)

    def _managed(self, wanted: Iterable[str]) -> list[Resource]:
        """The resources of some types that the input manages, by URN."""
        found = [record for token in wanted for record in self._refs.by_type.get(token, ()) if record.change is not Change.READ]
        found.sort(key=_URN)
        return found

    # ------------------------------------------------------------------ networks and attachments

    @cached_property
    def networks(self) -> Mapping[str, DeclaredNetwork]:
        return self._networks.declared

    @cached_property
    def switches(self) -> Mapping[str, tuple[Switch, ...]]:
        return self._networks.switches

    @cached_property
    def joinings(self) -> Mapping[str, Joining]:
        return joinings_of(self._entities, self._refs, self._networks)

    @cached_property
    def tells_owners(self) -> bool:
        return tells_owners(self._refs)

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        made = [self._grant(record, key) for token, key in tokens.GRANTS.items() for record in self._refs.by_type.get(token, ())]
        kept = [self._grant(record, key) for token, key in tokens.GRANTS.items() for record in self._refs.staying.get(token, ())]
        return (*made, *(structs.replace(grant, urn="") for grant in kept))

    def _grant(self, record: Resource, key: str) -> Grant:
        network = self._networks.address(record, key)
        return about(Grant, record, network=network, instance=self._routers.instances.of(record, "cenId"))

    @cached_property
    def health_checks(self) -> tuple[HealthCheck, ...]:
        return tuple(
            about(
                HealthCheck,
                record,
                line=self._networks.address(record, "vbrInstanceId"),
                instance=self._routers.instances.of(record, "cenId"),
            )
            for record in self._managed((tokens.HEALTH_CHECK,))
        )

    # ------------------------------------------------------------------ providers

    @cached_property
    def providers(self) -> Mapping[str, str]:
        return {
            record.urn: record.provider
            for token in (tokens.ROUTER, tokens.INSTANCE)
            for record in self._refs.by_type.get(token, ())
        }

    @cached_property
    def region_origins(self) -> Mapping[str, str]:
        for joining in self.joinings.values():
            self._networks.region(self._refs.records[joining.urn])
        return self._routers.region_origins

    @cached_property
    def accounts(self) -> Mapping[str, Account]:
        found: dict[str, Account] = {}
        for record in self._refs.by_type.get(PROVIDER, ()):
            values = {key: value_of(record, key) for key in (*_CREDENTIALS, "accountId")}
            known = {key: value for key, value in values.items() if plain(value)}
            role = _ROLE.search(repr([known.get(key) for key in _ROLES]))
            number = known.get("accountId") or (role[1] if role else None)
            if number or len(known) == len(values):
                said = [(key, value) for key, value in known.items() if key in _OWN and value not in (None, "", [])]
                found[record.urn] = Account(
                    number=str(number) if number else None, credentials=role[0] if role else repr(said) if said else ""
                )
        listed = {record.urn for record in self._refs.by_type.get(PROVIDER, ())}  # a program may call its own alike
        for source in self._refs.sources:
            number = source.config.get("alicloud:accountId")
            if isinstance(number, str) and number:  # of the default provider, which previews do not list
                used = {record.provider: record for record in source.resources if record.provider not in listed}
                found |= {urn: Account(number=number) for urn, record in used.items() if takes_configuration(record)}
        return found

    # ------------------------------------------------------------------ routes

    @cached_property
    def editions(self) -> Mapping[str, str]:
        return {
            record.urn: edition
            for record in self._refs.by_type.get(tokens.ROUTER, ())
            if isinstance(edition := record.outputs.get("type"), str)
        }

    @cached_property
    def entries(self) -> tuple[RouteEntry, ...]:
        return tuple(
            about(
                RouteEntry,
                record,
                next_hop_type=self._given.text(record, "transitRouterRouteEntryNextHopType"),
                next_hop=self._given.text(record, "transitRouterRouteEntryNextHopId"),
            )
            for record in self._refs.by_type.get(tokens.ROUTE_ENTRY, ())
        )

    @cached_property
    def router_blocks(self) -> tuple[RouterBlock, ...]:
        return tuple(map(self._router_block, self._refs.by_type.get(tokens.ROUTER_CIDR, ())))

    def _router_block(self, record: Resource) -> RouterBlock:
        router, named = self._routers.of(record, "transitRouterId"), value_of(record, "transitRouterId")
        literal = str(named) if is_known(named) and named else None
        return about(
            RouterBlock,
            record,
            router=router,
            router_address=router.urn if router is not None else literal,
            router_blocker=self._refs.unknown(record, "transitRouterId") if router is None and literal is None else None,
            block=self._given.text(record, "cidr"),
        )

    @cached_property
    def router_cidrs(self) -> frozenset[str]:
        return frozenset(item.router.urn for item in self.router_blocks if item.router is not None and item.router.urn)

    @cached_property
    def loose_cidrs(self) -> Blocker | None:
        loose = [
            record
            for record, item in zip(self._refs.by_type.get(tokens.ROUTER_CIDR, ()), self.router_blocks, strict=True)
            if (item.router is None or not item.router.urn) and not is_known(value_of(record, "transitRouterId"))
        ]
        return self._refs.unknown(loose[-1], "transitRouterId") if loose else None

    # ------------------------------------------------------------------ packages and instances

    @cached_property
    def _money(self) -> Money:
        return Money(self._refs, self._inventory)

    @cached_property
    def terms(self) -> Mapping[str, Terms]:
        return self._money.terms()

    @cached_property
    def deletions(self) -> tuple[Deletion, ...]:
        return self._money.deletions()

    @cached_property
    def retained(self) -> tuple[Retained, ...]:
        return self._money.retained()

    @cached_property
    def interrupted(self) -> tuple[Interrupted, ...]:
        return self._money.interrupted()

    @cached_property
    def leftovers(self) -> tuple[Leftover, ...]:
        return self._money.leftovers()

    @cached_property
    def expiries(self) -> Mapping[str, dt.date]:
        return {name: row.expires for name, row in self._inventory.packages.items() if row.expires is not None}

    @cached_property
    def protection(self) -> Mapping[str, Given[str]]:
        return {record.urn: self._given.text(record, "protectionLevel") for record in self._refs.by_type.get(tokens.INSTANCE, ())}

    # ------------------------------------------------------------------ any resource

    @cached_property
    def _about_routers(self) -> list[Resource]:
        """The resources that may name a router, or be a dry run."""
        return self._managed(token for token in self._refs.by_type if token.startswith(tokens.CEN) and token not in tokens.BASIC)

    @cached_property
    def composites(self) -> tuple[Composite, ...]:
        return tuple(
            about(Composite, record, key=key, value=value)
            for record in self._about_routers
            for key in filter(record.inputs.__contains__, _BARE_IDS)
            if isinstance(value := record.inputs[key], str) and value.startswith("cen-") and ":tr-" in value
        )

    @cached_property
    def dry_runs(self) -> tuple[tuple[Subject, Blocker | None], ...]:
        return tuple(
            (about(Subject, record), given.blocker)
            for record in self._about_routers
            if "dryRun" in record.inputs or "dryRun" in record.property_dependencies
            if (given := self._given.flag(record, "dryRun")).value or given.blocker
        )

    @cached_property
    def tagged(self) -> tuple[Tagged, ...]:
        return tuple(map(self._tags, self._managed(tokens.TAGGED)))

    @cached_property
    def network_tags(self) -> tuple[Tagged, ...]:
        return tuple(self._tags(record) for record in self._managed(tokens.NETWORKS) if value_of(record, "tags") is not None)

    def _tags(self, record: Resource) -> Tagged:
        value = value_of(record, "tags")
        if isinstance(value, Unknown):
            return about(Tagged, record, tags={}, blocker=self._refs.unknown(record, "tags"))
        tags: dict[str, Given[str]] = {}
        for key, item in value.items() if isinstance(value, dict) else ():
            if not is_known(item):
                tags[str(key)] = Given(None, self._refs.unknown(record, "tags"))
            elif item is not None:  # one that is null is not set
                tags[str(key)] = Given(_as_text(item))
        return about(Tagged, record, tags=tags)


def _as_text(value: Any) -> str:
    """A value that a program gives where a text belongs, as the provider takes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def plain(value: Any) -> bool:
    """Whether a value is known at every depth."""
    if isinstance(value, dict):
        return all(plain(item) for item in value.values())
    if isinstance(value, list):
        return all(plain(item) for item in value)
    return not isinstance(value, Unknown)
