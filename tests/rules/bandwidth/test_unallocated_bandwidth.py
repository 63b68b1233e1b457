"""CEN206: an attached package that nothing draws on, or an isolated region that only such a package could connect."""

from tests.rules.worlds import UNKNOWN, World

CODE = "CEN206"


def test_a_package_without_limit_carries_nothing(basic):
    basic.buy()

    assert basic.world.found(CODE, levels=True) == {("violated", "package", "mandatory")}


def test_a_limit_that_draws_on_it_is_enough(basic):
    basic.buy()
    basic.connect()

    assert basic.world.found(CODE) == set()


def test_a_region_that_only_an_idle_share_could_connect_is_named(basic):
    """The package is drawn on by another pair; Virginia is attached, and gets nothing of it."""
    basic.buy()
    basic.connect()
    basic.world.attach(basic.core, "us-east-1", "backup")
    (finding,) = [item for item in basic.world.report().findings if item.rule == CODE]

    assert finding.region_pairs == (("cn-beijing", "us-east-1"),)


def test_a_package_that_no_pair_needs_is_another_rules_finding(basic):
    basic.buy("China", "Europe")

    assert basic.world.found(CODE) == set()


def test_a_limit_of_unknown_regions_may_draw_on_it(basic):
    basic.buy()
    basic.world.limit(basic.core, UNKNOWN)

    assert basic.world.found(CODE) == {("undetermined", "package")}


def test_on_an_instance_from_elsewhere_the_limit_may_stand_elsewhere():
    world = World()
    world.attach("cen-1", "cn-beijing", "shop")
    world.attach("cen-1", "us-west-1", "sales")
    world.bind("cen-1", world.package("China", "North-America"))

    assert world.found(CODE) == {("undetermined", "package")}


def test_between_enterprise_regions_the_fix_is_a_peer_and_never_a_limit(enterprise):
    enterprise.buy()
    (finding,) = [item for item in enterprise.world.report().findings if item.rule == CODE]

    assert "TransitRouterPeerAttachment" in finding.fix.python
    assert "BandwidthLimit(" not in finding.fix.python


def test_a_peer_that_draws_on_it_is_enough(enterprise):
    enterprise.buy()
    enterprise.world.peer(enterprise.near, enterprise.far, package=enterprise.bound.get("bandwidthPackageId"))

    assert enterprise.world.found(CODE) == set()


def test_a_broken_limit_draws_on_it_all_the_same(basic):
    basic.buy()
    basic.connect(after=[])

    assert basic.world.found(CODE, "CEN211") == {("CEN211", "violated", "limit")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
