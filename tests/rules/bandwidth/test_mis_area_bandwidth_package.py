"""CEN202: an attached package joins areas that no two attached regions lie in."""

from tests.rules.worlds import UNKNOWN, World

CODE = "CEN202"


def test_china_with_asia_pacific_serves_no_pair_of_hong_kong_and_singapore(world):
    core = world.instance()
    world.attach(core, "cn-hongkong", "branch")
    world.attach(core, "ap-southeast-1", "depot")
    world.bind(core, world.package("China", "Asia-Pacific"))

    assert world.found(CODE, levels=True) == {("violated", "package", "mandatory")}


def test_a_package_within_one_area_serves_two_regions_of_it(world):
    core = world.instance()
    world.attach(core, "cn-hongkong", "branch")
    world.attach(core, "ap-southeast-1", "depot")
    world.bind(core, world.package("Asia-Pacific", "Asia-Pacific"))

    assert world.found(CODE) == set()


def test_the_order_of_the_two_areas_does_not_matter(basic):
    basic.buy("North-America", "China")

    assert basic.world.found(CODE) == set()


def test_bought_ahead_on_a_connected_instance_is_advisory(basic):
    basic.buy()
    basic.connect()
    basic.world.bind(basic.core, basic.world.package("China", "Europe", name="ahead"), "ahead-bound")

    assert basic.world.found(CODE, levels=True) == {("violated", "ahead", "advisory")}


def test_one_region_alone_leaves_it_open_and_says_what_is_odd(world):
    core = world.instance()
    world.attach(core, "cn-hongkong", "branch")
    world.bind(core, world.package("China", "Europe"))
    (finding,) = [item for item in world.report().findings if item.rule == CODE]

    assert finding.verdict == "undetermined"
    assert "cn-hongkong lies in Asia-Pacific" in finding.message


def test_an_unknown_area_leaves_it_open(basic):
    basic.buy(UNKNOWN, "Europe")

    assert basic.world.found(CODE) == {("undetermined", "package")}


def test_an_unknown_region_leaves_it_open(basic):
    basic.world.attach(basic.core, UNKNOWN, "later")
    basic.buy("China", "Europe")

    assert basic.world.found(CODE) == {("undetermined", "package")}


def test_an_instance_from_elsewhere_leaves_it_open():
    world = World()
    world.attach("cen-1", "cn-beijing", "shop")
    world.attach("cen-1", "us-west-1", "sales")
    world.bind("cen-1", world.package("China", "Europe"))

    assert world.found(CODE) == {("undetermined", "package")}


def test_a_misspelt_area_is_another_rules_finding(basic):
    basic.buy("China", "Eurpe")

    assert basic.world.found(CODE, "CEN216") == {("CEN216", "violated", "package")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
