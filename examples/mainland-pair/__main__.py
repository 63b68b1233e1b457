"""Hangzhou and Shanghai: two regions of one area need a package as well, of the area with itself."""

import pulumi
import pulumi_alicloud as alicloud

hangzhou = alicloud.Provider("hangzhou", region="cn-hangzhou")
shanghai = alicloud.Provider("shanghai", region="cn-shanghai")

core = alicloud.cen.Instance("core", cen_instance_name="core")

factory_vpc = alicloud.vpc.Network(
    "factory-vpc", vpc_name="factory", cidr_block="10.0.0.0/16", opts=pulumi.ResourceOptions(provider=hangzhou)
)
factory = alicloud.cen.InstanceAttachment(
    "factory",
    instance_id=core.id,
    child_instance_id=factory_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="cn-hangzhou",
)

shop_vpc = alicloud.vpc.Network(
    "shop-vpc", vpc_name="shop", cidr_block="10.1.0.0/16", opts=pulumi.ResourceOptions(provider=shanghai)
)
shop = alicloud.cen.InstanceAttachment(
    "shop",
    instance_id=core.id,
    child_instance_id=shop_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="cn-shanghai",
)

china_china = alicloud.cen.BandwidthPackage(
    "china-china",
    cen_bandwidth_package_name="china-china",
    bandwidth=10,
    geographic_region_a_id="China",
    geographic_region_b_id="China",
    payment_type="PrePaid",
    period=6,
    auto_renew=True,
    opts=pulumi.ResourceOptions(protect=True),
)
china_china_attachment = alicloud.cen.BandwidthPackageAttachment(
    "china-china-attachment", instance_id=core.id, bandwidth_package_id=china_china.id
)
alicloud.cen.BandwidthLimit(
    "factory-shop",
    instance_id=core.id,
    region_ids=["cn-hangzhou", "cn-shanghai"],
    bandwidth_limit=10,
    # The service refuses a limit until its package and both of its ends are attached.
    opts=pulumi.ResourceOptions(depends_on=[china_china_attachment, factory, shop]),
)

pulumi.export("cen_id", core.id)
