"""Orders in Beijing, the shop in Silicon Valley, payments in Frankfurt, for which no package was bought."""

import pulumi
import pulumi_alicloud as alicloud

from cenguard_components import Interconnection, RegionalHub

core = alicloud.cen.Instance("core")
ZONES = {
    "cn-beijing": ("cn-beijing-h", "cn-beijing-k"),
    "us-west-1": ("us-west-1a", "us-west-1b"),
    "eu-central-1": ("eu-central-1a", "eu-central-1b"),
}
hubs = {
    region: RegionalHub(
        name,
        cen_id=core.id,
        edition="enterprise",
        region=region,
        networks={name: {"region": region, "id": f"vpc-{name}", "vswitches": {zone: f"vsw-{zone}" for zone in ZONES[region]}}},
    )
    for name, region in {"orders": "cn-beijing", "shop": "us-west-1", "payments": "eu-central-1"}.items()
}
package = alicloud.cen.BandwidthPackage(
    "america",
    bandwidth=20,
    geographic_region_a_id="China",
    geographic_region_b_id="North-America",
    payment_type="PrePaid",
    period=6,
    auto_renew=True,
    opts=pulumi.ResourceOptions(protect=True),
)
attached = alicloud.cen.BandwidthPackageAttachment("america", instance_id=core.id, bandwidth_package_id=package.id)
joined = ["cn-beijing", "us-west-1"]
Interconnection(
    "orders-shop",
    cen_id=core.id,
    edition="enterprise",
    regions=joined,
    bandwidth=20,
    package_id=attached.bandwidth_package_id,
    transit_router_ids={region: hubs[region].transit_router_id for region in joined},
    table_ids={region: hubs[region].table_id for region in joined},
)
