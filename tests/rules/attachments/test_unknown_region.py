"""CEN107: a region is named that is not in the area catalogue."""

import pytest

from cenguard.readers.resources import Change
from tests.rules.worlds import UNKNOWN

CODE = "CEN107"


def test_a_misspelt_region_of_an_attachment_suggests_the_nearest(world):
    world.attach(world.instance(), "cn-bejing", "shop")
    (finding,) = [item for item in world.report().findings if item.rule == CODE]

    assert (finding.verdict, finding.level, finding.resource) == ("violated", "advisory", "shop")
    assert "cn-bejing → cn-beijing" in finding.fix.summary


def test_a_limit_that_names_two_of_them_has_one_finding(world):
    world.limit(world.instance(), ["cn-bejing", "us-wst-1"])

    assert world.found(CODE) == {("violated", "limit")}


def test_the_region_of_a_routers_provider_counts(world):
    world.router(world.instance(), "eu-centrl-1", "office")

    assert world.found(CODE) == {("violated", "office")}


def test_the_declared_region_of_a_peer_counts(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, declared="eu-centrl-1")

    assert enterprise.world.found(CODE) == {("violated", "peer")}


@pytest.mark.parametrize("region", ["cn-beijing", "ccn-cn-shanghai", "me-east-1", "cn-hzfinance", "ap-southeast-2"])
def test_every_region_of_the_catalogue_is_kept_also_doubtful_and_closed_ones(world, region):
    world.attach(world.instance(), region, "shop")

    assert world.found(CODE) == set()


def test_what_stands_has_been_accepted(world):
    world.attach(world.instance(), "cn-new-1", "shop", change=Change.SAME)

    assert world.found(CODE) == set()


def test_an_unknown_region_leaves_it_open(world):
    world.attach(world.instance(), UNKNOWN, "shop")

    assert world.found(CODE) == {("undetermined", "shop")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
