"""CEN204: two packages for one area pair on one instance."""

from tests.rules.worlds import UNKNOWN

CODE = "CEN204"


def test_the_later_attachment_of_an_area_pair_is_refused(basic):
    basic.buy(name="a")
    basic.buy("North-America", "China", name="b")

    assert basic.world.found(CODE, levels=True) == {("violated", "b-bound", "mandatory")}


def test_each_later_one_has_its_finding(basic):
    for name in "abc":
        basic.buy(name=name)

    assert basic.world.found(CODE) == {("violated", "b-bound"), ("violated", "c-bound")}


def test_two_area_pairs_are_kept(basic):
    basic.buy(name="a")
    basic.buy("China", "Europe", name="b")

    assert basic.world.found(CODE) == set()


def test_two_instances_may_have_one_each(basic):
    basic.buy(name="a")
    basic.world.bind(basic.world.instance("other"), basic.buy(name="b", bind=False), "b-bound")

    assert basic.world.found(CODE) == set()


def test_a_package_of_unknown_areas_beside_another_is_left_open(basic):
    basic.buy(name="a")
    basic.buy(UNKNOWN, "China", name="b")

    assert basic.world.found(CODE) == {("undetermined", "b-bound")}


def test_with_two_packages_the_sum_of_limits_waits(basic):
    """Nobody knows what draws on which: the duplicate comes first."""
    basic.buy(name="a", mbps=5)
    basic.buy(name="b", mbps=5)
    basic.connect(mbps=50)

    assert basic.world.found("CEN204", "CEN208") == {("CEN204", "violated", "b-bound")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
