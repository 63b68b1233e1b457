"""What data sources of Terraform found, as an inventory of the day on which the plan or state was made.

Attributes are those of the data sources of aliyun/alicloud 1.285.0 (website/docs/d/cen_*.html.markdown). A row that does
not say all that an entry needs tells nothing, and no list is taken for complete: a filter may stand before it.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from cenguard.geography.areas import AreaPair, area_pair
from cenguard.geography.catalogue import Catalogue
from cenguard.geography.regions import RegionPair, region_pair, surrounding
from cenguard.network.known import (
    BILLINGS,
    EDITIONS,
    NEVER,
    Inventory,
    KnownAttachment,
    KnownInstance,
    KnownLimit,
    KnownPackage,
    KnownPeer,
    KnownRouter,
    laid_together,
)
from cenguard.resources.look_ups import ATTACHMENTS, LIMITS, PACKAGES, PEERS, ROUTERS
from cenguard.resources.records import Records, Resource

Row = Mapping[str, Any]


def inventory_of_lookups(sources: Sequence[Records], catalogue: Catalogue) -> Inventory | None:
    """What the data sources of an input list; None where there is none."""
    parts = [part for source in sources if source.reads and (part := _of_source(source, catalogue)) is not None]
    return laid_together(parts) if parts else None


def _of_source(source: Records, catalogue: Catalogue) -> Inventory | None:
    found = _Found(catalogue)
    for read in source.reads:
        found.take(read)
    if not found:
        return None
    return Inventory(
        taken=_day(source.taken),
        packages=found.packages,
        instances={name: KnownInstance(id=name) for name in found.instances},
        attachments=tuple(found.attachments),
        limits=tuple(found.limits),
        routers=found.routers,
        peers=tuple(found.peers),
    )


class _Found:
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.packages: dict[str, KnownPackage] = {}
        self.instances: dict[str, None] = {}
        self.attachments: list[KnownAttachment] = []
        self.limits: list[KnownLimit] = []
        self.routers: dict[str, KnownRouter] = {}
        self.peers: list[KnownPeer] = []

    def __bool__(self) -> bool:
        return bool(self.packages or self.attachments or self.limits or self.routers or self.peers)

    def take(self, read: Resource) -> None:
        takers: Mapping[str, tuple[str, Callable[[Row, Row], None]]] = {
            PACKAGES: ("packages", self._package),
            ATTACHMENTS: ("attachments", self._attachment),
            LIMITS: ("limits", self._limit),
            ROUTERS: ("transit_routers", self._router),
            PEERS: ("attachments", self._peer),
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
        self.packages[name] = KnownPackage(
            id=name, area_pair=pair, bandwidth=_number(row, "bandwidth"), instance=attached, expires=_expiry(row)
        )

    def _attachment(self, row: Row, asked: Row) -> None:
        instance = _text(row, "instance_id") or _text(asked, "instance_id")
        region, kind = _text(row, "child_instance_region_id"), _text(row, "child_instance_type")
        if instance and kind and region and self._is_region(region) and row.get("status") not in ("Detached", "Detaching"):
            self.instances[instance] = None
            network = _text(row, "child_instance_id")
            self.attachments.append(KnownAttachment(instance=instance, region=region, kind=kind, id=network))

    def _limit(self, row: Row, _asked: Row) -> None:
        instance, pair = _text(row, "instance_id"), self._regions(row, "local_region_id", "opposite_region_id")
        if instance and pair is not None:
            self.limits.append(KnownLimit(instance=instance, regions=pair, bandwidth=_number(row, "bandwidth_limit")))

    def _router(self, row: Row, asked: Row) -> None:
        name, instance = _text(row, "transit_router_id"), _text(row, "cen_id") or _text(asked, "cen_id")
        region = _text(row, "region_id")
        if name and instance and region and self._is_region(region):
            edition = EDITIONS[0] if row.get("type") == "Enterprise" else EDITIONS[1]
            self.routers[name] = KnownRouter(id=name, instance=instance, region=region, edition=edition)

    def _peer(self, row: Row, asked: Row) -> None:
        instance, pair = _text(asked, "cen_id"), self._regions(row, "region_id", "peer_transit_router_region_id")
        if not instance or pair is None:
            return
        package = _text(row, "cen_bandwidth_package_id")
        traffic = row.get("bandwidth_type") == "DataTransfer" or package is None
        self.peers.append(
            KnownPeer(
                id=_text(row, "transit_router_attachment_id"),
                instance=instance,
                regions=pair,
                bandwidth=_number(row, "bandwidth"),
                billing=BILLINGS[traffic],
                package=None if traffic else package,
            )
        )

    def _is_region(self, name: str) -> bool:
        return surrounding(name) in self._catalogue.regions

    def _regions(self, row: Row, first: str, second: str) -> RegionPair | None:
        a, b = _text(row, first), _text(row, second)
        return region_pair(a, b) if a and b and a != b and self._is_region(a) and self._is_region(b) else None

    def _areas(self, row: Row) -> AreaPair | None:
        a, b = _text(row, "geographic_region_a_id"), _text(row, "geographic_region_b_id")
        known = a and b and self._catalogue.knows_area(a) and self._catalogue.knows_area(b)
        return area_pair(a, b) if known and a and b else None


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
    found = _day((_text(row, "expired_time") or "")[:10])
    return found if found is not None and found < NEVER else None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
