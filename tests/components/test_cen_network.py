"""What `CenNetwork` registers on the Basic edition, and what it refuses before anything is registered."""

import pulumi
import pulumi_alicloud as alicloud
import pytest

from cenguard_components import CenNetwork
from tests.components.worlds import three_regions

NETWORK = "urn:pulumi:dev::net::alicloud-cen:index:CenNetwork"


def urns(deployment):
    return sorted(item.urn.removeprefix("urn:pulumi:dev::net::") for item in deployment.resources if item.custom)


def test_every_child_has_the_name_and_parent_it_was_released_with(deploy):
    """A rename replaces the resource, and a replaced package is bought again: change a line here only with an alias."""
    under = "alicloud-cen:index:CenNetwork$alicloud:cen/"

    assert urns(deploy(lambda: CenNetwork("core", three_regions()), preview=True)) == [
        f"{under}bandwidthLimit:BandwidthLimit::core-cn-beijing-eu-central-1",
        f"{under}bandwidthLimit:BandwidthLimit::core-cn-beijing-us-west-1",
        f"{under}bandwidthLimit:BandwidthLimit::core-eu-central-1-us-west-1",
        f"{under}bandwidthPackage:BandwidthPackage::core-China-Europe",
        f"{under}bandwidthPackage:BandwidthPackage::core-China-North-America",
        f"{under}bandwidthPackage:BandwidthPackage::core-Europe-North-America",
        f"{under}bandwidthPackageAttachment:BandwidthPackageAttachment::core-China-Europe",
        f"{under}bandwidthPackageAttachment:BandwidthPackageAttachment::core-China-North-America",
        f"{under}bandwidthPackageAttachment:BandwidthPackageAttachment::core-Europe-North-America",
        f"{under}instance:Instance::core",
        f"{under}instanceAttachment:InstanceAttachment::core-plant",
        f"{under}instanceAttachment:InstanceAttachment::core-sales",
        f"{under}instanceAttachment:InstanceAttachment::core-shop",
    ]


def test_an_attachment_states_its_network_region_and_owner(deploy):
    args = three_regions()
    args["networks"]["plant"]["owner"] = "1234567890123456"
    found = deploy(lambda: CenNetwork("core", args)).of("InstanceAttachment")["core-plant"]

    assert found.inputs == {
        "instanceId": "core_id",
        "childInstanceId": "vpc-3",
        "childInstanceRegionId": "eu-central-1",
        "childInstanceType": "VPC",
        "childInstanceOwnerId": 1234567890123456,
    }


def test_a_package_is_bought_as_stated_with_its_areas_sorted(deploy):
    """The provider replaces a package whose two areas merely change places."""
    args = three_regions()
    args["packages"]["sizes"]["North-America/China"] = args["packages"]["sizes"].pop("China/North-America")
    found = deploy(lambda: CenNetwork("core", args)).of("BandwidthPackage")["core-China-North-America"]

    assert found.inputs == {
        "bandwidth": 20,
        "geographicRegionAId": "China",
        "geographicRegionBId": "North-America",
        "cenBandwidthPackageName": "core-China-North-America",
        "paymentType": "PrePaid",
        "period": 6,
        "autoRenew": True,
    }


@pytest.mark.parametrize("preview", [True, False])
def test_a_limit_waits_for_its_package_and_for_both_ends(deploy, preview):
    args = three_regions()
    args["networks"]["more"] = {"region": "us-west-1", "id": "vpc-4"}
    found = deploy(lambda: CenNetwork("core", args), preview=preview)
    limit = found.of("BandwidthLimit")["core-cn-beijing-us-west-1"]
    upstream = {urn.rsplit(":", 3)[-3] + " " + urn.rsplit("::", 1)[-1] for urn in limit.dependencies}

    assert upstream == {
        "Instance core",
        "BandwidthPackageAttachment core-China-North-America",
        "InstanceAttachment core-more",
        "InstanceAttachment core-sales",
        "InstanceAttachment core-shop",
    }


@pytest.mark.parametrize(("args", "protected"), [({}, True), ({"protect": False}, False)], ids=["by default", "switched off"])
def test_the_instance_and_the_packages_are_protected(deploy, args, protected):
    found = deploy(lambda: CenNetwork("core", three_regions(**args)))

    assert {item.name for item in found.custom() if item.protect} == (
        {"core", "core-China-Europe", "core-China-North-America", "core-Europe-North-America"} if protected else set()
    )
    assert not any(item.protect for item in found.of("BandwidthPackageAttachment").values())


