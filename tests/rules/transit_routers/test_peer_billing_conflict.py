"""CEN304: pay-by-traffic together with a package, or a Platinum link billed by package."""

from tests.rules.worlds import UNKNOWN

CODE = "CEN304"


def test_pay_by_traffic_takes_no_package(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, billing="DataTransfer", package=enterprise.buy())

    assert enterprise.world.found(CODE, levels=True) == {("violated", "peer", "mandatory")}


def test_a_platinum_link_takes_no_package(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, package=enterprise.buy(), defaultLinkType="Platinum")

    assert enterprise.world.found(CODE) == {("violated", "peer")}


def test_each_by_itself_is_kept(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, package=enterprise.buy(), defaultLinkType="Gold", name="gold")
    enterprise.world.peer(enterprise.near, enterprise.far, billing="DataTransfer", defaultLinkType="Platinum", name="traffic")

    assert enterprise.world.found(CODE) == set()


def test_a_platinum_link_of_unknown_billing_is_left_open(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, billing=UNKNOWN, defaultLinkType="Platinum")

    assert enterprise.world.found(CODE) == {("undetermined", "peer")}


def test_a_conflict_leaves_the_pair_broken_and_says_so_once(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, billing="DataTransfer", package=enterprise.buy())

    assert enterprise.world.found() == {("CEN304", "violated", "peer")}
    assert [pair.disposition for pair in enterprise.world.report().pairs] == ["broken"]


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
