"""What an audit's findings mean for the exit status."""

from cenguard.findings import Level, Verdict
from cenguard.findings.audited import AuditedFinding, AuditReport
from cenguard.judging.tool_findings import INCOMPLETE_INPUT


def left_unread(report: AuditReport) -> bool:
    """Whether something could not be read: a state, or what a state holds of a CEN."""
    return bool(report.unread) or any(_is_unread(item) and item.level == Level.MANDATORY for item in report.findings)


def fails(report: AuditReport, fail_on: str) -> bool:
    """Whether a report fails at a threshold: mandatory, undetermined, advisory or never.

    What cannot be read counts with the states that cannot be read, and not here.
    """
    findings = [item for item in report.findings if item.waived_by is None and not _is_unread(item)]
    match fail_on:
        case "never":
            return False
        case "advisory":
            return bool(findings)
        case "undetermined":
            return any(item.level == Level.MANDATORY or item.verdict == Verdict.UNDETERMINED for item in findings)
        case _:
            return any(item.level == Level.MANDATORY for item in findings)


def _is_unread(item: AuditedFinding) -> bool:
    return item.rule == INCOMPLETE_INPUT[0] and item.waived_by is None
