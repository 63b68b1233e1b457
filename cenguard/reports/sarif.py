"""SARIF 2.1.0, for code scanning.

Source of the format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cenguard.findings import Level
from cenguard.findings.report import Report, ReportedFinding
from cenguard.reports.file_changes import read_back
from cenguard.reports.json import json_text
from cenguard.reports.places import place_of, seen_from_here, source_name
from cenguard.reports.words import grade, is_address, with_cures
from cenguard.rules import RULES
from cenguard.rules.page import markdown
from cenguard.rules.rule import Rule
from cenguard.rules.tool_pages import TOOL_PAGES

if TYPE_CHECKING:
    from cenguard.sources.sites import Change, File

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_WARNING = "warning"
_LEVELS = {"mandatory": "error", "advisory": _WARNING, "undetermined": "note"}
_SECURITY = {"CEN501": "7.0"}
"""`security-severity` of the rules that are about who may reach whom; no other is a matter of security.

GitHub sorts alerts by it, reads it on the rule alone, and calls 7.0 and above high.
Source: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""


def render(report: Report) -> str:
    """The report as one run of SARIF: results are what is open; what is mended or waived stands in the run's properties.

    A reader that counts results counts alerts; many do not look at `baselineState` and `suppressions`.
    """
    open_ones = [item for item in report.findings if item.waived_by is None]
    used = sorted({item.rule for item in open_ones})
    rules = {code: index for index, code in enumerate(used)}
    known = {rule.code: rule for rule in RULES}
    seen: Counter[str] = Counter()
    results = [_result(report, item, rules, seen) for item in with_cures(open_ones)]
    warned = {item["ruleId"] for item in results if item["level"] == _WARNING}
    names = ",".join(source_name(source) for source in report.sources)
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "cenguard",
                "version": report.cenguard,
                "semanticVersion": report.cenguard,
                "rules": [_rule(code, known.get(code), report, warned) for code in used],
            }
        },
        "automationDetails": {"id": f"cenguard/{names}/"},
        "invocations": [_invocation(report)],
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {
            "fixed": [_closed(item) for item in report.fixed],
            "waived": [{**_closed(item), "waivedBy": item.waived_by} for item in report.findings if item.waived_by is not None],
        },
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _invocation(report: Report) -> dict[str, Any]:
    """Whether every rule could answer, and what the head of other reports says of an input without a CEN."""
    stopped = any(
        item.rule in ("CEN901", "CEN904") and item.level == Level.MANDATORY and not item.waived_by for item in report.findings
    )
    said: dict[str, Any] = {"executionSuccessful": not stopped}
    if report.absent:
        said["toolExecutionNotifications"] = [{"level": "note", "message": {"text": report.absent}}]
    return said


def _closed(finding: ReportedFinding) -> dict[str, Any]:
    """A finding that is not open, in short."""
    return {
        "ruleId": finding.rule,
        "resource": finding.urn or finding.instance,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
    }


def _rule(code: str, rule: Rule | None, report: Report, warned: Container[str]) -> dict[str, Any]:
    """What a rule is. Its level is a result's where that has none, and common tools (Microsoft's own merges reports) leave out `warning`.

    So a rule that gives a warning in this report is one of warnings; each result of it that is none says its level.
    """
    sample = next(item for item in report.findings if item.rule == code)
    security = {"security-severity": _SECURITY[code]} if code in _SECURITY else {}
    title = rule.title if rule else sample.name.replace("-", " ").capitalize()
    page = markdown(rule) if rule else TOOL_PAGES[code][2] if code in TOOL_PAGES else title
    return {
        "id": code,
        "name": sample.name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": page, "markdown": page},
        **({"helpUri": sample.help} if is_address(sample.help) else {}),
        "defaultConfiguration": {
            "level": _WARNING if code in warned else _LEVELS.get(rule.level.value if rule else "advisory", "none")
        },
        "properties": {"tags": ["network", "alibaba-cloud", "cen"], "precision": "very-high", **security},
    }


