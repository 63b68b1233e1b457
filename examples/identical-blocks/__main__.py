"""Beijing and Silicon Valley by `CenNetwork`, from two VPCs whose vSwitches have one block."""

import pulumi
import pulumi_alicloud as alicloud

from cenguard_components import CenNetwork

beijing = alicloud.Provider("beijing", region="cn-beijing")
silicon_valley = alicloud.Provider("silicon-valley", region="us-west-1")

orders_vpc = alicloud.vpc.Network(
    "orders-vpc", vpc_name="orders", cidr_block="10.0.0.0/16", opts=pulumi.ResourceOptions(provider=beijing)
)
storefront_vpc = alicloud.vpc.Network(
    "storefront-vpc", vpc_name="storefront", cidr_block="10.0.0.0/16", opts=pulumi.ResourceOptions(provider=silicon_valley)
)
orders_switch = alicloud.vpc.Switch(
    "orders-switch",
    vpc_id=orders_vpc.id,
    zone_id="cn-beijing-h",
    cidr_block="10.0.1.0/24",
    opts=pulumi.ResourceOptions(provider=beijing),
)
storefront_switch = alicloud.vpc.Switch(
    "storefront-switch",
    vpc_id=storefront_vpc.id,
    zone_id="us-west-1a",
    cidr_block="10.0.1.0/24",
    opts=pulumi.ResourceOptions(provider=silicon_valley),
)

network = CenNetwork(
    "core",
    edition="basic",
    networks={
        "orders": {"region": "cn-beijing", "id": orders_vpc.id},
        "storefront": {"region": "us-west-1", "id": storefront_vpc.id},
    },
    interconnect={"mesh": {"bandwidth": 20}},
    packages={
        "payment_type": "PrePaid",
        "period": 6,
        "auto_renew": True,
        "sizes": {"China/North-America": 20},
    },
)
print(network.plan)

pulumi.export("cen_id", network.cen_id)
pulumi.export("interconnection_ids", network.interconnection_ids)
