"""The overview for a chat or a ticket: a verdict, what is wrong by rule, which pairs have no Mbps, what comes up for renewal."""

from collections.abc import Sequence

from cenguard.findings.audited import Audit, AuditedPackage
from cenguard.reports.audit.words import (
    WITHOUT_MBPS,
    areas,
    by_rule,
    committed_text,
    grade,
    is_open,
    since_lines,
    verdict,
    without_mbps,
)
from cenguard.reports.markdown import NO_CEN, code, fitted_in_order, prose, text
from cenguard.reports.words import mbps

ROWS = 30
"""Rows of a table before the rest is counted."""
_SIGNS = {"mandatory": "❌", "advisory": "⚠️", "undetermined": "❔"}


def render(audit: Audit) -> str:
    """The overview; whole sections are left out where it would be too long for a comment."""
    report = audit.report
    worst = next((name for name in _SIGNS if any(is_open(item) and grade(item) == name for item in report.findings)), None)
    sign = _SIGNS[worst] if worst else "⚠️" if report.unread else "✅" if report.summary.with_cen else NO_CEN
    parts = [f"### {sign} cenguard audit: {text(verdict(audit))}", ", ".join(f"`{code(root)}`" for root in report.roots)]
    parts += map(prose, audit.remarks)
    if report.since is not None:
        rows = since_lines(report.since, everything=False)
        parts.append("**Since the earlier report**\n\n" + "\n".join(f"- {text(row)}" for row in rows[:ROWS]))
        if len(rows) > ROWS:
            parts[-1] += f"\n- … and {len(rows) - ROWS:,} more."
    parts += _table(
        "Findings by rule",
        ("", "rule", "findings", "stacks"),
        [
            (_SIGNS[level], f"{rule} {text(name)}", f"{count:,}", f"{stacks:,}")
            for rule, name, level, count, stacks in by_rule(report.findings)
        ],
    )
    worst_first = sorted(
        (item for item in report.stacks if item.mandatory or item.undetermined or item.advisory),
        key=lambda item: (-item.mandatory, -item.undetermined, -item.advisory),
    )
    parts += _table(
        "Stacks with findings",
        ("stack", "mandatory", "advisory", "undetermined"),
        [(f"`{code(item.url)}`", f"{item.mandatory}", f"{item.advisory}", f"{item.undetermined}") for item in worst_first],
    )
    low = sorted((item for item in report.instances if without_mbps(item)), key=lambda item: (-without_mbps(item), item.instance))
    parts += _table(
        f"Instances with pairs {WITHOUT_MBPS}",
        ("instance", "pairs without Mbps", "regions", "stacks"),
        [
            (f"`{code(item.instance)}`", f"{without_mbps(item)}", text(", ".join(item.regions)), f"{len(item.stacks)}")
            for item in low
        ],
    )
    ending = sorted((item for item in report.packages if item.expires), key=lambda item: (item.expires or "", item.id))
    parts += _table("Packages by expiry", ("package", "areas", "Mbps", "reserved", "expires"), list(map(_package, ending)))
    if report.committed:
        parts.append("**Up for renewal**\n\n" + "\n".join(f"- {text(committed_text(item))}" for item in report.committed[:ROWS]))
    parts += _table("Not read", ("state", "why"), [(f"`{code(item.url)}`", text(item.reason)) for item in report.unread])
    return fitted_in_order(parts, "the JSON and HTML reports")


def _package(item: AuditedPackage) -> tuple[str, ...]:
    reserved = mbps(item.drawn) if item.drawn is not None else "not known"
    return (f"`{code(item.id)}`", text(areas(item.area_pair)), mbps(item.mbps), reserved, item.expires or "")


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    if not rows:
        return []
    lines = [f"**{title}**", "", f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows[:ROWS]]
    if len(rows) > ROWS:
        lines += ["", f"… and {len(rows) - ROWS:,} more."]
    return ["\n".join(lines)]
