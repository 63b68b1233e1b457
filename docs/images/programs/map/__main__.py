"""Orders in Beijing, the shop in Silicon Valley, payments in Frankfurt, for which no package was bought."""

import pulumi
import pulumi_alicloud as alicloud

core = alicloud.cen.Instance("core")
networks = {"orders": "cn-beijing", "shop": "us-west-1", "payments": "eu-central-1"}
attached = [
    alicloud.cen.InstanceAttachment(
        name,
        instance_id=core.id,
        child_instance_id=f"vpc-{name}",
        child_instance_type="VPC",
        child_instance_region_id=region,
    )
    for name, region in networks.items()
]


def buy(name: str, area: str, mbps: int) -> alicloud.cen.BandwidthPackageAttachment:
    """Buy Mbps between China and an area, and attach them."""
    package = alicloud.cen.BandwidthPackage(
        name,
        bandwidth=mbps,
        geographic_region_a_id="China",
        geographic_region_b_id=area,
        payment_type="PrePaid",
        period=6,
        auto_renew=True,
        opts=pulumi.ResourceOptions(protect=True),
    )
    return alicloud.cen.BandwidthPackageAttachment(name, instance_id=core.id, bandwidth_package_id=package.id)


america = buy("america", "North-America", 20)
alicloud.cen.BandwidthLimit(
    "orders-shop",
    instance_id=core.id,
    region_ids=["cn-beijing", "us-west-1"],
    bandwidth_limit=20,
    opts=pulumi.ResourceOptions(depends_on=[america, *attached]),
)
