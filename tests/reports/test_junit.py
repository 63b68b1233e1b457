"""JUnit: only what is mandatory and open fails."""

from io import StringIO

import junitparser
import pytest

from cenguard.reports.junit import render
from cenguard.rules import RULES
from tests.reports.samples import hostile, huge, matches_golden, quiet, report


def cases(given):
    suites = junitparser.JUnitXml.fromroot(
        junitparser.junitparser.etree.parse(StringIO(render(given).split("\n", 1)[1])).getroot()
    )
    return suites, [case for suite in suites for case in suite]


def test_an_independent_reader_reads_it():
    suites, found = cases(report())

    assert (suites.tests, suites.failures, suites.skipped) == (len(found), 1, 3)
    failed = [case for case in found if any(isinstance(item, junitparser.Failure) for item in case.result)]
    assert [case.classname for case in failed] == ["cenguard.CEN201"]
    assert "cut off" in failed[0].result[0].message
    assert len(found) == 4 + len(RULES) - 3


def test_the_text_is_as_agreed():
    """Of the findings; how many rules there are beside them changes with every rule."""
    kept = [line for line in render(report()).splitlines(keepends=True) if "<testsuite" not in line and 'time="0" />' not in line]

    matches_golden("report.junit.xml", "".join(kept))


def test_an_incomplete_input_does_not_claim_that_rules_passed():
    sources = tuple(
        type(item)(**{name: getattr(item, name) for name in item.__slots__} | {"complete": False}) for item in report().sources
    )

    assert len(cases(report(sources=sources))[1]) == 4


@pytest.mark.parametrize("given", [hostile(), huge(), quiet()])
def test_hostile_and_huge_reports_stay_xml(given):
    suites, found = cases(given)

    assert suites.tests == len(found)
