"""A network as it is wanted, and as it is planned, in plain values.

The functions that turn one into the other are in `cenguard.planning.planning`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cenguard.geography.areas import AreaPair
from cenguard.geography.bandwidth import Mbps
from cenguard.geography.regions import RegionPair
from cenguard.planning.planned_routes import PlannedNetwork, Routes


class Edition(StrEnum):
    """Which transit routers carry the network: they decide how two regions are joined."""

    BASIC = "basic"
    ENTERPRISE = "enterprise"


class Billing(StrEnum):
    """Who pays for an interconnection: a bandwidth package, or the traffic itself (Enterprise Edition only)."""

    PACKAGE = "package"
    TRAFFIC = "traffic"


class Carrier(StrEnum):
    """The resource that carries an interconnection."""

    LIMIT = "bandwidth limit"
    PEER = "peer billed by package"
    TRAFFIC_PEER = "peer billed by traffic"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Interconnection:
    """Two regions that are to talk, and at how many Mbps."""

    regions: RegionPair
    mbps: Mbps
    billing: Billing = Billing.PACKAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingPackage:
    """A package bought elsewhere: its Mbps, and whether the instance holds it already."""

    mbps: Mbps
    attached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInput:
    """A network in plain values: no ids, no resources."""

    edition: Edition
    networks: Mapping[str, str]
    """Region of each network, by the caller's key."""
    interconnections: tuple[Interconnection, ...] = ()
    sizes: Mapping[AreaPair, Mbps] = field(default_factory=dict)
    """Mbps to buy for each area pair."""
    existing: Mapping[AreaPair, ExistingPackage] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    """Areas of regions that the catalogue cannot place, as the user states them."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Kind of each network that is no VPC, by the caller's key."""
    tables: Mapping[str, str] = field(default_factory=dict)
    """Key of the route table of each network that names one, by the caller's key."""
    apart: tuple[tuple[str, ...], ...] = ()
    """Keys of route tables that are kept apart in all regions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedInterconnection:
    """One pair of regions, its Mbps, and what carries them."""

    regions: RegionPair
    areas: AreaPair | None
    """The area pair it draws on; None only when paid by traffic in a region whose area is in doubt."""
    mbps: Mbps
    carrier: Carrier
    crosses: bool | None = None
    """Whether exactly one end lies in Mainland China, where an area is in doubt; None where that is, too."""

    @property
    def is_cross_border(self) -> bool | None:
        """Whether exactly one end lies in Mainland China; None when that is in doubt."""
        return self.crosses if self.areas is None else self.areas.is_cross_border

    @property
    def draws_on_package(self) -> bool:
        """Whether a package pays for it."""
        return self.carrier is not Carrier.TRAFFIC_PEER


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPackage:
    """The package of one area pair and what is drawn on it, in Mbps."""

    areas: AreaPair
    mbps: Mbps
    drawn: Mbps
    existing: bool = False
    """Bought elsewhere: this network only draws on it."""
    attached: bool = False
    """Held by the instance already."""

    @property
    def headroom(self) -> int:
        """Mbps that nothing draws on."""
        return self.mbps - self.drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a network needs, in an order that depends on nothing but its content.

    `print(plan)` shows it as a table; `to_dict` gives plain values.
    """

    edition: Edition
    regions: tuple[str, ...]
    interconnections: tuple[PlannedInterconnection, ...]
    packages: tuple[PlannedPackage, ...]
    without_package: tuple[RegionPair, ...]
    """Pairs that reach each other without a package: a Cloud Connect Network and what it reaches by itself."""
    networks: Mapping[str, PlannedNetwork] = field(default_factory=dict)
    """Where each network is attached, by the caller's key."""
    apart: tuple[tuple[str, ...], ...] = ()
    """Keys of route tables that are kept apart in all regions."""

    @property
    def routes(self) -> Routes:
        """Who reaches whom: printable, by groups of networks that are routed alike."""
        return Routes(
            networks=self.networks,
            basic=self.edition is Edition.BASIC,
            joined=frozenset(item.regions for item in self.interconnections),
            apart=self.apart,
        )

    def reaches(self, a: str, b: str) -> bool:
        """Whether two networks, by their keys, reach each other there and back, at whatever bandwidth.

        Raises:
            UnknownName: no network has such a key.
        """
        return self.routes.reaches(a, b)

    @property
    def area_pairs(self) -> tuple[AreaPair, ...]:
        """The area pairs that packages are needed for."""
        return tuple(package.areas for package in self.packages)

    @property
    def purchases(self) -> tuple[PlannedPackage, ...]:
        """The packages to buy."""
        return tuple(package for package in self.packages if not package.existing)

    @property
    def cross_border(self) -> tuple[RegionPair, ...]:
        """Interconnected pairs with exactly one end in Mainland China: they need the cross-border qualification."""
        return tuple(item.regions for item in self.interconnections if item.is_cross_border)

    def package(self, areas: AreaPair) -> PlannedPackage | None:
        """The package of an area pair."""
        return next((package for package in self.packages if package.areas == areas), None)

    def to_dict(self) -> dict[str, Any]:
        """The plan in plain values, ready for JSON."""
        return {
            "edition": str(self.edition),
            "regions": list(self.regions),
            "interconnections": [
                {
                    "regions": list(item.regions.names),
                    "areas": list(item.areas.names) if item.areas else None,
                    "mbps": item.mbps,
                    "carrier": str(item.carrier),
                    "cross_border": item.is_cross_border,
                }
                for item in self.interconnections
            ],
            "packages": [
                {
                    "areas": list(package.areas.names),
                    "mbps": package.mbps,
                    "drawn": package.drawn,
                    "existing": package.existing,
                    "attached": package.attached,
                }
                for package in self.packages
            ],
            "free": [list(pair.names) for pair in self.without_package],
            "routes": self.routes.to_dict(),
        }

    def __str__(self) -> str:
        lines = [f"{self.edition} edition, {_count(len(self.regions), 'region')}: {', '.join(self.regions)}"]
        if self.packages:
            rows = [("area pair", "package", "drawn", "headroom", "")]
            rows += [
                (str(package.areas), f"{package.mbps} Mbps", str(package.drawn), str(package.headroom), _origin(package))
                for package in self.packages
            ]
            lines += ["", *_table(rows)]
        if self.interconnections or self.without_package:
            rows = [("regions", "Mbps", "carried by", "paid by", "")]
            rows += [
                (
                    str(item.regions),
                    str(item.mbps),
                    str(item.carrier),
                    str(item.areas) if item.draws_on_package else "traffic",
                    "cross-border" if item.is_cross_border else "",
                )
                for item in self.interconnections
            ]
            rows += [(str(pair), "-", "the service: no package is needed", "-", "") for pair in self.without_package]
            lines += ["", *_table(rows)]
        notes = [f"note: {note}" for note in self.routes.notes]
        return "\n".join([*lines, *([""] if notes else []), *notes])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _origin(package: PlannedPackage) -> str:
    if not package.existing:
        return "to buy"
    return "existing, attached" if package.attached else "existing, to attach"


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
