"""CEN208: limits and peers drawn on a package add up to more than it holds."""

import pytest

from tests.rules.worlds import SECRET, UNKNOWN

CODE = "CEN208"


@pytest.fixture
def drawn(basic):
    """A 10 Mbps package and what draws on it, by Mbps."""

    def build(*mbps, package=10):
        basic.buy(mbps=package)
        backup = basic.world.attach(basic.core, "us-east-1", "backup")
        for far, share in zip(("us-west-1", "us-east-1"), mbps, strict=False):
            basic.connect(("cn-beijing", far), share, name=f"limit-{far}", after=[basic.shop, basic.sales, backup, basic.bound])
        return basic.world

    return build


@pytest.mark.parametrize("mbps", [(6, 5), (11,), (10, 1)], ids=["a sum above it", "one alone above it", "one Mbps too much"])
def test_more_than_it_holds_is_refused(drawn, mbps):
    assert drawn(*mbps).found(CODE, levels=True) == {("violated", "package", "mandatory")}


@pytest.mark.parametrize(
    "mbps", [(5, 5), (10,), ("4", 6.0)], ids=["a sum equal to it", "all of it", "as the program spells them"]
)
def test_what_fits_is_kept(drawn, mbps):
    assert drawn(*mbps).found(CODE) == set()


@pytest.mark.parametrize("value", [UNKNOWN, SECRET])
def test_an_unknown_share_leaves_it_open(drawn, value):
    assert drawn(5, value).found(CODE) == {("undetermined", "package")}


def test_an_unknown_share_does_not_hide_an_overcommitment(drawn):
    """Known limits above the package are a violation whatever the unknown one turns out to be."""
    assert drawn(11, UNKNOWN).found(CODE) == {("violated", "package")}


def test_an_unknown_size_leaves_it_open(drawn):
    assert drawn(5, package=UNKNOWN).found(CODE) == {("undetermined", "package")}


def test_two_limits_for_one_pair_draw_once(basic):
    basic.buy(mbps=10)
    basic.connect(mbps=6, name="a")
    basic.connect(("us-west-1", "cn-beijing"), 6, name="b")

    assert basic.world.found(CODE, "CEN212") == {("CEN212", "violated", "b")}


def test_peers_draw_on_the_package_they_name(enterprise):
    enterprise.buy(mbps=4)
    enterprise.world.peer(enterprise.near, enterprise.far, mbps=5, package=enterprise.bound.get("bandwidthPackageId"))

    assert enterprise.world.found(CODE) == {("violated", "package")}


def test_a_peer_paid_by_traffic_draws_on_none(enterprise):
    enterprise.buy(mbps=4)
    enterprise.world.peer(enterprise.near, enterprise.far, mbps=50, billing="DataTransfer")

    assert enterprise.world.found(CODE) == set()


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
