"""Inventories: what lives outside the input, with the day it was looked at."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair

KINDS = ("VPC", "VBR", "CCN", "VPN", "ECR")
BILLINGS = ("package", "traffic")
UNKNOWN_BILLING = "unknown"
"""Of a peer whose row does not say how it is paid."""
UNKNOWN_PACKAGES = "unknown"
"""Of an instance whose row was written from a stack without any package."""
NORMAL = "Normal"
"""What the service says of a package that is not locked. Source: DescribeCenBandwidthPackages, `BusinessStatus`."""
NEVER = dt.date(2900, 1, 1)
"""Pay-as-you-go packages are said to expire in 2999."""
EDITIONS = ("enterprise", "basic")
ENTERPRISE = EDITIONS[0]


class KnownPackage(msgspec.Struct, frozen=True, kw_only=True):
    """A bandwidth package bought elsewhere."""

    id: str
    area_pair: AreaPair
    bandwidth: float | None = None
    """Mbps; None when the inventory does not say."""
    instance: str | None = None
    """Id of the CEN instance it is attached to."""
    expires: dt.date | None = None
    locked: str | None = None
    """The service's word for why it is locked: `FinancialLocked`, `SecurityLocked`; None where it is not."""
    reserved_bandwidth: float | None = None
    """Mbps that it holds from `reserved_from` on: after an upgrade for a time, or a renewal with another size."""
    reserved_from: dt.date | None = None
    lowered_since: dt.date | None = None
    """Since when it holds less than its row's own number; set by `on`, and in no file."""

    def on(self, day: dt.date) -> "KnownPackage":
        """What it certainly holds on a day: from the day of a reserved size on, the lower number.

        Source: DescribeCenBandwidthPackages, `ReservationOrderType`, `ReservationActiveTime`, `ReservationBandwidth`.
        """
        if self.reserved_bandwidth is None or self.reserved_from is None or self.bandwidth is None or day < self.reserved_from:
            return self
        if self.reserved_bandwidth >= self.bandwidth:
            return self
        return msgspec.structs.replace(self, bandwidth=self.reserved_bandwidth, lowered_since=self.reserved_from)


class KnownInstance(msgspec.Struct, frozen=True, kw_only=True):
    """A CEN instance made elsewhere."""

    id: str
    complete: bool = False
    """Whether the inventory names all its packages and attachments: absence is certain then."""
    packages_told: bool = True
    """False where that is a stack's word and the stack has no package: one may have been bought in the console."""


class KnownAttachment(msgspec.Struct, frozen=True, kw_only=True):
    """A network attached elsewhere."""

    instance: str
    region: str
    kind: str = "VPC"
    id: str | None = None
    """Id of the network."""
    attachment: str | None = None
    """Id of the attachment itself, of one at a transit router."""
    cidrs: tuple[str, ...] | None = None
    """IPv4 blocks that the network hands over: of a VPC those of its vSwitches. None where the inventory does not say."""
    auto_publish: bool | None = None
    """Whether the router writes its routes into the network's tables; None where the inventory does not say."""

    def over(self, earlier: "KnownAttachment") -> "KnownAttachment":
        """The same row, with what an earlier one about the same network tells beside it."""
        told = {key: getattr(earlier, key) for key in ("attachment", "cidrs", "auto_publish") if getattr(self, key) is None}
        return msgspec.structs.replace(self, **told) if told else self


class KnownLimit(msgspec.Struct, frozen=True, kw_only=True):
    """A bandwidth limit set elsewhere."""

    instance: str
    regions: RegionPair
    bandwidth: float | None = None


class KnownRouter(msgspec.Struct, frozen=True, kw_only=True):
    """A transit router made elsewhere."""

    id: str
    instance: str
    region: str
    edition: str = ENTERPRISE


class KnownPeer(msgspec.Struct, frozen=True, kw_only=True):
    """A peer attachment made elsewhere."""

    instance: str
    regions: RegionPair
    bandwidth: float | None = None
    billing: str = BILLINGS[0]
    package: str | None = None
    """Id of the bandwidth package it draws on."""
    id: str | None = None
    auto_publish: bool | None = None
    """Whether it hands the routers' routes over; None where the inventory does not say."""


class KnownRouteTable(msgspec.Struct, frozen=True, kw_only=True):
    """A route table of a transit router, made elsewhere or with the router."""

    id: str
    router: str
    """Id of its router."""
    system: bool = False
    """Whether it is the router's system table, which the service made with it."""


class KnownAssociation(msgspec.Struct, frozen=True, kw_only=True):
    """The route table in which a router looks up what comes in from an attachment."""

    attachment: str
    """Id of the attachment (of a peer as well), or of the network that it attaches."""
    table: str


class KnownPropagation(msgspec.Struct, frozen=True, kw_only=True):
    """A route table that learns what an attachment hands over."""

    attachment: str
    """Id of the attachment (of a peer as well), or of the network that it attaches."""
    table: str


class KnownRoute(msgspec.Struct, frozen=True, kw_only=True):
    """A static entry of a route table."""

    table: str
    cidr: str
    next_hop: str | None = None
    """Id of the attachment it leads to, or of its network; None for a black hole."""

    @property
    def blackhole(self) -> bool:
        """Whether what it leads is dropped."""
        return self.next_hop is None


class KnownSwitch(msgspec.Struct, frozen=True, kw_only=True):
    """A vSwitch: one zone that a VPC can be reached in."""

    id: str
    network: str
    """Id of its VPC."""
    zone: str


