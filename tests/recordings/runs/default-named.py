"""Providers that the program calls as the engine calls its own."""

import pulumi
import pulumi_alicloud as alicloud

keys = {"access_key": "dummy", "secret_key": "dummy", "skip_region_validation": True, "account_type": "Domestic"}
us = alicloud.Provider("default", region="us-west-1", **keys)
eu = alicloud.Provider("default-eu", region="eu-central-1", **keys)
core = alicloud.cen.Instance("core")
for name, provider, region in (("us", us, "us-west-1"), ("eu", eu, "eu-central-1")):
    vpc = alicloud.vpc.Network(name, cidr_block=f"10.{len(region)}.0.0/16", opts=pulumi.ResourceOptions(provider=provider))
    alicloud.cen.InstanceAttachment(
        name,
        instance_id=core.id,
        child_instance_id=vpc.id,
        child_instance_type="VPC",
        child_instance_region_id=region,
        opts=pulumi.ResourceOptions(provider=provider),
    )