def test_a_hub_joins_only_itself_with_the_others(deploy):
    args = three_regions(interconnect={"hub": {"region": "us-west-1", "bandwidth": 20}})
    del args["packages"]["sizes"]["China/Europe"]

    assert set(deploy(lambda: CenNetwork("core", args)).of("BandwidthLimit")) == {
        "core-cn-beijing-us-west-1",
        "core-eu-central-1-us-west-1",
    }


def test_an_override_changes_one_pair_and_zero_leaves_it_out(deploy):
    overrides = {"cn-beijing/us-west-1": {"bandwidth": 5}, "eu-central-1/us-west-1": {"bandwidth": 0}}
    args = three_regions(interconnect={"mesh": {"bandwidth": 20}, "overrides": overrides})
    del args["packages"]["sizes"]["Europe/North-America"]
    limits = deploy(lambda: CenNetwork("core", args)).of("BandwidthLimit")

    assert {name: limit.inputs["bandwidthLimit"] for name, limit in limits.items()} == {
        "core-cn-beijing-eu-central-1": 20,
        "core-cn-beijing-us-west-1": 5,
    }


def test_one_region_buys_nothing(deploy):
    networks = {"a": {"region": "cn-beijing", "id": "vpc-1"}, "b": {"region": "cn-beijing", "id": "vpc-2"}}
    found = deploy(lambda: CenNetwork("core", {"edition": "basic", "networks": networks}))

    assert {item.type.rsplit(":", 1)[-1] for item in found.custom()} == {"Instance", "InstanceAttachment"}


def test_an_existing_instance_is_used_and_not_made(deploy):
    found = deploy(lambda: CenNetwork("core", three_regions(instance={"existing_id": "cen-1"})))

    assert not found.of("Instance")
    assert {item.inputs["instanceId"] for item in found.of("BandwidthLimit").values()} == {"cen-1"}


def test_an_existing_package_is_attached_unless_the_instance_holds_it(deploy):
    def program(attached):
        args = three_regions(instance={"existing_id": "cen-1"})
        del args["packages"]["sizes"]["China/Europe"]
        args["packages"]["existing"] = {"China/Europe": {"id": "cenbwp-1", "bandwidth": 50, "attached": attached}}
        return lambda: pulumi.export("packages", CenNetwork("core", args).package_ids)

    ours, theirs = deploy(program(False)), deploy(program(True))

    assert ours.of("BandwidthPackageAttachment")["core-China-Europe"].inputs["bandwidthPackageId"] == "cenbwp-1"
    assert "core-China-Europe" not in {*theirs.of("BandwidthPackageAttachment"), *theirs.of("BandwidthPackage")}
    assert theirs.exports["packages"]["China/Europe"] == "cenbwp-1"


def test_tags_reach_what_can_carry_them_and_the_entry_wins(deploy):
    args = three_regions(tags={"team": "net", "stage": "dev"}, instance={"name": "wan", "tags": {"stage": "prod"}})
    found = deploy(lambda: CenNetwork("core", args)).of("Instance")["core"]

    assert found.inputs == {"cenInstanceName": "wan", "tags": {"team": "net", "stage": "prod"}}


def test_outputs_are_maps_by_the_callers_keys(deploy):
    def program():
        network = CenNetwork("core", three_regions())
        for name in ("cen_id", "attachment_ids", "package_ids", "interconnection_ids", "transit_router_ids", "route_table_ids"):
            pulumi.export(name, getattr(network, name))

    found = deploy(program)
    registered = found.outputs[f"{NETWORK}::core"]

    assert found.exports == {
        "cen_id": "core_id",
        "attachment_ids": {key: f"core-{key}_id" for key in ("shop", "sales", "plant")},
        "package_ids": {
            f"{a}/{b}": f"core-{a}-{b}_id"
            for a, b in (("China", "Europe"), ("China", "North-America"), ("Europe", "North-America"))
        },
        "interconnection_ids": {
            f"{a}/{b}": f"core-{a}-{b}_id"
            for a, b in (("cn-beijing", "eu-central-1"), ("cn-beijing", "us-west-1"), ("eu-central-1", "us-west-1"))
        },
        "transit_router_ids": {},
        "route_table_ids": {},
    }
    assert registered["attachmentIds"] == found.exports["attachment_ids"]


