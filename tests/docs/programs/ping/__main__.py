"""A plant in Hangzhou and an office in Frankfurt, each behind its router, and a peer between the two routers."""

import pulumi
import pulumi_alicloud as alicloud

core = alicloud.cen.Instance("core")
SITES = {
    "plant": ("cn-hangzhou", "10.1", ("cn-hangzhou-h", "cn-hangzhou-i")),
    "office": ("eu-central-1", "10.2", ("eu-central-1a", "eu-central-1b")),
}
routers, tables, networks, attachments, options = {}, {}, {}, {}, {}
for name, (region, block, zones) in SITES.items():
    options[name] = pulumi.ResourceOptions(provider=alicloud.Provider(region, region=region))
    networks[name] = alicloud.vpc.Network(name, cidr_block=f"{block}.0.0/16", opts=options[name])
    switches = [
        alicloud.vpc.Switch(
            f"{name}-{number}",
            vpc_id=networks[name].id,
            cidr_block=f"{block}.{number}.0/24",
            zone_id=zone,
            opts=options[name],
        )
        for number, zone in enumerate(zones, 1)
    ]
    routers[name] = alicloud.cen.TransitRouter(f"{name}-router", cen_id=core.id, opts=options[name])
    tables[name] = alicloud.cen.TransitRouterRouteTable(
        f"{name}-table", transit_router_id=routers[name].transit_router_id, opts=options[name]
    )
    attachments[name] = alicloud.cen.TransitRouterVpcAttachment(
        f"{name}-attachment",
        cen_id=core.id,
        transit_router_id=routers[name].transit_router_id,
        vpc_id=networks[name].id,
        zone_mappings=[{"zone_id": switch.zone_id, "vswitch_id": switch.id} for switch in switches],
        auto_publish_route_enabled=True if name == "office" else None,
        opts=options[name],
    )
peer = alicloud.cen.TransitRouterPeerAttachment(
    "peer",
    cen_id=core.id,
    transit_router_id=routers["plant"].transit_router_id,
    peer_transit_router_id=routers["office"].transit_router_id,
    peer_transit_router_region_id="eu-central-1",
    bandwidth_type="DataTransfer",
    bandwidth=10,
    auto_publish_route_enabled=True,
    opts=options["plant"],
)
for name in SITES:
    table_id = tables[name].transit_router_route_table_id
    for what, joined in ((name, attachments[name]), (f"{name}-peer", peer)):
        ids = {
            "transit_router_attachment_id": joined.transit_router_attachment_id,
            "transit_router_route_table_id": table_id,
        }
        alicloud.cen.TransitRouterRouteTableAssociation(f"{what}-in", **ids, opts=options[name])
        alicloud.cen.TransitRouterRouteTablePropagation(f"{what}-from", **ids, opts=options[name])
