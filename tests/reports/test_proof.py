"""`explain` in words: what connects a pair, and nothing that has no part in it."""

import pytest

from cenguard.errors import UnknownName
from cenguard.judging.check import network_of
from cenguard.judging.options import Options
from cenguard.judging.proof import prove
from cenguard.network.connectivity import Disposition
from cenguard.readers.sources import read_document
from cenguard.reports.proof import render
from cenguard.reports.words import STATES
from cenguard.testing import a_world
from tests.commands.test_cli import RECORDINGS, run, text
from tests.reports.atlas import export
from tests.reports.test_map import enterprise


def said(world):
    """The proof of Beijing and Silicon Valley in a world."""
    return render(prove(world.assembled(), "cn-beijing", "us-west-1", None), "human")


def test_a_pair_paid_by_traffic_lacks_no_package():
    proof = said(enterprise().peer("near", "far", 20, billing="DataTransfer"))

    assert "20 Mbps, connected, paid by traffic" in proof
    assert "paid by traffic: each GB is paid for, and no package is needed" in proof
    assert "packages attached" not in proof
    assert "needs China/North-America" not in proof


def test_a_pair_without_a_package_says_which_it_needs():
    proof = said(a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales"))

    assert "no package: 1 Kbps" in proof
    assert "cn-beijing – us-west-1 needs China/North-America" in proof
    assert "no connection" in said(enterprise())


def test_a_limit_of_nothing_is_declared_all_the_same():
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales").package("China", "North-America", 10)

    assert "no limit or peer is declared for the pair" in said(world)
    assert "declared for the pair: limit `none` (0 Mbps)" in said(world.limit("cn-beijing", "us-west-1", 0, "none"))


def test_a_package_that_others_have_whole_is_full():
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales").attach("cn-hangzhou", "plant")
    proof = said(world.package("China", "North-America", 10).limit("cn-hangzhou", "us-west-1", 10))

    assert "on `core`: the package is full: 1 Kbps" in proof
    assert "the package for the area pair is full: all of it is given to other pairs" in proof


def test_a_pair_that_is_not_attached_is_asked_for_in_vain():
    world = a_world().instance().attach("cn-beijing", "shop")

    with pytest.raises(UnknownName) as raised:
        said(world)
    assert str(raised.value) == "unknown pair of attached regions 'cn-beijing/us-west-1' (attached are core: cn-beijing)"


def test_every_disposition_has_words_for_people():
    assert {str(word) for word in Disposition} <= set(STATES)
    assert not [text for text in STATES.values() if "_" in text]


def test_several_sources_are_explained_together():
    """The stack of the attachments and the stack of the package, as `check` reads them."""
    sources = (RECORDINGS / "stack-reference" / "preview.json", RECORDINGS / "basic-create" / "export-after-up.json")
    out, _ = text(run("explain", *sources, "--from", "cn-beijing", "--to", "us-west-1"))

    assert out.startswith("cn-beijing – us-west-1 (China/North-America) on `cen-")
    assert "4 Mbps, connected" in out


def test_instances_of_one_name_are_told_apart():
    """Two stacks of one program."""
    theirs = export(2).replace("::net::", "::app::").replace("cen-1", "cen-2")
    records = [read_document(document.encode(), name) for document, name in ((export(2), "net.json"), (theirs, "app.json"))]
    network = network_of(records, Options())
    proof = render(prove(network, *network.instances[0].index.regions[:2], None), "human")

    assert "on `core of app/prod`: " in proof
    assert "on `core of net/prod`: " in proof
