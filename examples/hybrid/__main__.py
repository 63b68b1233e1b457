"""A data centre on a leased line and VPCs in Hangzhou, branch offices on a Cloud Connect Network, a plant in Frankfurt."""

import pulumi
import pulumi_alicloud as alicloud

from cenguard_components import CenNetwork

hangzhou = alicloud.Provider("hangzhou", region="cn-hangzhou")
shanghai = alicloud.Provider("shanghai", region="cn-shanghai")
frankfurt = alicloud.Provider("frankfurt", region="eu-central-1")

datacentre = alicloud.expressconnect.VirtualBorderRouter(
    "datacentre",
    virtual_border_router_name="datacentre",
    physical_connection_id=pulumi.Config().require("leased_line"),
    vlan_id=120,
    local_gateway_ip="192.168.120.1",
    peer_gateway_ip="192.168.120.2",
    peering_subnet_mask="255.255.255.252",
    opts=pulumi.ResourceOptions(provider=hangzhou),
)
apps_vpc = alicloud.vpc.Network(
    "apps-vpc", vpc_name="apps", cidr_block="10.0.0.0/16", opts=pulumi.ResourceOptions(provider=hangzhou)
)
branches = alicloud.cloudconnect.Network(
    "branches", name="branches", is_default=True, opts=pulumi.ResourceOptions(provider=shanghai)
)
plant_vpc = alicloud.vpc.Network(
    "plant-vpc", vpc_name="plant", cidr_block="10.1.0.0/16", opts=pulumi.ResourceOptions(provider=frankfurt)
)

network = CenNetwork(
    "core",
    {
        "edition": "basic",
        "networks": {
            "datacentre": {"region": "cn-hangzhou", "kind": "VBR", "id": datacentre.id},
            "apps": {"region": "cn-hangzhou", "id": apps_vpc.id},
            "branches": {"region": "ccn-cn-shanghai", "kind": "CCN", "id": branches.id},
            "plant": {"region": "eu-central-1", "id": plant_vpc.id},
        },
        "interconnect": {
            "pairs": [
                {"regions": ["cn-hangzhou", "eu-central-1"], "bandwidth": 20},
                {"regions": ["ccn-cn-shanghai", "eu-central-1"], "bandwidth": 5},
            ]
        },
        "packages": {
            "payment_type": "PrePaid",
            "period": 6,
            "auto_renew": True,
            "sizes": {"China/Europe": 25},
        },
    },
)
print(network.plan)

pulumi.export("cen_id", network.cen_id)
