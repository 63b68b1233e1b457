"""An application's VPCs in two regions, attached to the CEN instance that the network team's stack owns."""

import pulumi
import pulumi_alicloud as alicloud

NETWORK_STACK = "acme/network/prod"

beijing = alicloud.Provider("beijing", region="cn-beijing")
frankfurt = alicloud.Provider("frankfurt", region="eu-central-1")

cen_id = pulumi.StackReference(NETWORK_STACK).require_output("cen_id")

for name, provider, region, block in (
    ("orders", beijing, "cn-beijing", "10.40.0.0/16"),
    ("payments", frankfurt, "eu-central-1", "10.41.0.0/16"),
):
    opts = pulumi.ResourceOptions(provider=provider)
    vpc = alicloud.vpc.Network(name, vpc_name=name, cidr_block=block, opts=opts)
    alicloud.cen.InstanceAttachment(
        name,
        instance_id=cen_id,
        child_instance_id=vpc.id,
        child_instance_type="VPC",
        child_instance_region_id=region,
        opts=opts,
    )
