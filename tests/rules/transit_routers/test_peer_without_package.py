"""CEN301: a peer billed by package names none."""

import pytest

from tests.rules.worlds import SECRET, UNKNOWN

CODE = "CEN301"


@pytest.mark.parametrize("billing", ["BandwidthPackage", None], ids=["billed by package", "no billing type"])
def test_without_a_package_it_stays_at_the_test_bandwidth(enterprise, billing):
    enterprise.world.peer(enterprise.near, enterprise.far, billing=billing)

    assert enterprise.world.found(CODE, levels=True) == {("violated", "peer", "mandatory")}


def test_with_a_package_it_is_kept(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, package=enterprise.buy())

    assert enterprise.world.found(CODE) == set()


def test_a_package_that_is_not_known_yet_is_named(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, package=UNKNOWN)

    assert enterprise.world.found(CODE) == set()


def test_by_traffic_it_needs_none(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, billing="DataTransfer")

    assert enterprise.world.found(CODE) == set()


def test_a_misspelt_billing_is_another_rules_finding(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, billing="Package")

    assert enterprise.world.found(CODE, "CEN306") == {("CEN306", "violated", "peer")}


@pytest.mark.parametrize("billing", [UNKNOWN, SECRET])
def test_an_unknown_billing_leaves_it_open(enterprise, billing):
    enterprise.world.peer(enterprise.near, enterprise.far, billing=billing)

    assert enterprise.world.found(CODE) == {("undetermined", "peer")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
