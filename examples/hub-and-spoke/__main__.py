"""Beijing reaches Silicon Valley and Frankfurt; these two do not reach each other, which is meant, and said as advice."""

import pulumi
import pulumi_alicloud as alicloud

beijing = alicloud.Provider("beijing", region="cn-beijing")
shop_vpc = alicloud.vpc.Network("shop", cidr_block="10.0.0.0/16", opts=pulumi.ResourceOptions(provider=beijing))

silicon_valley = alicloud.Provider("silicon_valley", region="us-west-1")
sales_vpc = alicloud.vpc.Network("sales", cidr_block="10.1.0.0/16", opts=pulumi.ResourceOptions(provider=silicon_valley))

frankfurt = alicloud.Provider("frankfurt", region="eu-central-1")
office_vpc = alicloud.vpc.Network("office", cidr_block="10.2.0.0/16", opts=pulumi.ResourceOptions(provider=frankfurt))

core = alicloud.cen.Instance("core", cen_instance_name="core")
shop = alicloud.cen.InstanceAttachment(
    "shop",
    instance_id=core.id,
    child_instance_id=shop_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="cn-beijing",
)
sales = alicloud.cen.InstanceAttachment(
    "sales",
    instance_id=core.id,
    child_instance_id=sales_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="us-west-1",
)
office = alicloud.cen.InstanceAttachment(
    "office",
    instance_id=core.id,
    child_instance_id=office_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="eu-central-1",
)
america = alicloud.cen.BandwidthPackage(
    "america",
    bandwidth=10,
    geographic_region_a_id="China",
    geographic_region_b_id="North-America",
    payment_type="PrePaid",
    period=6,
    auto_renew=True,
    opts=pulumi.ResourceOptions(protect=True),
)
america_attached = alicloud.cen.BandwidthPackageAttachment(
    "america-attached", instance_id=core.id, bandwidth_package_id=america.id
)
europe = alicloud.cen.BandwidthPackage(
    "europe",
    bandwidth=5,
    geographic_region_a_id="China",
    geographic_region_b_id="Europe",
    payment_type="PrePaid",
    period=6,
    auto_renew=True,
    opts=pulumi.ResourceOptions(protect=True),
)
europe_attached = alicloud.cen.BandwidthPackageAttachment("europe-attached", instance_id=core.id, bandwidth_package_id=europe.id)
alicloud.cen.BandwidthLimit(
    "shop-sales",
    instance_id=core.id,
    region_ids=["cn-beijing", "us-west-1"],
    bandwidth_limit=10,
    opts=pulumi.ResourceOptions(depends_on=[america_attached, shop, sales]),
)
alicloud.cen.BandwidthLimit(
    "shop-office",
    instance_id=core.id,
    region_ids=["cn-beijing", "eu-central-1"],
    bandwidth_limit=5,
    opts=pulumi.ResourceOptions(depends_on=[europe_attached, shop, office]),
)
