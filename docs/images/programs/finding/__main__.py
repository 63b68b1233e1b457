"""A shop in Beijing and its office in Hong Kong: both regions begin with cn-, and somebody bought China with China."""

import pulumi
import pulumi_alicloud as alicloud

from cenguard_components import Interconnection, RegionalHub

core = alicloud.cen.Instance("core")
VSWITCHES = {
    "cn-beijing": {"cn-beijing-h": "vsw-1", "cn-beijing-k": "vsw-2"},
    "cn-hongkong": {"cn-hongkong-b": "vsw-3", "cn-hongkong-c": "vsw-4"},
}
hubs = {
    region: RegionalHub(
        name,
        cen_id=core.id,
        edition="enterprise",
        region=region,
        networks={name: {"region": region, "id": f"vpc-{name}", "vswitches": VSWITCHES[region]}},
    )
    for name, region in {"shop": "cn-beijing", "office": "cn-hongkong"}.items()
}
package = alicloud.cen.BandwidthPackage(
    "office-link",
    bandwidth=20,
    geographic_region_a_id="China",
    geographic_region_b_id="China",
    payment_type="PrePaid",
    period=6,
    auto_renew=True,
    opts=pulumi.ResourceOptions(protect=True),
)
attached = alicloud.cen.BandwidthPackageAttachment("office-link", instance_id=core.id, bandwidth_package_id=package.id)
Interconnection(
    "link",
    cen_id=core.id,
    edition="enterprise",
    regions=[*hubs],
    bandwidth=20,
    package_id=attached.bandwidth_package_id,
    transit_router_ids={region: hub.transit_router_id for region, hub in hubs.items()},
    table_ids={region: hub.table_id for region, hub in hubs.items()},
)
