"""What `CenNetwork` registers on the Enterprise edition: routers, routing and peers, each on its own region's provider."""

import inspect

import pulumi
import pulumi_alicloud as alicloud
import pytest

from cenguard_components import CenNetwork, RegionalHub
from cenguard_components.providers import STRUCTURED
from tests.components.worlds import enterprise

CONFIG = {
    "alicloud:region": "cn-hangzhou",
    "alicloud:accessKey": "key",
    "alicloud:secretKey": "hidden",
    "alicloud:assumeRole": {"role_arn": "acs:ram::1:role/net"},
    "alicloud:endpoints": [{"cbn": "127.0.0.1:1"}],
    "alicloud:protocol": "HTTP",
    "alicloud:skipRegionValidation": "true",
}


def kind(item):
    return item.type.rsplit(":", 1)[-1]


def test_every_child_has_the_name_it_was_released_with(deploy):
    found = deploy(lambda: CenNetwork("core", enterprise(route_tables={"dmz": {"region": "cn-beijing"}})), preview=True)
    names = {}
    for item in found.resources[2:]:
        names.setdefault(kind(item), []).append(item.name.removeprefix("core"))
    pairs = ["-cn-beijing-eu-central-1", "-cn-beijing-us-west-1", "-eu-central-1-us-west-1"]
    regions = ["-cn-beijing", "-eu-central-1", "-us-west-1"]
    packages = ["-China-Europe", "-China-North-America", "-Europe-North-America"]
    ends = [f"{pair}@{region[1:]}" for pair in pairs for region in regions if region in pair]
    keys = {"-plant": "eu-central-1", "-sales": "us-west-1", "-shop": "cn-beijing"}

    assert {key: sorted(value) for key, value in names.items()} == {
        "alicloud": regions,
        "BandwidthPackage": packages,
        "BandwidthPackageAttachment": packages,
        "Instance": [""],
        "TransitRouter": regions,
        "TransitRouterPeerAttachment": pairs,
        "TransitRouterRouteTable": sorted([*regions, "-dmz"]),
        "TransitRouterRouteTableAssociation": sorted([*keys, *ends]),
        "TransitRouterRouteTablePropagation": sorted(
            [*(f"{key}@{region}" for key, region in keys.items()), *ends, *(f"{pair}@dmz" for pair in pairs[:2])]
        ),
        "TransitRouterVpcAttachment": list(keys),
    }


def test_everything_of_a_region_runs_on_that_regions_provider(deploy):
    found = deploy(lambda: CenNetwork("core", enterprise()), config=CONFIG)
    regions = {item.urn: item.inputs["region"] for item in found.of("alicloud").values()}

    def region(item):
        return regions.get(item.provider)

    assert {item.name: region(item) for item in found.of("TransitRouter").values()} == {
        f"core-{name}": name for name in ("cn-beijing", "eu-central-1", "us-west-1")
    }
    assert region(found.of("TransitRouterVpcAttachment")["core-plant"]) == "eu-central-1"
    assert region(found.of("TransitRouterPeerAttachment")["core-cn-beijing-us-west-1"]) == "cn-beijing"
    for item in found.of("TransitRouterRouteTableAssociation").values():
        assert "@" not in item.name or item.name.endswith(f"@{region(item)}")
    assert {region(item) for name in ("Instance", "BandwidthPackage") for item in found.of(name).values()} == {None}


def test_a_regions_provider_carries_the_stacks_whole_configuration(deploy):
    found = deploy(lambda: CenNetwork("core", enterprise()), config=CONFIG, secret_keys=("alicloud:secretKey",))
    provider = found.of("alicloud")["core-eu-central-1"]

    assert provider.inputs["region"] == "eu-central-1"
    assert provider.inputs["assumeRole"] == '{"role_arn": "acs:ram::1:role/net"}'
    assert provider.inputs["endpoints"] == '[{"cbn": "127.0.0.1:1"}]'
    assert (provider.inputs["accessKey"], provider.inputs["protocol"], provider.inputs["skipRegionValidation"]) == (
        "key",
        "HTTP",
        "true",
    )
    assert provider.raw["secretKey"]["4dabf18193072939515e22adb298388d"] == "1b47061264138c4ac30d75fd1eb44270"


def test_the_settings_that_are_json_are_those_of_the_sdk():
    source = inspect.getsource(alicloud.Provider._internal_init)
    json = {line.split('"')[1] for line in source.splitlines() if "to_json" in line}

    assert json == STRUCTURED


def test_a_peer_draws_on_its_package_by_way_of_the_attachment(deploy):
    found = deploy(lambda: CenNetwork("core", enterprise()), preview=True)
    peer = found.of("TransitRouterPeerAttachment")["core-cn-beijing-us-west-1"]
    attachment = found.of("BandwidthPackageAttachment")["core-China-North-America"]

    assert (peer.inputs["bandwidth"], peer.inputs["bandwidthType"]) == (20, "BandwidthPackage")
    assert peer.inputs["peerTransitRouterRegionId"] == "us-west-1"
    assert peer.property_dependencies["cenBandwidthPackageId"] == {attachment.urn}
    assert {item.urn for item in found.of("TransitRouter").values() if "eu" not in item.name} <= peer.dependencies


