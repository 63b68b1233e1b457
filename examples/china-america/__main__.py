"""Beijing and Silicon Valley: a package between their two areas, and a limit that gives the pair its Mbps."""

import pulumi
import pulumi_alicloud as alicloud

beijing = alicloud.Provider("beijing", region="cn-beijing")
silicon_valley = alicloud.Provider("silicon-valley", region="us-west-1")

core = alicloud.cen.Instance("core", cen_instance_name="core")

orders_vpc = alicloud.vpc.Network(
    "orders-vpc", vpc_name="orders", cidr_block="10.0.0.0/16", opts=pulumi.ResourceOptions(provider=beijing)
)
orders = alicloud.cen.InstanceAttachment(
    "orders",
    instance_id=core.id,
    child_instance_id=orders_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="cn-beijing",
)

storefront_vpc = alicloud.vpc.Network(
    "storefront-vpc", vpc_name="storefront", cidr_block="10.1.0.0/16", opts=pulumi.ResourceOptions(provider=silicon_valley)
)
storefront = alicloud.cen.InstanceAttachment(
    "storefront",
    instance_id=core.id,
    child_instance_id=storefront_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="us-west-1",
)

china_north_america = alicloud.cen.BandwidthPackage(
    "china-north-america",
    cen_bandwidth_package_name="china-north-america",
    bandwidth=20,
    geographic_region_a_id="China",
    geographic_region_b_id="North-America",
    payment_type="PrePaid",
    period=6,
    auto_renew=True,
    opts=pulumi.ResourceOptions(protect=True),
)
china_north_america_attachment = alicloud.cen.BandwidthPackageAttachment(
    "china-north-america-attachment", instance_id=core.id, bandwidth_package_id=china_north_america.id
)
alicloud.cen.BandwidthLimit(
    "orders-storefront",
    instance_id=core.id,
    region_ids=["cn-beijing", "us-west-1"],
    bandwidth_limit=20,
    # The service refuses a limit until its package and both of its ends are attached.
    opts=pulumi.ResourceOptions(depends_on=[china_north_america_attachment, orders, storefront]),
)

pulumi.export("cen_id", core.id)
