"""A shop in Beijing and a sales office in Silicon Valley on one instance, and nobody bought a China/North-America package."""

import pulumi
import pulumi_alicloud as alicloud

beijing = alicloud.Provider("beijing", region="cn-beijing")
shop_vpc = alicloud.vpc.Network("shop", cidr_block="10.0.0.0/16", opts=pulumi.ResourceOptions(provider=beijing))

silicon_valley = alicloud.Provider("silicon_valley", region="us-west-1")
sales_vpc = alicloud.vpc.Network("sales", cidr_block="10.1.0.0/16", opts=pulumi.ResourceOptions(provider=silicon_valley))

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
