"""What findings say is for people: no word of Python's or ours, and no hole, in any message of any table."""

from types import SimpleNamespace

import pytest

from tests.rules.tables import odd_words


def saying(message):
    """A finding that says something."""
    return SimpleNamespace(message=message, because=(), fix=None)


@pytest.mark.parametrize(
    "message",
    [
        "Peer p draws None Mbps.",
        "the pair is no_package",
        "the pair is wrong_area: buy",
        "region UNKNOWN of core",
        "<Level.MANDATORY: 'mandatory'>",
        "Given(value=3)",
        "Package p (China/Europe) joins : nothing",
        "packages attached to core: .",
        "a  b",
        "regions [] of core",
        "{'a': 1}",
        "<object object at 0x7f>",
        "it is not known..",
        "regions of core: nan",
        "regionIds of limit a-b (unknown Mbps): ",
        "Whether package the package of p serves it",
    ],
)
def test_odd_words_are_found(message):
    assert odd_words(saying(message))


@pytest.mark.parametrize(
    "message",
    [
        "Package p (China/Europe, 5 Mbps) is attached to core: 1 Kbps there.",
        "cn-beijing – us-west-1: no package",
        "Whether it can be told, e.g. later... is open",
    ],
)
def test_plain_words_are_not(message):
    assert odd_words(saying(message)) == []
