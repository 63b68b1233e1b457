"""The report that a person reads: whole, in order, and laid out by nobody but us."""

import re
import unicodedata

from msgspec.structs import replace

from cenguard.commands.publishing import paint
from cenguard.findings.report import Cut, ReportedFix, ReportedPair, Summary
from cenguard.network.connectivity import Disposition
from cenguard.reports.html import render as html
from cenguard.reports.human import render
from cenguard.reports.markdown import render as markdown
from cenguard.reports.order import by_cause
from tests.reports.samples import CORE, LIMIT, advisory, finding, hostile, huge, matches_golden, quiet, report

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

    assert (
        "Waived (1)\n    – by net-team: bought ahead\n      CEN203 unattached-bandwidth-package: europe (China/Europe)\n" in text
    )
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
    no_route = replace(nothing, pairs=(*pairs(1), replace(pairs(1)[0], no_route=True)))
    assert render(no_route).splitlines()[-1] == "✓ nothing found: 2 of 2 region pairs connected, 1 of them without a route"
    assert render(replace(nothing, pairs=())).splitlines()[-1] == "✓ nothing found: no pair of regions to connect"


def test_every_disposition_has_its_words():
    for disposition in Disposition:
        if disposition is not Disposition.SAME_REGION:  # of `explain` alone
            assert "cn-beijing – region-000" in render(report(pairs=pairs(1, disposition)))


def test_many_pairs_are_told_by_what_they_have_the_unconnected_first():
    """A person looks for what is wrong; --verbose has the rest."""
    still = Summary(mandatory=1, advisory=0, undetermined=0)
    many = report(pairs=(*pairs(50), *pairs(10, "no_package", "cen-1")), summary=still)
    mixed = report(
        pairs=(*pairs(60)[:50], *(replace(pair, disposition="no_package", mbps=None) for pair in pairs(60)[50:])), summary=still
    )

    assert "core\n    50 pairs: connected\n" in render(many)
    assert "cen-1\n    10 pairs: no package: 1 Kbps\n" in render(many)
    assert "    10 pairs: no package: 1 Kbps\n" in render(mixed).partition("50 pairs: connected")[0]
    assert "cn-beijing – region-050, cn-beijing – region-051 and 8 more" in render(mixed)
    assert render(many, verbose=True).count(" – region-") == 60


def test_pairs_that_change_are_named_before_the_many():
    moved = (replace(pairs(1)[0], mbps_before=9), *(replace(pair, mbps_before=5) for pair in pairs(60)[1:]))
    text = render(report(pairs=moved, has_base=True))

    assert "    cn-beijing – region-000  5 Mbps, connected (before: 9 Mbps)\n    59 pairs: connected\n" in text


def test_a_network_of_many_instances_is_counted():
    text = render(report(pairs=tuple(pairs(1, "no_package", f"cen-{number}")[0] for number in range(40))))

    assert re.search(r"and \d+ instances more with \d+ pairs \(--verbose shows all\)", text)
    assert len(text.splitlines()) < 80


def test_evidence_of_several_findings_is_shown_once():
    shared = ("cn-beijing, in China: shop (VPC) is attached", "packages attached to core: none")
    other = finding(
        rule="CEN207", urn=LIMIT, message="The limit falls.", because=(*shared, "limit (5 Mbps) draws"), fingerprint="5" * 16
    )
    text = render(report(finding(because=shared), other))

    assert text.count("shop") == text.count("packages attached to") == 1
    assert "      · limit (5 Mbps) draws\n      · and what is said above (2 steps)\n" in text


def test_long_evidence_is_shown_where_it_begins_and_ends_and_whole_with_verbose():
    steps = tuple(f"step {number}" for number in range(9))
    other = finding(rule="CEN207", urn=LIMIT, because=("step 4",), fingerprint="5" * 16)
    given = report(finding(because=steps), other)

    short = render(given).partition("CEN207")
    assert [step for step in steps if f"· {step}" in short[0]] == ["step 0", "step 1", "step 7", "step 8"]
    assert "and 5 steps more" in short[0]
    assert "· step 4" in short[2]  # it was left out above
    assert all(f"· {step}" in render(given, verbose=True) for step in steps)


