"""What single rules ask of single resources, beside what connects the network: terms of payment, zones, routes, tags.

`all_details` has them together. Each is found by the URN of the resource it is about. They are structs of msgspec for
the reason that entities are: there is one for each attachment and package. None is part of a cycle, so none has to be
looked at by the collector.
"""

import datetime as dt
from abc import abstractmethod
from collections.abc import Mapping
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
    called: str = ""
    """What sentences call it where others have its name too; else empty."""

    @property
    def label(self) -> str:
        """How sentences call it."""
        return self.called or self.name


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
    provider: str = ""
    """URN of its provider, in whose region it is made."""


class ZoneMapping(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One zone of a VPC attachment, and the vSwitch in it; None for what is not known."""

    zone: str | None = None
    switch: str | None = None
    """Id of the vSwitch."""
    made: Switch | None = None
    """That vSwitch, where the input holds it."""
    blocker: Blocker | None = None
    """Why the zone is not known, though it is set."""


class Joining(msgspec.Struct, kw_only=True, eq=False, gc=False):
    """An attachment or peer, as its resource says it: which network it joins; the rest is read when somebody asks."""

    item: Attachment | Peer
    network: DeclaredNetwork | None = None
    network_address: str | None = None
    """URN of the network where the input creates it, else its id; that of the `.get` while the id is not known."""
    plain: bool = False
    """Whether it is attached directly, and its network is a known id and nothing else of the input."""

    @property
    def urn(self) -> str:
        """URN of the attachment or peer."""
        return self.item.urn or ""

    @property
    def name(self) -> str:
        """Its name."""
        return self.item.name

    @property
    def label(self) -> str:
        """How sentences call it."""
        return self.item.label

    @property
    def stands(self) -> bool:
        """Whether its old state equals its new one, or it is imported."""
        return self.item.stands

    @property
    def router(self) -> TransitRouter | None:
        """The (local) router, where the input holds it."""
        return self.item.local if isinstance(self.item, Peer) else self.item.router

    @property
    @abstractmethod
    def provider(self) -> str:
        """URN of its own provider."""

    @property
    @abstractmethod
    def region(self) -> Given[str]:
        """The region of its own provider."""

    @property
    @abstractmethod
    def network_id(self) -> Given[str]:
        """The id of the network, as it is given."""

    @property
    @abstractmethod
    def read_kind(self) -> str:
        """Kind of the network by the type of the `.get` that names it; empty where there is none."""

    @property
    @abstractmethod
    def kind(self) -> Given[str]:
        """The kind that a direct attachment declares."""

    @property
    @abstractmethod
    def owner(self) -> Given[str]:
        """The account that owns the network, where it is said."""

    @property
    @abstractmethod
    def owner_told(self) -> str | None:
        """The account that owns the network, as the service told it."""

    @property
    @abstractmethod
    def instance_owner(self) -> Given[str]:
        """The account that owns the instance, where a direct attachment says it."""

    @property
    @abstractmethod
    def zones(self) -> Given[int]:
        """How many zones a VPC attachment maps."""

    @property
    @abstractmethod
    def mappings(self) -> tuple[ZoneMapping, ...]:
        """The zone mappings of a VPC attachment, as far as they are known."""

    @property
    @abstractmethod
    def mapped(self) -> tuple[Switch, ...]:
        """The vSwitches of the input that ids in the mappings come from, where they come from nothing else."""

    @property
    @abstractmethod
    def associated(self) -> Given[bool]:
        """The deprecated flag for the association with the router's system table."""

    @property
    @abstractmethod
    def propagated(self) -> Given[bool]:
        """The deprecated flag for the propagation to it."""


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
    router_blocker: Blocker | None = None
    """Why neither is known."""
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

    id: str | None = None
    leftover: bool = False
    """Whether it is an old one, which a replacement could not delete, beside the living one of its URN."""
    payment: str | None
    retained: bool
    retention_told: bool = True
    """Whether the input says that; a plan without its export does not."""
    blocker: Blocker | None = None
    """Why its payment is not known."""


class Retained(Subject, frozen=True, kw_only=True, gc=False):
    """A package that leaves the program, or is replaced in it, and stays in the cloud."""

    id: str | None = None
    leftover: bool = False
    """Whether it is an old one, which a replacement could not delete, beside the living one of its URN."""


class Interrupted(Subject, frozen=True, kw_only=True, gc=False):
    """A package, or the attachment of one, that was being made when a run was killed: it may be there."""

    is_package: bool
    created_again: bool
    """Whether the change makes it, as if nothing had happened."""


class Leftover(Subject, frozen=True, kw_only=True, gc=False):
    """An old package that a replacement could not delete: it is billed beside the living one."""

    id: str | None = None
    package: str
    """Its size and areas, in words."""
    attached_by: str | None = None
    """The attachment that was left over with it, or whose replacement failed."""
    detaching: bool = False
    """Whether the deletion of that attachment was interrupted."""
    blocker: Blocker | None = None
    """Why it may be gone."""


class Composite(Subject, frozen=True, kw_only=True, gc=False):
    """A known value `cen-…:tr-…` in a property that wants a bare id."""

    key: str
    value: str


class Tagged(Subject, frozen=True, kw_only=True, gc=False):
    """A resource that can have tags."""

    tags: Mapping[str, Given[str]]
    blocker: Blocker | None = None
    """Why the tags as a whole are not known."""
