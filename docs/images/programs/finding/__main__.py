"""A shop in Beijing and its offices in Hong Kong, on one CEN instance."""

import pulumi_alicloud as alicloud

core = alicloud.cen.Instance("core")
shop = alicloud.cen.InstanceAttachment(
    "shop",
    instance_id=core.id,
    child_instance_id="vpc-shop",
    child_instance_type="VPC",
    child_instance_region_id="cn-beijing",
)
office = alicloud.cen.InstanceAttachment(
    "office",
    instance_id=core.id,
    child_instance_id="vpc-office",
    child_instance_type="VPC",
    child_instance_region_id="cn-hongkong",
)
