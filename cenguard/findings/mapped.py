"""What a picture of an instance shows, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRegion:
    """An attached region."""

    id: str
    title: str
    area: str | None
    """None where the catalogue is not certain."""
    networks: tuple[tuple[str, int], ...]
    """How many networks of each kind are attached."""
    enterprise: bool
    isolated: bool
    """Whether none of its pairs is connected."""
    certain: bool
    """Whether that could not still turn out otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPair:
    """A pair of attached regions."""

    regions: tuple[str, str]
    area_pair: tuple[str, str] | None
    disposition: str
    mbps: float | None
    full: bool = False
    """Of an unallocated pair, whether the package has nothing left."""
    no_connection: bool = False
    """Whether a pair that nothing carries has not even the test bandwidth."""
    no_route: bool = False
    """Whether a pair carries Mbps, and no route leads over it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """What is bought and used for one pair of areas."""

    area_pair: tuple[str, str]
    bought: float | None
    """Mbps of the attached packages; None where one is not known, or may be attached outside of the input."""
    used: float | None
    by_traffic: float | None
    """Mbps that peers paid by traffic may carry at most; None where one sets no ceiling, or it is not known."""
    pairs: int
    connected: int
    missing: int
    """Pairs of regions that nothing connects."""
    no_route: int = 0
    """How many of the connected ones no route leads over. No part of the JSON."""
    all_by_traffic: bool = False
    """Whether every pair is paid by traffic, so that no package is needed."""

    @property
    def left(self) -> float | None:
        """Mbps bought and not used."""
        return None if self.bought is None or self.used is None else self.bought - self.used


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceMap:
    """One CEN instance."""

    name: str
    address: str
    regions: tuple[MapRegion, ...]
    pairs: tuple[MapPair, ...]
    matrix: tuple[MatrixRow, ...]
    doubts: tuple[str, ...] = ()
    """What may need or bring bandwidth that the rows do not show: one sentence each."""
    whose: str = ""
    """Of an instance whose name another one of the map has, its project and stack, or its address."""

    @property
    def title(self) -> str:
        """What the map calls it."""
        return f"{self.name} of {self.whose}" if self.whose else self.name
