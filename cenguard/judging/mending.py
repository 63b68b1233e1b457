"""The fixes of a report: one for each cause, made when somebody wants to print them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec import structs

from cenguard.findings import Verdict
from cenguard.findings.finding import Finding
from cenguard.findings.fix import Cause, Draft, Edit, Remedy, as_json
from cenguard.findings.report import ReportedFinding
from cenguard.judging.coding import Coding
from cenguard.judging.said import Said, fingerprint_of
from cenguard.network import Network
from cenguard.text.printable import printable

PYTHON = "python"
MOST_CAUSES = 200
"""With more causes than these, nothing is proved and no fix has edits: `--select` narrows."""


@dataclass(eq=False)
class Mend:
    """One cause, the findings that come from it, and what takes it away."""

    cause: Cause
    findings: list[str] = field(default_factory=list)
    """Fingerprints, the one that carries the edits first."""
    remedy: Remedy | None = None
    behind: "Mend | None" = None
    """Another cause whose edits take this one away too, so that it needs none."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits, if there are any."""
        return self.remedy.edits if self.remedy is not None else ()


def mended_findings(
    findings: Sequence[ReportedFinding], said: Iterable[Said], network: Network, coding: Coding
) -> Sequence[ReportedFinding] | None:
    """The findings with what takes their causes away; None where there are too many causes to prove anything."""
    mends = causes_of(findings, said)
    if not mends:
        return findings if mends is not None else None
    with_remedies(mends, network)
    return with_fixes(findings, mends, coding)


def causes_of(findings: Iterable[ReportedFinding], said: Iterable[Said]) -> list[Mend] | None:
    """The causes of the findings that are open, in the order in which they are shown; None where there are too many."""
    wanted = {item.fingerprint: item for item in findings if item.waived_by is None and item.verdict == Verdict.VIOLATED}
    found: dict[object, list[tuple[int, str, Cause]]] = {}
    for item in said:
        cause = _cause(item.finding)
        if cause is None:
            continue
        name = fingerprint_of(item)
        if name in wanted:
            found.setdefault(cause.key, []).append((cause.rank, name, cause))
            if len(found) > MOST_CAUSES:
                return None
    place = {name: number for number, name in enumerate(wanted)}
    mends: list[Mend] = []
    for items in found.values():
        items.sort(key=lambda item: (item[0], place[item[1]]))
        cause = items[0][2]
        for _, _, other in items[1:]:
            cause = cause.joined(other)
        mends.append(Mend(cause, list(dict.fromkeys(name for _, name, _ in items))))
    return sorted(mends, key=lambda mend: (mend.cause.rank, place[mend.findings[0]]))


def _cause(finding: Finding) -> Cause | None:
    return finding.fix.cause if finding.fix is not None and finding.verdict is Verdict.VIOLATED else None


def with_remedies(mends: Iterable[Mend], network: Network) -> None:
    """Make what takes each cause away."""
    draft = Draft(network.surroundings.names)
    reached: dict[object, Mend] = {}
    for mend in mends:
        wanted = mend.cause.reaches
        if wanted and all(item in reached for item in wanted):
            mend.behind = next(reached[item] for item in sorted(wanted, key=str))
            continue
        mend.remedy = mend.cause.remedy(draft)
        if mend.remedy is not None and not mend.remedy.note:
            for item in mend.cause.reached:
                reached.setdefault(item, mend)


def with_fixes(findings: Sequence[ReportedFinding], mends: Iterable[Mend], coding: Coding) -> list[ReportedFinding]:
    """The findings with the edits of their causes."""
    by_finding = {name: carrier for mend in mends if (carrier := mend.behind or mend).edits for name in mend.findings}
    return [_with_fix(item, by_finding.get(item.fingerprint), coding) for item in findings]


def _with_fix(item: ReportedFinding, mend: Mend | None, coding: Coding) -> ReportedFinding:
    fix = item.fix
    if fix is None or mend is None or mend.remedy is None or item.waived_by is not None:
        return item
    applicability = mend.remedy.applicability.value
    carrier = mend.findings[0]
    if item.fingerprint != carrier:
        return structs.replace(item, fix=structs.replace(fix, with_=carrier, applicability=applicability, python=None))
    note = f" {printable(mend.remedy.note)}" if mend.remedy.note else ""
    code = coding.code(item.fingerprint, mend.edits, item.urn)
    mended = structs.replace(
        fix,
        summary=fix.summary + note,
        applicability=applicability,
        edits=tuple(as_json(edit) for edit in mend.edits),
        code=code,
        python=code.text if code is not None and code.language == PYTHON else None,
    )
    return structs.replace(item, fix=mended)
