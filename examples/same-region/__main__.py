"""Two VPCs of one region on one CEN instance: free, whatever they exchange."""

import pulumi
import pulumi_alicloud as alicloud

beijing = alicloud.Provider("beijing", region="cn-beijing")

core = alicloud.cen.Instance("core", cen_instance_name="core")

for name, block in {"orders": "10.0.0.0/16", "billing": "10.1.0.0/16"}.items():
    vpc = alicloud.vpc.Network(f"{name}-vpc", vpc_name=name, cidr_block=block, opts=pulumi.ResourceOptions(provider=beijing))
    alicloud.cen.InstanceAttachment(
        name,
        instance_id=core.id,
        child_instance_id=vpc.id,
        child_instance_type="VPC",
        child_instance_region_id="cn-beijing",
    )

pulumi.export("cen_id", core.id)
