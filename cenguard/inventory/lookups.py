"""What data sources of Terraform found, as an inventory of the day on which the plan or state was made.

Attributes are those of the data sources of aliyun/alicloud 1.285.0 (website/docs/d/cen_*.html.markdown). A row that does
not say all that an entry needs tells nothing, and no list is taken for complete: a filter may stand before it. The rows of
`alicloud_cen_transit_routers` and `alicloud_cen_transit_router_peer_attachments` have no region of the router.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from cenguard.geography.areas import AreaPair, area_pair
from cenguard.geography.catalogue import Catalogue
from cenguard.geography.regions import RegionPair, region_pair, surrounding
from cenguard.inventory.aliyun_row import spellings
from cenguard.network.known import (
    NEVER,
    NORMAL,
    UNKNOWN_BILLING,
    Inventory,
    KnownAttachment,
    KnownInstance,
    KnownLimit,
    KnownPackage,
    KnownPeer,
    laid_together,
)
from cenguard.resources import tokens
from cenguard.resources.look_ups import ATTACHMENTS, LIMITS, PACKAGES
from cenguard.resources.records import Records, Resource

Row = Mapping[str, Any]
_AT_ROUTERS = frozenset({tokens.ROUTER, tokens.PEER, *tokens.ROUTER_ATTACHMENTS})


def inventory_of_lookups(sources: Sequence[Records], catalogue: Catalogue) -> Inventory | None:
    """What the data sources of an input list; None where there is none."""
    lists_limits = any(read.type == LIMITS for source in sources for read in source.reads)
    routed = _routed(sources) if lists_limits else frozenset()
    parts = [part for source in sources if source.reads and (part := _of_source(source, catalogue, routed)) is not None]
    return laid_together(parts) if parts else None


def _routed(sources: Sequence[Records]) -> frozenset[str]:
    """Ids of the instances that an input has, or had, transit routers, peers or attachments at routers of."""
    return frozenset(
        name
        for source in sources
        for record in (*source.resources, *source.deleted, *source.retained)
        if record.type in _AT_ROUTERS and isinstance(name := record.inputs.get("cenId"), str)
    )


def _of_source(source: Records, catalogue: Catalogue, routed: Collection[str]) -> Inventory | None:
    found = _Found(catalogue, routed)
    for read in source.reads:
        found.take(read)
    if not found:
        return None
    return Inventory(
        taken=_date(source.taken),
        packages=found.packages,
        instances={name: KnownInstance(id=name) for name in found.instances},
        attachments=tuple(found.attachments),
        limits=tuple(found.limits),
        peers=tuple(found.peers),
    )


class _Found:
    def __init__(self, catalogue: Catalogue, routed: Collection[str]) -> None:
        self._catalogue, self._routed = catalogue, routed
        self._spelled = spellings(catalogue)
        self.packages: dict[str, KnownPackage] = {}
        self.instances: dict[str, None] = {}
        self.attachments: list[KnownAttachment] = []
        self.limits: list[KnownLimit] = []
        self.peers: list[KnownPeer] = []

    def __bool__(self) -> bool:
        return bool(self.packages or self.attachments or self.limits or self.peers)

    def take(self, read: Resource) -> None:
        takers: Mapping[str, tuple[str, Callable[[Row, Row], None]]] = {
            PACKAGES: ("packages", self._package),
            ATTACHMENTS: ("attachments", self._attachment),
            LIMITS: ("limits", self._limit),
        }
        taker = takers.get(read.type)
        if taker is not None:
            for row in _rows(read.outputs.get(taker[0])):
                taker[1](row, read.outputs)

    def _package(self, row: Row, _asked: Row) -> None:
        name, pair = _text(row, "cen_bandwidth_package_id") or _text(row, "id"), self._areas(row)
        if name is None or pair is None:
            return
        ids = row.get("cen_ids")
        listed = next((item for item in ids if isinstance(item, str) and item), None) if isinstance(ids, list) else None
        attached = _text(row, "instance_id") or listed
        if attached:
            self.instances[attached] = None
        status = _text(row, "business_status")
        size, since = _text(row, "reservation_bandwidth"), _day(row, "reservation_active_time")
        told = size is not None and size.isdecimal() and since is not None
        self.packages[name] = KnownPackage(
            id=name,
            area_pair=pair,
            bandwidth=_number(row, "bandwidth"),
            instance=attached,
            expires=_expiry(row),
            locked=None if status in (None, NORMAL) else status,
            reserved_bandwidth=int(size) if told and size else None,
            reserved_from=since if told else None,
        )

    def _attachment(self, row: Row, asked: Row) -> None:
        instance = _text(row, "instance_id") or _text(asked, "instance_id")
        region, kind = _text(row, "child_instance_region_id"), _text(row, "child_instance_type")
        if instance and kind and region and self._is_region(region) and row.get("status") not in ("Detached", "Detaching"):
            self.instances[instance] = None
            network = _text(row, "child_instance_id")
            self.attachments.append(KnownAttachment(instance=instance, region=region, kind=kind, id=network))

    def _limit(self, row: Row, _asked: Row) -> None:
        """A row of DescribeCenInterRegionBandwidthLimits, which names the peers of transit routers as well, and not that it does."""
        instance, pair = _text(row, "instance_id"), self._regions(row, "local_region_id", "opposite_region_id")
        if not instance or pair is None:
            return
        mbps = _number(row, "bandwidth_limit")
        if instance in self._routed:
            self.peers.append(KnownPeer(instance=instance, regions=pair, bandwidth=mbps, billing=UNKNOWN_BILLING))
        else:
            self.limits.append(KnownLimit(instance=instance, regions=pair, bandwidth=mbps))

    def _is_region(self, name: str) -> bool:
        return surrounding(name) in self._catalogue.regions

    def _regions(self, row: Row, first: str, second: str) -> RegionPair | None:
        a, b = _text(row, first), _text(row, second)
        return region_pair(a, b) if a and b and a != b and self._is_region(a) and self._is_region(b) else None

    def _areas(self, row: Row) -> AreaPair | None:
        """The pair of areas; the data source turns back some of the service's small letters."""
        keys = ("geographic_region_a_id", "geographic_region_b_id")
        first, second = (self._spelled.get((_text(row, key) or "").lower()) for key in keys)
        return area_pair(first, second) if first and second else None


def _rows(value: Any) -> Iterator[Row]:
    items: Iterable[Any] = value if isinstance(value, list) else ()
    return (item for item in items if isinstance(item, Mapping))


def _text(row: Row, key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) and value else None


def _number(row: Row, key: str) -> float | None:
    value = row.get(key)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0 else None


def _expiry(row: Row) -> dt.date | None:
    found = _day(row, "expired_time")
    return found if found is not None and found < NEVER else None


def _day(row: Row, key: str) -> dt.date | None:
    """The day of a time."""
    return _date((_text(row, key) or "")[:10])


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
