"""CEN218: a pair at the test bandwidth that no other rule names."""

from dataclasses import replace

import pytest

CODE = "CEN218"


@pytest.fixture
def hub(basic):
    """Beijing reaches Silicon Valley and Frankfurt; these two do not reach each other."""
    branch = basic.world.attach(basic.core, "eu-central-1", "branch")
    basic.buy()
    basic.connect()
    basic.buy("China", "Europe", name="europe")
    basic.connect(("cn-beijing", "eu-central-1"), name="spoke", after=[basic.shop, branch, basic.bound])
    basic.branch = branch
    return basic


def test_two_spokes_do_not_reach_each_other(hub):
    (finding,) = [item for item in hub.world.report().findings if item.rule == CODE]

    assert (finding.rule, finding.level, finding.resource) == (CODE, "advisory", "core")
    assert finding.region_pairs == (("eu-central-1", "us-west-1"),)


def test_a_mesh_is_kept(hub):
    hub.buy("Europe", "North-America", name="third")
    hub.connect(("us-west-1", "eu-central-1"), name="third", after=[hub.sales, hub.branch, hub.bound])

    assert hub.world.found() == set()


def test_an_idle_share_of_a_package_that_others_draw_on_is_named_here(hub):
    """Virginia reaches Frankfurt by a package of its own; its share of China/North-America stays idle."""
    backup = hub.world.attach(hub.core, "us-east-1", "backup")
    hub.buy("Europe", "North-America", name="third")
    hub.connect(("us-east-1", "eu-central-1"), name="third", after=[backup, hub.branch, hub.bound])
    pairs = {pair for item in hub.world.report().findings if item.rule == CODE for pair in item.region_pairs}

    assert ("cn-beijing", "us-east-1") in pairs
    assert hub.world.found("CEN201", "CEN206") == set()


def test_pairs_of_a_region_that_is_cut_off_are_another_rules_finding(basic):
    assert basic.world.found(CODE, "CEN201") == {("CEN201", "violated", "core")}


def test_a_package_known_by_its_id_may_serve_the_pair(hub):
    hub.world.bind(hub.core, "cenbwp-1", "unknown")

    assert hub.world.found(CODE) == {("undetermined", "core")}


def test_an_instance_from_elsewhere_has_its_one_line_already(hub):
    hub.world.settings = replace(hub.world.settings, shared=("core",))

    assert hub.world.found(CODE) == set()


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
