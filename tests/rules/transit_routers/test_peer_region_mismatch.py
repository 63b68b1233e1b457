"""CEN307: the declared far region is missing, not the far router's, or the local one."""

import pytest

from tests.rules.worlds import UNKNOWN

CODE = "CEN307"


@pytest.mark.parametrize("declared", [None, "eu-west-1", "cn-hangzhou"], ids=["missing", "another one", "the local one"])
def test_it_is_refused(enterprise, declared):
    enterprise.world.peer(enterprise.near, enterprise.far, declared=declared)

    assert enterprise.world.found(CODE, levels=True) == {("violated", "peer", "mandatory")}


def test_the_far_routers_region_is_kept(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far)

    assert enterprise.world.found(CODE) == set()


def test_an_unknown_region_leaves_it_open(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, declared=UNKNOWN)

    assert enterprise.world.found(CODE) == {("undetermined", "peer")}


def test_a_far_router_whose_provider_has_no_known_region_leaves_it_open(enterprise):
    far = enterprise.world.router(enterprise.core, None, "somewhere")
    enterprise.world.peer(enterprise.near, far, declared="eu-central-1")

    assert enterprise.world.found(CODE) == {("undetermined", "peer")}


def test_a_far_router_known_by_its_id_is_believed(enterprise):
    peer = enterprise.world.peer(enterprise.near, enterprise.far)
    peer.resource.inputs["peerTransitRouterId"] = "tr-1"
    peer.resource.property_dependencies["peerTransitRouterId"] = ()

    assert enterprise.world.found(CODE) == set()


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
