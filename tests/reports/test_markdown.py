"""The comment on a pull request, through GitHub's own Markdown parser."""

import cmarkgfm
import html5lib
import pytest
from cmarkgfm.cmark import Options as CmarkOptions

from cenguard.findings.report import ReportedPair, ReportedSource, Summary
from cenguard.reports.markdown import LIMIT, marker, render
from tests.reports.samples import CORE, HOSTILE, finding, hostile, huge, matches_golden, quiet, report


def page(text):
    html = cmarkgfm.github_flavored_markdown_to_html(text, options=CmarkOptions.CMARK_OPT_UNSAFE)
    return html5lib.parse(html, namespaceHTMLElements=False)


def test_the_text_is_as_agreed():
    matches_golden("report.md", render(report()))


def test_what_a_reviewer_reads_first():
    text = render(report())
    lines = [line for line in text.splitlines() if line]

    assert lines[0] == "<!-- cenguard: net/prod -->"
    assert (
        lines[1]
        == "### ❌ cenguard: 1 mandatory, 1 advisory, 1 undetermined, 1 waived, 2 new, 1 resolved; 1 of 3 region pairs connected"
    )
    assert "| 🔴 cn-beijing – eu-central-1 | 10 Mbps | no package: 1 Kbps |" in text
    assert "- 20 Mbps China/Europe, prepaid 6 months, at once, not refundable, renewed automatically (`europe`)" in text
    assert "✅ resolved: CEN207" in text
    assert text.index("CEN201") < text.index("<details>") < text.index("CEN203")


def test_tables_and_folds_are_read_as_such():
    tree = page(render(report()))

    assert [len(table.findall(".//tr")) for table in tree.iter("table")] == [3, 4]
    assert [item.find("summary").text for item in tree.iter("details")] == [
        "1 undetermined",
        "2 not of this change",
        "3 pairs of regions",
    ]
    assert [item.get("href") for item in tree.iter("a")] == ["https://docs.example.org/cenguard/rules/CEN201"]


def test_nothing_where_the_change_does_not_touch_the_network():
    assert render(quiet()) == ""
    assert render(report(finding(change=None), summary=Summary(mandatory=1, advisory=0, undetermined=0))) != ""


def test_names_of_the_input_are_text_and_nothing_else():
    text = render(hostile())
    tree = page(text)

    assert not [item for item in tree.iter() if item.tag in ("script", "img", "iframe")]
    assert {item.get("href") for item in tree.iter("a")} == {"https://docs.example.org/cenguard/rules/CEN201"}
    assert sum(not isinstance(item.tag, str) for item in tree.iter()) == 0  # the marker stands before the page
    outside = [item.text or "" for item in tree.iter() if item.tag not in ("code", "pre") and isinstance(item.tag, str)]
    assert "@team" not in "".join([*outside, *(item.tail or "" for item in tree.iter())])
    assert "\x1b" not in text


def test_a_marker_keeps_the_comments_of_two_stacks_apart():
    other = ReportedSource(path="x", kind="preview", project="net", stack="dev", resources=1, complete=True)

    assert marker(report()) != marker(report(sources=(other,)))
    assert marker(report(sources=(other, *report().sources))) == "<!-- cenguard: net/dev, net/prod -->"
    evil = ReportedSource(path="x", kind="preview", project="a--> <b>", stack=HOSTILE, resources=1, complete=True)
    assert marker(report(sources=(evil,))).count("--") == 2


@pytest.mark.parametrize("given", [huge()])
def test_whole_parts_are_left_out_where_a_platform_would_cut(given):
    text = render(given)

    assert len(text) < LIMIT + 200
    assert "left out for length" in text
    assert text.count("```") % 2 == 0


def test_long_names_do_not_push_a_comment_over_the_limit():
    long = tuple(
        ReportedPair(instance=CORE, regions=("cn-beijing", f"{number}" + "x" * 3000), disposition="no_package", mbps_before=1)
        for number in range(40)
    )
    text = render(report(pairs=long))

    assert len(text) < LIMIT + 200
    assert "left out for length" in text
    assert "CEN201" in text


def test_no_line_is_a_quick_action_of_gitlab():
    """A package may be called so, and findings begin with its name."""
    text = render(report(finding(message="/close connects China/Europe.", because=("/merge",)), fixed=()))

    assert "/close connects" in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("/")]
    assert "/close connects China/Europe." in "".join(page(text).itertext())
