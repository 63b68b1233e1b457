"""10 Mbps between China and North America, and 6 + 5 drawn on them: the service refuses the limit that comes second."""

import pulumi
import pulumi_alicloud as alicloud

beijing = alicloud.Provider("beijing", region="cn-beijing")
shop_vpc = alicloud.vpc.Network("shop", cidr_block="10.0.0.0/16", opts=pulumi.ResourceOptions(provider=beijing))

silicon_valley = alicloud.Provider("silicon_valley", region="us-west-1")
sales_vpc = alicloud.vpc.Network("sales", cidr_block="10.1.0.0/16", opts=pulumi.ResourceOptions(provider=silicon_valley))

virginia = alicloud.Provider("virginia", region="us-east-1")
backup_vpc = alicloud.vpc.Network("backup", cidr_block="10.2.0.0/16", opts=pulumi.ResourceOptions(provider=virginia))

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
backup = alicloud.cen.InstanceAttachment(
    "backup",
    instance_id=core.id,
    child_instance_id=backup_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="us-east-1",
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
alicloud.cen.BandwidthLimit(
    "shop-sales",
    instance_id=core.id,
    region_ids=["cn-beijing", "us-west-1"],
    bandwidth_limit=6,
    opts=pulumi.ResourceOptions(depends_on=[america_attached, shop, sales]),
)
alicloud.cen.BandwidthLimit(
    "shop-backup",
    instance_id=core.id,
    region_ids=["cn-beijing", "us-east-1"],
    bandwidth_limit=5,
    opts=pulumi.ResourceOptions(depends_on=[america_attached, shop, backup]),
)
