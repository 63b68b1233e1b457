"""CEN212: two limits for one unordered pair of regions."""

from tests.rules.worlds import UNKNOWN

CODE = "CEN212"


def test_a_pair_and_its_reverse_are_one_object(basic):
    basic.buy()
    basic.connect(name="a")
    basic.connect(("us-west-1", "cn-beijing"), name="b")

    assert basic.world.found(CODE, levels=True) == {("violated", "b", "mandatory")}


def test_each_later_one_has_its_finding(basic):
    basic.buy()
    for name in "abc":
        basic.connect(name=name)

    assert basic.world.found(CODE) == {("violated", "b"), ("violated", "c")}


def test_one_pair_on_two_instances_is_kept(basic):
    basic.connect(name="a", after=[])
    basic.world.limit(basic.world.instance("other"), ["cn-beijing", "us-west-1"], name="b")

    assert basic.world.found(CODE) == set()


def test_different_pairs_are_kept(basic):
    basic.connect(name="a", after=[])
    basic.connect(("cn-beijing", "us-east-1"), name="b", after=[])

    assert basic.world.found(CODE) == set()


def test_unknown_regions_beside_another_limit_are_left_open(basic):
    basic.connect(name="a", after=[])
    basic.world.limit(basic.core, UNKNOWN, name="b")

    assert basic.world.found(CODE) == {("undetermined", "b")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
