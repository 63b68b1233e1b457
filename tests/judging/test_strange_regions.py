"""A region that the catalogue does not know, in an input that attaches something there."""

import pytest

from cenguard.errors import UnknownName
from cenguard.judging.proof import prove
from cenguard.judging.route_proof import are_networks
from cenguard.testing import a_world


def dome():
    """Beijing, and a region that is newer than the catalogue, or misspelt."""
    return a_world().instance().attach("cn-beijing", "shop").attach("cn-mars-1", "dome").assembled()


@pytest.mark.parametrize("ends", [("cn-beijing", "cn-mars-1"), ("cn-mars-1", "cn-beijing")])
def test_its_pair_is_explained_as_check_has_it(ends):
    network = dome()

    assert not are_networks(network, network.catalogue, *ends)
    (proof,) = prove(network, *ends, None)
    assert proof.disposition == "undetermined"
    assert any("is not certain: region 'cn-mars-1' is not in the area catalogue" in step for step in proof.steps)


def test_one_that_nothing_is_attached_in_is_unknown():
    network = dome()

    with pytest.raises(UnknownName, match="unknown region 'cn-mars-2'"):
        are_networks(network, network.catalogue, "cn-beijing", "cn-mars-2")
