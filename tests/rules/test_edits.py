"""Every case of every rule's table: the edits of its report, applied to the records and judged again, hold."""

from importlib import import_module
from pathlib import Path

import pytest

from tests.held import assert_holds, covered, mandatory

HERE = Path(__file__).parent
SHARES = {"attachments": 0.5, "bandwidth": 0.7, "money": 0.5, "organisation": 0, "transit_routers": 0.5}
"""Of what is mandatory in the tables of a family, the least share that has edits, or falls with something that has."""
MOST = 50
"""A case with more mandatory findings is one about size."""


def rows(family):
    """The cases of the tables of a family."""
    for path in sorted((HERE / family).glob("test_*.py")):
        module = import_module(f"tests.rules.{family}.{path.stem}")
        for name, test in sorted(vars(module).items()):
            marks = getattr(test, "pytestmark", ()) if name.startswith("test_") else ()
            for mark in marks:
                if mark.name == "parametrize" and mark.args[0] == "row":
                    yield from mark.args[1]


@pytest.mark.parametrize("family", SHARES)
def test_the_edits_of_every_case_hold_together(family):
    with_edits = total = 0
    for row in rows(family):
        try:
            report = assert_holds([row.world.records()], row.world.options())
        except AssertionError as error:
            raise AssertionError(f"{row.sentence}: {error}") from None
        loud = mandatory(report)
        if len(loud) <= MOST:
            total += len(loud)
            with_edits += len(loud & covered(report))
    assert with_edits >= SHARES[family] * total, (with_edits, total)
