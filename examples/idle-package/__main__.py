"""Singapore and Frankfurt: the package for their areas is bought and attached, and no limit gives them any of it."""

import pulumi
import pulumi_alicloud as alicloud

singapore = alicloud.Provider("singapore", region="ap-southeast-1")
frankfurt = alicloud.Provider("frankfurt", region="eu-central-1")

core = alicloud.cen.Instance("core", cen_instance_name="core", opts=pulumi.ResourceOptions(provider=singapore))

for name, provider, region, block in (
    ("catalogue", singapore, "ap-southeast-1", "10.0.0.0/16"),
    ("payments", frankfurt, "eu-central-1", "10.1.0.0/16"),
):
    opts = pulumi.ResourceOptions(provider=provider)
    vpc = alicloud.vpc.Network(name, vpc_name=name, cidr_block=block, opts=opts)
    alicloud.cen.InstanceAttachment(
        name,
        instance_id=core.id,
        child_instance_id=vpc.id,
        child_instance_type="VPC",
        child_instance_region_id=region,
        opts=opts,
    )

package = alicloud.cen.BandwidthPackage(
    "asia-europe",
    cen_bandwidth_package_name="asia-europe",
    bandwidth=20,
    geographic_region_a_id="Asia-Pacific",
    geographic_region_b_id="Europe",
    payment_type="PrePaid",
    period=1,
    auto_renew=True,
    opts=pulumi.ResourceOptions(provider=singapore, protect=True),
)
alicloud.cen.BandwidthPackageAttachment(
    "asia-europe",
    instance_id=core.id,
    bandwidth_package_id=package.id,
    opts=pulumi.ResourceOptions(provider=singapore),
)

pulumi.export("cen_id", core.id)