def test_a_peer_paid_by_traffic_needs_no_package(deploy):
    args = enterprise(interconnect={"mesh": {"bandwidth": 20, "billing": "traffic"}}, packages={})
    found = deploy(lambda: CenNetwork("core", args))

    assert not found.of("BandwidthPackage")
    assert {
        (item.inputs["bandwidthType"], item.inputs.get("cenBandwidthPackageId"))
        for item in found.of("TransitRouterPeerAttachment").values()
    } == {("DataTransfer", None)}


def test_one_pair_may_pay_otherwise_than_the_rest(deploy):
    args = enterprise(interconnect={"mesh": {"bandwidth": 20}, "overrides": {"cn-beijing/us-west-1": {"billing": "traffic"}}})
    del args["packages"]["sizes"]["China/North-America"]
    peers = deploy(lambda: CenNetwork("core", args)).of("TransitRouterPeerAttachment")

    assert {name for name, peer in peers.items() if peer.inputs["bandwidthType"] == "DataTransfer"} == {
        "core-cn-beijing-us-west-1"
    }


def test_a_leased_line_is_granted_under_the_word_of_the_service(deploy):
    line = {"region": "cn-beijing", "kind": "VBR", "id": "vbr-1", "owner": "1", "grant": {"cen_owner": "2"}}

    def program():
        args = {"edition": "enterprise", "networks": {"line": line}}
        CenNetwork("core", args, grant_providers={"line": alicloud.Provider("theirs", region="cn-beijing")})

    (grant,) = deploy(program).of("TransitRouterGrantAttachment").values()
    assert grant.inputs["instanceType"] == "ExpressConnect"


def test_each_kind_of_network_is_attached_and_routed(deploy):
    networks = {
        "vpc": {
            "region": "cn-beijing",
            "id": "vpc-1",
            "vswitches": {"cn-beijing-a": "vsw-1"},
            "tags": {"a": "b"},
            "name": "shop",
        },
        "line": {"region": "cn-beijing", "kind": "VBR", "id": "vbr-1", "owner": "1"},
        "tunnel": {"region": "cn-beijing", "kind": "VPN", "id": "vco-1", "zones": ["cn-beijing-a"]},
        "router": {"region": "cn-beijing", "kind": "ECR", "id": "ecr-1", "owner": "1"},
    }
    found = deploy(lambda: CenNetwork("core", {"edition": "enterprise", "networks": networks, "tags": {"team": "net"}}))

    vpc = found.of("TransitRouterVpcAttachment")["core-vpc"].inputs
    assert (vpc["tags"], vpc["transitRouterVpcAttachmentName"]) == ({"team": "net", "a": "b"}, "shop")
    assert vpc["zoneMappings"] == [{"zoneId": "cn-beijing-a", "vswitchId": "vsw-1"}]
    assert found.of("TransitRouterVbrAttachment")["core-line"].inputs["vbrOwnerId"] == "1"
    assert found.of("TransitRouterVpnAttachment")["core-tunnel"].inputs["zones"] == [{"zoneId": "cn-beijing-a"}]
    assert (
        found.of("RouterTrAssociation")["core-router"].urn in found.of("TransitRouterEcrAttachment")["core-router"].dependencies
    )
    routed = {item.inputs["transitRouterAttachmentId"] for item in found.of("TransitRouterRouteTableAssociation").values()}
    assert routed == {
        "core-vpc_transitRouterAttachmentId",
        "core-line_transitRouterAttachmentId",
        "core-tunnel_id",
        "core-router_id",
    }
    assert len(found.of("TransitRouterRouteTablePropagation")) == 4
    assert {
        item.inputs["cenId"]
        for name in ("Vpc", "Vbr", "Vpn", "Ecr")
        for item in found.of(f"TransitRouter{name}Attachment").values()
    } == {"core_id"}


def test_a_table_of_ones_own_is_used_and_peers_are_known_in_it(deploy):
    args = enterprise(route_tables={"dmz": {"region": "cn-beijing"}})
    args["networks"]["shop"]["table"] = "dmz"

    def program():
        pulumi.export("tables", CenNetwork("core", args).route_table_ids)

    found = deploy(program)
    own = "core-dmz_transitRouterRouteTableId"
    propagations = found.of("TransitRouterRouteTablePropagation")

    assert found.exports["tables"] == {"dmz": own}
    assert found.of("TransitRouterRouteTableAssociation")["core-shop"].inputs["transitRouterRouteTableId"] == own
    assert {name for name, item in propagations.items() if item.inputs["transitRouterRouteTableId"] == own} == {
        "core-shop@dmz",
        "core-cn-beijing-us-west-1@dmz",
        "core-cn-beijing-eu-central-1@dmz",
    }
    assert "core-shop@cn-beijing" in propagations


