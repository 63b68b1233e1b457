"""Reports of several jobs as one: `cenguard report JSON…` reads what `--format json` wrote."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from cenguard import __version__
from cenguard.errors import UnreadableInput
from cenguard.findings import Level, Severity, Verdict
from cenguard.findings.report import SCHEMA, Report, ReportedFinding, ReportedSource, Summary
from cenguard.findings.reported_routes import ReportedRoutes
from cenguard.network.assumptions import ASSUMPTIONS
from cenguard.reports.json import SAID_OF_PAIRS, SAID_OF_PURCHASES
from cenguard.reports.words import STATES, hangs_on
from cenguard.resources.records import SourceKind
from cenguard.sources.project import is_terraform
from cenguard.text.encodings import utf8
from cenguard.text.printable import printable, printable_lines

_Item = TypeVar("_Item", bound=msgspec.Struct)
EXPECTED = "a report of `cenguard check --format json` was expected"


def read_reports(names: Sequence[str]) -> Report:
    """Read reports and join them.

    Raises:
        UnreadableInput: a file is no report, or two of them call different programs of Terraform alike; says what was expected.
    """
    once = {os.path.realpath(name): name for name in names}.values()
    found = {name: read_report(name) for name in once}
    _told_apart(found)
    return join(list(found.values()))


def _told_apart(reports: Mapping[str, Report]) -> None:
    """Refuse what a check of the same documents refuses: addresses that would be taken for those of another program or workspace.

    A Terraform document does not say whose it is: without names the findings and purchases of two that are alike would count once.
    """
    seen: dict[tuple[str, str], tuple[str, ReportedSource]] = {}
    for name, report in reports.items():
        for source in report.sources:
            if not is_terraform(source.kind):
                continue
            other, known = seen.setdefault((source.project, source.kind if source.project else ""), (name, source))
            if other == name:
                continue
            if not source.project:
                said = f"its source {source.path} has no name, and neither has {known.path} of {other}"
            elif source.kind == SourceKind.TERRAFORM_PLAN and (source.resources, source.cen) != (known.resources, known.cen):
                said = f"its source {source.path} is called {source.project}, as {known.path} of {other} is, and is another plan"
            else:
                continue  # a name says that it is the same program: a state that several jobs look at, or one plan
            raise UnreadableInput(
                name,
                f"{said}: a check names them (`cenguard check net=plan.json`), each program and workspace by one name of its own",
            )


def read_report(name: str) -> Report:
    """Read one report. What it holds is not trusted more than any other input."""
    try:
        content = Path(name).read_bytes()
    except OSError as error:
        raise UnreadableInput(name, f"cannot be read: {error.strerror}; {EXPECTED}") from None
    try:
        plain = msgspec.json.decode(utf8(content))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableInput(name, f"is not whole JSON: {error}; {EXPECTED}") from None
    if not isinstance(plain, dict) or plain.get("schema") != SCHEMA:
        raise UnreadableInput(name, f"is no report with schema {SCHEMA}; {EXPECTED}")
    try:
        report = msgspec.convert(_safe(plain), Report)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at ")
        raise UnreadableInput(name, f"is no report: {reason}", where=where.strip("`")) from None
    for pair in report.pairs:
        if pair.disposition not in STATES:
            raise UnreadableInput(name, f"no disposition {pair.disposition!r}", where="pairs")
    for item in (*report.findings, *report.fixed):
        if (
            item.verdict not in set(Verdict)
            or item.level not in set(Level)
            or item.severity not in set(Severity)
            or not item.help.startswith(("https://", "http://", "cenguard rules "))
            or item.change not in (None, "new", "unchanged")
        ):
            raise UnreadableInput(name, f"finding {item.rule} has a word that no report has", where="findings")
    return report


def _safe(value: Any, key: str = "") -> Any:
    """Text that cannot paint or forge, wherever it came from."""
    if isinstance(value, str):
        return printable_lines(value) if key in ("python", "text") else printable(value)
    if isinstance(value, list):
        return [_safe(item) for item in value]
    if isinstance(value, dict):
        return {name: _safe(item, name) for name, item in value.items()}
    return value


def join(reports: Sequence[Report]) -> Report:
    """One report of several; what two of them say of the same thing is said once."""
    findings = _once(item for report in reports for item in report.findings)
    fixed = _once(item for report in reports for item in report.fixed)
    summaries = [report.summary for report in reports]
    violated = [item for item in findings if item.verdict == "violated" and item.waived_by is None]
    compared = all(summary.new is not None for summary in summaries)
    editions = sorted({report.catalogue for report in reports})
    return Report(
        cenguard=__version__,
        catalogue=", ".join(editions),
        sources=tuple(dict.fromkeys(source for report in reports for source in report.sources)),
        summary=Summary(
            mandatory=sum(item.level == "mandatory" for item in violated),
            advisory=sum(item.level == "advisory" for item in violated),
            undetermined=sum(item.verdict == "undetermined" and item.waived_by is None for item in findings),
            waived=sum(item.waived_by is not None for item in findings),
            new=sum(item.change == "new" and item.waived_by is None for item in findings) if compared else None,
            fixed=len(fixed) if compared else None,
        ),
        pairs=_fullest((pair for report in reports for pair in report.pairs), SAID_OF_PAIRS),
        purchases=tuple(
            sorted(
                _fullest((item for report in reports for item in report.purchases), SAID_OF_PURCHASES), key=lambda item: item.urn
            )
        ),
        cuts=tuple(dict.fromkeys(item for report in reports for item in report.cuts)),
        traffic=tuple(sorted(dict.fromkeys(item for report in reports for item in report.traffic), key=lambda item: item.urn)),
        routes=_routes(reports),
        findings=tuple(findings),
        fixed=tuple(fixed),
        fixes_complete=all(report.fixes_complete for report in reports),
        absent=_absent(reports, findings),
        blockers=_blockers(findings),
        has_base=all(map(_has_base, [report for report in reports if not report.absent] or reports)),
        asked=_asked(reports),
    )


def _has_base(report: Report) -> bool:
    """Whether a report compares: what pairs had, and that nothing is cut, is not known where one of those about a CEN does not.

    A report of an earlier version does not say it, where it does not count what is new.
    """
    return report.has_base or report.summary.new is not None or any(pair.mbps_before is not None for pair in report.pairs)


def _fullest(items: Iterable[_Item], said: Sequence[str]) -> tuple[_Item, ...]:
    """Each once, as the one says it that says most: a report of an earlier version does not know these words."""
    found: dict[_Item, _Item] = {}
    for item in items:
        bare = msgspec.structs.replace(item, **dict.fromkeys(said, False))
        if found.setdefault(bare, item) == bare:
            found[bare] = item
    return tuple(found.values())


def _asked(reports: Sequence[Report]) -> tuple[str, ...] | None:
    """The rules that every report asked: of no other one it is known that it found nothing anywhere."""
    told = [report.asked for report in reports if report.asked is not None]
    return tuple(code for code in told[0] if all(code in asked for asked in told)) if told else None


def _routes(reports: Sequence[Report]) -> ReportedRoutes | None:
    """What all of them say of routes; an instance as the first says it that has it."""
    told = [report.routes for report in reports if report.routes is not None]
    if not told:
        return None
    instances = {item.instance: item for routes in reversed(told) for item in routes.instances}
    used = {code for routes in told for code in routes.assumes}
    return ReportedRoutes(
        complete=all(routes.complete for routes in told),
        assumes=tuple(code for code in ASSUMPTIONS if code in used),
        instances=tuple(instances[name] for name in sorted(instances)),
        asked=tuple(dict.fromkeys(item for routes in told for item in routes.asked)),
    )


def _absent(reports: Sequence[Report], findings: Iterable[ReportedFinding]) -> str:
    """What is said where no report is about a CEN: as all of them say it, or in short."""
    said = {report.absent for report in reports}
    if len(said) == 1 and "" not in said:
        return said.pop()
    seen = any(report.pairs or any(source.cen or not source.complete for source in report.sources) for report in reports)
    return "" if seen or any(item.rule == "CEN904" for item in findings) else "no CEN in the input"


def _blockers(findings: Iterable[ReportedFinding]) -> dict[str, tuple[str, ...]]:
    """What undetermined findings hang on, by their own words: a JSON report does not carry it apart."""
    found: dict[str, list[str]] = {}
    for item in findings:
        if item.verdict == Verdict.UNDETERMINED:
            found.setdefault(hangs_on(item), []).append(item.fingerprint)
    return {key: tuple(values) for key, values in sorted(found.items())}


def _once(items: Iterable[ReportedFinding]) -> list[ReportedFinding]:
    """Findings without those that say the same; of these the one that weighs most, as jobs differ in settings, waivers and bases."""
    found: dict[tuple[str, str, str], ReportedFinding] = {}
    for item in items:
        known = found.setdefault((item.rule, item.fingerprint, item.message), item)
        if _weight(item) > _weight(known):
            found[item.rule, item.fingerprint, item.message] = item
    return sorted(
        found.values(), key=lambda item: (item.rule, item.urn or item.instance or "", item.area_pair or ("", ""), item.message)
    )


def _weight(item: ReportedFinding) -> tuple[bool, bool, bool]:
    return (item.waived_by is None, item.level == Level.MANDATORY, item.change != "unchanged")
