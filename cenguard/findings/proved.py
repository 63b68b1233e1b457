"""What `cenguard explain` answers, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What connects a pair of regions on one instance, and why."""

    instance: str
    name: str
    regions: tuple[str, str]
    area_pair: tuple[str, str] | None
    disposition: str
    meaning: str
    mbps: float | None
    steps: tuple[str, ...]
    full: bool = False
    """Of an unallocated pair, whether the package has nothing left; for people, not part of the JSON document."""
    no_connection: bool = False
    """Whether a pair that nothing carries has not even the test bandwidth; for people too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegProof:
    """One direction, for people and programs."""

    sender: str
    receiver: str
    disposition: str
    prefixes: Mapping[str, str]
    steps: tuple[Mapping[str, Any], ...]
    blocker: str | None
    assumes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteProof:
    """A pair of networks."""

    first: str
    second: str
    instance: str
    name: str
    disposition: str
    cause: str | None
    legs: tuple[LegProof, ...]
    regions: Proof | None
    where: str
    """Their regions and what connects these, in words."""
    relay: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedGroup:
    """Networks that fare alike, as one network sees them."""

    id: str
    """As the report calls the group: `g1`."""
    where: str
    """Kind, region and table, in words."""
    disposition: str
    cause: str | None
    forward: str
    """What becomes of packets to them."""
    back: str
    """What becomes of packets from them."""
    count: int
    examples: tuple[str, ...]
    """Keys of some of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What one network can and cannot reach: one line for each group."""

    name: str
    instance: str
    """Its URN or id."""
    label: str
    groups: tuple[ReachedGroup, ...]
