"""CEN203: a package is attached to no instance."""

from tests.rules.worlds import UNKNOWN

CODE = "CEN203"


def test_a_package_that_nothing_attaches_carries_nothing(world):
    world.package("China", "Europe")

    assert world.found(CODE, levels=True) == {("violated", "package", "advisory")}


def test_an_attached_package_is_kept(basic):
    basic.buy()

    assert basic.world.found(CODE) == set()


def test_an_attachment_of_a_package_nobody_knows_may_be_its_own(basic):
    basic.world.package("China", "Europe")
    basic.world.bind(basic.core, UNKNOWN)

    assert basic.world.found(CODE) == {("undetermined", "package")}


def test_an_attachment_of_another_package_by_its_id_is_not_its_own(basic):
    basic.world.package("China", "Europe")
    basic.world.bind(basic.core, "cenbwp-1")

    assert basic.world.found(CODE) == {("violated", "package")}


def test_a_package_that_is_read_is_none_of_this_stacks(world):
    world.read("alicloud:cen/bandwidthPackage:BandwidthPackage", "package", "cenbwp-1")

    assert world.found(CODE) == set()


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
