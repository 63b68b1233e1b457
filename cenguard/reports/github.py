"""Annotations of GitHub Actions: workflow commands on standard output.

Source of the format: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from cenguard.findings.report import Report, ReportedFinding
from cenguard.reports.order import by_cause
from cenguard.reports.places import file_of
from cenguard.reports.words import grade, is_open, verdict, with_cures
from cenguard.text.printable import printable

_COMMANDS = {"mandatory": "error", "advisory": "warning", "undetermined": "notice"}


def render(report: Report) -> str:
    """One annotation for each open finding, then the verdict."""
    ordered = by_cause(with_cures(report.findings))  # GitHub shows the first ten
    lines = [_annotation(report, item) for item in ordered if is_open(item)]
    return "\n".join([*lines, f"cenguard: {verdict(report)}"]) + "\n"


def _annotation(report: Report, finding: ReportedFinding) -> str:
    place = {"title": f"{finding.rule} {finding.name}"}
    path = file_of(report, finding)
    if path is not None and finding.location is not None:
        place = {"file": path, "line": str(finding.location.line), **place}
    command = _COMMANDS["mandatory" if finding.level == "mandatory" else grade(finding)]
    properties = ",".join(f"{key}={_property(value)}" for key, value in place.items())
    text = [finding.message, *(f"· {step}" for step in finding.because)]
    if finding.fix:
        text.append(f"Fix: {finding.fix.summary}")
    return f"::{command} {properties}::{_data(chr(10).join(map(printable, [*text, finding.help])))}"


def _data(text: str) -> str:
    """Text of a command: a line end would begin another one."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
