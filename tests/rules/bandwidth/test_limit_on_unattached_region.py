"""CEN210: a limit names a region with no attachment on its instance."""

from tests.rules.worlds import UNKNOWN

CODE = "CEN210"


def test_a_region_that_nobody_attached_is_refused(basic):
    basic.world.limit(basic.core, ["cn-beijing", "eu-central-1"])

    assert basic.world.found(CODE, levels=True) == {("violated", "limit", "mandatory")}


def test_a_region_attached_to_another_instance_only_is_refused(basic):
    basic.world.attach(basic.world.instance("other"), "eu-central-1", "branch")
    basic.world.limit(basic.core, ["cn-beijing", "eu-central-1"])

    assert basic.world.found(CODE) == {("violated", "limit")}


def test_attached_regions_are_kept(basic):
    basic.connect(after=[])

    assert basic.world.found(CODE) == set()


def test_an_attachment_whose_region_is_not_known_may_be_the_one(basic):
    basic.world.attach(basic.core, UNKNOWN, "later")
    basic.world.limit(basic.core, ["cn-beijing", "eu-central-1"])

    assert basic.world.found(CODE) == {("undetermined", "limit")}


def test_an_attachment_whose_instance_is_not_known_may_be_the_one(basic):
    basic.world.attach(UNKNOWN, "eu-central-1", "later")
    basic.world.limit(basic.core, ["cn-beijing", "eu-central-1"])

    assert basic.world.found(CODE) == {("undetermined", "limit")}


def test_on_an_instance_known_by_its_id_the_attachment_may_stand_elsewhere(world):
    world.limit("cen-1", ["cn-beijing", "us-west-1"])

    assert world.found(CODE) == {("undetermined", "limit")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
