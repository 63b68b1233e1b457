"""JUnit: only what is mandatory and open fails."""

from io import StringIO

import junitparser
import pytest

from cenguard.reports.junit import render
from cenguard.rules import RULES
from tests.commands.test_cli import BAD, run
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


def test_what_is_new_and_what_is_mended_is_told():
    """As in every report that has something to compare with."""
    root = junitparser.junitparser.etree.fromstring(render(report()).split("\n", 1)[1])
    said = [(item.get("name"), item.get("value")) for item in root.iter("property")]

    assert said == [("new", "2"), ("fixed", "1"), *(("change", word) for word in ("new", "unchanged", "new", "new"))]


def test_the_text_is_as_agreed():
    """Of the findings; how many rules there are beside them changes with every rule."""
    kept = [line for line in render(report()).splitlines(keepends=True) if "<testsuite" not in line and 'time="0" />' not in line]

    matches_golden("report.junit.xml", "".join(kept))


def test_an_incomplete_input_does_not_claim_that_rules_passed():
    sources = tuple(
        type(item)(**{name: getattr(item, name) for name in item.__slots__} | {"complete": False}) for item in report().sources
    )

    assert len(cases(report(sources=sources))[1]) == 4


def test_a_rule_that_was_not_asked_does_not_pass():
    found = cases(report(asked=("CEN201", "CEN202")))[1]

    assert {case.classname for case in found if not case.result} == {"cenguard.CEN202"}


def test_nothing_passes_where_no_cen_was_there():
    suites, found = cases(report(findings=(), absent="no CEN in the input (14 resources of alicloud)"))

    assert suites.skipped == len(found) > 0
    assert {case.result[0].message for case in found} == {"no CEN in the input (14 resources of alicloud)"}


def test_the_command_says_which_rules_were_asked():
    done = run("check", BAD, "--select", "CEN3", "--format", "junit")
    names = {case.classname for suite in junitparser.JUnitXml.fromstring(done.stdout) for case in suite}

    assert names == {f"cenguard.{rule.code}" for rule in RULES if rule.code.startswith("CEN3")}


def test_a_rule_that_is_switched_off_does_not_pass(tmp_path):
    (tmp_path / "cenguard.toml").write_text('[rules]\nCEN201 = "disabled"\n')
    done = run("check", BAD, "--settings", tmp_path / "cenguard.toml", "--select", "CEN201", "--format", "junit")

    assert junitparser.JUnitXml.fromstring(done.stdout).tests == 0


@pytest.mark.parametrize("given", [hostile(), huge(), quiet()])
def test_hostile_and_huge_reports_stay_xml(given):
    suites, found = cases(given)

    assert suites.tests == len(found)
