"""CEN216: an area is not spelled as the service spells it."""

import pytest

from tests.rules.worlds import UNKNOWN

CODE = "CEN216"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("china", "China"),
        ("North_America", "North-America"),
        ("AsiaPacific", "Asia-Pacific"),
        ("Eurpe", "Europe"),
        ("cn", "China"),
    ],
)
def test_a_misspelt_area_is_refused_with_the_right_spelling(world, word, meant):
    world.package("Europe", word)
    (finding,) = [item for item in world.report().findings if item.rule == CODE]

    assert (finding.verdict, finding.level, finding.resource) == ("violated", "mandatory", "package")
    assert f"→ '{meant}'" in finding.fix.summary


def test_the_deprecated_list_is_checked_too(world):
    world.package(None, None, geographicRegionIds=["foo", "bar"])

    assert world.found(CODE) == {("violated", "package")}


@pytest.mark.parametrize("word", ["China", "Australia", "Middle-East", "South-America"])
def test_every_word_of_the_service_is_kept_also_retired_ones(world, word):
    world.package("Europe", word)

    assert world.found(CODE) == set()


def test_a_word_that_is_known_to_be_wrong_is_wrong_beside_an_unknown_one(world):
    world.package("Eurpe", UNKNOWN)

    assert world.found(CODE) == {("violated", "package")}


def test_an_unknown_word_leaves_it_open(world):
    world.package("Europe", UNKNOWN)

    assert world.found(CODE) == {("undetermined", "package")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
