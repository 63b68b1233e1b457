"""The comment on a pull request, through GitHub's own Markdown parser."""

from pathlib import Path

import cmarkgfm
import html5lib
import pytest
from cmarkgfm.cmark import Options as CmarkOptions
from msgspec.structs import replace

from cenguard.findings.report import ReportedFix, ReportedPair, ReportedSource, Summary
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_estate
from cenguard.reports.markdown import LIMIT, marker, render
from tests.reports.samples import CORE, HOSTILE, advisory, finding, hostile, huge, matches_golden, quiet, report

RECORDINGS = Path(__file__).parents[1] / "recordings"


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
    assert "| 🔴 cn-beijing – eu-central-1 | no package: 1 Kbps | 10 Mbps |" in text
    assert lines[3].startswith(
        "- **Buys:** 20 Mbps China/Europe, prepaid 6 months, at once, not refundable, renewed automatically (`europe`)"
    )
    assert lines[4] == "- **Cuts:** cn-beijing – eu-central-1 on `core` (10 Mbps → nothing)"
    assert lines[5] == "- **Yours to decide:** 1 question: bandwidthLimit of `limit` is a secret"
    assert "✅ resolved: CEN207" in text
    assert text.index("CEN201") < text.index("<details>") < text.index("CEN203")


def test_tables_and_folds_are_read_as_such():
    tree = page(render(report()))

    assert [len(table.findall(".//tr")) for table in tree.iter("table")] == [3, 4]
    assert [item.find("summary").text for item in tree.iter("details")] == [
        "why, and what to write",
        "1 undetermined",
        "1 not of this change",
        "1 waived",
        "map",
        "3 pairs of regions",
    ]
    assert [item.get("href") for item in tree.iter("a")] == [
        f"https://docs.example.org/cenguard/rules/{code}" for code in ("CEN201", "CEN203")
    ]


def test_advisory_findings_and_what_falls_with_a_cause_are_folded_or_short():
    falling = finding(
        rule="CEN207",
        message="The limit falls.",
        fix=ReportedFix(summary="Buy.", with_=finding().fingerprint),
        fingerprint="5" * 16,
    )
    text = render(report(advisory(change="new"), finding(), falling))

    assert (
        text.index("CEN201") < text.index("Mended with it:") < text.index("The limit falls.") < text.index("<summary>1 advisory")
    )
    assert text.index("<summary>1 advisory</summary>") < text.index("CEN203")


def test_names_in_backticks_are_code_and_cannot_leave_it():
    text = render(report(finding(message="Package `a*b|c@team` is not attached to `core`."), fixed=()))
    odd = render(report(finding(message="Package `a is not attached."), fixed=()))

    assert "Package `a*b¦c@team` is not attached to `core`." in text
    assert "Package \\`a is not attached." in odd
    assert [item.text for item in page(text).iter("code")][5:7] == ["a*b¦c@team", "core"]


def test_a_joined_comment_tells_every_stack():
    """One comment of a pull request for the reports of many projects, whichever of them changed this time."""
    other = replace(report().sources[0], path="preview.json", stack="dev")
    theirs = finding(urn=CORE.replace("prod", "dev"), instance=CORE.replace("prod", "dev"), fingerprint="7" * 16)
    joined = report(finding(), theirs, advisory(change="new"), sources=(*report().sources, other))
    text = render(joined, "networks")

    assert text.startswith("<!-- cenguard: networks -->\n")
    assert "| `net/prod` | ❌ 1 | 1 | 0 |\n| `net/dev` | ❌ 1 | 0 | 0 |" in text
    assert "in `net/dev`" in text


def test_a_document_of_terraform_without_a_name_has_its_findings_beside_named_ones(tmp_path):
    """A plan at the top of a repository has no name: the table said that nothing was found in it."""
    plan = Path(RECORDINGS, "terraform", "tofu-misarea", "plan.json").read_bytes()
    names = [str(tmp_path / name) for name in ("plan.json", "other.json")]
    for name in names:
        Path(name).write_bytes(plan)

    text = render(check(read_estate([names[0], f"edge={names[1]}"]), Options()))

    assert f"| `{names[0]}` | ❌ 3 | 3 | 0 |\n| `edge/default` | ❌ 3 | 3 | 0 |" in text


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


def test_a_check_that_saw_no_cen_has_no_tick():
    nothing = report(
        findings=(), pairs=(), summary=Summary(mandatory=0, advisory=0, undetermined=0), absent="no CEN in the input"
    )

    assert "### ➖ cenguard: nothing found; no CEN in the input\n" in render(nothing)
