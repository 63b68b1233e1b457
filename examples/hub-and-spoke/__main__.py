"""Shanghai talks to Silicon Valley and to Frankfurt; the two spokes have nothing to say to each other."""

import pulumi
import pulumi_alicloud as alicloud

HUB = "cn-shanghai"
NETWORKS = {  # name → region, block
    "headquarters": (HUB, "10.0.0.0/16"),
    "storefront": ("us-west-1", "10.1.0.0/16"),
    "payments": ("eu-central-1", "10.2.0.0/16"),
}
SPOKES = {  # name → area, Mbps to the hub
    "storefront": ("North-America", 20),
    "payments": ("Europe", 10),
}

providers = {name: alicloud.Provider(name, region=region) for name, (region, _) in NETWORKS.items()}
at_hub = pulumi.ResourceOptions(provider=providers["headquarters"])

core = alicloud.cen.Instance("core", cen_instance_name="core", opts=at_hub)

attachments = {}
for name, (region, block) in NETWORKS.items():
    opts = pulumi.ResourceOptions(provider=providers[name])
    vpc = alicloud.vpc.Network(name, vpc_name=name, cidr_block=block, opts=opts)
    attachments[name] = alicloud.cen.InstanceAttachment(
        name,
        instance_id=core.id,
        child_instance_id=vpc.id,
        child_instance_type="VPC",
        child_instance_region_id=region,
        opts=opts,
    )

for name, (area, mbps) in SPOKES.items():
    package = alicloud.cen.BandwidthPackage(
        name,
        cen_bandwidth_package_name=f"headquarters-{name}",
        bandwidth=mbps,
        geographic_region_a_id="China",
        geographic_region_b_id=area,
        payment_type="PrePaid",
        period=6,
        auto_renew=True,
        opts=pulumi.ResourceOptions(provider=providers["headquarters"], protect=True),
    )
    package_attachment = alicloud.cen.BandwidthPackageAttachment(
        name, instance_id=core.id, bandwidth_package_id=package.id, opts=at_hub
    )
    alicloud.cen.BandwidthLimit(
        name,
        instance_id=core.id,
        region_ids=[HUB, NETWORKS[name][0]],
        bandwidth_limit=mbps,
        opts=pulumi.ResourceOptions(
            provider=providers["headquarters"],
            # A limit is refused until its package and both ends are attached.
            depends_on=[package_attachment, attachments["headquarters"], attachments[name]],
        ),
    )

pulumi.export("cen_id", core.id)