def test_what_the_fix_of_another_finding_takes_away_stands_under_that():
    falling = finding(
        rule="CEN207",
        urn=LIMIT,
        message="The limit falls.",
        fix=ReportedFix(summary="Buy.", with_=finding().fingerprint),
        fingerprint="5" * 16,
    )
    lines = render(report(advisory(), falling, finding())).splitlines()
    heads = [line for line in lines if "[mandatory]" in line or "[advisory]" in line]

    assert [line.split()[2] for line in heads] == ["CEN201", "CEN207", "CEN203"]
    assert heads[1].startswith("    ✗ ")
    assert heads[1].endswith("mended with it")
    assert "        The limit falls." in lines


def test_many_advisory_findings_are_told_in_short():
    """Three mandatory findings shall not drown."""
    many = [
        advisory(
            fingerprint=f"{number:016x}",
            message=f"number {number} " + "x " * 200,
            because=("a step",),
            area_pair=None,
            instance=None,
        )
        for number in range(8)
    ]
    text = render(report(*many, finding()))

    assert text.index("CEN201") < text.index("! CEN203 unattached-bandwidth-package [advisory] 8 times")
    assert all(f"number {number} " in text for number in range(8))
    assert "a step" not in text
    assert len(text.splitlines()) < 60
    assert "a step" in render(report(*many, finding()), verbose=True)


def test_every_mandatory_finding_is_there_however_many_there_are():
    many = [
        finding(fingerprint=f"{number:016x}", message=f"number {number} is cut off.", area_pair=None, instance=f"cen-{number}")
        for number in range(100)
    ]
    text = render(report(*many))

    assert all(f"number {number} is cut off." in text for number in range(100))
    assert len(text.splitlines()) < 300


def test_what_is_bought_and_cut_stands_at_the_top():
    cut = Cut(instance=CORE, regions=("cn-beijing", "eu-central-1"), mbps_before=10, mbps=None)
    head = render(report(cuts=(cut,))).partition("CEN201")[0]

    assert "buys  20 Mbps China/Europe, prepaid 6 months, at once, not refundable" in head
    assert "cuts  cn-beijing – eu-central-1 on `core` (10 Mbps → nothing)" in head


def test_of_thousands_of_one_rule_a_hundred_are_told_and_the_rest_is_counted():
    text = render(huge(), quiet=True)
    assert text.count("number ") == 12 + 100
    assert "CEN201 missing-bandwidth-package [mandatory] 2988 times" in text
    assert "    and 2888 more of CEN201 (--verbose shows all)" in text
    assert render(huge(), quiet=True, verbose=True).count("number ") == 3000


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


def test_instances_and_packages_of_one_name_are_told_apart():
    """Two stacks of one program: each line says whose it is."""
    theirs = CORE.replace("prod::net", "prod::app")
    bought = report().purchases[0]
    both = replace(
        report(),
        pairs=tuple(replace(pairs(1)[0], instance=instance, mbps=5, mbps_before=7) for instance in (CORE, theirs)),
        purchases=(bought, replace(bought, urn=bought.urn.replace("prod::net", "prod::app"))),
        cuts=(Cut(instance=CORE, regions=("cn-beijing", "us-west-1"), mbps_before=7, mbps=5),),
    )
    name = bought.urn.rpartition("::")[2]

    text = " ".join(render(both).split())
    assert f"(`{name} of net/prod`)" in text
    assert f"(`{name} of app/prod`)" in text
    assert "on `core of net/prod` (7 Mbps → 5 Mbps)" in text
    assert "core of app/prod cn-beijing" in text
    assert "| 7 Mbps | `core of app/prod` |" in markdown(both)
    assert "<code>core of app/prod</code>" in html(both)


def test_what_is_waived_is_coloured_and_not_escaped():
    assert "\\x1b" not in render(report(), style=paint)
    assert "\x1b[2mCEN203 unattached-bandwidth-package" in render(report(), style=paint)
