"""Regions and Mbps become area pairs, packages and carriers: the same ones in whatever order they are written."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenguard.errors import UnknownName
from cenguard.geography.areas import AreaPair
from cenguard.geography.bandwidth import LARGEST_PACKAGE, Mbps
from cenguard.geography.catalogue import default_catalogue, load
from cenguard.geography.regions import RegionPair
from cenguard.planning.plan import Billing, Carrier, Edition, ExistingPackage, Interconnection, PlanInput
from cenguard.planning.planning import isolated, mesh, needs, needs_no_package, plan, spokes

CATALOGUE = default_catalogue()
CERTAIN = sorted(region for region in CATALOGUE.regions if isinstance(CATALOGUE.area_of(region), str))


def wish(mbps=20, regions=("cn-beijing", "us-west-1", "eu-central-1"), **changes):
    pairs = [pair for pair in mesh(regions) if not needs_no_package(pair, changes.get("edition", Edition.BASIC), CATALOGUE)]
    values = {
        "edition": Edition.BASIC,
        "networks": {region: region for region in regions},
        "interconnections": tuple(Interconnection(regions=pair, mbps=Mbps(mbps)) for pair in pairs),
    }
    return PlanInput(**{**values, **changes})


def reasons(wanted):
    return {problem.path: problem.reason for problem in plan(wanted, CATALOGUE)[1]}


def test_three_regions_of_three_areas_need_three_packages():
    planned, _ = plan(wish(), CATALOGUE)

    assert [str(areas) for areas in planned.area_pairs] == ["China/Europe", "China/North-America", "Europe/North-America"]
    assert [package.drawn for package in planned.packages] == [20, 20, 20]
    assert {Carrier.LIMIT} == {item.carrier for item in planned.interconnections}


def test_two_regions_of_one_area_need_that_area_with_itself():
    planned, _ = plan(wish(regions=("cn-beijing", "cn-shanghai")), CATALOGUE)

    assert (AreaPair("China", "China"),) == planned.area_pairs


def test_hong_kong_lies_in_asia_pacific_so_that_singapore_needs_no_china_package():
    planned, _ = plan(wish(regions=("cn-hongkong", "ap-southeast-1")), CATALOGUE)

    assert (AreaPair("Asia-Pacific", "Asia-Pacific"),) == planned.area_pairs
    assert planned.cross_border == ()


def test_one_region_needs_nothing():
    planned, problems = plan(wish(regions=("cn-beijing",)), CATALOGUE)

    assert (planned.packages, planned.interconnections, problems) == ((), (), ())


def test_cross_border_pairs_have_exactly_one_end_in_the_mainland():
    planned, _ = plan(wish(regions=("cn-beijing", "cn-hongkong", "us-west-1", "cn-shanghai")), CATALOGUE)

    assert [str(pair) for pair in planned.cross_border] == [
        "cn-beijing/cn-hongkong",
        "cn-beijing/us-west-1",
        "cn-hongkong/cn-shanghai",
        "cn-shanghai/us-west-1",
    ]


def test_a_missing_size_is_answered_with_the_line_to_add():
    found = reasons(wish(sizes={AreaPair("China", "Europe"): Mbps(20), AreaPair("Europe", "North-America"): Mbps(20)}))

    assert {"packages.sizes.China/North-America"} == set(found)
    assert found["packages.sizes.China/North-America"].endswith('draw 20 Mbps; add the line "China/North-America": 20')


def test_a_small_size_is_answered_with_the_sum_of_what_draws_on_it():
    found = reasons(
        wish(
            regions=("cn-beijing", "cn-shanghai", "us-west-1"),
            sizes={AreaPair("China", "North-America"): Mbps(30), AreaPair("China", "China"): Mbps(20)},
        )
    )

    assert {"packages.sizes.China/North-America"} == set(found)
    reason = found["packages.sizes.China/North-America"]
    assert "30 Mbps is too small" in reason
    assert "cn-beijing/us-west-1 (20 Mbps), cn-shanghai/us-west-1 (20 Mbps) draw 40 Mbps" in reason
    assert reason.endswith('write "China/North-America": 40')


def test_a_sum_equal_to_the_package_fits():
    assert reasons(wish(regions=("cn-beijing", "us-west-1"), sizes={AreaPair("China", "North-America"): Mbps(20)})) == {}


def test_one_mbps_needs_the_smallest_package():
    assert reasons(wish(mbps=1, regions=("cn-beijing", "us-west-1")))["packages.sizes.China/North-America"].endswith(": 2")


def test_a_package_nothing_draws_on_is_refused():
    """It would be bought for nothing, and is most often meant for another pair of areas."""
    found = reasons(wish(regions=("cn-hongkong", "ap-southeast-1"), sizes={AreaPair("China", "Asia-Pacific"): Mbps(20)}))

    assert "no interconnection draws on it" in found["packages.sizes.Asia-Pacific/China"]
    assert "missing" in found["packages.sizes.Asia-Pacific/Asia-Pacific"]


def test_more_than_the_largest_package_is_refused_with_a_cure():
    assert (
        "lower the interconnections"
        in reasons(wish(mbps=10_001, regions=("cn-beijing", "us-west-1")))["packages.sizes.China/North-America"]
    )


@pytest.mark.parametrize(("mbps", "problem"), [(20, False), (19, True)])
def test_an_existing_package_must_hold_what_is_drawn(mbps, problem):
    areas = AreaPair("China", "North-America")
    found = reasons(wish(regions=("cn-beijing", "us-west-1"), existing={areas: ExistingPackage(mbps=Mbps(mbps))}))

    assert problem is ("packages.existing.China/North-America" in found)


def test_a_region_in_doubt_is_asked_for_by_name():
    found = reasons(wish(regions=("cn-beijing", "na-south-1")))

    assert "North-America or South-America" in found["networks.na-south-1.region"]


def test_a_stated_area_settles_the_doubt():
    found = reasons(wish(regions=("cn-beijing", "na-south-1"), areas={"na-south-1": "South-America"}))

    assert list(found) == ["packages.sizes.China/South-America"]


@pytest.mark.parametrize("far", ["us-west-1", "me-east-1", "rus-west-1"])
def test_traffic_needs_no_package(far):
    """What lies outside of the mainland in any case crosses the border, whatever its area is."""
    pair = RegionPair("cn-beijing", far)
    wanted = wish(
        edition=Edition.ENTERPRISE,
        regions=pair.names,
        interconnections=(Interconnection(regions=pair, mbps=Mbps(5), billing=Billing.TRAFFIC),),
    )
    planned, problems = plan(wanted, CATALOGUE)

    assert (planned.packages, problems) == ((), ())
    assert (pair,) == planned.cross_border


def test_no_package_is_bought_with_an_area_that_is_not_sold():
    assert (
        "no package with Australia is sold"
        in reasons(wish(regions=("cn-beijing", "ap-southeast-2")))["packages.sizes.Australia/China"]
    )


@pytest.mark.parametrize(
    ("ends", "edition", "without"),
    [
        (("ccn-cn-shanghai", "cn-beijing"), Edition.BASIC, True),
        (("ccn-cn-shanghai", "cn-shanghai"), Edition.BASIC, True),
        (("ccn-eu-central-1", "eu-central-1"), Edition.ENTERPRISE, True),
        (("ccn-cn-shanghai", "cn-beijing"), Edition.ENTERPRISE, False),
        (("ccn-cn-hongkong", "cn-beijing"), Edition.BASIC, False),
        (("ccn-eu-central-1", "eu-west-1"), Edition.BASIC, False),
        (("cn-beijing", "cn-shanghai"), Edition.BASIC, False),
    ],
)
def test_what_a_cloud_connect_network_reaches_without_a_package(ends, edition, without):
    assert without is needs_no_package(RegionPair(*ends), edition, CATALOGUE)


def test_a_region_nobody_joins_is_isolated():
    wanted = wish(interconnections=(Interconnection(regions=RegionPair("cn-beijing", "us-west-1"), mbps=Mbps(5)),))

    assert isolated(wanted, CATALOGUE) == ("eu-central-1",)


def test_the_plan_prints_packages_and_pairs():
    planned, _ = plan(wish(regions=("cn-beijing", "us-west-1"), sizes={AreaPair("China", "North-America"): Mbps(50)}), CATALOGUE)

    assert str(planned).splitlines() == [
        "basic edition, 2 regions: cn-beijing, us-west-1",
        "",
        "area pair            package  drawn  headroom",
        "China/North-America  50 Mbps  20     30        to buy",
        "",
        "regions               Mbps  carried by       paid by",
        "cn-beijing/us-west-1  20    bandwidth limit  China/North-America  cross-border",
    ]


def test_the_plan_as_plain_values_says_the_same():
    planned, _ = plan(wish(regions=("cn-beijing", "us-west-1"), sizes={AreaPair("China", "North-America"): Mbps(50)}), CATALOGUE)

    assert planned.to_dict()["packages"] == [
        {"areas": ["China", "North-America"], "mbps": 50, "drawn": 20, "existing": False, "attached": False}
    ]


def test_needs_names_both_roads():
    needed = needs(["us-west-1", "cn-beijing", "ccn-cn-shanghai"], Mbps(5), CATALOGUE)

    assert [(str(item.areas), item.mbps) for item in needed.packages] == [("China/North-America", 10)]
    assert [str(pair) for pair in needed.without_package] == ["ccn-cn-shanghai/cn-beijing"]
    assert [str(item.regions) for item in needed.traffic] == ["cn-beijing/us-west-1"]
    assert [str(pair) for pair in needed.without_peers] == ["ccn-cn-shanghai/us-west-1"]
    assert all(item.mbps == 5 for item in needed.traffic)


def test_needs_refuses_a_region_that_does_not_exist():
    with pytest.raises(UnknownName, match="did you mean cn-beijing"):
        needs(["cn-bejing", "us-west-1"], Mbps(5), CATALOGUE)


def test_needs_marks_areas_that_are_not_sold_and_regions_in_doubt():
    needed = needs(["cn-beijing", "ap-southeast-2", "na-south-1"], Mbps(5), CATALOGUE)

    assert [item.unsold for item in needed.packages] == ["Australia"]
    assert [doubt.region for doubt in needed.doubts] == ["na-south-1"]
    assert [str(item.areas) for item in needs(["cn-beijing", "ap-southeast-1"], Mbps(5), load("2019-01")).packages] == [
        "Asia-Pacific/China"
    ]


@given(st.sets(st.sampled_from(CERTAIN), min_size=1, max_size=6), st.integers(1, 500), st.randoms())
def test_any_mesh_is_covered_once_within_its_packages_in_any_order(regions, mbps, random):
    shuffled = list(regions)
    random.shuffle(shuffled)
    wanted, other = wish(mbps=mbps, regions=sorted(regions)), wish(mbps=mbps, regions=shuffled)
    needed, _ = plan(wanted, CATALOGUE)
    sizes = {package.areas: Mbps(max(package.drawn, 2)) for package in needed.packages}
    planned, problems = plan(PlanInput(**{**_fields(wanted), "sizes": sizes}), CATALOGUE)

    assert (planned, problems) == plan(PlanInput(**{**_fields(other), "sizes": dict(reversed(sizes.items()))}), CATALOGUE)
    joined = [frozenset(item.regions.names) for item in planned.interconnections]
    assert sorted(map(sorted, joined)) == sorted(map(sorted, combinations(sorted(regions), 2)))
    for package in planned.packages:
        assert package.drawn == sum(item.mbps for item in planned.interconnections if item.areas == package.areas)
    sellable = {a for a in sizes if CATALOGUE.unsold(a) is None and sizes[a] <= LARGEST_PACKAGE}
    assert all(package.drawn <= package.mbps for package in planned.packages)
    assert len(problems) == len(sizes) - len(sellable)


@given(st.sets(st.sampled_from(CERTAIN), min_size=2, max_size=8))
def test_a_hub_joins_every_other_region_once(regions):
    hub = min(regions)

    assert {RegionPair(hub, region) for region in regions - {hub}} == set(spokes(hub, regions))


def _fields(wanted):
    return {name: getattr(wanted, name) for name in PlanInput.__slots__}
