"""Findings: what a rule says, and what a report carries."""

from cenguard.findings.finding import Finding, Level, Severity, Verdict
from cenguard.findings.fix import Fix

__all__ = ["Finding", "Fix", "Level", "Severity", "Verdict"]
