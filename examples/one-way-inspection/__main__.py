"""Two spokes whose packets all pass an inspection VPC; the way back to one of them is missing."""

import pulumi
import pulumi_alicloud as alicloud

REGION = "cn-hangzhou"
ZONES = ("cn-hangzhou-h", "cn-hangzhou-i")
SPOKES = ("shop", "office")

here = pulumi.ResourceOptions(provider=alicloud.Provider(REGION, region=REGION))
core = alicloud.cen.Instance("core", cen_instance_name="core")
router = alicloud.cen.TransitRouter("router", cen_id=core.id, transit_router_name="router", opts=here)
tables = {
    name: alicloud.cen.TransitRouterRouteTable(
        name, transit_router_id=router.transit_router_id, transit_router_route_table_name=name, opts=here
    )
    for name in ("from-spokes", "from-firewall")
}

vpcs, vswitches, attachments = {}, {}, {}
for number, name in enumerate((*SPOKES, "inspection"), 30):
    vpcs[name] = alicloud.vpc.Network(f"{name}-vpc", vpc_name=name, cidr_block=f"10.{number}.0.0/16", opts=here)
    vswitches[name] = [
        alicloud.vpc.Switch(
            f"{name}-{zone}",
            vswitch_name=f"{name}-{zone}",
            vpc_id=vpcs[name].id,
            zone_id=zone,
            cidr_block=f"10.{number}.{third}.0/24",
            opts=here,
        )
        for third, zone in enumerate(ZONES)
    ]
    attachments[name] = alicloud.cen.TransitRouterVpcAttachment(
        name,
        cen_id=core.id,
        transit_router_id=router.transit_router_id,
        vpc_id=vpcs[name].id,
        zone_mappings=[{"zone_id": zone, "vswitch_id": vswitch.id} for zone, vswitch in zip(ZONES, vswitches[name], strict=True)],
        auto_publish_route_enabled=True,
        transit_router_vpc_attachment_name=name,
        opts=here,
    )
    alicloud.cen.TransitRouterRouteTableAssociation(
        name,
        transit_router_attachment_id=attachments[name].transit_router_attachment_id,
        transit_router_route_table_id=tables[
            "from-firewall" if name == "inspection" else "from-spokes"
        ].transit_router_route_table_id,
        opts=here,
    )

# What leaves a spoke goes to the inspection VPC, whatever it is for: the table of the spokes knows nothing else.
alicloud.cen.TransitRouterRouteEntry(
    "everything-to-inspection",
    transit_router_route_table_id=tables["from-spokes"].transit_router_route_table_id,
    transit_router_route_entry_destination_cidr_block="0.0.0.0/0",
    transit_router_route_entry_next_hop_type="Attachment",
    transit_router_route_entry_next_hop_id=attachments["inspection"].transit_router_attachment_id,
    opts=here,
)
# What leaves the firewall is on its way to a spoke: the other table learns them all.
for name in ("shop",):
    alicloud.cen.TransitRouterRouteTablePropagation(
        name,
        transit_router_attachment_id=attachments[name].transit_router_attachment_id,
        transit_router_route_table_id=tables["from-firewall"].transit_router_route_table_id,
        opts=here,
    )

# Inside the inspection VPC: the vSwitches of the router use a table that knows the firewall only. It takes no routes of
# the router, or packets would leave as they came. The firewall's vSwitch uses the system table, which has these routes.
guard = alicloud.ecs.SecurityGroup("firewall", security_group_name="firewall", vpc_id=vpcs["inspection"].id, opts=here)
firewall_vswitch = alicloud.vpc.Switch(
    "firewall", vswitch_name="firewall", vpc_id=vpcs["inspection"].id, zone_id=ZONES[0], cidr_block="10.32.8.0/24", opts=here
)
firewall = alicloud.ecs.EcsNetworkInterface(
    "firewall", vswitch_id=firewall_vswitch.id, security_group_ids=[guard.id], network_interface_name="firewall", opts=here
)
to_firewall = alicloud.vpc.RouteTable(
    "to-firewall",
    vpc_id=vpcs["inspection"].id,
    route_table_name="to-firewall",
    route_propagation_enable=False,
    opts=here,
)
alicloud.vpc.RouteEntry(
    "to-firewall",
    route_table_id=to_firewall.id,
    destination_cidrblock="0.0.0.0/0",
    nexthop_type="NetworkInterface",
    nexthop_id=firewall.id,
    opts=here,
)
for zone, vswitch in zip(ZONES, vswitches["inspection"], strict=True):
    alicloud.vpc.RouteTableAttachment(f"to-firewall-{zone}", vswitch_id=vswitch.id, route_table_id=to_firewall.id, opts=here)

pulumi.export("cen_id", core.id)
