"""The network team owns the instance; this stack attaches one more network to it, in Frankfurt. What the instance has is not here, so the answer is left open, until an inventory of the network team is given."""

import pulumi
import pulumi_alicloud as alicloud

network = pulumi.StackReference("acme/network/prod")
frankfurt = alicloud.Provider("frankfurt", region="eu-central-1")
payments_vpc = alicloud.vpc.Network("payments", cidr_block="10.9.0.0/16", opts=pulumi.ResourceOptions(provider=frankfurt))
payments = alicloud.cen.InstanceAttachment(
    "payments",
    instance_id=network.require_output("cen_id"),
    child_instance_id=payments_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="eu-central-1",
)
