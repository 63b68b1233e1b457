"""Shanghai talks to three spokes in two other areas; the spokes have nothing to say to each other."""

import pulumi
import pulumi_alicloud as alicloud

HUB = "cn-shanghai"
REGIONS = {
    "headquarters": HUB,
    "storefront": "us-west-1",
    "warehouse": "us-east-1",
    "payments": "eu-central-1",
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

china_north_america = alicloud.cen.BandwidthPackage(
    "china-north-america",
    cen_bandwidth_package_name="china-north-america",
    bandwidth=10,
    geographic_region_a_id="China",
    geographic_region_b_id="North-America",
    payment_type="PrePaid",
    period=6,
    auto_renew=True,
    opts=pulumi.ResourceOptions(protect=True),
)
china_north_america_attachment = alicloud.cen.BandwidthPackageAttachment(
    "china-north-america-attachment", instance_id=core.id, bandwidth_package_id=china_north_america.id
)
china_europe = alicloud.cen.BandwidthPackage(
    "china-europe",
    cen_bandwidth_package_name="china-europe",
    bandwidth=10,
    geographic_region_a_id="China",
    geographic_region_b_id="Europe",
    payment_type="PrePaid",
    period=6,
    auto_renew=True,
    opts=pulumi.ResourceOptions(protect=True),
)
china_europe_attachment = alicloud.cen.BandwidthPackageAttachment(
    "china-europe-attachment", instance_id=core.id, bandwidth_package_id=china_europe.id
)

for name, package_attachment, mbps in (
    ("storefront", china_north_america_attachment, 6),
    ("warehouse", china_north_america_attachment, 4),
    ("payments", china_europe_attachment, 10),
):
    alicloud.cen.BandwidthLimit(
        f"headquarters-{name}",
        instance_id=core.id,
        region_ids=[HUB, REGIONS[name]],
        bandwidth_limit=mbps,
        # The service refuses a limit until its package and both of its ends are attached.
        opts=pulumi.ResourceOptions(depends_on=[package_attachment, attachments["headquarters"], attachments[name]]),
    )

pulumi.export("cen_id", core.id)
