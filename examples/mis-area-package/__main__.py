"""Hong Kong and Singapore both lie in Asia-Pacific; the package that was bought joins China with Asia-Pacific, and carries nothing."""

import pulumi
import pulumi_alicloud as alicloud

hong_kong = alicloud.Provider("hong_kong", region="cn-hongkong")
branch_vpc = alicloud.vpc.Network("branch", cidr_block="10.0.0.0/16", opts=pulumi.ResourceOptions(provider=hong_kong))

singapore = alicloud.Provider("singapore", region="ap-southeast-1")
depot_vpc = alicloud.vpc.Network("depot", cidr_block="10.1.0.0/16", opts=pulumi.ResourceOptions(provider=singapore))

core = alicloud.cen.Instance("core", cen_instance_name="core")
branch = alicloud.cen.InstanceAttachment(
    "branch",
    instance_id=core.id,
    child_instance_id=branch_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="cn-hongkong",
)
depot = alicloud.cen.InstanceAttachment(
    "depot",
    instance_id=core.id,
    child_instance_id=depot_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="ap-southeast-1",
)
asia = alicloud.cen.BandwidthPackage(
    "asia",
    bandwidth=10,
    geographic_region_a_id="China",
    geographic_region_b_id="Asia-Pacific",
    payment_type="PrePaid",
    period=6,
    auto_renew=True,
    opts=pulumi.ResourceOptions(protect=True),
)
asia_attached = alicloud.cen.BandwidthPackageAttachment("asia-attached", instance_id=core.id, bandwidth_package_id=asia.id)
alicloud.cen.BandwidthLimit(
    "branch-depot",
    instance_id=core.id,
    region_ids=["cn-hongkong", "ap-southeast-1"],
    bandwidth_limit=10,
    opts=pulumi.ResourceOptions(depends_on=[asia_attached, branch, depot]),
)
