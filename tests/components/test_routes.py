"""What the components register so that packets get there and back, and what they state of it."""

import pulumi
import pulumi_alicloud as alicloud
import pytest

from cenguard_components import CenNetwork, Interconnection, RegionalHub
from tests.components.test_parts import hub
from tests.planning.test_planned_routes import segmented


def test_apart_makes_a_map_on_each_of_the_tables_for_the_networks_of_the_others(deploy):
    found = deploy(lambda: CenNetwork("core", segmented(apart=[["dev", "prod-us"]])))
    maps = found.of("RouteMap")

    assert found.error is None
    assert {
        name: {key: item.inputs[key] for key in ("transitRouterRouteTableId", "cenRegionId", "sourceInstanceIds", "priority")}
        for name, item in maps.items()
    } == {
        "core-dev-apart-1": {
            "transitRouterRouteTableId": "core-dev_transitRouterRouteTableId",
            "cenRegionId": "cn-beijing",
            "sourceInstanceIds": ["vpc-2"],
            "priority": 50,
        },
        "core-prod-us-apart-1": {
            "transitRouterRouteTableId": "core-prod-us_transitRouterRouteTableId",
            "cenRegionId": "us-west-1",
            "sourceInstanceIds": ["vpc-4"],
            "priority": 50,
        },
    }
    assert {(item.inputs["transmitDirection"], item.inputs["mapResult"]) for item in maps.values()} == {("RegionIn", "Deny")}
    assert maps["core-prod-us-apart-1"].provider == found.of("TransitRouter")["core-us-west-1"].provider


def test_without_apart_there_is_no_map(deploy):
    assert deploy(lambda: CenNetwork("core", segmented())).of("RouteMap") == {}


def test_a_map_that_was_another_resource_is_taken_over(deploy):
    aliases = {"route_maps.dev.1": "denied"}
    found = deploy(lambda: CenNetwork("core", segmented(apart=[["dev", "prod-us"]], aliases=aliases)))

    assert found.of("RouteMap")["core-dev-apart-1"].aliases == ("denied at the root",)


def test_a_component_states_its_routes(deploy):
    said = {}

    def program():
        said["network"] = CenNetwork("core", segmented()).plan
        said["hub"] = hub("bj", "cn-beijing", alicloud.Provider("bj", region="cn-beijing")).plan

    assert deploy(program).error is None
    assert said["network"].reaches("shop", "sales")
    assert said["hub"].reaches("shop", "shop")
    assert str(said["hub"].routes) == "cn-beijing: shop"


@pytest.mark.parametrize("preview", [False, True])
def test_everything_publishes_that_can(deploy, preview):
    args = segmented()
    args["networks"]["line"] = {"region": "cn-beijing", "kind": "VBR", "id": "vbr-1"}
    args["networks"]["tunnel"] = {"region": "cn-beijing", "kind": "VPN", "id": "vco-1", "zones": ["cn-beijing-a"]}
    found = deploy(lambda: CenNetwork("core", args), preview=preview)
    kinds = [f"TransitRouter{kind}Attachment" for kind in ("Vpc", "Vbr", "Vpn", "Peer")]

    assert found.error is None
    assert {item.inputs["autoPublishRouteEnabled"] for kind in kinds for item in found.of(kind).values()} == {True}


class TestAnInterconnectionOfHubsWithTables:
    """A table that does not learn the peer's routes is reached and cannot answer."""

    def joined(self, **more):
        providers = {region: alicloud.Provider(region, region=region) for region in ("cn-beijing", "us-west-1")}
        networks = {"shop": {"region": "cn-beijing", "id": "vpc-1", "vswitches": {"cn-beijing-a": "vsw-1"}, "table": "dmz"}}
        opts = pulumi.ResourceOptions(provider=providers["cn-beijing"])
        first = RegionalHub(
            "bj",
            cen_id="cen-1",
            region="cn-beijing",
            edition="enterprise",
            networks=networks,
            route_tables={"dmz": {"region": "cn-beijing"}},
            opts=opts,
        )
        second = hub("us", "us-west-1", providers["us-west-1"])
        tables = {"cn-beijing": first.route_table_ids} if "route_table_ids" not in more else more.pop("route_table_ids")
        Interconnection(
            "pair",
            cen_id="cen-1",
            edition="enterprise",
            regions=["cn-beijing", "us-west-1"],
            bandwidth=10,
            billing="traffic",
            transit_router_ids={"cn-beijing": first.transit_router_id, "us-west-1": second.transit_router_id},
            table_ids={"cn-beijing": first.table_id, "us-west-1": second.table_id},
            route_table_ids=tables,
            providers=providers,
        )

    def test_further_tables_learn_the_peer(self, deploy):
        found = deploy(self.joined)

        assert found.error is None
        assert "pair-cn-beijing-us-west-1@dmz" in found.of("TransitRouterRouteTablePropagation")

    def test_tables_of_another_region_are_refused(self, deploy):
        found = deploy(lambda: self.joined(route_table_ids={"eu-central-1": {"dmz": "vtb-1"}}))

        assert "route_table_ids.eu-central-1: is neither of the two regions, cn-beijing and us-west-1" in str(found.error)

    def test_a_basic_pair_has_no_tables(self, deploy):
        def program():
            Interconnection(
                "pair", cen_id="cen-1", edition="basic", regions=["cn-beijing", "us-west-1"], bandwidth=10, package_id="cenbwp-1",
                route_table_ids={"cn-beijing": {"dmz": "vtb-1"}},
            )  # fmt: skip

        assert "route_table_ids: belongs to the enterprise edition" in str(deploy(program).error)
