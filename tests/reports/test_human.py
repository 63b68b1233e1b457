"""The report that a person reads: whole, in order, and laid out by nobody but us."""

import unicodedata

from msgspec.structs import replace

from cenguard.findings.report import ReportedPair, Summary
from cenguard.network.connectivity import Disposition
from cenguard.reports.human import PAIRS_SHOWN, render
from cenguard.reports.order import by_cause
from tests.reports.samples import CORE, LIMIT, advisory, finding, hostile, matches_golden, quiet, report

CODES = {"bold": 1, "dim": 2, "red": 31, "green": 32, "yellow": 33, "cyan": 36}


def pairs(number, disposition="funded", instance=CORE):
    return tuple(
        ReportedPair(instance=instance, regions=("cn-beijing", f"region-{index:03}"), disposition=disposition, mbps=5)
        for index in range(number)
    )


def test_a_whole_report():
    matches_golden("report.txt", render(report()))


def test_everything_a_style_marks_is_a_style():
    """A misspelt colour would be an error on a terminal alone."""
    seen = set()
    render(report(), style=lambda text, style: seen.add(style) or text, verbose=True)

    assert seen <= set(CODES)
    assert {"red", "yellow", "cyan", "green", "bold", "dim"} == seen


def test_a_waived_finding_is_counted_and_named_with_who_waives_it():
    waived = advisory(waived_by="net-team: bought ahead")
    text = render(report(waived, summary=Summary(mandatory=0, advisory=0, undetermined=0, waived=1)))

    assert "– waived by net-team: bought ahead\n    CEN203 unattached-bandwidth-package: europe (China/Europe)\n" in text
    assert "cenguard rules CEN203" not in text
    assert text.splitlines()[-1] == "0 mandatory, 0 advisory, 0 undetermined, 1 waived"


def test_findings_of_one_cause_stand_together_the_cause_first():
    """One instance and area pair: the missing package before the limit that falls with it."""
    cause, other = finding(), finding(area_pair=("China", "North-America"), message="another pair")
    effect = finding(rule="CEN207", urn=LIMIT, message="the limit that falls with it")
    alone = finding(rule="CEN203", urn="urn:x::y", instance=None, area_pair=None, message="nobody's")

    assert by_cause([cause, other, alone, effect]) == [cause, effect, other, alone]


def test_all_mandatory_findings_come_before_the_others():
    first = finding(rule="CEN203", level="advisory", area_pair=("China", "Europe"))
    cause = finding(rule="CEN201", area_pair=("China", "Europe"))
    other = finding(rule="CEN208", area_pair=("China", "China"))

    assert by_cause([cause, first, other]) == [cause, other, first]


def test_the_verdict_of_nothing_says_what_is_connected():
    nothing = replace(
        report(),
        findings=(),
        pairs=(*pairs(2), *pairs(1, "no_package", "cen-1")),
        summary=Summary(mandatory=0, advisory=0, undetermined=0),
    )

    assert render(nothing).splitlines()[-1] == "✓ nothing found: 2 of 3 region pairs connected"
    assert render(replace(nothing, pairs=())).splitlines()[-1] == "✓ nothing found: no pair of regions to connect"


def test_every_disposition_has_its_words():
    for disposition in Disposition:
        if disposition is not Disposition.SAME_REGION:  # of `explain` alone
            assert "cn-beijing – region-000" in render(report(pairs=pairs(1, disposition)))


def test_many_pairs_are_counted_and_the_unconnected_shown_first():
    """A person looks for what is wrong; --verbose has the rest."""
    many = report(pairs=(*pairs(60), *pairs(3, "no_package", "cen-1")[:3]))
    mixed = report(pairs=(*pairs(60)[:50], *(replace(pair, disposition="no_package") for pair in pairs(60)[50:])))

    assert render(many).count(" – region-") == PAIRS_SHOWN
    assert "and 43 more pairs (--verbose shows them)" in render(many)
    assert render(many, verbose=True).count(" – region-") == 63
    assert render(mixed).count("no package: 1 Kbps") == 10


def test_quiet_leaves_sources_and_pairs_out():
    text = render(quiet(), quiet=True)

    assert "preview.json" not in text
    assert " – us-west-1" not in text
    assert "CEN203" in text


def test_a_report_of_somebody_elses_making_cannot_lay_out_ours():
    """`cenguard report` prints what JSON files say."""
    for verbose in (False, True):
        for line in render(hostile(), verbose=verbose).split("\n"):
            assert not line.lstrip().startswith("::"), line
            assert [char for char in line if unicodedata.category(char) == "Cc" or char == "\u202e"] == [], line
