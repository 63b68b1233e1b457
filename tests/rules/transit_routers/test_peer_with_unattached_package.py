"""CEN303: a peer draws on a package that is not attached to its instance."""

from tests.rules.worlds import UNKNOWN

CODE = "CEN303"


def test_a_package_that_nothing_attaches_is_refused(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, package=enterprise.buy(bind=False))

    assert enterprise.world.found(CODE, levels=True) == {("violated", "peer", "mandatory")}


def test_a_package_on_another_instance_is_refused(enterprise):
    package = enterprise.buy(bind=False)
    enterprise.world.bind(enterprise.world.instance("other"), package)
    enterprise.world.peer(enterprise.near, enterprise.far, package=package)

    assert enterprise.world.found(CODE) == {("violated", "peer")}


def test_a_package_on_its_instance_is_kept(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, package=enterprise.buy())

    assert enterprise.world.found(CODE) == set()


def test_an_attachment_that_is_not_known_may_be_its_own(enterprise):
    package = enterprise.buy(bind=False)
    enterprise.world.bind(enterprise.core, UNKNOWN)
    enterprise.world.peer(enterprise.near, enterprise.far, package=package)

    assert enterprise.world.found(CODE) == {("undetermined", "peer")}


def test_a_package_known_by_its_id_may_be_attached_elsewhere(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, package="cenbwp-1")

    assert enterprise.world.found(CODE) == {("undetermined", "peer")}


def test_an_instance_from_elsewhere_may_have_it_attached_elsewhere(world):
    near, far = world.router("cen-1", "cn-hangzhou", "near"), world.router("cen-1", "eu-central-1", "far")
    world.peer(near, far, package=world.package("China", "Europe"))

    assert world.found(CODE) == {("undetermined", "peer")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
