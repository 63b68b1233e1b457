"""Areas: the groups of regions that bandwidth is sold between.

The service calls an area a *geographic region*. A bandwidth package joins an unordered pair of areas, possibly the
same one twice.
"""

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from cenguard.geography.pairs import UnorderedPair

MAINLAND = "China"
"""Id of the area Mainland China, the one whose outward pairs are cross-border.

Source: https://help.aliyun.com/en/cen/user-guide/work-with-a-bandwidth-plan (Hong Kong lies in Asia-Pacific).
"""


class Certainty(StrEnum):
    """How well a row of the catalogue is evidenced."""

    DOCUMENTED = "documented"
    CODE = "code"
    INFERRED = "inferred"
    UNKNOWN = "unknown"

    @property
    def is_firm(self) -> bool:
        """Whether a mandatory finding may rest on the row."""
        return self in (Certainty.DOCUMENTED, Certainty.CODE)


class Area(NamedTuple):
    """One area as the service spells it."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    sold: bool | None = None
    """Whether packages with this area are sold; None when nobody says."""
    certainty: Certainty = Certainty.DOCUMENTED
    notes: str = ""


class AreaPair(UnorderedPair):
    """Two areas in no particular order, by id.

    >>> AreaPair("Europe", "China") == AreaPair("China", "Europe")
    True
    >>> str(AreaPair("Europe", "China"))
    'China/Europe'
    """

    __slots__ = ()

    @property
    def is_cross_border(self) -> bool:
        """Whether exactly one end is Mainland China.

        >>> AreaPair("China", "Asia-Pacific").is_cross_border, AreaPair("China", "China").is_cross_border
        (True, False)
        """
        return (self[0] == MAINLAND) != (self[1] == MAINLAND)


@lru_cache(maxsize=4096)
def area_pair(a: str, b: str) -> AreaPair:
    """The pair of two area ids; the same object for the same pair."""
    return AreaPair(a, b)
