"""What the example programs of rule pages share: how they begin, and fragments that many of them hold."""

BASIC = """import pulumi
import pulumi_alicloud as alicloud

core = alicloud.cen.Instance("core")
shop = alicloud.cen.InstanceAttachment(
    "shop",
    instance_id=core.id,
    child_instance_id="vpc-1",
    child_instance_type="VPC",
    child_instance_region_id="cn-beijing",
)
sales = alicloud.cen.InstanceAttachment(
    "sales",
    instance_id=core.id,
    child_instance_id="vpc-2",
    child_instance_type="VPC",
    child_instance_region_id="us-west-1",
)
"""
ENTERPRISE = """import pulumi
import pulumi_alicloud as alicloud

hangzhou = alicloud.Provider("hangzhou", region="cn-hangzhou")
frankfurt = alicloud.Provider("frankfurt", region="eu-central-1")
core = alicloud.cen.Instance("core")
near = alicloud.cen.TransitRouter("near", cen_id=core.id, opts=pulumi.ResourceOptions(provider=hangzhou))
far = alicloud.cen.TransitRouter("far", cen_id=core.id, opts=pulumi.ResourceOptions(provider=frankfurt))
plant = alicloud.cen.TransitRouterVpcAttachment(
    "plant",
    cen_id=core.id,
    transit_router_id=near.transit_router_id,
    vpc_id="vpc-1",
    zone_mappings=[
        {"zone_id": "cn-hangzhou-j", "vswitch_id": "vsw-1"},
        {"zone_id": "cn-hangzhou-k", "vswitch_id": "vsw-2"},
    ],
    opts=pulumi.ResourceOptions(provider=hangzhou),
)
office = alicloud.cen.TransitRouterVpcAttachment(
    "office",
    cen_id=core.id,
    transit_router_id=far.transit_router_id,
    vpc_id="vpc-2",
    zone_mappings=[
        {"zone_id": "eu-central-1a", "vswitch_id": "vsw-3"},
        {"zone_id": "eu-central-1b", "vswitch_id": "vsw-4"},
    ],
    opts=pulumi.ResourceOptions(provider=frankfurt),
)
"""

ROUTES = """import pulumi
import pulumi_alicloud as alicloud

hangzhou = alicloud.Provider("hangzhou", region="cn-hangzhou")
frankfurt = alicloud.Provider("frankfurt", region="eu-central-1")
core = alicloud.cen.Instance("core")


def at(provider):
    return pulumi.ResourceOptions(provider=provider)


def router(name, provider):
    return alicloud.cen.TransitRouter(name, cen_id=core.id, opts=at(provider))


def table(name, router, provider):
    return alicloud.cen.TransitRouterRouteTable(name, transit_router_id=router.transit_router_id, opts=at(provider))


def site(name, block, router, provider, **more):
    vpc = alicloud.vpc.Network(name, cidr_block="10.0.0.0/8", opts=at(provider))
    zones = {hangzhou: ("cn-hangzhou-j", "cn-hangzhou-k"), frankfurt: ("eu-central-1a", "eu-central-1b")}[provider]
    switches = [
        alicloud.vpc.Switch(f"{name}-{zone}", vpc_id=vpc.id, zone_id=zone, cidr_block=f"{block}.{index}.0/24", opts=at(provider))
        for index, zone in enumerate(zones)
    ]
    return alicloud.cen.TransitRouterVpcAttachment(
        f"{name}-attachment",
        cen_id=core.id,
        transit_router_id=router.transit_router_id,
        vpc_id=vpc.id,
        zone_mappings=[{"zone_id": item.zone_id, "vswitch_id": item.id} for item in switches],
        opts=at(provider),
        **more,
    )


def ids(attachment, table):
    return {
        "transit_router_attachment_id": attachment.transit_router_attachment_id,
        "transit_router_route_table_id": table.transit_router_route_table_id,
    }


def enters(name, attachment, table):
    return alicloud.cen.TransitRouterRouteTableAssociation(f"{name}-in", **ids(attachment, table))


def known(name, attachment, table):
    return alicloud.cen.TransitRouterRouteTablePropagation(f"{name}-from", **ids(attachment, table))


near = router("near", hangzhou)
near_table = table("near-table", near, hangzhou)
plant = site("plant", "10.1", near, hangzhou, auto_publish_route_enabled=True)
plant_in = enters("plant", plant, near_table)
plant_from = known("plant", plant, near_table)
"""

