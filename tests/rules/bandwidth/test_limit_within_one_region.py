"""CEN209: a limit names one region twice."""

import pytest

from tests.rules.worlds import UNKNOWN

CODE = "CEN209"


def test_one_region_twice_is_refused(basic):
    basic.world.limit(basic.core, ["cn-beijing", "cn-beijing"])

    assert basic.world.found(CODE, levels=True) == {("violated", "limit", "mandatory")}


def test_a_set_of_one_is_the_same_mistake(basic):
    """The provider holds a set: a preview's outputs show one region where the program wrote it twice."""
    basic.world.limit(basic.core, ["cn-beijing"])

    assert basic.world.found(CODE) == {("violated", "limit")}


def test_two_regions_are_kept(basic):
    basic.world.limit(basic.core, ["cn-beijing", "us-west-1"])

    assert basic.world.found(CODE) == set()


@pytest.mark.parametrize("regions", [["cn-beijing", UNKNOWN], UNKNOWN], ids=["one unknown", "all unknown"])
def test_an_unknown_region_leaves_it_open(basic, regions):
    basic.world.limit(basic.core, regions)

    assert basic.world.found(CODE) == {("undetermined", "limit")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
