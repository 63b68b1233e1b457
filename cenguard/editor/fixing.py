"""Fixes as edits of the user's files, in the client's units."""

from collections.abc import Iterable, Iterator

from cenguard.editor.messages import Action, Edit
from cenguard.editor.places import Places
from cenguard.findings.report import Report
from cenguard.judging.applying import costs_of, is_there, plan_of
from cenguard.sources.project import Language
from cenguard.sources.sites import Change, file_at

ALL_SAFE = "Mend everything that costs nothing and takes nothing away"
SAFE = "safe"


def actions_of(report: Report, places: Places) -> Iterator[Action]:
    """What mends findings: each fix that is bound, and all safe ones at once."""
    carried: dict[str, list[str]] = {}
    for finding in report.findings:
        if finding.fix is not None and finding.fix.with_ is not None:
            carried.setdefault(finding.fix.with_, []).append(finding.fingerprint)
    safe: dict[str, str] = {}
    for finding in report.findings:
        code = (report.written or {}).get(finding.fingerprint)
        if finding.fix is None or finding.waived_by is not None or code is None:
            continue
        if not code.bound or not code.changes or is_there(code):
            continue
        is_safe = finding.fix.applicability == SAFE
        title = finding.fix.summary.rstrip(".")
        if is_safe:
            safe[finding.fingerprint] = ""
        elif bought := costs_of([code]):
            title = f"{title} ({'; '.join(bought)})"
        yield Action(
            title=title,
            fingerprints=(finding.fingerprint, *carried.get(finding.fingerprint, ())),
            edits=tuple(_edits(code.changes, places)),
            preferred=is_safe,
        )
    if safe:
        plan = plan_of(report, places.lines, safe, [language.value for language in Language])
        if plan.changes:
            yield Action(title=ALL_SAFE, fingerprints=(), edits=tuple(_edits(plan.changes, places)), preferred=True)


def _edits(changes: Iterable[Change], places: Places) -> Iterator[Edit]:
    for change in changes:
        file = file_at(change.file)
        if file is not None:
            yield Edit(places.of_span(file, change.start, change.end), change.text)
