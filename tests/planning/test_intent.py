"""Arguments are read once, and every problem is said at once with its path, the value and what would be right."""

from copy import deepcopy
from typing import Any

import pytest

from cenguard.errors import InvalidIntent
from cenguard.planning.intent import parse
from cenguard.planning.network_checks import overlaps
from cenguard.planning.plan import Carrier
from tests.planning.wrong_arguments import WRONG, Later, changed, enterprise, network


def problems(args: Any) -> dict[str, str]:
    with pytest.raises(InvalidIntent) as raised:
        parse(args)
    return {problem.path: problem.reason for problem in raised.value.problems}


@pytest.mark.parametrize(("args", "path", "reason"), WRONG.values(), ids=WRONG)
def test_a_wrong_argument_is_named_with_its_path_and_the_cure(args, path, reason):
    assert reason in problems(args)[path]


def test_all_problems_are_said_at_once():
    args = changed("networks.plant", {"region": "eu-centrl-1", "kind": "VCP"})
    args["protect"] = 1

    assert {"networks.plant.id", "networks.plant.region", "networks.plant.kind", "protect"} == set(problems(args))


def test_the_message_lists_a_problem_a_line_under_whose_arguments_they_are():
    with pytest.raises(InvalidIntent) as raised:
        parse(changed("networks.shop.kind", "VCP") | {"protect": 1})

    assert str(raised.value).splitlines() == [
        "CenNetwork has 2 invalid arguments:",
        '  networks.shop.kind: "VCP" is not VPC, VBR or CCN',
        "  protect: 1 is not true or false",
    ]


def test_an_id_is_never_part_of_a_message():
    args = changed("networks.sales", "vpc-secret") | {"instance": {"existing_id": "cenbwp-secret"}, "tags": {"a": ["secret"]}}

    with pytest.raises(InvalidIntent) as raised:
        parse(args)
    assert "secret" not in str(raised.value)


def test_other_languages_send_whole_numbers_as_floats_and_nothing_as_null():
    args = deepcopy(
        changed(
            "interconnect.mesh.bandwidth",
            20.0,
            lambda: network(
                networks={"a": {"region": "cn-beijing", "id": "1", "owner": None}, "b": {"region": "us-west-1", "id": "2"}}
            ),
        )
    )
    args["packages"]["period"] = 6.0
    args["instance"] = None

    found = parse(args)
    assert (found.packages["period"], [item.mbps for item in found.plan.interconnections]) == (6, [20])


def test_the_order_of_two_areas_or_regions_means_nothing():
    args = changed("packages.sizes", {"North-America/China": 7})
    args["interconnect"]["overrides"] = {"us-west-1/cn-beijing": {"bandwidth": 7}}

    assert [package.drawn for package in parse(args).plan.packages] == [7]


def test_an_existing_instance_may_be_joined_by_others():
    """Other stacks attach to it and join its regions: a region nobody joins here is no mistake."""
    args = changed("interconnect", None) | {"instance": {"existing_id": Later()}, "packages": {}}

    assert parse(args).plan.interconnections == ()


def test_a_hub_may_be_attached_elsewhere_when_the_instance_exists():
    args = network(
        interconnect={"hub": {"region": "eu-central-1", "bandwidth": 2}},
        instance={"existing_id": "cen-1"},
        packages={"payment_type": "PostPaid", "sizes": {"China/Europe": 2, "Europe/North-America": 2}},
    )

    assert [str(item.regions) for item in parse(args).plan.interconnections] == [
        "cn-beijing/eu-central-1",
        "eu-central-1/us-west-1",
    ]


def test_equal_blocks_are_refused_and_overlapping_ones_are_told():
    args = changed("networks.shop.cidrs", ["10.0.0.0/16", "172.16.0.0/12"])
    args["networks"]["sales"]["cidrs"] = ["10.0.0.0/16"]
    assert "10.0.0.0/16 is also in networks.sales.cidrs" in problems(args)["networks.shop.cidrs"]

    args["networks"]["sales"]["cidrs"] = ["10.0.0.0/24"]
    assert [overlap.networks for overlap in overlaps(parse(args).networks)] == [("sales", "shop")]


def test_a_mainland_connect_network_needs_no_bandwidth_to_the_mainland():
    args = network(
        networks={
            "branches": {"region": "ccn-cn-shanghai", "kind": "CCN", "id": "ccn-1"},
            "shop": {"region": "cn-beijing", "id": "vpc-1"},
            "own": {"region": "cn-shanghai", "id": "vpc-2"},
        },
        packages={"payment_type": "PostPaid", "sizes": {"China/China": 20}},
    )
    planned = parse(args).plan

    assert [str(item.regions) for item in planned.interconnections] == ["cn-beijing/cn-shanghai"]
    assert [str(pair) for pair in planned.without_package] == ["ccn-cn-shanghai/cn-beijing", "ccn-cn-shanghai/cn-shanghai"]


MESH = {"mesh": {"bandwidth": 5}}
ENDS = "cn-beijing/us-west-1"


@pytest.mark.parametrize(
    "interconnect",
    [
        {"billing": "traffic", **MESH},
        {"billing": "traffic", "hub": {"region": "cn-beijing", "bandwidth": 5}},
        {"billing": "traffic", "pairs": [{"regions": ["cn-beijing", "us-west-1"], "bandwidth": 5}]},
        {"billing": "package", "mesh": {"bandwidth": 5, "billing": "traffic"}},
        {"billing": "package", "overrides": {ENDS: {"billing": "traffic"}}, **MESH},
    ],
)
def test_who_pays_is_said_once_or_where_it_differs(interconnect):
    """The nearest word counts."""
    args = enterprise(interconnect=interconnect)
    del args["packages"]

    assert [item.carrier for item in parse(args).plan.interconnections] == [Carrier.TRAFFIC_PEER]