class Inventory(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the inventory files name."""

    source: str = ""
    """The file, of one that was read from an inventory file."""
    taken: dt.date | None = None
    """The oldest day of the files."""
    packages: Mapping[str, KnownPackage] = {}
    instances: Mapping[str, KnownInstance] = {}
    attachments: Sequence[KnownAttachment] = ()
    limits: Sequence[KnownLimit] = ()
    routers: Mapping[str, KnownRouter] = {}
    peers: Sequence[KnownPeer] = ()
    route_tables: Mapping[str, KnownRouteTable] = {}
    associations: Sequence[KnownAssociation] = ()
    propagations: Sequence[KnownPropagation] = ()
    routes: Sequence[KnownRoute] = ()
    switches: Mapping[str, KnownSwitch] = {}
    stacks: Mapping[str, Mapping[str, Any]] = {}
    """Outputs that StackReferences read, by stack name."""
    read_from: frozenset[tuple[str, str]] = frozenset()
    """Stack and project of the documents that it was read from; an inventory file says of none."""
    parts: "tuple[Inventory, ...]" = ()
    """The files one by one, where there are several or one may be too old."""

    def on(self, day: dt.date) -> "Inventory":
        """The same as it certainly is on a day."""
        if all(row.reserved_from is None for row in self.packages.values()):
            return self
        return msgspec.structs.replace(
            self,
            packages={name: row.on(day) for name, row in self.packages.items()},
            parts=tuple(part.on(day) for part in self.parts),
        )

    @property
    def holds_cen(self) -> bool:
        """Whether it names anything of a CEN, and not the outputs of stacks alone."""
        carried = self.packages or self.instances or self.attachments or self.limits or self.routers or self.peers
        return bool(carried or self.route_tables or self.associations or self.propagations or self.routes)

    def tells_tables_of(self, router: str) -> bool:
        """Whether it names any route table of a router.

        What it does not name of such a router's tables is not there, where it names everything of the router's instance.
        """
        return any(table.router == router for table in self.route_tables.values())

    def stale(self, today: dt.date, days: int) -> bool:
        """Whether any of its files is older than it may be."""
        return self.taken is not None and (today - self.taken).days > days

    def stale_names(self, today: dt.date, days: int) -> tuple[str, ...]:
        """The files that are older than they may be."""
        return tuple(part.source for part in self.parts or (self,) if part.source and part.stale(today, days))

    def fresh(self, today: dt.date, days: int) -> "Inventory":
        """What it names without the files that are too old."""
        return laid_together(part for part in self.parts or (self,) if not part.stale(today, days))


def laid_together(parts: Iterable[Inventory]) -> Inventory:
    """Several inventories as one."""
    found = tuple(parts)
    if len(found) == 1:
        return found[0]
    return Inventory(
        taken=min((part.taken for part in found if part.taken is not None), default=None),
        packages={name: row for part in found for name, row in part.packages.items()},
        instances=_instances(row for part in found for row in part.instances.values()),
        attachments=_attachments(row for part in found for row in part.attachments),
        limits=tuple({(row.instance, row.regions): row for part in found for row in part.limits}.values()),
        routers={name: row for part in found for name, row in part.routers.items()},
        peers=_peers(row for part in found for row in part.peers),
        route_tables={name: row for part in found for name, row in part.route_tables.items()},
        associations=tuple(dict.fromkeys(row for part in found for row in part.associations)),
        propagations=tuple(dict.fromkeys(row for part in found for row in part.propagations)),
        routes=tuple({(row.table, row.cidr): row for part in found for row in part.routes}.values()),
        switches={name: row for part in found for name, row in part.switches.items()},
        stacks={name: row for part in found for name, row in part.stacks.items()},
        read_from=frozenset[tuple[str, str]]().union(*(part.read_from for part in found)),
        parts=found,
    )


def _instances(rows: Iterable[KnownInstance]) -> dict[str, KnownInstance]:
    """Each instance once, as the last row has it; what one that names everything tells of packages, a stack without any does not untell."""
    found: dict[str, KnownInstance] = {}
    for row in rows:
        earlier = found.get(row.id)
        told = row.packages_told or (earlier is not None and earlier.complete and earlier.packages_told)
        found[row.id] = row if told is row.packages_told else msgspec.structs.replace(row, packages_told=told)
    return found


def _peers(rows: Iterable[KnownPeer]) -> tuple[KnownPeer, ...]:
    """Each peer once, as the last row has it, paid as one says that knows; a row without an id adds nothing to one of its pair that does."""
    found: dict[tuple[str, RegionPair, str | None], KnownPeer] = {}
    for row in rows:
        earlier = found.get((row.instance, row.regions, row.id))
        if earlier is not None and row.billing == UNKNOWN_BILLING:
            row = msgspec.structs.replace(row, billing=earlier.billing, package=earlier.package)  # noqa: PLW2901
        found[row.instance, row.regions, row.id] = row
    paid = {key[:2] for key, row in found.items() if row.billing != UNKNOWN_BILLING}
    return tuple([row for key, row in found.items() if row.billing != UNKNOWN_BILLING or row.id or key[:2] not in paid])


def _attachments(rows: Iterable[KnownAttachment]) -> tuple[KnownAttachment, ...]:
    """Each network once, with everything that its rows tell; a later row goes before an earlier one."""
    found: dict[object, KnownAttachment] = {}
    for row in rows:
        key = row if row.id is None else (row.instance, row.region, row.kind, row.id)
        earlier = found.get(key)
        found[key] = row if earlier is None else row.over(earlier)
    return tuple(found.values())