def _result(report: Report, finding: ReportedFinding, rules: dict[str, int], seen: Counter[str]) -> dict[str, Any]:
    seen[finding.fingerprint] += 1
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rules[finding.rule],
        "level": _LEVELS[grade(finding)],
        "message": {"text": _message(finding)},
        # GitHub knows an alert again by the second alone, and takes two results with one of them for one alert. Left out, it is
        # made of the line's text, and all findings of a line, as of a loop, would be one. Its form is a hash and a count.
        # Source: github/codeql-action, src/fingerprints.ts
        "partialFingerprints": {
            "cenguard/v1": finding.fingerprint,
            "primaryLocationLineHash": f"{finding.fingerprint}:{seen[finding.fingerprint]}",
        },
        "properties": {
            "verdict": finding.verdict,
            "severity": finding.severity,
            "located": finding.location is not None,
            "regionPairs": finding.region_pairs,
            "packages": finding.packages,
        },
    }
    if finding.change:
        found["baselineState"] = finding.change
    uri, line = place_of(report, finding)  # GitHub refuses a whole file in which one result has no place
    place: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": quote(uri)}, "region": {"startLine": line}}}
    if finding.urn:
        place["logicalLocations"] = [
            {"name": finding.resource or finding.urn, "fullyQualifiedName": finding.urn, "kind": "resource"}
        ]
    found["locations"] = [place]
    found.update(_fixes(report, finding))
    return found


def _message(finding: ReportedFinding) -> str:
    parts = [finding.message]
    if finding.because:
        parts += ["Because:", *(f"- {step}" for step in finding.because)]
    if finding.fix:
        parts.append(f"Fix: {finding.fix.summary}")
    return "\n".join(parts)


def _fixes(report: Report, finding: ReportedFinding) -> dict[str, Sequence[Any]]:
    """What the finding's edits are in the user's files, at exact places; nothing where a name or a place is not certain."""
    found = _changes(report, finding)
    if not found or finding.fix is None:
        return {}
    changes = [
        {"artifactLocation": {"uri": quote(uri)}, "replacements": list(_replacements(file, changes))}
        for uri, (file, changes) in found.items()
    ]
    return {"fixes": [{"description": {"text": finding.fix.summary}, "artifactChanges": changes}]}


def _changes(report: Report, finding: ReportedFinding) -> "Mapping[str, tuple[File, list[Change]]] | None":
    """The edits by file: as this check has written them, or as a report that was read carries them."""
    if report.written is None:
        said = finding.fix.code if finding.fix is not None else None
        return read_back(said.changes) if said is not None and said.bound else None
    code = report.written.get(finding.fingerprint)
    if code is None or not code.bound:
        return None
    from cenguard.sources.sites import file_at

    found: dict[str, tuple[File, list[Change]]] = {}
    for change in code.changes:
        file, uri = file_at(change.file), seen_from_here(report, finding, change.file)
        if file is None or uri is None:
            return None
        found.setdefault(uri, (file, []))[1].append(change)
    return found


def _replacements(file: "File", changes: "Sequence[Change]") -> Iterator[dict[str, Any]]:
    """Each change at its lines and columns; what lies behind other text than ASCII is one of whole lines, which have no columns.

    Not every reader looks which unit the columns have (`columnKind`): reviewdog takes them for bytes, and offers a line
    whose edit stands inside of another word (`findings/reviewdog-columns.sh`).
    """
    from cenguard.sources.changing import applied, in_order

    groups: list[list[Change]] = []
    for change in in_order(changes):
        if groups and file.row(groups[-1][-1].end) == file.row(change.start):
            groups[-1].append(change)
        else:
            groups.append([change])
    for group in groups:
        first, last = file.line_start(group[0].start), file.line_end(group[-1].end)
        if file.text[first : group[-1].end].isascii():
            for change in group:
                (line, column), (end_line, end_column) = file.place(change.start), file.place(change.end)
                region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
                yield {"deletedRegion": region, "insertedContent": {"text": change.text}}
        else:
            region = {"startLine": file.row(first) + 1, "endLine": file.row(last) + 1}
            within = [change._replace(start=change.start - first, end=change.end - first) for change in group]
            yield {"deletedRegion": region, "insertedContent": {"text": applied(file.text[first:last], within)}}
