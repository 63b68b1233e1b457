"""CEN215: a package sets neither or only one of its areas."""

import pytest

from tests.rules.worlds import UNKNOWN

CODE = "CEN215"


@pytest.mark.parametrize("areas", [(None, None), ("China", None), (None, "Europe")])
def test_fewer_than_two_areas_are_refused(world, areas):
    world.package(*areas)

    assert world.found(CODE, levels=True) == {("violated", "package", "mandatory")}


@pytest.mark.parametrize("listed", [["China"], ["China", "China"], ["China", "Europe"]])
def test_the_deprecated_list_counts_and_one_in_it_is_an_area_with_itself(world, listed):
    world.package(None, None, geographicRegionIds=listed)

    assert world.found(CODE) == set()


def test_two_areas_are_kept(world):
    world.package("China", "China")

    assert world.found(CODE) == set()


def test_an_area_that_is_set_and_not_known_yet_is_set(world):
    world.package("China", UNKNOWN)

    assert world.found(CODE) == set()


def test_a_list_that_is_not_known_yet_leaves_it_open(world):
    world.package(None, None, geographicRegionIds=UNKNOWN)

    assert world.found(CODE) == {("undetermined", "package")}


def test_what_needs_such_a_package_is_open_not_wrong(basic):
    basic.buy("China", None)
    basic.connect()

    assert basic.world.found("CEN201", "CEN207", "CEN215") == {
        ("CEN201", "undetermined", "core"),
        ("CEN207", "undetermined", "limit"),
        ("CEN215", "violated", "package"),
    }


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
