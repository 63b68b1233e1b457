"""An application's VPC on the router of the network team, which lies in another account and another stack."""

import pulumi
import pulumi_alicloud as alicloud

NETWORK_STACK = "acme/network/prod"
NETWORK_ACCOUNT, OUR_ACCOUNT = "2222222222222222", "1111111111111111"
REGION = "cn-hangzhou"
ZONES = ("cn-hangzhou-h", "cn-hangzhou-i")

hub = pulumi.StackReference(NETWORK_STACK)
cen_id = hub.require_output("cen_id")
table_id = hub.require_output("table_id")

application = alicloud.Provider("application", region=REGION, assume_role={"role_arn": f"acs:ram::{OUR_ACCOUNT}:role/deploy"})
network = alicloud.Provider("network", region=REGION, assume_role={"role_arn": f"acs:ram::{NETWORK_ACCOUNT}:role/attach"})
ours, theirs = pulumi.ResourceOptions(provider=application), pulumi.ResourceOptions(provider=network)

vpc = alicloud.vpc.Network("orders-vpc", vpc_name="orders", cidr_block="10.40.0.0/16", opts=ours)
vswitches = [
    alicloud.vpc.Switch(zone, vswitch_name=zone, vpc_id=vpc.id, zone_id=zone, cidr_block=f"10.40.{third}.0/24", opts=ours)
    for third, zone in enumerate(ZONES)
]

# The owner of the router attaches it: to the router and the table that stand, as the other stack names them.
attachment = alicloud.cen.TransitRouterVpcAttachment(
    "orders",
    cen_id=cen_id,
    transit_router_id=hub.require_output("transit_router_id"),
    vpc_id=vpc.id,
    vpc_owner_id=OUR_ACCOUNT,
    zone_mappings=[{"zone_id": zone, "vswitch_id": vswitch.id} for zone, vswitch in zip(ZONES, vswitches, strict=True)],
    auto_publish_route_enabled=True,
    transit_router_vpc_attachment_name="orders",
    opts=theirs,
)
alicloud.cen.TransitRouterRouteTableAssociation(
    "orders",
    transit_router_attachment_id=attachment.transit_router_attachment_id,
    transit_router_route_table_id=table_id,
    opts=theirs,
)
alicloud.cen.TransitRouterRouteTablePropagation(
    "orders",
    transit_router_attachment_id=attachment.transit_router_attachment_id,
    transit_router_route_table_id=table_id,
    opts=theirs,
)
