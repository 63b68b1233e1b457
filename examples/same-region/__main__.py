"""Two VPCs of one region on one CEN instance: no package is needed, whatever they exchange."""

import pulumi
import pulumi_alicloud as alicloud

beijing = alicloud.Provider("beijing", region="cn-beijing")

core = alicloud.cen.Instance("core", cen_instance_name="core")

orders_vpc = alicloud.vpc.Network(
    "orders-vpc", vpc_name="orders", cidr_block="10.0.0.0/16", opts=pulumi.ResourceOptions(provider=beijing)
)
alicloud.cen.InstanceAttachment(
    "orders",
    instance_id=core.id,
    child_instance_id=orders_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="cn-beijing",
)

billing_vpc = alicloud.vpc.Network(
    "billing-vpc", vpc_name="billing", cidr_block="10.1.0.0/16", opts=pulumi.ResourceOptions(provider=beijing)
)
alicloud.cen.InstanceAttachment(
    "billing",
    instance_id=core.id,
    child_instance_id=billing_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="cn-beijing",
)

pulumi.export("cen_id", core.id)
