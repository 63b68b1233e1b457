"""CEN305: a peer sets no bandwidth, or less than 1 Mbps."""

import pytest

from tests.rules.worlds import UNKNOWN

CODE = "CEN305"


@pytest.mark.parametrize("mbps", [None, 0], ids=["none", "zero"])
def test_next_to_nothing_is_refused(enterprise, mbps):
    enterprise.world.peer(enterprise.near, enterprise.far, mbps=mbps, package=enterprise.buy())

    assert enterprise.world.found(CODE, levels=True) == {("violated", "peer", "mandatory")}


def test_exactly_1_mbps_on_a_package_is_advisory(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, mbps=1, package=enterprise.buy())

    assert enterprise.world.found(CODE, levels=True) == {("violated", "peer", "advisory")}


def test_none_by_traffic_is_advisory_for_the_service_throttles_it(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, mbps=None, billing="DataTransfer")

    assert enterprise.world.found(CODE, levels=True) == {("violated", "peer", "advisory")}
    assert [pair.disposition for pair in enterprise.world.report().pairs] == ["pay_by_traffic"]


@pytest.mark.parametrize(("mbps", "billing"), [(2, "BandwidthPackage"), (1, "DataTransfer")])
def test_enough_is_kept(enterprise, mbps, billing):
    package = enterprise.buy() if billing == "BandwidthPackage" else None
    enterprise.world.peer(enterprise.near, enterprise.far, mbps=mbps, billing=billing, package=package)

    assert enterprise.world.found(CODE) == set()


def test_an_unknown_bandwidth_leaves_it_open(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, mbps=UNKNOWN, package=enterprise.buy())

    assert enterprise.world.found(CODE) == {("undetermined", "peer")}


def test_none_of_unknown_billing_leaves_it_open(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, mbps=None, billing=UNKNOWN)

    assert enterprise.world.found(CODE) == {("undetermined", "peer")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
