"""Findings as the engine prints them: the message carries code, evidence, fix and page address."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pulumi.runtime.proto import analyzer_pb2

from cenguard import __version__
from cenguard.findings import Level
from cenguard.findings.report import ReportedFinding
from cenguard.reports.words import code_lines, with_cures

PACK = "cenguard"
UNDETERMINED_POLICY = "undetermined"
"""The policy under which every undetermined finding is said."""
ROOM = 3_500_000
"""Bytes that an answer may take: the proxy between engine and pack refuses more than 4 MB."""
_ROOM_FOR_WHOLE = ROOM * 3 // 4
"""Past it, a message is one line."""
LEVELS: Mapping[str, "analyzer_pb2.EnforcementLevel.ValueType"] = {
    Level.ADVISORY: analyzer_pb2.ADVISORY,
    Level.MANDATORY: analyzer_pb2.MANDATORY,
    Level.DISABLED: analyzer_pb2.DISABLED,
}
SEVERITIES = {
    "low": analyzer_pb2.POLICY_SEVERITY_LOW,
    "medium": analyzer_pb2.POLICY_SEVERITY_MEDIUM,
    "high": analyzer_pb2.POLICY_SEVERITY_HIGH,
    "critical": analyzer_pb2.POLICY_SEVERITY_CRITICAL,
}


def respond(findings: Iterable[ReportedFinding]) -> "analyzer_pb2.AnalyzeResponse":
    """The engine's answer; past its size limit, messages get shorter and the rest is counted."""
    ordered = sorted(with_cures(list(findings)), key=lambda item: item.level != Level.MANDATORY)
    response = analyzer_pb2.AnalyzeResponse()
    add = response.diagnostics.add
    used = 0
    for index, finding in enumerate(ordered):
        text = full_text(finding) if used < _ROOM_FOR_WHOLE else ""
        if not text or used + len(text) > _ROOM_FOR_WHOLE:
            text = f"{finding.rule}: {finding.message}"
        if used + len(text) > ROOM:
            add(**_rest(ordered[index:]))
            break
        used += len(text.encode()) + 300
        add(
            policyName=UNDETERMINED_POLICY if finding.verdict == "undetermined" else finding.name,
            policyPackName=PACK,
            policyPackVersion=__version__,
            description=f"{finding.rule} {finding.name}",
            message=text,
            enforcementLevel=LEVELS[finding.level],
            urn=finding.urn or "",
            severity=SEVERITIES[finding.severity],
        )
    return response


def full_text(finding: ReportedFinding) -> str:
    """A finding in lines: what is wrong, why, what to do, where to read on."""
    lines = [f"{finding.rule}: {finding.message}"]
    if finding.because:
        lines += ["because", *(f"  · {step}" for step in finding.because)]
    if finding.fix:
        lines.append(f"fix: {finding.fix.summary}")
        lines += [f"    {line}" for line in code_lines(finding.fix)]
    lines.append(finding.help)
    return "\n".join(lines)


def _rest(findings: Sequence[ReportedFinding]) -> dict[str, Any]:
    """The fields of what counts the findings for which there is no room."""
    mandatory = sum(item.level == Level.MANDATORY for item in findings)
    return {
        "policyName": findings[0].name,
        "policyPackName": PACK,
        "policyPackVersion": __version__,
        "description": "more findings",
        "message": f"{len(findings)} more findings, {mandatory} of them mandatory, do not fit into one answer: run `cenguard check` for all.",
        "enforcementLevel": LEVELS[Level.MANDATORY if mandatory else Level.ADVISORY],
        "severity": SEVERITIES["medium"],
    }
