"""Who reaches whom in a planned network, and the tables that are kept apart."""

from itertools import permutations

import pytest

from cenguard.errors import InvalidIntent, UnknownName
from cenguard.planning.intent import parse
from tests.components.worlds import enterprise, three_regions

TABLES = {"prod": {"region": "cn-beijing"}, "dev": {"region": "cn-beijing"}, "prod-us": {"region": "us-west-1"}}


def segmented(**changes):
    """Two tables in Beijing, one in Silicon Valley, none of Frankfurt's own; Beijing is joined with the others."""
    args = enterprise(
        route_tables=TABLES,
        interconnect={
            "pairs": [
                {"regions": ["cn-beijing", "us-west-1"], "bandwidth": 20},
                {"regions": ["cn-beijing", "eu-central-1"], "bandwidth": 20},
            ]
        },
    )
    args["packages"]["sizes"].pop("Europe/North-America")
    shop, sales = args["networks"]["shop"], args["networks"]["sales"]
    args["networks"] = {
        "shop": {**shop, "table": "prod"},
        "test": {**shop, "id": "vpc-4", "table": "dev"},
        "tools": {**shop, "id": "vpc-5"},
        "sales": {**sales, "table": "prod-us"},
        "plant": args["networks"]["plant"],
    }
    return {**args, **changes}


def planned(args):
    return parse(args).plan


def problems(args):
    with pytest.raises(InvalidIntent) as error:
        parse(args)
    return {problem.path: problem.reason for problem in error.value.problems}


def reached(plan):
    """The pairs of networks that reach each other."""
    return {frozenset(pair) for pair in permutations(plan.networks, 2) if plan.reaches(*pair)}


def pairs(*names):
    return {frozenset(name.split()) for name in names}


class TestTablesOfARegion:
    def test_networks_in_different_tables_of_a_region_are_apart(self):
        routes = planned(segmented()).routes

        assert routes.leg("shop", "test") == routes.leg("test", "shop") == "not_learned"

    def test_the_regions_own_table_reaches_all_and_gets_no_answer(self):
        routes = planned(segmented()).routes

        assert (routes.leg("tools", "shop"), routes.leg("shop", "tools")) == ("routed", "not_learned")
        assert not routes.reaches("tools", "shop")

    def test_every_network_reaches_those_of_a_joined_region(self):
        assert reached(planned(segmented())) == pairs(
            "shop sales", "test sales", "tools sales", "shop plant", "test plant", "tools plant"
        )

    def test_a_network_reaches_itself(self):
        assert planned(segmented()).reaches("shop", "shop")

    def test_a_key_that_is_none_is_told_with_the_nearest(self):
        with pytest.raises(UnknownName, match="unknown network 'shp'; did you mean shop"):
            planned(segmented()).reaches("shop", "shp")


class TestOverASecondPeer:
    def test_routes_are_not_passed_on(self):
        plan = planned(segmented())

        assert not plan.reaches("sales", "plant")
        assert (
            "CEN does not pass routes on over a second peer: eu-central-1 and us-west-1 do not reach each other by way of cn-beijing"
            in str(plan.routes)
        )

    def test_a_mesh_has_no_such_pair(self):
        assert "second peer" not in str(planned(enterprise()).routes)
        assert len(reached(planned(enterprise()))) == 3


class TestApart:
    def test_tables_are_kept_apart_in_all_regions(self):
        plan = planned(segmented(apart=[["dev", "prod-us"]]))

        assert frozenset({"test", "sales"}) not in reached(plan)
        assert plan.routes.leg("test", "sales") == "denied" == plan.routes.leg("sales", "test")
        assert frozenset({"shop", "sales"}) in reached(plan)

    def test_without_it_the_plan_says_that_tables_part_within_a_region_only(self):
        note = (
            "note: route tables part networks within a region only: dev in cn-beijing and prod-us in us-west-1 reach each other"
        )
        assert note in str(planned(segmented()))
        assert "part networks within a region only" not in str(planned(segmented(apart=[["prod", "dev", "prod-us"]])))

    def test_each_table_is_denied_the_networks_of_the_others(self):
        found = parse(segmented(apart=[["dev", "prod-us"], ["prod", "dev"]])).denials

        assert [(item.table, item.number, item.priority, item.networks) for item in found] == [
            ("dev", 1, 50, ("sales", "shop")),
            ("prod", 1, 51, ("test",)),
            ("prod-us", 1, 50, ("test",)),
        ]

    @pytest.mark.parametrize(
        ("apart", "said"),
        [
            ([["dev", "prod-eu"]], '"prod-eu" is not a key of route_tables; did you mean prod-us?'),
            ([["dev"]], "two tables or more are kept apart from each other"),
            ([["dev", "dev"]], '"dev" is there twice'),
        ],
    )
    def test_what_cannot_be_kept_apart_is_refused(self, apart, said):
        assert said in problems(segmented(apart=apart))["apart[0]"]

    def test_a_basic_network_has_no_tables(self):
        assert "needs the enterprise edition" in problems(three_regions(apart=[["a", "b"]]))["apart"]

    def test_a_shape_that_is_none_is_refused(self):
        assert any(path.startswith("apart") for path in problems(segmented(apart="dev")))