FRAGMENTS = {
    "{PACKAGE}": """package = alicloud.cen.BandwidthPackage(
    "package",
    bandwidth=10,
    geographic_region_a_id="China",
    geographic_region_b_id="North-America",
    payment_type="PrePaid",
    period=1,
    auto_renew=True,
)""",
    "{PROTECTED_PACKAGE}": """package = alicloud.cen.BandwidthPackage(
    "package",
    bandwidth=10,
    geographic_region_a_id="China",
    geographic_region_b_id="North-America",
    payment_type="PrePaid",
    period=1,
    auto_renew=True,
    opts=pulumi.ResourceOptions(protect=True),
)""",
    "{PACKAGE_EUROPE}": """package = alicloud.cen.BandwidthPackage(
    "package",
    bandwidth=10,
    geographic_region_a_id="China",
    geographic_region_b_id="Europe",
    payment_type="PrePaid",
    period=1,
    auto_renew=True,
)""",
    "{ATTACHED}": """attached = alicloud.cen.BandwidthPackageAttachment(
    "attached", instance_id=core.id, bandwidth_package_id=package.id
)""",
    "{LIMIT}": """limit = alicloud.cen.BandwidthLimit(
    "limit",
    instance_id=core.id,
    region_ids=["cn-beijing", "us-west-1"],
    bandwidth_limit=10,
    opts=pulumi.ResourceOptions(depends_on=[attached, shop, sales]),
)""",
    "{PEER}": """peer = alicloud.cen.TransitRouterPeerAttachment(
    "peer",
    cen_id=core.id,
    transit_router_id=near.transit_router_id,
    peer_transit_router_id=far.transit_router_id,
    peer_transit_router_region_id="eu-central-1",
    bandwidth_type="BandwidthPackage",
    bandwidth=10,
    cen_bandwidth_package_id=attached.bandwidth_package_id,
    opts=pulumi.ResourceOptions(provider=hangzhou),
)""",
    "{ROUTED_PEER}": """peer = alicloud.cen.TransitRouterPeerAttachment(
    "peer",
    cen_id=core.id,
    transit_router_id=near.transit_router_id,
    peer_transit_router_id=far.transit_router_id,
    peer_transit_router_region_id="eu-central-1",
    bandwidth_type="DataTransfer",
    bandwidth=10,
    opts=at(hangzhou),
)
for end, where in (("near", near_table), ("far", far_table)):
    enters(f"{end}-peer", peer, where)
    known(f"{end}-peer", peer, where)""",
    "{ADVERTISING_PEER}": """peer = alicloud.cen.TransitRouterPeerAttachment(
    "peer",
    cen_id=core.id,
    transit_router_id=near.transit_router_id,
    peer_transit_router_id=far.transit_router_id,
    peer_transit_router_region_id="eu-central-1",
    bandwidth_type="DataTransfer",
    bandwidth=10,
    auto_publish_route_enabled=True,
    opts=at(hangzhou),
)
for end, where in (("near", near_table), ("far", far_table)):
    enters(f"{end}-peer", peer, where)
    known(f"{end}-peer", peer, where)""",
    "{TRAFFIC_PEER}": """peer = alicloud.cen.TransitRouterPeerAttachment(
    "peer",
    cen_id=core.id,
    transit_router_id=near.transit_router_id,
    peer_transit_router_id=far.transit_router_id,
    peer_transit_router_region_id="eu-central-1",
    bandwidth_type="DataTransfer",
    bandwidth=10,
    opts=pulumi.ResourceOptions(provider=hangzhou),
)""",
}
"""Statements by the line that stands for them: the package of most pages, its attachment, the limit or peer on it."""