def test_an_output_depends_on_its_own_resource_alone(deploy):
    """One map of ids made in one piece would make whatever uses one id wait for all of them."""

    def program():
        network = CenNetwork("core", three_regions())
        alicloud.cen.FlowLog("log", cen_id=network.cen_id, project_name=network.attachment_ids["shop"], log_store_name="s")

    log = deploy(program, preview=True).of("FlowLog")["log"]

    assert {urn.rsplit("::", 1)[-1] for urn in log.property_dependencies["projectName"]} == {"core-shop"}


def test_what_policies_see_of_the_component_is_its_plan(deploy):
    found = deploy(lambda: CenNetwork("core", three_regions())).of("CenNetwork")["core"]

    assert found.inputs["edition"] == "basic"
    assert found.inputs["interconnections"]["cn-beijing/us-west-1"] == 20


def test_the_plan_is_on_the_component(deploy):
    plans = []
    deploy(lambda: plans.append(CenNetwork("core", three_regions()).plan))

    assert str(plans[0]).startswith("basic edition, 3 regions")


def test_wrong_arguments_are_said_at_once_before_anything_is_registered(deploy):
    args = three_regions(protect="no")
    args["networks"]["shop"]["kind"] = "VCP"
    found = deploy(lambda: CenNetwork("core", args))

    assert isinstance(found.error, pulumi.InputPropertiesError)
    assert str(found.error).splitlines()[0] == "CenNetwork has 2 invalid arguments:"
    assert [item["property_path"] for item in found.error.errors] == ["networks.shop.kind", "protect"]
    assert [item.type for item in found.resources] == ["pulumi:pulumi:Stack"]


def test_overlapping_blocks_are_told(deploy):
    args = three_regions()
    args["networks"]["shop"]["cidrs"], args["networks"]["plant"]["cidrs"] = ["10.0.0.0/8"], ["10.3.0.0/16"]

    assert deploy(lambda: CenNetwork("core", args)).messages == [
        "plant (10.3.0.0/16) and shop (10.0.0.0/8) overlap: the more specific route takes the traffic of both"
    ]


@pytest.mark.parametrize("before", ["wan", "urn:pulumi:dev::net::alicloud:cen/instance:Instance::wan"])
def test_a_child_may_have_been_something_else_before(deploy, before):
    args = three_regions(aliases={"instance": before, "interconnections.cn-beijing/us-west-1": "limit"})
    found = deploy(lambda: CenNetwork("core", args))

    assert found.of("Instance")["core"].aliases == ((before,) if before.startswith("urn") else ("wan at the root",))
    assert found.of("BandwidthLimit")["core-cn-beijing-us-west-1"].aliases == ("limit at the root",)


def test_an_alias_of_no_child_is_refused(deploy):
    found = deploy(lambda: CenNetwork("core", three_regions(aliases={"networks.shp": "x"})))

    assert "aliases.networks.shp: is no child of this network; did you mean networks.shop?" in str(found.error)


@pytest.mark.parametrize(
    ("kind", "region", "resource"),
    [
        ("VPC", "cn-beijing", "TransitRouterGrantAttachment"),
        ("VBR", "cn-beijing", "GrantRuleToCen"),
        ("CCN", "ccn-cn-shanghai", "NetworkGrant"),
    ],
)
def test_a_grant_is_made_in_the_owners_account_and_waited_for(deploy, kind, region, resource):
    args = three_regions()
    args["networks"]["shop"] = {"region": region, "kind": kind, "id": "x-1", "owner": "1", "grant": {"cen_owner": "2"}}

    def program():
        CenNetwork("core", args, grant_providers={"shop": alicloud.Provider("theirs", region="cn-beijing")})

    found = deploy(program)
    grant = found.of(resource)["core-shop"]

    assert grant.provider.endswith("::theirs")
    assert grant.urn in found.of("InstanceAttachment")["core-shop"].dependencies


def test_a_grant_without_a_provider_of_the_owner_is_refused(deploy):
    args = three_regions()
    args["networks"]["shop"] |= {"owner": "1", "grant": {"cen_owner": "2"}}
    args["networks"]["sales"]["kind"] = "VCP"
    message = str(deploy(lambda: CenNetwork("core", args)).error)

    assert 'grant_providers={"shop": ...}' in message
    assert "networks.sales.kind" in message


def test_the_components_provider_reaches_its_children(deploy):
    def program():
        mine = alicloud.Provider("mine", region="cn-beijing")
        CenNetwork("core", three_regions(), pulumi.ResourceOptions(providers={"alicloud": mine}))

    assert {item.provider.rsplit("::", 1)[-1] for item in deploy(program).custom()} == {"mine"}
