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
class Reach:
    """What one network can and cannot reach: one line for each group."""

    name: str
    instance: str
    lines: tuple[tuple[str, str, int, tuple[str, ...]], ...]
    """Disposition, the group in words, how many networks it has, and some of their keys."""
