"""An application that attaches its network in Frankfurt to the instance of another stack."""

import pulumi
import pulumi_alicloud as alicloud

network = pulumi.StackReference("org/network/prod")
payments = alicloud.cen.InstanceAttachment(
    "payments",
    instance_id=network.get_output("cen_id"),
    child_instance_id="vpc-payments",
    child_instance_type="VPC",
    child_instance_region_id="eu-central-1",
)
