"""Rows of the service's answers as what an inventory knows.

What the service is taking away (`Detaching`, `Deleting`) is not there any more.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import structs

from cenguard.errors import UnreadableInput
from cenguard.geography.regions import RegionPair
from cenguard.inventory.aliyun_pages import kind_of
from cenguard.inventory.aliyun_routes import RouteRows
from cenguard.inventory.aliyun_row import Row
from cenguard.network import BY_PACKAGE, DATA_TRANSFER
from cenguard.network.known import (
    BILLINGS,
    EDITIONS,
    ENTERPRISE,
    NEVER,
    NORMAL,
    UNKNOWN_BILLING,
    Inventory,
    KnownAttachment,
    KnownInstance,
    KnownLimit,
    KnownPackage,
    KnownPeer,
    KnownRouter,
    KnownSwitch,
)


class Rows:
    """What the rows of all answers say, laid together."""

    def __init__(self) -> None:
        self.instances: set[str] = set()
        self.routers: dict[str, KnownRouter] = {}
        self.routes = RouteRows()
        self._packages: dict[str, KnownPackage] = {}
        self._attachments: dict[tuple[str, str | None, str], KnownAttachment] = {}
        self._limits: dict[tuple[str, RegionPair], KnownLimit] = {}
        self._drawn_on: dict[tuple[str, RegionPair], str | None] = {}
        """The package that a limit's row names."""
        self._by_package_row: dict[tuple[str, RegionPair], KnownLimit] = {}
        """Limits that only the row of their package tells of."""
        self._switches: dict[str, KnownSwitch] = {}
        self._peers: dict[str, KnownPeer] = {}
        self._peers_by_pair: dict[tuple[str, RegionPair], KnownPeer] = {}
        """Peers that rows without an attachment's id tell of."""

    def switch(self, row: "Row") -> None:
        """A row of DescribeVSwitches, of the service of VPCs.

        Source: https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-describevswitches
        """
        name = row.text("VSwitchId")
        self._switches[name] = KnownSwitch(id=name, network=row.text("VpcId"), zone=row.text("ZoneId"))

    def inventory(self, instances: Mapping[str, KnownInstance]) -> Inventory:
        """Everything as an inventory; of two rows about one pair, the one that tells more."""
        peers = {(peer.instance, peer.regions) for peer in self._peers.values()}
        limits = {**self._by_package_row, **self._limits}
        enterprise = {(router.instance, router.region) for router in self.routers.values() if router.edition == ENTERPRISE}
        found = list(self._peers.values())
        found += [peer for key, peer in self._peers_by_pair.items() if key not in peers]
        peers |= self._peers_by_pair.keys()
        for (instance, pair), limit in list(limits.items()):
            if (instance, pair) in peers:
                del limits[instance, pair]
            elif any((instance, region) in enterprise for region in pair.names):
                # limits join Basic routers only; the list of limits names the peers of the others as well
                del limits[instance, pair]
                package = self._drawn_on.get((instance, pair))
                billing = BILLINGS[0] if package else UNKNOWN_BILLING
                found.append(
                    KnownPeer(instance=instance, regions=pair, bandwidth=limit.bandwidth, billing=billing, package=package)
                )
        return Inventory(
            packages=self._packages,
            instances=instances,
            attachments=tuple(map(self._with_its_id, self._attachments.values())),
            limits=tuple(limits.values()),
            routers=self.routers,
            peers=tuple(found),
            route_tables=self.routes.tables,
            associations=tuple(self.routes.associations),
            propagations=tuple(self.routes.propagations),
            routes=tuple(self.routes.routes.values()),
            switches=self._switches,
        )

    def _with_its_id(self, row: KnownAttachment) -> KnownAttachment:
        """The row with the attachment's own id, which rows of associations tell where no list of attachments is given."""
        named = self.routes.attachment_of.get(row.id or "", set())
        return structs.replace(row, attachment=min(named)) if row.attachment is None and len(named) == 1 else row

    # ------------------------------------------------------------------ Basic and common

    @staticmethod
    def attached_to(values: Mapping[str, Any]) -> list[str]:
        """The instances that a package's row says it is attached to."""
        attached = values.get("CenIds")
        ids = attached.get("CenId", []) if isinstance(attached, Mapping) else attached or []
        return [item for item in ids if isinstance(item, str) and item] if isinstance(ids, list) else []

    def package(self, row: "Row") -> None:
        """A row of DescribeCenBandwidthPackages."""
        if row.leaving:
            return
        name = row.text("CenBandwidthPackageId")
        expires = row.day("ExpiredTime")
        instance = next(iter(self.attached_to(row.values)), None)
        if instance:
            self.instances.add(instance)
        status = row.optional("BusinessStatus")
        reserved, since = row.number("ReservationBandwidth"), row.day("ReservationActiveTime")
        told = reserved is not None and since is not None
        self._packages[name] = KnownPackage(
            id=name,
            area_pair=row.area_pair("GeographicRegionAId", "GeographicRegionBId"),
            bandwidth=row.number("Bandwidth"),
            instance=instance,
            expires=expires if expires and expires < NEVER else None,
            locked=None if status in (None, NORMAL) else status,
            reserved_bandwidth=reserved if told else None,
            reserved_from=since if told else None,
        )
        limits = row.values.get("OrginInterRegionBandwidthLimits")  # so spelled by the service
        for values in limits.get("OrginInterRegionBandwidthLimit", []) if isinstance(limits, Mapping) and instance else []:
            if isinstance(values, Mapping):
                inner = Row(values, row.source, row.where, row.catalogue)
                key = (str(instance), inner.pair("LocalRegionId", "OppositeRegionId"))
                self._by_package_row[key] = KnownLimit(instance=key[0], regions=key[1], bandwidth=inner.number("BandwidthLimit"))
                self._drawn_on.setdefault(key, name)

    def cen(self, row: "Row") -> None:
        """A row of DescribeCens."""
        if not row.leaving:
            self.instances.add(row.text("CenId"))

    def attachment(self, row: "Row") -> None:
        """A row of DescribeCenAttachedChildInstances."""
        if row.leaving:
            return
        instance, network = row.text("CenId"), row.text("ChildInstanceId")
        self.instances.add(instance)
        region, kind = row.region("ChildInstanceRegionId"), row.text("ChildInstanceType")
        self._put_attachment(KnownAttachment(instance=instance, region=region, kind=kind, id=network))

    def _put_attachment(self, found: KnownAttachment) -> None:
        key = found.instance, found.id, found.region
        earlier = self._attachments.get(key)
        self._attachments[key] = found if earlier is None else found.over(earlier)

    def limit(self, row: "Row") -> None:
        """A row of DescribeCenInterRegionBandwidthLimits: a limit, or the bandwidth of a peer."""
        if row.leaving:
            return
        instance, pair = row.text("CenId"), row.pair("LocalRegionId", "OppositeRegionId")
        self.instances.add(instance)
        if row.optional("TransitRouterAttachmentId") or row.values.get("BandwidthType") == DATA_TRANSFER:
            self._put_peer(row, instance, pair, row.number("BandwidthLimit"))
            return
        self._limits[instance, pair] = KnownLimit(instance=instance, regions=pair, bandwidth=row.number("BandwidthLimit"))
        package = row.optional("BandwidthPackageId")
        if package:
            self._drawn_on[instance, pair] = package

    # ------------------------------------------------------------------ transit routers

    def router(self, row: "Row") -> None:
        """A row of ListTransitRouters."""
        name, instance = row.text("TransitRouterId"), row.text("CenId")
        self.instances.add(instance)
        if row.leaving:
            return
        edition = EDITIONS[0] if row.values.get("Type") == "Enterprise" else EDITIONS[1]
        self.routers[name] = KnownRouter(id=name, instance=instance, region=row.region("RegionId"), edition=edition)

    def instance_of(self, router: Any) -> str | None:
        """The instance of a router that a list named."""
        known = self.routers.get(router) if isinstance(router, str) else None
        return known.instance if known else None

    def router_attachment(self, row: "Row") -> None:
        """A row of ListTransitRouter…Attachments: of a network, or a peer."""
        instance = row.values.get("CenId") or self.instance_of(row.values.get("TransitRouterId"))
        if not isinstance(instance, str) or not instance:
            raise UnreadableInput(row.source, "CenId is missing, and no ListTransitRouters names the router's", where=row.where)
        self.instances.add(instance)
        if row.leaving:
            return
        kind = kind_of(row.values)
        if kind == "TR":
            local = row.first("RegionId", "LocalRegionId", "TransitRouterRegionId") or self._routers_region(row)
            self._put_peer(row, instance, row.pair(local, "PeerTransitRouterRegionId"), row.number("Bandwidth"))
        elif kind is not None:
            own = kind.capitalize()
            place = row.first(f"{own}RegionId", "TransitRouterRegionId", "RegionId") or self._routers_region(row)
            found = KnownAttachment(
                instance=instance,
                region=row.region(place),
                kind=kind,
                id=row.optional(f"{own}Id"),
                attachment=row.optional("TransitRouterAttachmentId"),
                auto_publish=row.flag("AutoPublishRouteEnabled"),
            )
            self._put_attachment(found)

    def _routers_region(self, row: "Row") -> str:
        router = self.routers.get(str(row.values.get("TransitRouterId")))
        if router is None:
            raise UnreadableInput(
                row.source, "RegionId is missing, and no ListTransitRouters names the router's", where=row.where
            )
        row.values = {**row.values, "RegionId": router.region}
        return "RegionId"

    def _put_peer(self, row: "Row", instance: str, pair: RegionPair, bandwidth: float | None) -> None:
        name = row.optional("TransitRouterAttachmentId")
        package = row.optional("CenBandwidthPackageId") or row.optional("BandwidthPackageId")
        match row.values.get("BandwidthType"):
            case word if word == DATA_TRANSFER:
                billing = BILLINGS[1]
            case word if word == BY_PACKAGE or package:
                billing = BILLINGS[0]
            case _:
                billing = UNKNOWN_BILLING
        found = KnownPeer(
            id=name,
            instance=instance,
            regions=pair,
            bandwidth=bandwidth,
            billing=billing,
            package=package if billing == BILLINGS[0] else None,
            auto_publish=row.flag("AutoPublishRouteEnabled"),
        )
        if name is None:
            self._peers_by_pair[instance, pair] = found
            return
        earlier = self._peers.get(name)
        if earlier is None:
            self._peers[name] = found
            return
        first, second = (found, earlier) if _tells(found) >= _tells(earlier) else (earlier, found)
        publishes = second.auto_publish if first.auto_publish is None else first.auto_publish
        self._peers[name] = structs.replace(first, auto_publish=publishes)


def _tells(peer: KnownPeer) -> int:
    """How much a row tells of how a peer is paid: two lists name the same peers, one of them less of each."""
    return 2 if peer.package or peer.billing == BILLINGS[1] else 1 if peer.billing == BILLINGS[0] else 0
