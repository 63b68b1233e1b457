"""What fixes are in the user's files, all together: which can be made, which cannot, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cenguard.findings.code import Code, code_of
from cenguard.findings.report import Report, ReportedFinding
from cenguard.sources.bindings import Bindings
from cenguard.sources.changing import applied
from cenguard.sources.lines import Lines
from cenguard.sources.sites import File, file_at


@dataclass(slots=True)
class Plan:
    """The files that change, and what of the report changes them."""

    files: dict[Path, str] = field(default_factory=dict)
    """The new text of each, as it stands in the file, with its byte order mark."""
    made: list[ReportedFinding] = field(default_factory=list)
    """Findings whose edits are in the files."""
    left: list[tuple[ReportedFinding, str]] = field(default_factory=list)
    """Those whose edits are not, each with the reason."""


def plan_of(report: Report, lines: Lines, wanted: Mapping[str, str], languages: Iterable[str]) -> Plan:
    """What a report's fixes are in the files that its program is written in.

    `wanted` has, by fingerprint, why a finding's edits are not asked for, and an empty text for those that are; `languages` are
    those in which files are changed.
    """
    plan = Plan()
    groups: dict[Path, list[tuple[ReportedFinding, Code]]] = {}
    known = frozenset(languages)
    for finding in report.findings:
        if finding.fix is None or finding.fingerprint not in wanted:
            continue
        code = (report.written or {}).get(finding.fingerprint)
        reason = wanted[finding.fingerprint] or _why_not(finding, code, known)
        if reason or code is None:
            plan.left.append((finding, reason))
        else:
            groups.setdefault(_unit(code), []).append((finding, code))
    bindings = Bindings(lines)
    for group in groups.values():
        _together(plan, group, bindings)
    return plan


def _why_not(finding: ReportedFinding, code: Code | None, languages: frozenset[str]) -> str:
    if finding.fix is None or not finding.fix.edits:
        return "it has to be mended by hand"
    if code is None:
        return "no printer knows the language of the program"
    if code.language not in languages:
        return f"files in {code.language.capitalize()} are not changed, the text is for pasting"
    return code.why_not or ("" if code.changes else "nothing of it is written in a file")


def _unit(code: Code) -> Path:
    """What is changed as one: a file, or in Terraform's language a folder."""
    first = code.changes[0].file
    return first.parent if code.language in ("hcl", "terraform") else first


def _together(plan: Plan, group: Sequence[tuple[ReportedFinding, Code]], bindings: Bindings) -> None:
    """Add what can be made at once; what contradicts the others is left."""
    whole = _written([code for _, code in group], bindings)
    kept: list[tuple[ReportedFinding, Code]] = list(group)
    if not whole.changes:
        kept = []
        for item in group:
            attempt = _written([code for _, code in (*kept, item)], bindings)
            if attempt.changes:
                kept, whole = [*kept, item], attempt
            else:
                plan.left.append((item[0], attempt.why_not))
    plan.made += [finding for finding, _ in kept]
    for path in dict.fromkeys(change.file for change in whole.changes):
        file = file_at(path)
        assert file is not None  # it was read a moment ago
        plan.files[path] = text_in(file, applied(file.text, [change for change in whole.changes if change.file == path]))


def _written(codes: Sequence[Code], bindings: Bindings) -> Code:
    found = code_of([edit for code in codes for edit in code.edits], bindings)
    assert found is not None  # it was written a moment ago
    return found


def text_in(file: File, text: str) -> str:
    """A text as it stands in a file."""
    return f"\ufeff{text}" if file.marked else text
