"""The overview that a person reads in a terminal."""

from collections.abc import Callable, Sequence

from cenguard.findings.audited import Audit, AuditedFinding
from cenguard.reports.audit.words import (
    WITHOUT_MBPS,
    by_rule,
    committed_text,
    connected,
    grade,
    is_open,
    package_text,
    since_lines,
    verdict,
    without_mbps,
)
from cenguard.reports.lines import inert, wrapped
from cenguard.text.printable import number, printable

Style = Callable[[str, str], str]
SHOWN = 20
"""Rows of each list before the rest is counted; --verbose lists all."""
_MARKS = {"mandatory": ("✗", "red"), "advisory": ("!", "yellow"), "undetermined": ("?", "cyan")}


def plain(text: str, _style: str) -> str:
    """No colour."""
    return text


def render(audit: Audit, *, style: Style = plain, verbose: bool = False, quiet: bool = False) -> str:
    """The overview as text; `style` colours a piece of it by name."""
    report = audit.report
    parts: list[str] = []
    if not quiet:
        parts += [f"{', '.join(map(printable, report.roots))}: areas {printable(report.catalogue)}"]
        for remark in audit.remarks:
            parts += wrapped(remark, "    ", "      ")
        parts.append("")
    certain = [item for item in report.findings if is_open(item) and (item.verdict == "violated" or item.level == "mandatory")]
    certain.sort(key=lambda item: item.level != "mandatory")
    shown = certain if verbose else certain[:SHOWN]
    for item in shown:
        parts += [*_finding(item, style), ""]
    parts += _rest(len(certain) - len(shown), "finding")
    if not quiet:
        parts += _rules(audit, style)
        parts += _rows("not read", [f"{item.url}: {item.reason}" for item in report.unread], style, verbose=verbose)
        low = [
            f"{item.instance}: {number(without_mbps(item), 'pair')} of regions without Mbps, {connected(item)} with"
            for item in report.instances
            if without_mbps(item)
        ]
        parts += _rows(f"instances with pairs {WITHOUT_MBPS}", low, style, verbose=verbose)
        parts += _rows("bandwidth packages", list(map(package_text, report.packages)), style, verbose=verbose)
        parts += _rows("up for renewal", list(map(committed_text, report.committed)), style, verbose=verbose)
        if report.since is not None:
            parts += _rows("since the earlier report", since_lines(report.since, everything=verbose), style, verbose=verbose)
    parts.append(style(verdict(audit), "bold"))
    return "\n".join(inert(line) for line in parts) + "\n"


def _finding(item: AuditedFinding, style: Style) -> list[str]:
    mark, colour = _MARKS[grade(item)]
    title = style(printable(f"{item.rule} {item.name}"), "bold")
    lines = [f"{style(mark, colour)} {title} [{item.level}]"]
    place = " · ".join(map(printable, filter(None, (item.stack, item.instance))))
    if place:
        lines += wrapped(place, "    ")
    lines += wrapped(item.message, "    ")
    if item.fix:
        lines += wrapped(f"fix: {item.fix.summary}", "    ")
    return lines


def _rules(audit: Audit, style: Style) -> list[str]:
    rows = [
        f"{rule} {name} [{level}]: {count:,}" + (f" in {stacks:,} stack{'s' * (stacks != 1)}" if stacks else "")
        for rule, name, level, count, stacks in by_rule(audit.report.findings)
    ]
    return _rows("findings by rule", rows, style, verbose=True)


def _rows(title: str, rows: Sequence[str], style: Style, *, verbose: bool) -> list[str]:
    if not rows:
        return []
    shown = rows if verbose else rows[:SHOWN]
    lines = [style(title, "bold")]
    for row in shown:
        lines += wrapped(printable(row), "    ", "      ")
    return [*lines, *(f"    {text}" for text in _rest(len(rows) - len(shown), "row")), ""]


def _rest(count: int, what: str) -> list[str]:
    return [f"... and {count:,} more {what}{'s' * (count != 1)} (--verbose lists all)"] if count > 0 else []
