"""The report that a person reads: the pair, the two areas, why, the line of the program, and what to buy."""

from collections.abc import Callable, Sequence

from cenguard.findings.report import Report, ReportedFinding, ReportedPair
from cenguard.network.dispositions import COVERED
from cenguard.reports.lines import inert, wrapped
from cenguard.reports.order import by_cause
from cenguard.reports.places import file_of, stack_name
from cenguard.reports.words import before, changes, connected, hangs_on, paid_by_traffic, remarks, state
from cenguard.resources.urns import name_in_urn
from cenguard.text.printable import printable

PAIRS_SHOWN = 20
"""How many pairs a report lists before it counts the rest; --verbose lists all."""
WAIVED_SHOWN = 5
"""How many findings of one waiver a report lists before it counts the rest; --verbose lists all."""
Style = Callable[[str, str], str]

_MARKS = {"mandatory": ("✗", "red"), "advisory": ("!", "yellow"), "undetermined": ("?", "cyan")}


def plain(text: str, _style: str) -> str:
    """No colour."""
    return text


def render(report: Report, *, style: Style = plain, verbose: bool = False, quiet: bool = False) -> str:
    """The report as text; `style` colours a piece of it by name."""
    parts: list[str] = []
    if not quiet:
        parts += [f"{_source_line(report, index)}" for index in range(len(report.sources))]
        parts += [report.absent] if report.absent and report.findings else []
        for remark in remarks(report):
            parts += wrapped(remark, "    ", "      ")
        parts.append("")
    certain = [item for item in report.findings if item.verdict == "violated" and item.waived_by is None]
    for finding in by_cause(certain):
        parts += [*_finding(finding, style, where=_stack(report, finding) + _line(report, finding)), ""]
    parts += _undetermined(report, style, verbose=verbose)
    parts += _resolved(report, style)
    if not quiet:
        parts += _waived(report, style, verbose=verbose)
        parts += _pairs(report, style, verbose=verbose)
        parts += _traffic(report, verbose=verbose)
    parts.append(_verdict(report, style))
    return "\n".join(inert(line) for line in parts) + "\n"


def _source_line(report: Report, index: int) -> str:
    source = report.sources[index]
    name = printable(f"{source.project}/{source.stack}") if source.project else ""
    parts = [part for part in (name, f"{source.resources} resources", f"areas {printable(report.catalogue)}") if part]
    return f"{printable(source.path)} ({source.kind}): {', '.join(parts)}"


def _stack(report: Report, finding: ReportedFinding) -> str:
    """The stack of a finding, where there are several."""
    name = stack_name(finding.urn) if len(report.sources) > 1 else ""
    return f"{printable(name)}  " if name else ""


def _line(report: Report, finding: ReportedFinding) -> str:
    """File and line, as a terminal can follow them."""
    if finding.location is None:
        return ""
    return f"{printable(file_of(report, finding) or finding.location.path)}:{finding.location.line}  "


def _finding(finding: ReportedFinding, style: Style, *, where: str) -> list[str]:
    mark, colour = _MARKS[finding.level if finding.verdict == "violated" else "undetermined"]
    change = f" {finding.change}" if finding.change else ""
    title = style(printable(f"{finding.rule} {finding.name}"), "bold")
    lines = [f"{style(mark, colour)} {where}{title} [{finding.level}]{change}"]
    lines += wrapped(finding.message, "    ")
    if finding.because:
        lines.append("    because")
        for step in finding.because:
            lines += wrapped(step, "      · ", "        ")
    if finding.fix:
        lines += wrapped(f"fix: {finding.fix.summary}", "    ")
        if finding.fix.python:
            lines.append("")
            lines += [style(f"        {printable(line)}", "dim") for line in finding.fix.python.rstrip().splitlines()]
            lines.append("")
    lines.append(f"    cenguard rules {printable(finding.rule)}")
    return lines


def _resolved(report: Report, style: Style) -> list[str]:
    """What the change mends."""
    lines: list[str] = []
    for item in report.fixed:
        lines += wrapped(f"resolved: {item.rule} {item.message}", f"{style('✓', 'green')} ", "    ")
    return [*lines, ""] if lines else []


def _undetermined(report: Report, style: Style, *, verbose: bool) -> list[str]:
    """One line for each blocking value, with the questions that hang on it counted."""
    open_findings = {
        item.fingerprint: item for item in report.findings if item.verdict == "undetermined" and item.waived_by is None
    }
    if not open_findings:
        return []
    lines: list[str] = []
    seen: set[str] = set()
    for blocker, prints in (report.blockers or {}).items():
        items = [open_findings[name] for name in prints if name in open_findings]
        if not items:
            continue
        seen.update(item.fingerprint for item in items)
        lines += _open_questions(report, blocker, items, style, verbose=verbose)
    for item in open_findings.values():
        if item.fingerprint not in seen:
            lines += _open_questions(report, hangs_on(item), [item], style, verbose=verbose)
    return lines


