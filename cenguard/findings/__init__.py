"""Findings: what a rule says, and what a report carries."""

from cenguard.findings.finding import Finding, Fix, Level, Severity, Verdict

__all__ = ["Finding", "Fix", "Level", "Severity", "Verdict"]
