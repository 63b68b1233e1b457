"""The Enterprise edition: a transit router in each region, attachments with their routing, and peers between routers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pulumi
import pulumi_alicloud as alicloud

from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair
from cenguard.planning.apart import Denial
from cenguard.planning.arguments import RouteTable, StandingRouter, WantedNetwork
from cenguard.planning.plan import PlannedInterconnection
from cenguard_components.bandwidth import HeldPackage
from cenguard_components.basic import account_number
from cenguard_components.children import Children


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """One region's router and its tables; everything of the region runs on the region's provider."""

    region: str
    provider: pulumi.ProviderResource | None
    """None when the component's own provider is the region's."""
    router_id: pulumi.Input[str]
    table_id: pulumi.Input[str]
    """The region's own table: peers use it, and networks that name no other."""
    tables: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    """Ids of further tables, by the caller's key."""
    blocks: tuple[pulumi.Resource, ...] = ()
    """CIDR blocks of the router, which VPN connections wait for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """A network's attachment: its id, and what must fall before it."""

    id: pulumi.Output[str]
    resource: pulumi.Resource


def make_hub(
    children: Children,
    cen_id: pulumi.Input[str],
    region: str,
    tables: Mapping[str, RouteTable],
    tags: Mapping[str, Any],
    provider: pulumi.ProviderResource | None,
    standing: StandingRouter | None = None,
    cidrs: Iterable[str] = (),
) -> Hub:
    """Make a region's router, its own route table, those of the caller that lie in the region, and the router's blocks.

    The router's system table stays unused: finding it takes a look-up of the running service in every preview, and a
    table of our own does the same. A router that stands is used with the tables that are named, and nothing of it is made.
    """
    name = children.named(region)
    if standing is not None:
        router_id: pulumi.Input[str] = standing["id"]
    else:
        router_id = alicloud.cen.TransitRouter(
            name,
            cen_id=cen_id,
            transit_router_name=name,
            tags=tags or None,
            opts=children.options(f"transit_routers.{region}", provider=provider),
        ).transit_router_id

    def table(key: str, shown: str) -> alicloud.cen.TransitRouterRouteTable:
        return alicloud.cen.TransitRouterRouteTable(
            children.named(key),
            transit_router_id=router_id,
            transit_router_route_table_name=shown,
            tags=tags or None,
            opts=children.options(f"route_tables.{key}", provider=provider),
        )

    theirs = standing.get("route_tables", {}) if standing is not None else {}
    return Hub(
        region=region,
        provider=provider,
        router_id=router_id,
        table_id=table(region, name).transit_router_route_table_id if standing is None else standing["table_id"],
        tables={
            key: theirs[key]
            if key in theirs
            else table(key, stated.get("name") or children.named(key)).transit_router_route_table_id
            for key, stated in tables.items()
            if stated["region"] == region
        },
        blocks=tuple(
            alicloud.cen.TransitRouterCidr(
                children.named(region, block.replace("/", "-")),
                transit_router_id=router_id,
                cidr=block,
                publish_cidr_route=True,
                opts=children.options(f"router_cidrs.{block}@{region}", provider=provider),
            )
            for block in cidrs
        ),
    )


def attach_to_router(
    children: Children,
    cen_id: pulumi.Input[str],
    key: str,
    network: WantedNetwork,
    hub: Hub,
    tags: Mapping[str, Any],
    after: Iterable[pulumi.Resource] = (),
) -> Routed:
    """Attach one network to its region's router and route it.

    It looks routes up in the table it names, and is known there and in the region's own table, which peers use.
    """
    routed = _ATTACH[network["kind"]](children, cen_id, key, network, hub, {**tags, **network["tags"]} or None, tuple(after))
    chosen = network.get("table")
    own = hub.table_id if chosen is None else hub.tables[chosen]
    alicloud.cen.TransitRouterRouteTableAssociation(
        children.named(key),
        transit_router_attachment_id=routed.id,
        transit_router_route_table_id=own,
        opts=children.options(f"associations.{key}", provider=hub.provider, alone=True),
    )
    known_in = {hub.region: hub.table_id} if chosen is None else {hub.region: hub.table_id, chosen: own}
    for table, table_id in known_in.items():
        alicloud.cen.TransitRouterRouteTablePropagation(
            children.named(f"{key}@{table}"),
            transit_router_attachment_id=routed.id,
            transit_router_route_table_id=table_id,
            opts=children.options(f"propagations.{key}@{table}", provider=hub.provider),
        )
    return routed


