"""CEN207: a limit whose area pair has no package on its instance."""

from tests.rules.worlds import UNKNOWN

CODE = "CEN207"


def test_a_limit_without_any_package_is_refused(basic):
    basic.connect(after=[])

    assert basic.world.found(CODE, levels=True) == {("violated", "limit", "mandatory")}


def test_a_package_of_other_areas_is_none(basic):
    basic.buy("China", "Europe")
    basic.connect()

    assert basic.world.found(CODE) == {("violated", "limit")}


def test_a_package_on_another_instance_is_none(basic):
    basic.world.bind(basic.world.instance("other"), basic.buy(bind=False), "elsewhere")
    basic.connect(after=[])

    assert basic.world.found(CODE) == {("violated", "limit")}


def test_a_package_for_the_area_pair_is_kept_however_small(basic):
    basic.buy(mbps=2)
    basic.connect(mbps=50)

    assert basic.world.found(CODE) == set()


def test_a_package_known_by_its_id_alone_may_be_the_one(basic):
    basic.world.bind(basic.core, "cenbwp-1")
    basic.connect(after=[])

    assert basic.world.found(CODE) == {("undetermined", "limit")}


def test_unknown_regions_leave_it_open(basic):
    basic.world.limit(basic.core, ["cn-beijing", UNKNOWN])

    assert basic.world.found(CODE) == {("undetermined", "limit")}


def test_on_an_instance_known_by_its_id_the_package_may_stand_elsewhere(world):
    world.limit("cen-1", ["cn-beijing", "us-west-1"])

    assert world.found(CODE) == {("undetermined", "limit")}


def test_one_region_named_twice_needs_none(basic):
    basic.world.limit(basic.core, ["cn-beijing", "cn-beijing"])

    assert basic.world.found(CODE) == set()


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