def crowd(count, region="us-west-1", table=None, **more):
    """Many networks of one region."""
    found = {}
    for index in range(count):
        found[f"n{index:04}"] = {
            "region": region, "id": f"vpc-n{index}", "vswitches": {f"{region}-a": f"vsw-{index}"}, **({"table": table} if table else {}), **more,
        }  # fmt: skip
    return found


class TestSlices:
    """A route map takes 32 networks, and priorities end at 99."""

    def wished(self, count):
        args = segmented(apart=[["dev", "prod-us"]])
        args["networks"].pop("sales")
        args["networks"] |= crowd(count, table="prod-us")
        return args

    def test_more_than_32_are_several_maps(self):
        found = [item for item in parse(self.wished(65)).denials if item.table == "dev"]

        assert [(item.priority, len(item.networks)) for item in found] == [(50, 32), (51, 32), (52, 1)]

    def test_tables_of_one_region_take_turns(self):
        args = self.wished(40)
        args["apart"] = [["dev", "prod-us"], ["prod", "prod-us"]]
        found = [(item.table, item.priority) for item in parse(args).denials if item.table != "prod-us"]

        assert found == [("dev", 50), ("dev", 52), ("prod", 51), ("prod", 53)]

    def test_1600_are_the_most(self):
        assert max(item.priority for item in parse(self.wished(1600)).denials) == 99
        assert "would be kept from 1,601 networks, and 1,600 is the most" in problems(self.wished(1601))["apart"]

    def test_two_tables_of_a_region_have_half_of_the_priorities_each(self):
        args = self.wished(801)
        args["apart"] = [["dev", "prod-us"], ["prod", "prod-us"]]

        assert "the tables of cn-beijing would need route maps beyond priority 99" in problems(args)["apart"]


class TestOtherKinds:
    def test_on_basic_every_two_reach_each_other_but_lines_and_branches(self):
        args = three_regions()
        args["networks"]["line"] = {"region": "cn-beijing", "kind": "VBR", "id": "vbr-1"}
        args["networks"]["other"] = {"region": "us-west-1", "kind": "VBR", "id": "vbr-2"}
        plan = planned(args)

        assert not plan.reaches("line", "other")
        assert len(reached(plan)) == 9

    def test_on_basic_pairs_without_bandwidth_are_routed_too(self):
        """At the test bandwidth, which is no question of routes."""
        args = three_regions(interconnect={"hub": {"region": "cn-beijing", "bandwidth": 20}})
        args["packages"]["sizes"].pop("Europe/North-America")

        assert planned(args).reaches("sales", "plant")

    def test_on_enterprise_two_on_premises_ends_are_not_promised(self):
        args = enterprise()
        args["networks"]["line"] = {"region": "cn-beijing", "kind": "VBR", "id": "vbr-1"}
        args["networks"]["other"] = {"region": "us-west-1", "kind": "VBR", "id": "vbr-2"}
        plan = planned(args)

        assert plan.routes.leg("line", "other") == "undetermined"
        assert not plan.reaches("line", "other")
        assert plan.reaches("line", "sales")


def test_more_than_50_vpcs_of_a_region_are_a_note():
    args = enterprise()
    args["networks"] |= crowd(50)
    assert "51 VPCs in us-west-1: a router publishes its routes into 50 VPCs" in str(planned(args))
    args["networks"].pop("n0000")
    assert "publishes its routes" not in str(planned(args))


def test_a_vswitch_block_that_two_networks_hand_over_is_an_error_with_both_paths():
    args = enterprise()
    args["networks"]["shop"]["cidrs"] = args["networks"]["sales"]["cidrs"] = ["10.0.1.0/24"]

    assert "10.0.1.0/24 is also in networks.sales.cidrs" in problems(args)["networks.shop.cidrs"]


def test_the_routes_are_plain_values_too():
    found = planned(segmented()).to_dict()["routes"]

    assert found["groups"]["prod in cn-beijing"] == ["shop"]
    assert {
        "groups": ["cn-beijing", "prod in cn-beijing"],
        "routes": "one way: from cn-beijing to prod in cn-beijing, and nothing comes back",
    } in found["pairs"]
    assert any("second peer" in note for note in found["notes"])