def join_hubs(
    children: Children,
    cen_id: pulumi.Input[str],
    item: PlannedInterconnection,
    hubs: Mapping[str, Hub],
    package: HeldPackage | None,
    tags: Mapping[str, Any],
) -> alicloud.cen.TransitRouterPeerAttachment:
    """Join two regions' routers by a peer, and route it at both ends.

    A peer billed by package is given the package's id by way of its attachment to the instance: before that the service
    refuses it, and a package cannot be detached while a peer draws on it.
    """
    first, second = (hubs[region] for region in item.regions.names)
    name = children.named(first.region, second.region)
    peer = alicloud.cen.TransitRouterPeerAttachment(
        name,
        cen_id=cen_id,
        transit_router_id=first.router_id,
        peer_transit_router_id=second.router_id,
        peer_transit_router_region_id=second.region,
        bandwidth=item.mbps,
        bandwidth_type="DataTransfer" if package is None else "BandwidthPackage",
        cen_bandwidth_package_id=None if package is None else package.drawable_id,
        auto_publish_route_enabled=True,
        transit_router_peer_attachment_name=name,
        tags=tags or None,
        opts=children.options(
            f"interconnections.{item.regions}",
            after=() if package is None else package.awaited,
            provider=first.provider,
        ),
    )
    for hub in (first, second):
        pair = f"{first.region}-{second.region}"
        alicloud.cen.TransitRouterRouteTableAssociation(
            children.named(f"{pair}@{hub.region}"),
            transit_router_attachment_id=peer.transit_router_attachment_id,
            transit_router_route_table_id=hub.table_id,
            opts=children.options(f"associations.{item.regions}@{hub.region}", provider=hub.provider, alone=True),
        )
        known_in = {hub.region: hub.table_id, **hub.tables}
        for key, table_id in known_in.items():
            alicloud.cen.TransitRouterRouteTablePropagation(
                children.named(f"{pair}@{key}"),
                transit_router_attachment_id=peer.transit_router_attachment_id,
                transit_router_route_table_id=table_id,
                opts=children.options(f"propagations.{item.regions}@{key}", provider=hub.provider),
            )
    return peer


def join_all(
    children: Children,
    cen_id: pulumi.Input[str],
    interconnections: Iterable[PlannedInterconnection],
    hubs: Mapping[str, Hub],
    held: Mapping[AreaPair, HeldPackage],
    tags: Mapping[str, Any],
) -> dict[RegionPair, alicloud.cen.TransitRouterPeerAttachment]:
    """A peer for each planned pair, drawing on the package of its areas unless traffic pays."""
    return {
        item.regions: join_hubs(
            children, cen_id, item, hubs, held[item.areas] if item.areas and item.draws_on_package else None, tags
        )
        for item in interconnections
    }


def keep_apart(
    children: Children,
    cen_id: pulumi.Input[str],
    denials: Iterable[Denial],
    networks: Mapping[str, WantedNetwork],
    hubs: Mapping[str, Hub],
) -> None:
    """Deny tables the routes of the networks that they are kept apart from, wherever these are attached.

    A map without a table would act on the router's system table, which nothing uses here.
    """
    for item in denials:
        hub = next(hub for hub in hubs.values() if item.table in hub.tables)
        alicloud.cen.RouteMap(
            children.named(item.table, "apart", str(item.number)),
            cen_id=cen_id,
            cen_region_id=hub.region,
            transit_router_route_table_id=hub.tables[item.table],
            transmit_direction="RegionIn",
            map_result="Deny",
            priority=item.priority,
            source_instance_ids=[networks[key]["id"] for key in item.networks],
            opts=children.options(f"route_maps.{item.table}.{item.number}", provider=hub.provider),
        )


