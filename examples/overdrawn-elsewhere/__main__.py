"""Shanghai, Frankfurt and Silicon Valley on Enterprise Edition; the package holds half of what the program says of it."""

import sys

import pulumi
import pulumi_alicloud as alicloud

from cenguard_components import CenNetwork

CORE = "cen-7k2m9p4r1t6w"
ZONES = {
    "cn-shanghai": ("cn-shanghai-f", "cn-shanghai-g"),
    "eu-central-1": ("eu-central-1a", "eu-central-1b"),
    "us-west-1": ("us-west-1a", "us-west-1b"),
}
REGIONS = {"orders": "cn-shanghai", "backup": "eu-central-1", "storefront": "us-west-1"}

providers = {region: alicloud.Provider(region, region=region) for region in REGIONS.values()}

networks = {}
for number, (name, region) in enumerate(REGIONS.items(), 60):
    here = pulumi.ResourceOptions(provider=providers[region])
    vpc = alicloud.vpc.Network(f"{name}-vpc", vpc_name=name, cidr_block=f"10.{number}.0.0/16", opts=here)
    blocks = {zone: f"10.{number}.{third}.0/24" for third, zone in enumerate(ZONES[region])}
    vswitches = {
        zone: alicloud.vpc.Switch(zone, vswitch_name=zone, vpc_id=vpc.id, zone_id=zone, cidr_block=block, opts=here).id
        for zone, block in blocks.items()
    }
    networks[name] = {"region": region, "id": vpc.id, "vswitches": vswitches, "cidrs": list(blocks.values())}

core = CenNetwork(
    "core",
    edition="enterprise",
    instance={"existing_id": CORE},
    networks=networks,
    interconnect={
        # Little and irregular: what flows is paid for, and the bandwidth is a ceiling.
        "mesh": {"bandwidth": 50, "billing": "traffic"},
        # All night, every night: the package that the instance holds is cheaper.
        "overrides": {"cn-shanghai/eu-central-1": {"bandwidth": 200, "billing": "package"}},
    },
    packages={"existing": {"China/Europe": {"id": "cenbwp-3f8j1n6q9s2v", "bandwidth": 200, "attached": True}}},
    providers=providers,
)

print(core.plan, file=sys.stderr)
pulumi.export("cen_id", core.cen_id)
