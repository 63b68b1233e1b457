"""CEN306: a bandwidth type that the service does not know."""

import pytest

from tests.rules.worlds import UNKNOWN

CODE = "CEN306"


@pytest.mark.parametrize("word", ["Package", "bandwidthpackage", "PayByTraffic"])
def test_another_word_is_refused(enterprise, word):
    enterprise.world.peer(enterprise.near, enterprise.far, billing=word)

    assert enterprise.world.found(CODE, levels=True) == {("violated", "peer", "mandatory")}


@pytest.mark.parametrize("word", ["BandwidthPackage", "DataTransfer", None])
def test_the_two_words_of_the_service_and_none_are_kept(enterprise, word):
    enterprise.world.peer(enterprise.near, enterprise.far, billing=word)

    assert enterprise.world.found(CODE) == set()


def test_an_unknown_word_leaves_it_open(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, billing=UNKNOWN)

    assert enterprise.world.found(CODE) == {("undetermined", "peer")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
