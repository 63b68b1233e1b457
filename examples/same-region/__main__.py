"""Two VPCs of Beijing on one instance: networks of one region talk for free, and no package is needed."""

import pulumi
import pulumi_alicloud as alicloud

beijing = alicloud.Provider("beijing", region="cn-beijing")
shop_vpc = alicloud.vpc.Network("shop", cidr_block="10.0.0.0/16", opts=pulumi.ResourceOptions(provider=beijing))
ledger_vpc = alicloud.vpc.Network("ledger", cidr_block="10.1.0.0/16", opts=pulumi.ResourceOptions(provider=beijing))

core = alicloud.cen.Instance("core", cen_instance_name="core")
shop = alicloud.cen.InstanceAttachment(
    "shop",
    instance_id=core.id,
    child_instance_id=shop_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="cn-beijing",
)
ledger = alicloud.cen.InstanceAttachment(
    "ledger",
    instance_id=core.id,
    child_instance_id=ledger_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="cn-beijing",
)
