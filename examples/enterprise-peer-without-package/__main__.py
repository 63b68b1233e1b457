"""Hangzhou and Frankfurt, each behind a transit router, joined by a peer that is billed by package and names none: 1 Kbps."""

import pulumi
import pulumi_alicloud as alicloud

hangzhou = alicloud.Provider("hangzhou", region="cn-hangzhou")
frankfurt = alicloud.Provider("frankfurt", region="eu-central-1")
core = alicloud.cen.Instance("core", cen_instance_name="core")


def hub(name, provider, zone, block):
    """A VPC of one region behind the transit router of that region."""
    here = pulumi.ResourceOptions(provider=provider)
    router = alicloud.cen.TransitRouter(name, cen_id=core.id, opts=here)
    vpc = alicloud.vpc.Network(name, cidr_block=f"{block}.0.0/16", opts=here)
    switch = alicloud.vpc.Switch(name, vpc_id=vpc.id, zone_id=zone, cidr_block=f"{block}.1.0/24", opts=here)
    alicloud.cen.TransitRouterVpcAttachment(
        name,
        cen_id=core.id,
        transit_router_id=router.transit_router_id,
        vpc_id=vpc.id,
        zone_mappings=[{"zone_id": switch.zone_id, "vswitch_id": switch.id}],
        opts=here,
    )
    return router


plant = hub("plant", hangzhou, "cn-hangzhou-j", "10.0")
office = hub("office", frankfurt, "eu-central-1a", "10.1")

alicloud.cen.TransitRouterPeerAttachment(
    "plant-office",
    cen_id=core.id,
    transit_router_id=plant.transit_router_id,
    peer_transit_router_id=office.transit_router_id,
    peer_transit_router_region_id="eu-central-1",
    bandwidth_type="BandwidthPackage",
    bandwidth=10,
    opts=pulumi.ResourceOptions(provider=hangzhou),
)
