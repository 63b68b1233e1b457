"""What a Basic network becomes, as the JSON contract (`docs/upgrade.schema.json`) names it: the answer of `cenguard upgrade`.

Field names and their order are those of the contract. Lists are sorted by their first field, but for `steps`, which are in
the order of doing.
"""

from typing import Literal, TypeAlias

import msgspec

SCHEMA = "cenguard.upgrade/1"

Billing: TypeAlias = Literal["package", "traffic", "as-is"]
"""Who pays for the new peers: the packages that the limits draw from, the traffic, or the package where it holds enough."""
Fate: TypeAlias = Literal["kept", "idle", "too-small"]
"""What becomes of a package: peers draw on it, nothing does, or peers would draw more than it holds."""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is known, or known not to be documented."""

    what: str
    """In one sentence."""
    about: tuple[str, ...] = ()
    """URNs, else ids, of what it is about."""
    source: str | None
    """Address of the page, or the file and commit, that says so; None: not documented."""
    date: str | None
    """Date of the source (YYYY-MM-DD, or as much of it as is told); None where the source has none."""


class NewRouter(msgspec.Struct, frozen=True, kw_only=True):
    """A transit router of Enterprise Edition: one for each region."""

    region: str


class NewAttachment(msgspec.Struct, frozen=True, kw_only=True):
    """A network at its router, or a CCN that stays where it is."""

    network: str
    """URN, else id."""
    kind: str
    """VPC, VBR or CCN."""
    region: str
    zones: dict[str, str] | None
    """vSwitch (URN, else id) by zone; empty: needs none; None: too few zones are known."""


class NewPeer(msgspec.Struct, frozen=True, kw_only=True):
    """An inter-region connection between two routers."""

    regions: tuple[str, str]
    mbps: float | None
    """None: depends on what is not known."""
    billing: Literal["package", "traffic"]
    package: str | None
    """The package it draws on: URN, else id."""


class PackageFate(msgspec.Struct, frozen=True, kw_only=True):
    """A package that is attached to the instance today."""

    package: str
    """URN, else id."""
    area_pair: tuple[str, str] | None
    mbps: float | None
    drawn: float
    """Mbps that limits draw today."""
    fate: Fate


class PairBeforeAndAfter(msgspec.Struct, frozen=True, kw_only=True):
    """A pair of regions: what connects it today, and what will."""

    regions: tuple[str, str]
    mbps_before: float | None
    mbps: float | None
    disposition_before: str
    disposition: str


class NetworksBeforeAndAfter(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Two networks that do not fare as before."""

    from_: str
    to: str
    before: str
    after: str


class Carried(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A route map, route entry or grant of today, and what it becomes."""

    what: str
    from_: str
    to: str


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Something to do on the way there."""

    do: str
    check: str | None
    """The `cenguard` command that looks at it afterwards."""
    interrupts: bool | None
    """Whether traffic stops; None: not documented."""
    reversible: bool | None
    """Whether it can be taken back; None: not documented."""


class ImportedResource(msgspec.Struct, frozen=True, kw_only=True):
    """Something that stands, and that the written program refers to or imports."""

    type: str
    """Token of Pulumi."""
    name: str
    id: str


class Costs(msgspec.Struct, frozen=True, kw_only=True):
    """Money a month, in the currency of the user's own prices."""

    currency: str | None
    packages_kept: float | None
    packages_idle: float | None
    connections: int
    """Attachments, and two for each peer."""
    connection_hours: int
    """730 for each connection."""
    amount: float | None
    """Packages kept and connection hours; without GB, which nobody knows before."""


class NewFindings(msgspec.Struct, frozen=True, kw_only=True):
    """How many findings the new network has."""

    mandatory: int
    advisory: int
    undetermined: int


class UpgradeAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The Enterprise network that carries what the Basic one carries, and what of it is lost, changes or is not known."""

    schema: str = SCHEMA
    cenguard: str
    catalogue: str
    """Edition of the area catalogue."""
    instance: str
    """URN, else id."""
    billing: Billing
    routers: tuple[NewRouter, ...]
    attachments: tuple[NewAttachment, ...]
    peers: tuple[NewPeer, ...]
    packages: tuple[PackageFate, ...]
    pairs: tuple[PairBeforeAndAfter, ...]
    """Every pair of regions."""
    networks: tuple[NetworksBeforeAndAfter, ...]
    """Pairs of networks whose disposition differs."""
    carried: tuple[Carried, ...]
    stops: tuple[Fact, ...]
    """What this network has today and loses."""
    changes: tuple[Fact, ...]
    """What becomes otherwise, for everyone or for this network."""
    unknown: tuple[Fact, ...]
    steps: tuple[Step, ...]
    imports: tuple[ImportedResource, ...]
    staying: tuple[Fact, ...]
    """What is known of staying on Basic Edition."""
    costs: Costs
    result: NewFindings

    @property
    def keeps_everything(self) -> bool:
        """Whether every pair is as before and nothing mandatory is wrong with the new network: exit status 0."""
        return not (
            self.stops
            or self.networks
            or self.result.mandatory
            or any(pair.mbps != pair.mbps_before for pair in self.pairs)
            or any(peer.mbps is None for peer in self.peers)
            or any(package.fate == "too-small" for package in self.packages)
        )
