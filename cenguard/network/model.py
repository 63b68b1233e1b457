"""What is declared: instances, attachments, packages, limits, routers and peers, joined with each other.

The model speaks the field's language; property names of the provider live in `assembly` alone. Entities compare
by identity, and are filled once, while a network is assembled. They are structs of msgspec and not dataclasses because an
input has ten thousand of them, and a struct is made several times faster.

Every reference leads to one instance object. Where the input does not tell which instance is meant, that object is not
*identified*: it stands for "whatever that value will be", and what rests on it is undetermined.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from cenguard.geography.areas import AreaPair
from cenguard.geography.bandwidth import Mbps
from cenguard.geography.catalogue import Catalogue
from cenguard.geography.regions import RegionPair
from cenguard.network import (
    Attachment,
    BandwidthLimit,
    BandwidthPackage,
    Blocker,
    CenInstance,
    PackageAttachment,
    Peer,
    TransitRouter,
)
from cenguard.network.leaving import Leaving
from cenguard.network.order import Order
from cenguard.network.surroundings import Surroundings

if TYPE_CHECKING:
    from cenguard.network.all_details import Details
    from cenguard.network.routing import Routing


class LeftOut(msgspec.Struct, frozen=True):
    """A resource that the program or the state has, and this change does not have."""

    urn: str
    type: str
    name: str
    why: str
    """As the end of a sentence: `left out by --target or --exclude`."""
    names: frozenset[str] = frozenset()
    """URNs of what it depends on."""
    joins: AreaPair | None = None
    """The area pair of a package, or of what attaches one, where that is known."""
    regions: RegionPair | None = None
    """The regions that a limit or peer would join, where they are known."""


class Alternative(msgspec.Struct, eq=False, kw_only=True, dict=True):
    """A network that there may be instead: something of the input is not known for certain."""

    blockers: tuple[Blocker, ...]
    """What would have to be otherwise than the input has it; empty for the network of the input itself."""
    maker: "Callable[[], Network]"

    @cached_property
    def network(self) -> "Network":
        """The network, made when somebody asks for it."""
        return self.maker()


class Network(msgspec.Struct, eq=False, kw_only=True, dict=True, weakref=True):
    """Everything the input declares of Cloud Enterprise Networks, sorted by address."""

    catalogue: Catalogue
    instances: tuple[CenInstance, ...] = ()
    routers: tuple[TransitRouter, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    packages: tuple[BandwidthPackage, ...] = ()
    package_attachments: tuple[PackageAttachment, ...] = ()
    limits: tuple[BandwidthLimit, ...] = ()
    peers: tuple[Peer, ...] = ()
    order: Order = msgspec.field(default_factory=lambda: Order(lambda _: (), ()))
    whole_stack: bool = True
    """False when the input hides resources: only rules about single resources may answer."""
    leaving: Leaving = msgspec.field(default_factory=Leaving)
    """What stood and is not there after the change."""
    order_blockers: Mapping[str, Blocker] = {}
    """By the beginning of a URN, why the order of its stack cannot be told."""
    hidden_order: Callable[[str, Iterable[str]], Blocker | None] = lambda _urn, _targets: None
    """Why it cannot be told whether a resource waits for any of some others, though the order of its stack is told."""
    base_maker: "Callable[[], Network | None] | None" = None
    """Makes `base` when somebody asks for it."""
    base_is_given: bool = False
    """Whether `base` is another document, and not the state that this change starts from."""
    only_looked: bool = False
    """Whether the input tells what a refresh found: what is lost was lost outside of this update."""
    left_out: tuple[LeftOut, ...] = ()
    """What the program or the state has and this change does not have, by URN."""
    leaving_routers: tuple[TransitRouter, ...] = ()
    """Routers that the update deletes or replaces while something stays on them; none of `routers`."""
    alternatives: tuple[Alternative, ...] = ()
    """Every network that there may be, the one that the input has first; empty where nothing is open."""
    today: dt.date | None = None
    """The day of the check; None where nothing may hang on it."""
    details_maker: "Callable[[], Details] | None" = None
    """Makes `details` when somebody asks for them."""
    routes_told: bool = False
    """Whether anything of the input is about transit routers or routes: else nobody need ask for `routing`."""
    routing_maker: "Callable[[], Routing] | None" = None
    """Makes `routing` when somebody asks for it."""
    surroundings_maker: "Callable[[], Surroundings] | None" = None
    """Makes `surroundings` when somebody asks for them."""
    worked_out: dict[Callable[..., object], Any] = {}
    """What `once` keeps, by the function that works it out."""

    @cached_property
    def base(self) -> "Network | None":
        """What stood before the change; None where the input does not tell it. The network itself when nothing changes."""
        return self.base_maker() if self.base_maker else None

    @property
    def earlier(self) -> "Network | None":
        """What stood before the change, where that is another network: None where the input does not tell it, or nothing changes."""
        return None if self.base is self else self.base

    @cached_property
    def details(self) -> "Details":
        """What single rules ask of single resources: terms of payment, zones, routes, tags."""
        from cenguard.network.all_details import Details

        return self.details_maker() if self.details_maker else Details()

    @cached_property
    def routing(self) -> "Routing":
        """What routes packets: route tables, associations, propagations, entries, publication, route maps."""
        from cenguard.network.routing import Routing

        return self.routing_maker() if self.routing_maker else Routing()

    @cached_property
    def surroundings(self) -> "Surroundings":
        """What fixes must know of the input beside the network."""
        return self.surroundings_maker() if self.surroundings_maker else Surroundings()

    def order_blocker(self, urn: str, targets: Iterable[str] = ()) -> Blocker | None:
        """Why it cannot be told what a resource waits for, or whether it waits for any of some targets."""
        told = next((blocker for start, blocker in self.order_blockers.items() if urn.startswith(start)), None)
        return told or self.hidden_order(urn, targets)

    @cached_property
    def unidentified(self) -> tuple[CenInstance, ...]:
        """Instances that the input does not identify."""
        return tuple(instance for instance in self.instances if not instance.identified)

    @cached_property
    def loose_package_attachments(self) -> tuple[PackageAttachment, ...]:
        """Package attachments that may belong to another instance than they seem to."""
        return tuple(item for instance in self.unidentified for item in instance.packages)

    @cached_property
    def loose_carriers(self) -> tuple["BandwidthLimit | Peer", ...]:
        """Limits and peers that may belong to another instance than they seem to."""
        found: list[BandwidthLimit | Peer] = []
        for instance in self.unidentified:
            found.extend(instance.limits)
            found.extend(instance.peers)
        return tuple(found)

    @cached_property
    def packages_by_area_pair(self) -> dict[AreaPair, list[BandwidthPackage]]:
        """Packages by the area pair they join, of those where it is certain."""
        found: dict[AreaPair, list[BandwidthPackage]] = {}
        for package in self.packages:
            if package.area_pair is not None:
                found.setdefault(package.area_pair, []).append(package)
        return found


def mbps_text(mbps: float | None) -> str:
    """Mbps for people: whole numbers without a point.

    >>> mbps_text(5.0), mbps_text(2.5), mbps_text(None)
    ('5 Mbps', '2.5 Mbps', 'unknown Mbps')
    >>> mbps_text(2_500_000)
    '2500000 Mbps'
    """
    return "unknown Mbps" if mbps is None else f"{mbps:.12g} Mbps"


def whole(mbps: float | None) -> Mbps | float | None:
    """The number as reports write it: an integer where it is one."""
    return Mbps(int(mbps)) if mbps is not None and float(mbps).is_integer() else mbps
