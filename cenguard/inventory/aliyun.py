"""Reads what `aliyun cbn Describe…` and `aliyun cbn List…` print, one page or many.

Field names are those of the API, version 2017-09-12:
https://www.alibabacloud.com/help/en/cen/developer-reference/api-cbn-2017-09-12-overview, checked against the structs of
the service's own Go SDK (github.com/aliyun/alibaba-cloud-sdk-go, services/cbn).
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cenguard.errors import UnreadableInput
from cenguard.geography.areas import AreaPair, area_pair
from cenguard.geography.catalogue import Catalogue
from cenguard.geography.regions import RegionPair, region_pair, surrounding
from cenguard.inventory.files import unknown_region
from cenguard.network.known import (
    EDITIONS,
    Inventory,
    KnownAttachment,
    KnownInstance,
    KnownLimit,
    KnownPackage,
    KnownPeer,
    KnownRouter,
)
from cenguard.text.encodings import utf8

if TYPE_CHECKING:
    from cenguard.inventory.sources import Gathered

ANSWERS = {
    "CenBandwidthPackages": ("CenBandwidthPackage", "DescribeCenBandwidthPackages"),
    "Cens": ("Cen", "DescribeCens"),
    "ChildInstances": ("ChildInstance", "DescribeCenAttachedChildInstances"),
    "CenInterRegionBandwidthLimits": ("CenInterRegionBandwidthLimit", "DescribeCenInterRegionBandwidthLimits"),
    "TransitRouters": ("TransitRouter", "ListTransitRouters"),
    "TransitRouterAttachments": ("TransitRouterAttachment", "ListTransitRouter…Attachments"),
}
"""The list in each answer, its rows' name where it wraps them, and the call."""
NEVER = dt.date(2900, 1, 1)
"""Pay-as-you-go packages are said to expire in 2999."""
LARGEST = 1 << 28
"""Bytes of an answer: the service's pages hold 50 rows."""
Answer = Mapping[str, Any]


def answer_in(name: str) -> Answer | None:
    """The answer in a file; None where the file is something else."""
    path = Path(name)
    if name == "-" or not path.is_file() or path.stat().st_size > LARGEST:
        return None
    try:
        content = utf8(path.read_bytes())
    except UnicodeDecodeError:
        return None
    if not any(key.encode() in content for key in ANSWERS):
        return None
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if isinstance(document, dict) and any(key in document for key in ANSWERS) and "RequestId" in document:
        return document
    return None