def _vpc(
    children: Children, cen_id: pulumi.Input[str], key: str, network: WantedNetwork, hub: Hub, tags: Any, after: tuple[Any, ...]
) -> Routed:
    attachment = alicloud.cen.TransitRouterVpcAttachment(
        children.named(key),
        cen_id=cen_id,
        transit_router_id=hub.router_id,
        vpc_id=network["id"],
        vpc_owner_id=network.get("owner"),
        zone_mappings=[{"zone_id": zone, "vswitch_id": vswitch} for zone, vswitch in sorted(network["vswitches"].items())],
        # Without it the VPC's own route tables never learn of the router, and nothing flows.
        auto_publish_route_enabled=True,
        transit_router_vpc_attachment_name=network.get("name") or children.named(key),
        tags=tags,
        opts=children.options(f"networks.{key}", after=after, provider=hub.provider),
    )
    return Routed(id=attachment.transit_router_attachment_id, resource=attachment)


def _vbr(
    children: Children, cen_id: pulumi.Input[str], key: str, network: WantedNetwork, hub: Hub, tags: Any, after: tuple[Any, ...]
) -> Routed:
    attachment = alicloud.cen.TransitRouterVbrAttachment(
        children.named(key),
        cen_id=cen_id,
        transit_router_id=hub.router_id,
        vbr_id=network["id"],
        vbr_owner_id=network.get("owner"),
        auto_publish_route_enabled=True,
        transit_router_attachment_name=network.get("name") or children.named(key),
        tags=tags,
        opts=children.options(f"networks.{key}", after=after, provider=hub.provider),
    )
    return Routed(id=attachment.transit_router_attachment_id, resource=attachment)


def _vpn(
    children: Children, cen_id: pulumi.Input[str], key: str, network: WantedNetwork, hub: Hub, tags: Any, after: tuple[Any, ...]
) -> Routed:
    attachment = alicloud.cen.TransitRouterVpnAttachment(
        children.named(key),
        cen_id=cen_id,
        transit_router_id=hub.router_id,
        vpn_id=network["id"],
        vpn_owner_id=network.get("owner"),
        zones=[{"zone_id": zone} for zone in network["zones"]],
        auto_publish_route_enabled=True,
        transit_router_vpn_attachment_name=network.get("name") or children.named(key),
        tags=tags,
        # The gateways of a VPN connection take their addresses from a block of the router.
        opts=children.options(f"networks.{key}", after=(*after, *hub.blocks), provider=hub.provider),
    )
    return Routed(id=attachment.id, resource=attachment)  # of VPN and ECR attachments the id is the attachment's own


def _ecr(
    children: Children, cen_id: pulumi.Input[str], key: str, network: WantedNetwork, hub: Hub, tags: Any, after: tuple[Any, ...]
) -> Routed:
    association = alicloud.expressconnect.RouterTrAssociation(
        children.named(key),
        ecr_id=network["id"],
        cen_id=cen_id,
        transit_router_id=hub.router_id,
        association_region_id=hub.region,
        opts=children.options(f"ecr_associations.{key}", after=after, provider=hub.provider),
    )
    attachment = alicloud.cen.TransitRouterEcrAttachment(
        children.named(key),
        cen_id=cen_id,
        transit_router_id=hub.router_id,
        ecr_id=network["id"],
        ecr_owner_id=account_number(network.get("owner")),
        transit_router_ecr_attachment_name=network.get("name") or children.named(key),
        tags=tags,
        opts=children.options(f"networks.{key}", after=(association,), provider=hub.provider),
    )
    return Routed(id=attachment.id, resource=attachment)


_ATTACH: Mapping[str, Callable[..., Routed]] = {"VPC": _vpc, "VBR": _vbr, "VPN": _vpn, "ECR": _ecr}
