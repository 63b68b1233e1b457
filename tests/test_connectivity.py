"""One disposition for every pair: exactly one, symmetric in its ends, whatever the order of resources."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cenguard.check import Options, network_of
from cenguard.connectivity import COVERED, Disposition, connectivity_of
from tests.rules.worlds import UNKNOWN, World

REGIONS = ("cn-beijing", "cn-hangzhou", "cn-hongkong", "us-west-1", "eu-central-1", "me-east-1", "ccn-cn-shanghai")
AREAS = ("China", "North-America", "Asia-Pacific", "Europe")


@st.composite
def worlds(draw):
    """A world of up to two instances with anything attached, bought and limited, right or wrong."""
    world = World()
    instances = [world.instance(f"core-{index}") for index in range(draw(st.integers(1, 2)))]
    instances.append("cen-elsewhere")
    some = st.sampled_from(instances)
    attached = [
        world.attach(draw(some), draw(st.sampled_from([*REGIONS, UNKNOWN])), f"network-{index}")
        for index in range(draw(st.integers(0, 6)))
    ]
    for index in range(draw(st.integers(0, 3))):
        package = world.package(draw(st.sampled_from(AREAS)), draw(st.sampled_from([*AREAS, UNKNOWN])), name=f"package-{index}")
        if draw(st.booleans()):
            attached.append(world.bind(draw(some), package, f"bound-{index}"))
    for index in range(draw(st.integers(0, 4))):
        regions = [draw(st.sampled_from(REGIONS)), draw(st.sampled_from([*REGIONS, UNKNOWN]))]
        world.limit(
            draw(some), regions, draw(st.integers(1, 20)), name=f"limit-{index}", after=attached if draw(st.booleans()) else ()
        )
    return world


def dispositions(world):
    return {
        (instance.address, pair.names): (connection.disposition, connection.mbps)
        for instance, connectivity in connectivity_of(world.network()).items()
        for pair, connection in connectivity.connections.items()
    }


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_every_pair_of_attached_regions_has_exactly_one_disposition(world):
    network = world.network()
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


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(), st.randoms())
def test_the_order_of_resources_changes_nothing(world, shuffler):
    before = dispositions(world), world.report()
    shuffler.shuffle(world._records.resources)

    assert (dispositions(world), world.report()) == before


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_an_isolated_region_has_no_covered_pair_and_every_other_one_has(world):
    for connectivity in connectivity_of(world.network()).values():
        for region, around in connectivity.by_region.items():
            covered = any(item.disposition in COVERED for item in around)

            assert (region in connectivity.isolated) == (bool(around) and not covered)
        assert set(connectivity.uncovered) <= connectivity.isolated


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_no_rule_is_certain_of_an_absence_on_an_instance_from_elsewhere(world):
    absence = {"CEN201", "CEN202", "CEN206", "CEN207", "CEN210", "CEN218"}
    for item in world.report().findings:
        if item.rule in absence and item.instance == "cen-elsewhere":
            assert item.verdict == "undetermined"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_fingerprints_tell_findings_apart_and_hold_no_message(world):
    report = world.report()
    places = {(item.rule, item.urn or item.instance, item.area_pair) for item in report.findings}

    assert len({item.fingerprint for item in report.findings}) == len(places)


def test_a_chain_of_ten_thousand_resources_is_followed_without_recursion():
    world = World()
    core = world.instance()
    ends = [world.attach(core, region, region) for region in ("cn-beijing", "us-west-1")]
    link = world.bind(core, world.package("China", "North-America"))
    for number in range(10_000):
        link = world.add("random:index/randomId:RandomId", f"link-{number}", {}, after=[link])
    world.limit(core, ["cn-beijing", "us-west-1"], after=[link, *ends])

    assert world.found() == set()


def test_dependencies_in_a_circle_end():
    """No engine makes one; a document might."""
    world = World()
    core = world.instance()
    shop, sales = world.attach(core, "cn-beijing", "shop"), world.attach(core, "us-west-1", "sales")
    world.bind(core, world.package("China", "North-America"))
    limit = world.limit(core, ["cn-beijing", "us-west-1"], after=[shop])
    shop.resource.dependencies = (*shop.resource.dependencies, sales.urn)
    sales.resource.dependencies = (*sales.resource.dependencies, shop.urn, limit.urn)

    assert world.found("CEN211") == {("violated", "limit")}


@pytest.mark.parametrize("seed", range(5))
def test_an_estate_is_one_report_whatever_the_order_of_its_sources(seed):
    worlds = []
    for name in ("net", "app"):
        world = World(project=name)
        world.attach(world.instance(f"{name}-core"), "cn-beijing", "shop")
        world.attach("cen-shared", "us-west-1", "sales")
        worlds.append(world._records)
    random.Random(seed).shuffle(worlds)
    network = network_of(worlds, Options())

    assert [instance.label for instance in network.instances] == ["cen-shared", "app-core", "net-core"]
