"""CEN302: a peer draws on a package of other areas than its regions."""

from tests.rules.worlds import UNKNOWN

CODE = "CEN302"


def test_a_package_of_other_areas_does_not_serve_it(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, package=enterprise.buy("China", "North-America"))

    assert enterprise.world.found(CODE, levels=True) == {("violated", "peer", "mandatory")}


def test_its_own_area_pair_is_kept_in_any_order(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, package=enterprise.buy("Europe", "China"))

    assert enterprise.world.found(CODE) == set()


def test_a_package_handed_on_by_its_attachment_is_the_same_one(enterprise):
    enterprise.buy("China", "North-America")
    enterprise.world.peer(enterprise.near, enterprise.far, package=enterprise.bound.get("bandwidthPackageId"))

    assert enterprise.world.found(CODE) == {("violated", "peer")}


def test_a_package_known_by_its_id_alone_leaves_it_open(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, package="cenbwp-1")

    assert enterprise.world.found(CODE) == {("undetermined", "peer")}


def test_an_unknown_area_leaves_it_open(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, package=enterprise.buy("China", UNKNOWN))

    assert enterprise.world.found(CODE) == {("undetermined", "peer")}


def test_both_ends_in_one_region_is_another_rules_finding(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.near, package=enterprise.buy())

    assert enterprise.world.found(CODE, "CEN307") == {("CEN307", "violated", "peer")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
