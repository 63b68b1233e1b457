"""Two networks of one company, one on each edition, and a partner's VPC of another account on the newer one."""

import pulumi
import pulumi_alicloud as alicloud

from cenguard_components import CenNetwork

config = pulumi.Config()

# The older network: Basic Edition, wholly described by the stack's configuration.
exchange = CenNetwork("exchange", config.require_object("exchange"))
print(f"exchange: {exchange.plan}\n")

# The partner's VPC, made with the credentials of the partner's account.
partner = alicloud.Provider("partner", region="eu-central-1", profile="partner")
in_their_account = pulumi.ResourceOptions(provider=partner)
partner_vpc = alicloud.vpc.Network("partner-vpc", vpc_name="partner", cidr_block="10.32.0.0/16", opts=in_their_account)
partner_vswitches = {
    zone: alicloud.vpc.Switch(
        f"partner-{zone}",
        vswitch_name=f"partner-{zone}",
        vpc_id=partner_vpc.id,
        zone_id=zone,
        cidr_block=f"10.32.{number}.0/24",
        opts=in_their_account,
    ).id
    for number, zone in enumerate(("eu-central-1a", "eu-central-1b"))
}

# The newer network: Enterprise Edition, three regions in a mesh; the busiest pair draws on a package.
backbone = CenNetwork(
    "backbone",
    {
        "edition": "enterprise",
        "networks": {
            **config.require_object("backbone_networks"),
            "partner": {
                "region": "eu-central-1",
                "id": partner_vpc.id,
                "vswitches": partner_vswitches,
                "owner": config.require("partner_account"),
                "grant": {"cen_owner": config.require("account")},
            },
        },
        "interconnect": {
            "mesh": {"bandwidth": 20, "billing": "traffic"},
            "overrides": {"cn-hangzhou/us-west-1": {"bandwidth": 50, "billing": "package"}},
        },
        "packages": {
            "payment_type": "PrePaid",
            "period": 6,
            "auto_renew": True,
            "sizes": {"China/North-America": 50},
        },
    },
    grant_providers={"partner": partner},
)
print(f"backbone: {backbone.plan}")

pulumi.export("exchange_cen_id", exchange.cen_id)
pulumi.export("backbone_cen_id", backbone.cen_id)
pulumi.export("transit_router_ids", backbone.transit_router_ids)