class Answers:
    """Answers of the service, laid together."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the catalogue that regions and areas are spelled by."""
        self._catalogue = catalogue
        self._packages: dict[str, KnownPackage] = {}
        self._instances: set[str] = set()
        self._attachments: dict[tuple[str, str | None, str], KnownAttachment] = {}
        self._limits: dict[tuple[str, RegionPair], KnownLimit] = {}
        self._routers: dict[str, KnownRouter] = {}
        self._peers: dict[str, KnownPeer] = {}
        self._seen: dict[str, int] = {}
        self._total: dict[str, int] = {}
        self._asked: dict[str, set[str]] = {}

    def __bool__(self) -> bool:
        return bool(self._seen)

    def add(self, answer: Answer, name: str) -> None:
        """Take one answer.

        Raises:
            UnreadableInput: a row of it is not what the service answers.
        """
        readers: Mapping[str, Callable[[_Row], None]] = {
            "CenBandwidthPackages": self._package,
            "Cens": self._cen,
            "ChildInstances": self._attachment,
            "CenInterRegionBandwidthLimits": self._limit,
            "TransitRouters": self._router,
            "TransitRouterAttachments": self._router_attachment,
        }
        for key, (inner, _) in ANSWERS.items():
            if key not in answer:
                continue
            rows = answer[key]
            rows = rows.get(inner, []) if isinstance(rows, Mapping) else rows
            if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
                raise UnreadableInput(name, "a list of rows was expected", where=key)
            asked = {values["CenId"] for values in rows if isinstance(values.get("CenId"), str)}
            self._asked.setdefault(key, set()).update(asked)
            for index, values in enumerate(rows):
                row = _Row(values, name, f"{key}[{index}]", self._catalogue)
                readers[key](row)
            place = f"{key} {','.join(sorted(asked))}" if key == "ChildInstances" else key  # asked for one instance at a time
            self._seen[place] = self._seen.get(place, 0) + len(rows)
            total = answer.get("TotalCount")
            self._total[place] = max(self._total.get(place, 0), total if isinstance(total, int) else len(rows))

    # ------------------------------------------------------------------ rows

    def _package(self, row: "_Row") -> None:
        name = row.text("CenBandwidthPackageId")
        expires = row.day("ExpiredTime")
        attached = row.values.get("CenIds")
        ids = attached.get("CenId", []) if isinstance(attached, Mapping) else attached or []
        instance = next((item for item in ids if isinstance(item, str) and item), None) if isinstance(ids, list) else None
        if instance:
            self._instances.add(instance)
        self._packages[name] = KnownPackage(
            id=name,
            area_pair=row.area_pair("GeographicRegionAId", "GeographicRegionBId"),
            bandwidth=row.number("Bandwidth"),
            instance=instance,
            expires=expires if expires and expires < NEVER else None,
        )
        limits = row.values.get("OrginInterRegionBandwidthLimits")  # so spelled by the service
        for values in limits.get("OrginInterRegionBandwidthLimit", []) if isinstance(limits, Mapping) and instance else []:
            if isinstance(values, Mapping):
                self._put_limit(_Row(values, row.source, row.where, row.catalogue), str(instance))

    def _cen(self, row: "_Row") -> None:
        self._instances.add(row.text("CenId"))

    def _attachment(self, row: "_Row") -> None:
        if row.values.get("Status") in ("Detached", "Detaching"):
            return
        instance, network = row.text("CenId"), row.text("ChildInstanceId")
        self._instances.add(instance)
        self._put_attachment(instance, row.region("ChildInstanceRegionId"), row.text("ChildInstanceType"), network)

    def _put_attachment(self, instance: str, region: str, kind: str, network: str | None) -> None:
        found = KnownAttachment(instance=instance, region=region, kind=kind, id=network)
        self._attachments[instance, network, region] = found

    def _limit(self, row: "_Row") -> None:
        if row.values.get("TransitRouterAttachmentId"):
            self._put_peer(row, row.text("CenId"), row.pair("LocalRegionId", "OppositeRegionId"), row.number("BandwidthLimit"))
        else:
            self._put_limit(row, row.text("CenId"))

    def _put_limit(self, row: "_Row", instance: str) -> None:
        pair = row.pair("LocalRegionId", "OppositeRegionId")
        self._limits[instance, pair] = KnownLimit(instance=instance, regions=pair, bandwidth=row.number("BandwidthLimit"))

    def _router(self, row: "_Row") -> None:
        name, instance = row.text("TransitRouterId"), row.text("CenId")
        self._instances.add(instance)
        edition = EDITIONS[0] if row.values.get("Type") == "Enterprise" else EDITIONS[1]
        self._routers[name] = KnownRouter(id=name, instance=instance, region=row.region("RegionId"), edition=edition)

    def _router_attachment(self, row: "_Row") -> None:
        """Of VPCs, VBRs and so on, and of peers: told apart by `ResourceType`, or by what they name."""
        instance = row.values.get("CenId") or self._instance_of(row.values.get("TransitRouterId"))
        if not isinstance(instance, str) or not instance:
            raise UnreadableInput(
                row.source, "CenId is missing, and no ListTransitRouters before it names the router's", where=row.where
            )
        kind = row.values.get("ResourceType") or ("TR" if row.values.get("PeerTransitRouterId") else None)
        if kind == "TR" or row.values.get("PeerTransitRouterId"):
            local = "RegionId" if row.values.get("RegionId") else "LocalRegionId"
            self._put_peer(row, instance, row.pair(local, "PeerTransitRouterRegionId"), row.number("Bandwidth"))
            return
        for word in ("VPC", "VBR", "VPN", "ECR"):
            own = f"{word.capitalize()}Id"
            if kind == word or row.values.get(own):
                region = next((key for key in (f"{word.capitalize()}RegionId", "RegionId") if row.values.get(key)), None)
                if region is None:
                    region = self._region_key(row)
                self._put_attachment(instance, row.region(region), word, row.optional(own))
                return

    def _region_key(self, row: "_Row") -> str:
        router = self._routers.get(str(row.values.get("TransitRouterId")))
        if router is None:
            raise UnreadableInput(row.source, "RegionId is missing", where=row.where)
        row.values = {**row.values, "RegionId": router.region}
        return "RegionId"

    def _instance_of(self, router: Any) -> str | None:
        known = self._routers.get(router) if isinstance(router, str) else None
        return known.instance if known else None

    def _put_peer(self, row: "_Row", instance: str, pair: RegionPair, bandwidth: float | None) -> None:
        self._instances.add(instance)
        name = row.text("TransitRouterAttachmentId")
        package = row.optional("CenBandwidthPackageId") or row.optional("BandwidthPackageId")
        traffic = row.values.get("BandwidthType") == "DataTransfer" or not package
        earlier = self._peers.get(name)
        if earlier is not None and earlier.package and not package:
            return  # the other list tells more
        self._peers[name] = KnownPeer(
            id=name,
            instance=instance,
            regions=pair,
            bandwidth=bandwidth,
            billing="traffic" if traffic else "package",
            package=None if traffic else package,
        )

    # ------------------------------------------------------------------ what comes of it

    def gathered(self, *, complete: bool) -> "Gathered":
        """The inventory, and what is missing for certainty."""
        from cenguard.inventory.sources import Gathered

        notes = [
            f"{call}: {self._seen[place]} of {self._total[place]} rows were given; give the other pages too"
            for place in sorted(self._seen)
            if self._seen[place] < self._total[place] and (call := ANSWERS[place.partition(" ")[0]][1])
        ]
        instances: dict[str, KnownInstance] = {}
        for name in sorted(self._instances):
            missing = () if complete else tuple(self._missing(name))
            if missing:
                notes.append(f"{name} is not marked complete: {', '.join(missing)}")
            instances[name] = KnownInstance(id=name, complete=not missing)
        inventory = Inventory(
            packages=self._packages,
            instances=instances,
            attachments=tuple(self._attachments.values()),
            limits=tuple(self._limits.values()),
            routers=self._routers,
            peers=tuple(self._peers.values()),
        )
        return Gathered(inventory, tuple(notes))

    def _missing(self, instance: str) -> Iterable[str]:
        """What must be known of an instance before something absent is certainly absent."""
        if not self._whole("CenBandwidthPackages"):
            yield "all its packages (DescribeCenBandwidthPackages)"
        if instance not in self._asked.get("ChildInstances", ()) or not self._whole("ChildInstances"):
            yield f"all its attachments (DescribeCenAttachedChildInstances --CenId {instance})"
        if not self._whole("CenInterRegionBandwidthLimits"):
            yield f"all its limits (DescribeCenInterRegionBandwidthLimits --CenId {instance})"
        if not self._whole("TransitRouters"):
            yield f"its routers (ListTransitRouters --CenId {instance})"
        enterprise = any(router.instance == instance and router.edition == EDITIONS[0] for router in self._routers.values())
        if enterprise and "TransitRouterAttachments" not in self._seen:
            yield f"its peers (ListTransitRouterPeerAttachments --CenId {instance})"

    def _whole(self, key: str) -> bool:
        places = [place for place in self._seen if place.partition(" ")[0] == key]
        return bool(places) and all(self._seen[place] >= self._total[place] for place in places)


