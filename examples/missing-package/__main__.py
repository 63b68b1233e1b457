"""Beijing and Frankfurt on one CEN instance. Every resource deploys; the two networks exchange 1 Kbps."""

import pulumi
import pulumi_alicloud as alicloud

beijing = alicloud.Provider("beijing", region="cn-beijing")
frankfurt = alicloud.Provider("frankfurt", region="eu-central-1")

orders = alicloud.vpc.Network(
    "orders", vpc_name="orders", cidr_block="10.0.0.0/16", opts=pulumi.ResourceOptions(provider=beijing)
)
payments = alicloud.vpc.Network(
    "payments", vpc_name="payments", cidr_block="10.1.0.0/16", opts=pulumi.ResourceOptions(provider=frankfurt)
)

core = alicloud.cen.Instance("core", cen_instance_name="core", opts=pulumi.ResourceOptions(provider=beijing))

alicloud.cen.InstanceAttachment(
    "orders",
    instance_id=core.id,
    child_instance_id=orders.id,
    child_instance_type="VPC",
    child_instance_region_id="cn-beijing",
    opts=pulumi.ResourceOptions(provider=beijing),
)
alicloud.cen.InstanceAttachment(
    "payments",
    instance_id=core.id,
    child_instance_id=payments.id,
    child_instance_type="VPC",
    child_instance_region_id="eu-central-1",
    opts=pulumi.ResourceOptions(provider=frankfurt),
)

pulumi.export("cen_id", core.id)
