"""Tables of cases for one rule, on the worlds that users' own rules are tested with."""

from dataclasses import dataclass, field

import pytest

from cenguard.testing import World, a_world, assert_says


@dataclass(frozen=True)
class Case:
    """A sentence, the world it is about, and everything the rule says of it."""

    sentence: str
    world: World
    expected: tuple[str, ...]
    options: dict = field(default_factory=dict)


def case(sentence, world, *expected, **options):
    """One row; `options` are options of the rule."""
    return Case(sentence, world, expected, options)


def table(rule, *cases):
    """The test of one rule: each case, and an empty network."""
    rows = [*cases, case("an empty network is quiet", a_world(), **(cases[0].options if cases else {}))]

    @pytest.mark.parametrize("row", rows, ids=lambda row: row.sentence)
    def test(row):
        assert_says(row.world, *row.expected, rules=[rule], options={rule.code: row.options})

    return test