def _waived(report: Report, style: Style, *, verbose: bool) -> list[str]:
    """What somebody took upon themselves: by whom, until when and why, and which findings that hides."""
    found: dict[str, list[ReportedFinding]] = {}
    for item in report.findings:
        if item.waived_by is not None:
            found.setdefault(item.waived_by, []).append(item)
    lines: list[str] = []
    for by, items in found.items():
        lines += wrapped(f"– waived by {by}", "", "    ")
        shown = items if verbose else items[:WAIVED_SHOWN]
        for item in shown:
            pair = f" ({'/'.join(item.area_pair)})" if item.area_pair else ""
            lines += wrapped(style(f"{item.rule} {item.name}: {item.resource or item.instance}{pair}", "dim"), "    ", "      ")
        if len(items) > len(shown):
            lines.append(f"    and {len(items) - len(shown)} more (--verbose shows them)")
        lines.append("")
    return lines


def _open_questions(report: Report, blocker: str, items: Sequence[ReportedFinding], style: Style, *, verbose: bool) -> list[str]:
    place = next((_line(report, item) for item in items if item.location), "")
    mark, colour = _MARKS["undetermined"]
    codes = printable(", ".join(sorted({item.rule for item in items})))
    count = f"{len(items)} questions hang" if len(items) > 1 else "1 question hangs"
    head = f"{style(mark, colour)} {place}{count} on this ({codes})"
    level = " [mandatory]" if any(item.level == "mandatory" for item in items) else ""
    lines = [head + level, *wrapped(f"{blocker}.", "    ")]
    if verbose:
        for item in items:
            lines += wrapped(f"{item.rule}: {item.message}", "      · ", "        ")
    return [*lines, ""]


def _pairs(report: Report, style: Style, *, verbose: bool) -> list[str]:
    if not report.pairs:
        return []
    lines: list[str] = []
    by_instance: dict[str, list[ReportedPair]] = {}
    for pair in report.pairs:
        by_instance.setdefault(pair.instance, []).append(pair)
    room = PAIRS_SHOWN
    hidden = 0
    for instance, pairs in by_instance.items():
        shown = pairs if verbose else sorted(pairs, key=_worth_showing)[: max(0, room)]
        room -= len(shown)
        hidden += len(pairs) - len(shown)
        if shown:
            lines.append(printable(name_in_urn(instance)))
            width = max(len(printable(" – ".join(pair.regions))) for pair in shown)
            for pair in sorted(shown, key=lambda item: item.regions):
                had = f" (before: {before(pair)})" if changes(report, pair) else ""
                lines.append(f"    {printable(' – '.join(pair.regions)):{width}}  {style(state(pair), _colour(pair))}{had}")
    if hidden:
        lines.append(f"    and {hidden} more pairs (--verbose shows them)")
    return [*lines, ""]


def _traffic(report: Report, *, verbose: bool) -> list[str]:
    """Peers paid by traffic that the change adds or raises: money that no purchase shows."""
    if not report.traffic:
        return []
    shown = report.traffic if verbose else report.traffic[:PAIRS_SHOWN]
    lines = ["paid by traffic after this change"]
    for item in shown:
        lines += wrapped(f"{name_in_urn(item.urn)}: {paid_by_traffic(item)}", "    ", "      ")
    if len(report.traffic) > len(shown):
        lines.append(f"    and {len(report.traffic) - len(shown)} more peers (--verbose shows them)")
    return [*lines, ""]


def _worth_showing(pair: ReportedPair) -> tuple[bool, tuple[str, str]]:
    return (pair.disposition in COVERED, pair.regions)


def _colour(pair: ReportedPair) -> str:
    return "green" if pair.disposition in COVERED else "cyan" if pair.disposition == "undetermined" else "red"


def _verdict(report: Report, style: Style) -> str:
    summary = report.summary
    counts = [f"{summary.mandatory} mandatory", f"{summary.advisory} advisory", f"{summary.undetermined} undetermined"]
    if summary.waived:
        counts.append(f"{summary.waived} waived")
    if summary.new:
        counts.append(f"{summary.new} new")
    if summary.fixed:
        counts.append(f"{summary.fixed} resolved")
    if not report.findings:
        return style(f"✓ nothing found: {connected(report)}", "green")
    return style(", ".join(counts), "bold")
