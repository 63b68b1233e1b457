"""Zones: the parts of a region that a VPC attachment reaches its router in, each with a vSwitch of the VPC.

Source: https://help.aliyun.com/en/cen/product-overview/regions-and-zones-that-support-transit-router, whose zones all
begin with the id of their region (`cn-hangzhou-h`, `ap-southeast-1a`, `cn-shanghai-finance-1a`); a vSwitch lies in one
zone of one VPC (CreateTransitRouterVpcAttachment, `ZoneMappings`).
"""

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from cenguard.geography.catalogue import Catalogue

T = TypeVar("T")

MOST_ZONES = 10
"""Zones of a VPC attachment, at most. Source: CreateTransitRouterVpcAttachment, `ZoneMappings`."""


def lies_in(zone: str, region: str, catalogue: Catalogue) -> bool:
    """Whether a zone can lie in a region: it begins with its id, and with that of no region of a longer name.

    Where the region has two names, the zone may begin with the other one.
    """
    home = catalogue.region_of_zone(zone)
    if home is not None and catalogue.may_be_one_region(home, region):
        return True
    if zone == region or not zone.startswith(region):
        return False
    return home is None or len(home) <= len(region)


def twice(items: Sequence[T]) -> list[T]:
    """What is there more than once, each once.

    >>> twice(["a", "b", "a"])
    ['a']
    """
    return [item for item, count in Counter(items).items() if count > 1] if len(set(items)) < len(items) else []
