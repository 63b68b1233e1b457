"""The estates of the benchmarks hold the faults that they are said to hold: what finds nothing fast is no measure."""

from collections import Counter
from functools import partial

import pytest

from benchmarks import enterprise, estate, terraform
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.preview import read_preview
from cenguard.readers.terraform.plan import read_plan

SIZE = 1_000


def found(records):
    """Findings by their rule."""
    return Counter(item.rule for item in check([records], Options(fixes=False)).findings)


@pytest.mark.parametrize("made", [estate, enterprise])
def test_previews(made):
    counted = found(read_preview(made.preview(SIZE), "preview.json"))
    expected = made.expected(SIZE)
    assert expected
    assert {code: counted[code] for code in expected} == expected


@pytest.mark.parametrize("make", [terraform.plan, partial(terraform.plan, standing=True), terraform.without_prior_state])
def test_plans(make):
    counted = found(read_plan(make(SIZE), "plan.json"))
    expected = {code: count for code, count in estate.expected(SIZE).items() if code in ("CEN202", "CEN208")}
    assert {code: counted[code] for code in expected} == expected
