"""GitLab's code quality report, shown in the diff of a merge request.

Source of the format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from hashlib import sha256

from cenguard.findings.report import Report
from cenguard.reports.json import json_text
from cenguard.reports.places import place_of
from cenguard.reports.words import is_open

_SEVERITIES = {"low": "info", "medium": "minor", "high": "major", "critical": "critical"}


def render(report: Report) -> str:
    """The open findings as a list of issues; each fingerprint once, as GitLab demands."""
    issues = []
    seen: dict[str, int] = {}
    for finding in report.findings:
        if not is_open(finding):
            continue
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, -1) + 1
        name = sha256(f"{finding.fingerprint} {count}".encode()).hexdigest() if count else finding.fingerprint
        path, line = place_of(report, finding)
        issues.append(
            {
                "description": f"{finding.rule} {finding.message}",
                "check_name": f"{finding.rule} {finding.name}",
                "fingerprint": name,
                "severity": _SEVERITIES[finding.severity],
                "categories": ["Bug Risk"],
                "location": {"path": path, "lines": {"begin": line}},
            }
        )
    return json_text(issues)
