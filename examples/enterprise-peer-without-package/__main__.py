"""Three Enterprise Edition routers; the peer between Hangzhou and Frankfurt is billed by a package it does not name."""

import pulumi
import pulumi_alicloud as alicloud

from cenguard_components import RegionalHub

ZONES = {
    "cn-hangzhou": ("cn-hangzhou-h", "cn-hangzhou-i"),
    "eu-central-1": ("eu-central-1a", "eu-central-1b"),
    "us-west-1": ("us-west-1a", "us-west-1b"),
}
REGIONS = {"orders": "cn-hangzhou", "payments": "eu-central-1", "storefront": "us-west-1"}

core = alicloud.cen.Instance("core", cen_instance_name="core")

# A router lies where its provider works, so everything of a region runs on that region's provider.
regional = {name: pulumi.ResourceOptions(provider=alicloud.Provider(region, region=region)) for name, region in REGIONS.items()}

hubs = {}
for number, (name, region) in enumerate(REGIONS.items()):
    vpc = alicloud.vpc.Network(f"{name}-vpc", vpc_name=name, cidr_block=f"10.{number}.0.0/16", opts=regional[name])
    vswitches = {
        zone: alicloud.vpc.Switch(
            zone,
            vswitch_name=zone,
            vpc_id=vpc.id,
            zone_id=zone,
            cidr_block=f"10.{number}.{third}.0/24",
            opts=regional[name],
        ).id
        for third, zone in enumerate(ZONES[region])
    }
    hubs[name] = RegionalHub(
        name,
        {
            "cen_id": core.id,
            "edition": "enterprise",
            "region": region,
            "networks": {name: {"region": region, "id": vpc.id, "vswitches": vswitches}},
        },
        regional[name],
    )

china_europe = alicloud.cen.BandwidthPackage(
    "china-europe",
    cen_bandwidth_package_name="china-europe",
    bandwidth=20,
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

peers = {}

# Steady traffic: a package. Its id comes from the attachment, because the service refuses a package that is not attached.
peers["orders", "payments"] = alicloud.cen.TransitRouterPeerAttachment(
    "orders-payments",
    cen_id=core.id,
    transit_router_id=hubs["orders"].transit_router_id,
    peer_transit_router_id=hubs["payments"].transit_router_id,
    peer_transit_router_region_id=REGIONS["payments"],
    bandwidth_type="BandwidthPackage",
    bandwidth=20,
    auto_publish_route_enabled=True,
    transit_router_peer_attachment_name="orders-payments",
    opts=regional["orders"],
)

# Little and irregular: what flows is paid for, and the bandwidth is a ceiling.
for near, far in (("orders", "storefront"), ("payments", "storefront")):
    peers[near, far] = alicloud.cen.TransitRouterPeerAttachment(
        f"{near}-{far}",
        cen_id=core.id,
        transit_router_id=hubs[near].transit_router_id,
        peer_transit_router_id=hubs[far].transit_router_id,
        peer_transit_router_region_id=REGIONS[far],
        bandwidth_type="DataTransfer",
        bandwidth=50,
        auto_publish_route_enabled=True,
        transit_router_peer_attachment_name=f"{near}-{far}",
        opts=regional[near],
    )

# Nothing reaches a router's table by itself: a peer needs an association and a propagation at each of its ends.
for (near, far), peer in peers.items():
    for end in (near, far):
        alicloud.cen.TransitRouterRouteTableAssociation(
            f"{near}-{far}@{end}",
            transit_router_attachment_id=peer.transit_router_attachment_id,
            transit_router_route_table_id=hubs[end].table_id,
            opts=regional[end],
        )
        alicloud.cen.TransitRouterRouteTablePropagation(
            f"{near}-{far}@{end}",
            transit_router_attachment_id=peer.transit_router_attachment_id,
            transit_router_route_table_id=hubs[end].table_id,
            opts=regional[end],
        )

pulumi.export("cen_id", core.id)
