"""One disposition for every pair: exactly one, symmetric in its ends, whatever the order of resources."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenguard.judging.check import check, network_of
from cenguard.judging.options import Options
from cenguard.network.connectivity import COVERED, Disposition, connectivity_of
from cenguard.rules.bandwidth import unordered_limit
from cenguard.testing import UNKNOWN, a_world, assert_says
from tests.rules.tables import OF_NETWORKS

REGIONS = ("cn-beijing", "cn-hangzhou", "cn-hongkong", "us-west-1", "eu-central-1", "me-east-1", "ccn-cn-shanghai")
AREAS = ("China", "North-America", "Asia-Pacific", "Europe")


@st.composite
def worlds(draw):
    """A world of up to two instances with anything attached, bought and limited, right or wrong."""
    world = a_world()
    instances = [f"core-{index}" for index in range(draw(st.integers(1, 2)))]
    for name in instances:
        world.instance(name)
    some = st.sampled_from([*instances, "cen-elsewhere"])
    for index in range(draw(st.integers(0, 6))):
        region = draw(st.sampled_from([*REGIONS, UNKNOWN]))
        world.on(draw(some)).attach(region, f"network-{index}", network=f"vpc-{index}")
    for index in range(draw(st.integers(0, 3))):
        name = f"package-{index}"
        world.package(draw(st.sampled_from(AREAS)), draw(st.sampled_from([*AREAS, UNKNOWN])), 10, name, attached=False)
        if draw(st.booleans()):
            world.on(draw(some)).attach_package(name)
    for index in range(draw(st.integers(0, 4))):
        first, second = draw(st.sampled_from(REGIONS)), draw(st.sampled_from([*REGIONS, UNKNOWN]))
        waits = None if draw(st.booleans()) else ()
        world.on(draw(some)).limit(first, second, draw(st.integers(1, 20)), f"limit-{index}", after=waits)
    return world


def dispositions(network):
    return {
        (instance.address, pair.names): (connection.disposition, connection.mbps)
        for instance, connectivity in connectivity_of(network).items()
        for pair, connection in connectivity.connections.items()
    }


def report_of(world):
    return check([world.records()], Options())


@settings(max_examples=150)
@given(worlds())
def test_every_pair_of_attached_regions_has_exactly_one_disposition(world):
    network = world.assembled()
    for instance, connectivity in connectivity_of(network).items():
        regions = instance.index.regions
        pairs = {pair.names for pair in connectivity.connections}
        expected = {
            (first, second)
            for first in regions
            for second in regions
            if first < second and first.removeprefix("ccn-") != second.removeprefix("ccn-")
        }

        assert pairs == expected
        assert all(connection.disposition is not Disposition.SAME_REGION for connection in connectivity.connections.values())


@settings(max_examples=100)
@given(worlds(), st.randoms())
def test_the_order_of_resources_changes_nothing(world, shuffler):
    records = world.records()
    before = dispositions(network_of([records], Options())), check([records], Options())
    shuffler.shuffle(records.resources)

    assert (dispositions(network_of([records], Options())), check([records], Options())) == before


@settings(max_examples=100)
@given(worlds())
def test_an_isolated_region_has_no_covered_pair_and_every_other_one_has(world):
    for connectivity in connectivity_of(world.assembled()).values():
        for region, around in connectivity.by_region.items():
            covered = any(item.disposition in COVERED for item in around)

            assert (region in connectivity.isolated) == (bool(around) and not covered)
        assert set(connectivity.uncovered) <= connectivity.isolated


@settings(max_examples=100)
@given(worlds())
def test_no_rule_is_certain_of_an_absence_on_an_instance_from_elsewhere(world):
    absence = {"CEN201", "CEN202", "CEN206", "CEN207", "CEN210", "CEN218"}
    for item in report_of(world).findings:
        if item.rule in absence and item.instance == "cen-elsewhere":
            assert item.verdict == "undetermined"


@settings(max_examples=100)
@given(worlds())
def test_fingerprints_tell_findings_apart_and_hold_no_message(world):
    report = report_of(world)
    places = {(item.rule, item.urn or item.instance, item.area_pair) for item in report.findings}

    assert len({item.fingerprint for item in report.findings}) == len(places)


def test_a_chain_of_ten_thousand_resources_is_followed_without_recursion():
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    world.package("China", "North-America", 10, "package")
    link = "package-attachment"
    for number in range(10_000):
        world.resource("random:index/randomId:RandomId", f"link-{number}", {}, after=[link])
        link = f"link-{number}"
    world.limit("cn-beijing", "us-west-1", 5, after=[link, "shop", "sales"])

    assert_says(world, rules=OF_NETWORKS)


def test_dependencies_in_a_circle_end():
    """No engine makes one; a document might."""
    world = (
        a_world().instance().attach("cn-beijing", "shop", after=["sales"]).attach("us-west-1", "sales", after=["shop", "limit"])
    )
    world.package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit", after=["shop"])

    assert_says(world, "violated limit", rules=[unordered_limit.RULE])


@pytest.mark.parametrize("seed", range(5))
def test_an_estate_is_one_report_whatever_the_order_of_its_sources(seed):
    worlds = []
    for name in ("net", "app"):
        world = a_world(project=name).instance(f"{name}-core").attach("cn-beijing", "shop")
        worlds.append(world.on("cen-shared").attach("us-west-1", "sales").records())
    random.Random(seed).shuffle(worlds)
    network = network_of(worlds, Options())

    assert [instance.label for instance in network.instances] == ["cen-shared", "app-core", "net-core"]
