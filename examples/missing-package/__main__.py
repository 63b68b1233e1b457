"""Beijing and Silicon Valley on one CEN instance. Every resource deploys; the two networks exchange 1 Kbps."""

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

pulumi.export("cen_id", core.id)
