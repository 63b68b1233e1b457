"""Annotations: one line a finding, which no text of the input can leave."""

from cenguard.findings.report import ReportedLocation
from cenguard.reports.formats import summarize
from cenguard.reports.github import render
from tests.reports.samples import finding, hostile, matches_golden, quiet, report


def test_the_text_is_as_agreed():
    matches_golden("report.github.txt", render(report()))


def test_one_command_a_line_whatever_the_names_hold():
    lines = render(hostile()).rstrip("\n").split("\n")

    assert [line.split(" ")[0] for line in lines[:-1]] == ["::error", "::notice"]
    assert lines[-1].startswith("cenguard: ")
    assert "\x1b" not in "".join(lines)


def test_properties_cannot_be_left():
    text = render(report(finding(location=ReportedLocation(path="a,line=99,title=x::y\n.py", line=1))))

    assert "file=a%2Cline=99%2Ctitle=x%3A%3Ay\\n.py,line=1" in text


def test_the_summary_of_a_step_is_the_comment(tmp_path, monkeypatch):
    place = tmp_path / "summary.md"
    place.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(place))
    summarize(report())

    assert place.read_text().startswith("before\n<!-- cenguard: net/prod -->")
    place.write_text("")
    summarize(quiet())
    assert place.read_text() == ""
