"""The HTML report: one file, whole, with nothing in it that loads or runs."""

import html5lib
import pytest
from msgspec.structs import replace

from cenguard.findings.report import ReportedFix
from cenguard.reports.html import render
from tests.reports.samples import LIMIT, finding, hostile, huge, quiet, report


def tree(text):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


@pytest.mark.parametrize("given", [report(), hostile(), huge(), quiet()])
def test_it_is_html_without_a_fault_and_loads_nothing(given):
    found = tree(render(given))
    tags = {item.tag for item in found.iter() if isinstance(item.tag, str)}

    assert not tags & {"script", "img", "iframe", "link", "object", "form", "base"}
    assert not [item for item in found.iter() if any(name.startswith("on") or name in ("src", "style") for name in item.attrib)]
    assert {item.get("href").partition("/rules/")[0] for item in found.iter("a")} <= {"https://docs.example.org/cenguard"}


def test_what_it_says():
    text = render(report())

    assert "<h2>What changes (2 pairs)</h2>" in text
    assert "<h2>Mandatory (1)</h2>" in text
    assert "<summary>Advisory (1)</summary>" in text
    assert "<h2>Undetermined (1)</h2>" in text
    assert "<summary>Waived (1)</summary>" in text
    assert "<h2>Resolved (1)</h2>" in text
    assert "<td>10 Mbps</td>" in text
    assert "waived: net-team" in text
    assert "prefers-color-scheme:dark" in text


def test_no_control_character_passes():
    assert "\x1b" not in render(hostile())
    assert "\u202e" not in render(hostile())


def test_what_is_mended_or_waived_does_not_look_open():
    found = [(item.get("class"), item.find("h3/span").text) for item in tree(render(report())).iter("article")]

    assert found == [
        ("mandatory", "✗"),
        ("advisory", "!"),
        ("resolved", "✓"),
        ("waived", "–"),
    ]


def test_product_day_decision_and_changes_stand_at_the_top():
    text = render(report(day="2026-11-28"))
    order = [
        "cenguard 0.1.0 · as of 2026-11-28 · areas 2026-03",
        "<h1>1 mandatory",
        "<dt>Buys</dt><dd>20 Mbps China/Europe, prepaid 6 months, at once, not refundable",
        "<dt>Cuts</dt><dd>cn-beijing – eu-central-1 on <code>core</code> (10 Mbps → nothing)</dd>",
        "<dt>Yours to decide</dt><dd>1 question: bandwidthLimit of <code>limit</code> is a secret</dd>",
        "What changes",
        "Mandatory (1)",
        "Advisory (1)",
        "Pairs of regions",
    ]

    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def test_the_clock_is_no_part_of_a_page():
    assert "no day was given (--today)" in render(report())


def test_a_phone_shows_the_columns_that_matter():
    """The pair and what it has now; the instance only where there are several."""
    heads = [[cell.text for cell in table.iter("th")] for table in tree(render(report())).iter("table")]
    other = replace(report().pairs[0], instance="cen-2")
    both = [
        [cell.text for cell in table.iter("th")] for table in tree(render(report(pairs=(*report().pairs, other)))).iter("table")
    ]

    assert heads == [["pair", "now", "before"]] * 2
    assert both == [["pair", "now", "before", "instance"]] * 2


def test_many_pairs_and_many_purchases_are_folded():
    pairs = tuple(replace(report().pairs[0], regions=("cn-beijing", f"r-{number}")) for number in range(30))

    assert "<summary>Pairs of regions (30)</summary>" in render(report(pairs=pairs))
    assert "<summary>Bought, or paid by traffic (2)</summary>" in render(report())


def test_what_falls_with_a_cause_stands_in_it_and_evidence_stands_once():
    falling = finding(
        rule="CEN207", urn=LIMIT, fix=ReportedFix(summary="Buy.", with_=finding().fingerprint), fingerprint="5" * 16, because=()
    )
    other = finding(rule="CEN208", fingerprint="6" * 16)
    page = tree(render(report(finding(), falling, other)))
    (first, second) = next(item for item in page.iter("section") if "Mandatory" in item.find("h2").text).findall("article")

    assert "CEN207" in "".join(first.find("article").itertext())
    assert [item.text for item in second.iter("li")] == ["and what is said above (2 steps)"]