def test_an_association_goes_before_one_with_another_table_is_made(deploy):
    found = deploy(lambda: CenNetwork("core", enterprise()), preview=True)

    assert {kind(item) for item in found.resources if item.delete_before_replace} == {"TransitRouterRouteTableAssociation"}
    assert all(item.delete_before_replace for item in found.of("TransitRouterRouteTableAssociation").values())


def test_handed_in_providers_are_used_and_the_missing_ones_made(deploy):
    def program():
        CenNetwork("core", enterprise(), providers={"cn-beijing": alicloud.Provider("mine", region="cn-beijing")})

    found = deploy(program)

    assert found.of("TransitRouter")["core-cn-beijing"].provider.endswith("::mine")
    assert set(found.of("alicloud")) == {"mine", "core-eu-central-1", "core-us-west-1"}


@pytest.mark.parametrize("how", ["provider", "providers", "parent"])
def test_a_provider_in_the_options_asks_for_one_of_each_region(deploy, how):
    """Made from the configuration, the routers would be created in another account than the instance."""

    def program():
        mine = alicloud.Provider("mine", region="cn-beijing")
        parent = pulumi.ComponentResource("a:b:C", "outer", opts=pulumi.ResourceOptions(providers=[mine]))
        opts = {"provider": {"provider": mine}, "providers": {"providers": {"alicloud": mine}}, "parent": {"parent": parent}}[how]
        CenNetwork("core", enterprise(), pulumi.ResourceOptions(**opts))

    found = deploy(program)

    assert 'providers={"cn-beijing": alicloud.Provider("cn-beijing", region="cn-beijing", ...)' in str(found.error)
    assert not found.of("CenNetwork")


def test_a_provider_of_no_region_is_refused(deploy):
    def program():
        CenNetwork("core", enterprise(), providers={"cn-shanghai": alicloud.Provider("mine", region="cn-shanghai")})

    assert "providers.cn-shanghai: no network lies there" in str(deploy(program).error)


def tunnels(**more):
    networks = {
        "tunnel": {"region": "cn-beijing", "kind": "VPN", "id": "vco-1", "zones": ["cn-beijing-a"]},
        "shop": {"region": "us-west-1", "id": "vpc-1", "vswitches": {"us-west-1a": "vsw-1"}},
    }
    args = {"edition": "enterprise", "networks": networks, "interconnect": {"mesh": {"bandwidth": 5, "billing": "traffic"}}}
    return {**args, "router_cidrs": {"cn-beijing": ["10.8.0.0/24", "10.9.0.0/24"]}, **more}


@pytest.mark.parametrize("preview", [False, True])
def test_a_vpn_connection_waits_for_the_blocks_of_its_router(deploy, preview):
    """Its gateways take their addresses from them: the service refuses the attachment before."""
    found = deploy(lambda: CenNetwork("core", tunnels()), preview=preview)
    blocks = found.of("TransitRouterCidr")

    assert found.error is None
    assert {name: item.inputs["cidr"] for name, item in blocks.items()} == {
        "core-cn-beijing-10.8.0.0-24": "10.8.0.0/24",
        "core-cn-beijing-10.9.0.0-24": "10.9.0.0/24",
    }
    assert {item.provider.rsplit("::", 1)[-1] for item in blocks.values()} == {"core-cn-beijing"}
    assert {item.urn for item in blocks.values()} <= found.of("TransitRouterVpnAttachment")["core-tunnel"].dependencies
    assert not {item.urn for item in blocks.values()} & found.of("TransitRouterVpcAttachment")["core-shop"].dependencies


def test_a_hub_makes_the_blocks_of_its_router_and_none_of_one_that_stands(deploy):
    tunnel = tunnels()["networks"]["tunnel"]
    args = {"cen_id": "cen-1", "region": "cn-beijing", "edition": "enterprise", "networks": {"tunnel": tunnel}}
    found = deploy(lambda: RegionalHub("bj", {**args, "router_cidrs": ["10.8.0.0/24"]}))

    assert found.error is None
    assert found.of("TransitRouterCidr")["bj-cn-beijing-10.8.0.0-24"].urn in (
        found.of("TransitRouterVpnAttachment")["bj-tunnel"].dependencies
    )
    standing = {"router": {"id": "tr-1", "table_id": "vtb-1"}, "router_cidrs": ["10.8.0.0/24"]}
    assert "router_cidrs: belongs to the stack that makes the router" in str(
        deploy(lambda: RegionalHub("bj", {**args, **standing})).error
    )
    twice = deploy(lambda: RegionalHub("bj", {**args, "router_cidrs": ["10.8.0.0/24", "10.8.0.0/24"]})).error
    assert "router_cidrs[1]: 10.8.0.0/24 is also router_cidrs[0]" in str(twice)
