"""A fix as a suggestion on the lines of a change."""

from cenguard.findings.report import ReportedChange
from cenguard.reports.file_changes import Line, digest_of, suggestion

LINE = "limit(mbps=5)"


def change(start, end, text):
    digest = digest_of([LINE])
    return ReportedChange(path="a.py", line=1, column=start, end_line=1, end_column=end, digest=digest, text=text)


def test_changes_at_one_place_are_made_as_the_files_are_changed():
    """Two insertions changed places, and one before what is taken away was taken away with it."""
    there = {"a.py": {1: Line(LINE, added=True)}}
    end = len(LINE) + 1

    assert suggestion([change(end, end, "\na = 1"), change(end, end, "\nb = 2")], there).lines == (LINE, "a = 1", "b = 2")
    assert suggestion([change(7, 7, "region=x, "), change(7, 13, "mbps=20")], there).lines == ("limit(region=x, mbps=20)",)
