"""Regions, and pairs of regions."""

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from cenguard.geography.areas import Certainty
from cenguard.geography.pairs import UnorderedPair

CCN_PREFIX = "ccn-"
"""Prefix of the regions of Cloud Connect Networks: `ccn-cn-shanghai` lies in the area of `cn-shanghai`.

Source: https://help.aliyun.com/en/cen/user-guide/associate-a-ccn-instance-with-a-transit-router
"""


class RegionStatus(StrEnum):
    """What the service says of a region."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    RESTRICTED = "restricted"
    ALIAS = "alias"
    UNKNOWN = "unknown"


class Region(NamedTuple):
    """One region of the catalogue."""

    id: str
    title: str
    area: str | None
    """Id of its area; None when the catalogue cannot say, then `candidates` has at least two."""
    candidates: tuple[str, ...] = ()
    status: RegionStatus = RegionStatus.OPEN
    alias_of: str | None = None
    router_zones: str = ""
    """`one` or `several`: zones that a VPC attachment of a transit router can map there; empty when nobody says."""
    ccn: bool = False
    """Whether a Cloud Connect Network exists there: its own region is `ccn-` and this one.

    Source: https://help.aliyun.com/en/cen/user-guide/associate-a-ccn-instance-with-a-transit-router
    """
    certainty: Certainty = Certainty.DOCUMENTED
    notes: str = ""


class RegionPair(UnorderedPair):
    """Two regions in no particular order, by id.

    >>> str(RegionPair("us-west-1", "cn-beijing"))
    'cn-beijing/us-west-1'
    """

    __slots__ = ()

    def other(self, region: str) -> str:
        """The end that is not `region`."""
        return self[1] if region == self[0] else self[0]


@lru_cache(maxsize=16384)
def region_pair(a: str, b: str) -> RegionPair:
    """The pair of two region ids; the same object for the same pair."""
    return RegionPair(a, b)


def is_ccn(region: str) -> bool:
    """Whether a region id names a Cloud Connect Network region.

    >>> is_ccn("ccn-cn-shanghai"), is_ccn("cn-shanghai")
    (True, False)
    """
    return region.startswith(CCN_PREFIX)


def surrounding(region: str) -> str:
    """The plain region around a Cloud Connect Network region; any other region itself.

    >>> surrounding("ccn-eu-central-1")
    'eu-central-1'
    """
    return region.removeprefix(CCN_PREFIX)


@lru_cache(maxsize=1024)  # asked of each attachment, and they are of few kinds and regions
def suits(kind: str, region: str) -> bool:
    """Whether a network of a kind is one of those that a region attaches: a CCN in a `ccn-` region, any other in none.

    Source: https://help.aliyun.com/document_detail/132080.html, DescribeChildInstanceRegions.

    >>> suits("CCN", "ccn-cn-shanghai"), suits("CCN", "cn-shanghai"), suits("VPC", "ccn-cn-shanghai")
    (True, False, False)
    """
    return (kind == "CCN") == is_ccn(region)


def takes_peers(region: str) -> bool:
    """Whether a peer can be declared there: the router of a CCN region is made by the attachment, and by no program.

    Source: https://help.aliyun.com/en/cen/user-guide/transit-routers; no provider has a `ccn-` region.
    """
    return not is_ccn(region)
