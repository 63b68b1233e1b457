"""Hong Kong and Singapore, with a package bought for China and Asia-Pacific."""

import pulumi
import pulumi_alicloud as alicloud

hong_kong = alicloud.Provider("hong-kong", region="cn-hongkong")
singapore = alicloud.Provider("singapore", region="ap-southeast-1")

core = alicloud.cen.Instance("core", cen_instance_name="core")

trading_vpc = alicloud.vpc.Network(
    "trading-vpc", vpc_name="trading", cidr_block="10.0.0.0/16", opts=pulumi.ResourceOptions(provider=hong_kong)
)
trading = alicloud.cen.InstanceAttachment(
    "trading",
    instance_id=core.id,
    child_instance_id=trading_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="cn-hongkong",
)

settlement_vpc = alicloud.vpc.Network(
    "settlement-vpc", vpc_name="settlement", cidr_block="10.1.0.0/16", opts=pulumi.ResourceOptions(provider=singapore)
)
settlement = alicloud.cen.InstanceAttachment(
    "settlement",
    instance_id=core.id,
    child_instance_id=settlement_vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="ap-southeast-1",
)

asia = alicloud.cen.BandwidthPackage(
    "asia",
    cen_bandwidth_package_name="asia",
    bandwidth=10,
    geographic_region_a_id="Asia-Pacific",
    geographic_region_b_id="China",
    payment_type="PrePaid",
    period=6,
    auto_renew=True,
    opts=pulumi.ResourceOptions(protect=True),
)
asia_attachment = alicloud.cen.BandwidthPackageAttachment("asia-attachment", instance_id=core.id, bandwidth_package_id=asia.id)
alicloud.cen.BandwidthLimit(
    "trading-settlement",
    instance_id=core.id,
    region_ids=["cn-hongkong", "ap-southeast-1"],
    bandwidth_limit=10,
    # The service refuses a limit until its package and both of its ends are attached.
    opts=pulumi.ResourceOptions(depends_on=[asia_attachment, trading, settlement]),
)

pulumi.export("cen_id", core.id)
