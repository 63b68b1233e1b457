"""Hangzhou and Frankfurt on Enterprise Edition routers; the peer between them is billed by a package it does not name."""

import pulumi
import pulumi_alicloud as alicloud

SITES = {  # name → region, block, zones of its router
    "orders": ("cn-hangzhou", "10.0.0.0/16", ("cn-hangzhou-h", "cn-hangzhou-i")),
    "payments": ("eu-central-1", "10.1.0.0/16", ("eu-central-1a", "eu-central-1b")),
}

providers = {name: alicloud.Provider(name, region=region) for name, (region, _, _) in SITES.items()}

core = alicloud.cen.Instance("core", cen_instance_name="core", opts=pulumi.ResourceOptions(provider=providers["orders"]))

routers, tables, attachments = {}, {}, {}
for name, (_, block, zones) in SITES.items():
    opts = pulumi.ResourceOptions(provider=providers[name])  # a router lies where its provider works
    vpc = alicloud.vpc.Network(name, vpc_name=name, cidr_block=block, opts=opts)
    switches = [
        alicloud.vpc.Switch(
            f"{name}-{zone}",
            vswitch_name=f"{name}-{zone}",
            vpc_id=vpc.id,
            zone_id=zone,
            cidr_block=block.replace("0.0/16", f"{number}.0/24"),
            opts=opts,
        )
        for number, zone in enumerate(zones)
    ]
    routers[name] = alicloud.cen.TransitRouter(name, cen_id=core.id, transit_router_name=name, opts=opts)
    tables[name] = alicloud.cen.TransitRouterRouteTable(
        name,
        transit_router_id=routers[name].transit_router_id,
        transit_router_route_table_name=name,
        opts=opts,
    )
    attachments[name] = alicloud.cen.TransitRouterVpcAttachment(
        name,
        cen_id=core.id,
        transit_router_id=routers[name].transit_router_id,
        vpc_id=vpc.id,
        transit_router_vpc_attachment_name=name,
        zone_mappings=[{"zone_id": switch.zone_id, "vswitch_id": switch.id} for switch in switches],
        opts=opts,
    )

peer = alicloud.cen.TransitRouterPeerAttachment(
    "orders-payments",
    cen_id=core.id,
    transit_router_id=routers["orders"].transit_router_id,
    peer_transit_router_id=routers["payments"].transit_router_id,
    peer_transit_router_region_id="eu-central-1",
    bandwidth_type="BandwidthPackage",
    bandwidth=10,
    transit_router_peer_attachment_name="orders-payments",
    opts=pulumi.ResourceOptions(provider=providers["orders"]),
)

# Nothing reaches a router's table by itself: each attachment needs an association and a propagation, the peer at both ends.
for name, table in tables.items():
    for kind, attachment in (("vpc", attachments[name]), ("peer", peer)):
        opts = pulumi.ResourceOptions(provider=providers[name])
        alicloud.cen.TransitRouterRouteTableAssociation(
            f"{name}-{kind}",
            transit_router_attachment_id=attachment.transit_router_attachment_id,
            transit_router_route_table_id=table.transit_router_route_table_id,
            opts=opts,
        )
        alicloud.cen.TransitRouterRouteTablePropagation(
            f"{name}-{kind}",
            transit_router_attachment_id=attachment.transit_router_attachment_id,
            transit_router_route_table_id=table.transit_router_route_table_id,
            opts=opts,
        )

pulumi.export("cen_id", core.id)
