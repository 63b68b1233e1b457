"""What single rules ask of single resources, beside what connects the network: terms of payment, zones, routes, tags.

A network makes them when the first rule asks. Each is found by the URN of the resource it is about. They are structs of
msgspec for the reason that entities are: there is one for each attachment and package. None is part of a cycle, so none
has to be looked at by the collector.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import msgspec

from cenguard.network import Attachment, Blocker, CenInstance, Peer, TransitRouter

T = TypeVar("T")


class Given(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """A property: its value, or why that is not known; neither when it is not set."""

    value: T | None = None
    blocker: Blocker | None = None

    @property
    def is_set(self) -> bool:
        """Whether the program gives it, known or not."""
        return self.value is not None or self.blocker is not None


class Subject(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Any resource of the input that a finding may name."""

    urn: str
    name: str
    type: str
    stands: bool = False


class DeclaredNetwork(Subject, frozen=True, kw_only=True, gc=False):
    """A network that the input creates."""

    kind: str
    provider: str
    region: Given[str]
    """The region of its provider."""
    cidrs: Given[tuple[str, ...]]
    """Its own blocks, secondary ones too, as far as they are known; with a blocker where one of them is not."""


class Switch(Subject, frozen=True, kw_only=True, gc=False):
    """A vSwitch of the input: one block of a VPC, in one zone."""

    network: str | None = None
    """URN of its VPC where the input creates that, else its id."""
    block: Given[str] = Given()
    zone: Given[str] = Given()


