"""Shanghai with three spokes; 6 and 5 Mbps are asked of a package that holds 10."""

import pulumi
import pulumi_alicloud as alicloud

HUB = "cn-shanghai"
REGIONS = {
    "headquarters": HUB,
    "storefront": "us-west-1",
    "warehouse": "us-east-1",
    "payments": "eu-central-1",
}
PACKAGES = {"North-America": 10, "Europe": 10}  # Mbps between China and each area
SPOKES = {  # network → the area it lies in, Mbps to the hub
    "storefront": ("North-America", 6),
    "warehouse": ("North-America", 5),
    "payments": ("Europe", 10),
}

core = alicloud.cen.Instance("core", cen_instance_name="core")

attachments = {}
for number, (name, region) in enumerate(REGIONS.items()):
    vpc = alicloud.vpc.Network(
        f"{name}-vpc",
        vpc_name=name,
        cidr_block=f"10.{number}.0.0/16",
        opts=pulumi.ResourceOptions(provider=alicloud.Provider(region, region=region)),
    )
    attachments[name] = alicloud.cen.InstanceAttachment(
        name,
        instance_id=core.id,
        child_instance_id=vpc.id,
        child_instance_type="VPC",
        child_instance_region_id=region,
    )

package_attachments = {}
for area, mbps in PACKAGES.items():
    name = f"china-{area.lower()}"
    package = alicloud.cen.BandwidthPackage(
        name,
        cen_bandwidth_package_name=name,
        bandwidth=mbps,
        geographic_region_a_id="China",
        geographic_region_b_id=area,
        payment_type="PrePaid",
        period=6,
        auto_renew=True,
        opts=pulumi.ResourceOptions(protect=True),
    )
    package_attachments[area] = alicloud.cen.BandwidthPackageAttachment(
        f"{name}-attachment", instance_id=core.id, bandwidth_package_id=package.id
    )

for name, (area, mbps) in SPOKES.items():
    alicloud.cen.BandwidthLimit(
        f"headquarters-{name}",
        instance_id=core.id,
        region_ids=[HUB, REGIONS[name]],
        bandwidth_limit=mbps,
        # The service refuses a limit until its package and both of its ends are attached.
        opts=pulumi.ResourceOptions(depends_on=[package_attachments[area], attachments["headquarters"], attachments[name]]),
    )

pulumi.export("cen_id", core.id)