class _Row:
    """One row of an answer, with the means to say what is wrong in it."""

    def __init__(self, values: Mapping[str, Any], source: str, where: str, catalogue: Catalogue) -> None:
        self.values, self.source, self.where, self.catalogue = values, source, where, catalogue

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value:
            raise UnreadableInput(self.source, "a text was expected", where=f"{self.where}.{key}")
        return value

    def optional(self, key: str) -> str | None:
        value = self.values.get(key)
        return value if isinstance(value, str) and value else None

    def number(self, key: str) -> float | None:
        value = self.values.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, str) and value.isdecimal():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
            raise UnreadableInput(self.source, "a number was expected", where=f"{self.where}.{key}")
        return value

    def day(self, key: str) -> dt.date | None:
        value = self.optional(key)
        try:
            return dt.date.fromisoformat(value[:10]) if value else None
        except ValueError:
            raise UnreadableInput(self.source, f"a date was expected, not {value!r}", where=f"{self.where}.{key}") from None

    def region(self, key: str) -> str:
        name = self.text(key)
        if surrounding(name) not in self.catalogue.regions:
            raise unknown_region(self.source, f"{self.where}.{key}", name, self.catalogue)
        return name

    def pair(self, first: str, second: str) -> RegionPair:
        a, b = self.region(first), self.region(second)
        if a == b:
            raise UnreadableInput(self.source, f"{a} is named twice", where=self.where)
        return region_pair(a, b)

    def area_pair(self, first: str, second: str) -> AreaPair:
        return area_pair(self._area(first), self._area(second))

    def _area(self, key: str) -> str:
        """The service answers areas in its own spelling, or in small letters."""
        word = self.text(key)
        spelled = {area.lower(): area for area in self.catalogue.areas}
        for area in self.catalogue.areas.values():
            spelled |= {alias: area.id for alias in area.aliases if alias not in spelled}
        found = spelled.get(word.lower())
        if found is None:
            raise UnreadableInput(self.source, f"no area {word!r}", where=f"{self.where}.{key}")
        return found