class ZoneMapping(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One zone of a VPC attachment, and the vSwitch in it; None for what is not known."""

    zone: str | None = None
    switch: str | None = None
    """Id of the vSwitch."""
    made: Switch | None = None
    """That vSwitch, where the input holds it."""
    blocker: Blocker | None = None
    """Why the zone is not known, though it is set."""


class Joining(Subject, frozen=True, kw_only=True, gc=False):
    """An attachment or peer, as its resource says it."""

    item: Attachment | Peer
    provider: str
    region: Given[str]
    """The region of its own provider."""
    router: TransitRouter | None = None
    """The (local) router, where the input holds it."""
    network: DeclaredNetwork | None = None
    network_address: str | None = None
    """URN of the network where the input creates it, else its id; that of the `.get` while the id is not known."""
    network_id: Given[str] = Given()
    read_kind: str = ""
    """Kind of the network by the type of the `.get` that names it; empty where there is none."""
    kind: Given[str] = Given()
    """The kind that a direct attachment declares."""
    owner: Given[str] = Given()
    """The account that owns the network, where it is said."""
    instance_owner: Given[str] = Given()
    """The account that owns the instance, where it is said beside an owner."""
    zones: Given[int] = Given()
    """How many zones a VPC attachment maps."""
    mappings: tuple[ZoneMapping, ...] = ()
    mapped: tuple[Switch, ...] = ()
    """The vSwitches of the input that ids in the mappings come from, where they come from nothing else."""
    associated: Given[bool] = Given()
    propagated: Given[bool] = Given()
    """The deprecated flags for route tables."""


class RouteEntry(Subject, frozen=True, kw_only=True, gc=False):
    """An entry of a route table."""

    next_hop_type: Given[str]
    next_hop: Given[str]


class Grant(Subject, frozen=True, kw_only=True, gc=False):
    """A network's owner lets an instance attach it."""

    network: Given[str]
    """URN or id of the network."""
    instance: CenInstance
    """The instance that may attach it."""


class RouterBlock(Subject, frozen=True, kw_only=True, gc=False):
    """A CIDR block of a router, which it takes the addresses of gateways from."""

    router: TransitRouter | None = None
    """The router, where the input holds it."""
    router_address: str | None = None
    """URN of the router where the input holds it, else its id; None while neither is known."""
    block: Given[str] = Given()


class HealthCheck(Subject, frozen=True, kw_only=True, gc=False):
    """A health check of a leased line, made for one instance."""

    line: Given[str]
    """URN of the virtual border router where the input creates it, else its id."""
    instance: CenInstance


class Account(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a provider's configuration tells of whose account it works in."""

    number: str | None = None
    """The account's id, where it is said or stands in the role that is assumed."""
    credentials: str = ""
    """What tells its credentials from others'; empty where it takes those of its environment."""

    def is_another(self, other: "Account") -> bool | None:
        """Whether the other account is a different one; None where that is not told.

        Only numbers tell: two profiles or pairs of keys may be two users of one account.
        """
        if self.number is not None and other.number is not None:
            return self.number != other.number
        return False if self.credentials == other.credentials and self.number == other.number else None


class Before(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a package was before the update."""

    areas: tuple[str, ...]
    mbps: Given[float]
    payment: str | None
    period: float | None
    auto_renew: bool | None
    attached: bool = False


class Terms(Subject, frozen=True, kw_only=True, gc=False):
    """How a package is paid and kept."""

    payment: Given[str]
    payment_property: str
    """The argument that says it, or would: `charge_type` is the deprecated one."""
    period: Given[float]
    auto_renew: Given[bool]
    protected: bool
    protection_told: bool
    """Whether the input says that it is, or is not, protected."""
    retained: bool
    retention_untold: str
    """Why the input does not say whether it is kept on deletion; empty where it does."""
    is_new: bool
    """Whether the update buys it."""
    replaced: bool
    keeps_old: bool = False
    """Of a replaced one: whether the old one stays in the cloud."""
    keeps_old_told: bool = True
    """Whether the input says that; a plan without its export does not."""
    resized: bool = False
    """Whether the update changes its bandwidth in place."""
    before: Before | None = None
    expires: dt.date | None = None
    expires_source: str = ""

    @property
    def is_prepaid(self) -> bool:
        """Whether it is known to be prepaid: said, or by the service's default.

        Source: CreateCenBandwidthPackage, `BandwidthPackageChargeType`: the provider sends nothing when nothing is set.
        """
        return self.payment.blocker is None and self.payment.value in (None, PREPAID)


PREPAID = "PrePaid"
POSTPAID = "PostPaid"


class Deletion(Subject, frozen=True, kw_only=True, gc=False):
    """A package that the update deletes."""

    payment: str | None
    retained: bool
    blocker: Blocker | None = None
    """Why its payment is not known."""


class Retained(Subject, frozen=True, kw_only=True, gc=False):
    """A package that leaves the program, or is replaced in it, and stays in the cloud."""

    id: str | None = None


class Interrupted(Subject, frozen=True, kw_only=True, gc=False):
    """A package, or the attachment of one, that was being made when a run was killed: it may be there."""

    is_package: bool
    created_again: bool
    """Whether the change makes it, as if nothing had happened."""


class Leftover(Subject, frozen=True, kw_only=True, gc=False):
    """An old package that a replacement could not delete: it is billed beside the living one."""

    package: str
    """Its size and areas, in words."""
    attached_by: str | None = None
    """The attachment that was left over with it."""


class Composite(Subject, frozen=True, kw_only=True, gc=False):
    """A known value `cen-…:tr-…` in a property that wants a bare id."""

    key: str
    value: str


class Tagged(Subject, frozen=True, kw_only=True, gc=False):
    """A resource that can have tags."""

    tags: Mapping[str, Given[str]]
    blocker: Blocker | None = None
    """Why the tags as a whole are not known."""


@dataclass(slots=True, kw_only=True)
class Details:
    """Everything of that kind that the input tells."""

    networks: Mapping[str, DeclaredNetwork] = field(default_factory=dict)
    switches: Mapping[str, tuple[Switch, ...]] = field(default_factory=dict)
    """vSwitches of the input by the address of their VPC."""
    joinings: Mapping[str, Joining] = field(default_factory=dict)
    entries: tuple[RouteEntry, ...] = ()
    grants: tuple[Grant, ...] = ()
    router_blocks: tuple[RouterBlock, ...] = ()
    """CIDR blocks of routers, by URN."""
    router_cidrs: frozenset[str] = frozenset()
    """URNs of the routers that have a CIDR block."""
    loose_cidrs: Blocker | None = None
    """Why a CIDR block cannot be laid to a router."""
    health_checks: tuple[HealthCheck, ...] = ()
    """Health checks of leased lines, by URN."""
    accounts: Mapping[str, Account] = field(default_factory=dict)
    """By provider; absent where its credentials are not known, or secret."""
    editions: Mapping[str, str] = field(default_factory=dict)
    """Edition of a router where its state says it."""
    region_origins: Mapping[str, str] = field(default_factory=dict)
    """Where a provider's region comes from, if not from the program's own lines."""
    providers: Mapping[str, str] = field(default_factory=dict)
    """The provider of each router and instance, by URN."""
    terms: Mapping[str, Terms] = field(default_factory=dict)
    expiries: Mapping[str, dt.date] = field(default_factory=dict)
    """Expiry of packages that an inventory names, by id."""
    deletions: tuple[Deletion, ...] = ()
    retained: tuple[Retained, ...] = ()
    interrupted: tuple[Interrupted, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    composites: tuple[Composite, ...] = ()
    dry_runs: tuple[tuple[Subject, Blocker | None], ...] = ()
    protection: Mapping[str, Given[str]] = field(default_factory=dict)
    """Protection level of instances."""
    tagged: tuple[Tagged, ...] = ()
    network_tags: tuple[Tagged, ...] = ()
    """Tags of the networks that the input creates."""

    def on(self, instance: CenInstance) -> Iterable[Joining]:
        """The attachments of an instance that the input holds, by URN."""
        return (found for item in instance.attachments if item.urn and (found := self.joinings.get(item.urn)))
