"""Beijing with Silicon Valley and with Virginia on one package of 10 Mbps: 6 and 5 are asked of it."""

import pulumi
import pulumi_alicloud as alicloud

NETWORKS = {  # name → region, block
    "orders": ("cn-beijing", "10.0.0.0/16"),
    "storefront": ("us-west-1", "10.1.0.0/16"),
    "warehouse": ("us-east-1", "10.2.0.0/16"),
}
LIMITS = {("orders", "storefront"): 6, ("orders", "warehouse"): 5}

providers = {name: alicloud.Provider(name, region=region) for name, (region, _) in NETWORKS.items()}
in_beijing = pulumi.ResourceOptions(provider=providers["orders"])

core = alicloud.cen.Instance("core", cen_instance_name="core", opts=in_beijing)

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

package = alicloud.cen.BandwidthPackage(
    "china-america",
    cen_bandwidth_package_name="china-america",
    bandwidth=10,
    geographic_region_a_id="China",
    geographic_region_b_id="North-America",
    payment_type="PrePaid",
    period=1,
    auto_renew=True,
    opts=pulumi.ResourceOptions(provider=providers["orders"], protect=True),
)
package_attachment = alicloud.cen.BandwidthPackageAttachment(
    "china-america", instance_id=core.id, bandwidth_package_id=package.id, opts=in_beijing
)
for (first, second), mbps in LIMITS.items():
    alicloud.cen.BandwidthLimit(
        f"{first}-{second}",
        instance_id=core.id,
        region_ids=[NETWORKS[first][0], NETWORKS[second][0]],
        bandwidth_limit=mbps,
        opts=pulumi.ResourceOptions(
            provider=providers["orders"], depends_on=[package_attachment, attachments[first], attachments[second]]
        ),
    )

pulumi.export("cen_id", core.id)
