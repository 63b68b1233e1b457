"""An application's VPCs in two regions, attached to the CEN instance that the network team's stack owns."""

import pulumi
import pulumi_alicloud as alicloud

NETWORK_STACK = "acme/network/prod"
REGIONS = {"orders": "cn-beijing", "payments": "eu-central-1"}

cen_id = pulumi.StackReference(NETWORK_STACK).require_output("cen_id")

attachments = {}
for number, (name, region) in enumerate(REGIONS.items(), 40):
    vpc = alicloud.vpc.Network(
        f"{name}-vpc",
        vpc_name=name,
        cidr_block=f"10.{number}.0.0/16",
        opts=pulumi.ResourceOptions(provider=alicloud.Provider(region, region=region)),
    )
    attachments[name] = alicloud.cen.InstanceAttachment(
        name,
        instance_id=cen_id,
        child_instance_id=vpc.id,
        child_instance_type="VPC",
        child_instance_region_id=region,
    )

alicloud.cen.BandwidthLimit(
    "orders-payments",
    instance_id=cen_id,
    region_ids=list(REGIONS.values()),
    bandwidth_limit=10,
    opts=pulumi.ResourceOptions(depends_on=[*attachments.values()]),
)
