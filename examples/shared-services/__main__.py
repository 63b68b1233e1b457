"""Shops and partners in tables of their own, and a segment of shared services that both reach."""

import pulumi
import pulumi_alicloud as alicloud

from cenguard_components import RegionalHub

REGION = "cn-hangzhou"
ZONES = ("cn-hangzhou-h", "cn-hangzhou-i")
TABLES = {"shop": "shops", "outlet": "shops", "partner": "partners", "services": None}

here = pulumi.ResourceOptions(provider=alicloud.Provider(REGION, region=REGION))
core = alicloud.cen.Instance("core", cen_instance_name="core")

networks = {}
for number, (name, table) in enumerate(TABLES.items(), 20):
    vpc = alicloud.vpc.Network(f"{name}-vpc", vpc_name=name, cidr_block=f"10.{number}.0.0/16", opts=here)
    vswitches = {
        zone: alicloud.vpc.Switch(
            f"{name}-{zone}", vswitch_name=name, vpc_id=vpc.id, zone_id=zone, cidr_block=f"10.{number}.{third}.0/24", opts=here
        ).id
        for third, zone in enumerate(ZONES)
    }
    networks[name] = {"region": REGION, "id": vpc.id, "vswitches": vswitches}
    if table is not None:
        networks[name]["table"] = table

hub = RegionalHub(
    "hub",
    cen_id=core.id,
    region=REGION,
    edition="enterprise",
    networks=networks,
    route_tables={"shops": {"region": REGION}, "partners": {"region": REGION}},
    opts=here,
)

# The services look routes up in the region's own table, which knows everybody. They are known there and nowhere else, so
# each segment's table has to learn them: without this a packet finds its way to the services, and no answer comes back.
for table in ("shops", "partners"):
    alicloud.cen.TransitRouterRouteTablePropagation(
        f"services-in-{table}",
        transit_router_attachment_id=hub.attachment_ids["services"],
        transit_router_route_table_id=hub.route_table_ids[table],
        opts=here,
    )

pulumi.export("cen_id", core.id)
