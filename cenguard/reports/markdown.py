"""The comment on a pull request: a verdict, the pairs that change, what merging buys, new findings; the rest folded.

Nothing at all where the change does not touch the network. The first line is a marker that names the stacks, so that a
newer run replaces an older comment and the comments of two stacks stay apart.
Limits: a comment of GitHub holds 65,536 characters, a note of GitLab 1,000,000. Whole blocks are left out, never cut.
"""

import re
from collections.abc import Iterable, Sequence

from cenguard.findings.report import Report, ReportedFinding, ReportedPair
from cenguard.network.dispositions import COVERED
from cenguard.reports.lines import inert
from cenguard.reports.order import by_cause
from cenguard.reports.places import file_of, source_name, stack_name
from cenguard.reports.words import (
    attached,
    before,
    changes,
    grade,
    hangs_on,
    is_address,
    is_open,
    paid_by_traffic,
    purchase,
    remarks,
    state,
    verdict,
)
from cenguard.text.printable import number, printable, printable_lines

LIMIT = 60_000
"""Characters of a comment: below GitHub's 65,536, with room for what a workflow adds."""
ROWS = 40
"""Rows of a table before the rest is counted."""
_MARKS = {"mandatory": "❌", "advisory": "⚠️", "undetermined": "❔"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$])")
# A line that begins with a slash is a quick action of GitLab, which closes or merges.
_LEADING = re.compile(r"^([-+=:/]|\d+(?=[.)]))")
_ZERO = "\u200b"


def render(report: Report) -> str:
    """The comment; empty where the change does not touch the network."""
    if not touches(report):
        return ""
    parts = [marker(report), f"### {_symbol(report)} cenguard: {text(verdict(report))}", _where(report)]
    parts += [f"> {text(remark)}" for remark in remarks(report)]
    parts += _changed_pairs(report)
    parts += _purchases(report)
    parts += _traffic(report)
    fresh, rest = _split(report)
    blocks = [_finding(report, item) for item in by_cause(fresh)]
    tail = [*_resolved(report), *_questions(report), *_folded(report, rest), *_all_pairs(report)]
    return _fitted(parts, blocks, tail)


def marker(report: Report) -> str:
    """What a workflow finds an older comment by."""
    names = sorted(source_name(source) for source in report.sources)
    return f"<!-- cenguard: {_plain(', '.join(names))} -->"


def touches(report: Report) -> bool:
    """Whether there is anything to say of the change."""
    if report.summary.new is None:
        return bool(report.findings or report.pairs or report.purchases or report.traffic)
    return bool(
        report.purchases
        or report.traffic
        or report.fixed
        or any(item.change != "unchanged" for item in report.findings)
        or any(changes(report, pair) for pair in report.pairs)
    )


def _symbol(report: Report) -> str:
    grades = {"mandatory" if item.level == "mandatory" else grade(item) for item in report.findings if is_open(item)}
    return next((_MARKS[name] for name in _MARKS if name in grades), "✅")


def _where(report: Report) -> str:
    names = ", ".join(f"`{code(source_name(source))}`" for source in report.sources)
    return f"{names}; without a package a pair of regions has the 1 Kbps test bandwidth."


def _split(report: Report) -> tuple[list[ReportedFinding], list[ReportedFinding]]:
    """Findings to show, and those to fold: what stood before, what is waived; questions are shown in one line each."""
    certain = [item for item in report.findings if item.verdict == "violated" or item.level == "mandatory"]
    fresh = [item for item in certain if is_open(item) and item.change != "unchanged"]
    shown = {id(item) for item in fresh}
    return fresh, [item for item in certain if id(item) not in shown]


def _changed_pairs(report: Report) -> list[str]:
    moved = [pair for pair in report.pairs if changes(report, pair)]
    if not moved:
        return []
    rows = [f"| {_pair(pair)} | {before(pair)} | {text(state(pair))} |" for pair in moved[:ROWS]]
    return ["| pair | before | after |\n|---|---|---|\n" + "\n".join(rows) + _more(len(moved) - ROWS, "pairs change")]


def _pair(pair: ReportedPair) -> str:
    sign = "🟢" if pair.disposition in COVERED else "🔵" if pair.disposition == "undetermined" else "🔴"
    return f"{sign} {text(' – '.join(pair.regions))}"


def _purchases(report: Report) -> list[str]:
    if not report.purchases:
        return []
    rows = [f"- {text(purchase(item))} (`{code(item.urn.rpartition('::')[2])}`)" for item in report.purchases[:ROWS]]
    return ["**Merging buys**\n\n" + "\n".join(rows) + _more(len(report.purchases) - ROWS, "packages")]


def _traffic(report: Report) -> list[str]:
    if not report.traffic:
        return []
    rows = [f"- {text(paid_by_traffic(item))} (`{code(item.urn.rpartition('::')[2])}`)" for item in report.traffic[:ROWS]]
    return ["**Merging adds bandwidth paid by traffic**\n\n" + "\n".join(rows) + _more(len(report.traffic) - ROWS, "peers")]


def _finding(report: Report, item: ReportedFinding) -> str:
    path = file_of(report, item)
    line = f" `{code(path)}:{item.location.line}`" if path and item.location else ""
    stack = stack_name(item.urn) if len(report.sources) > 1 else ""
    page = f"[{item.rule}]({item.help})" if is_address(item.help) else item.rule
    head = f"{_MARKS[grade(item)]} **{page} {text(item.name)}**{line}{f' in `{code(stack)}`' if stack else ''}"
    parts = [f"{head}\n\n{text(item.message)}"]
    if item.because:
        parts.append("\n".join(f"- {text(step)}" for step in item.because))
    if item.fix:
        parts.append(f"Fix: {text(item.fix.summary)}")
        if item.fix.python:
            parts.append(_fenced(item.fix.python))
    return "\n\n".join(parts)


def _resolved(report: Report) -> list[str]:
    rows = [f"- ✅ resolved: {item.rule} {text(item.message)}" for item in report.fixed[:ROWS]]
    return ["\n".join(rows) + _more(len(report.fixed) - ROWS, "resolved")] if rows else []


def _questions(report: Report) -> list[str]:
    """One line for each value that something hangs on."""
    open_items = {
        item.fingerprint: item
        for item in report.findings
        if item.verdict == "undetermined" and item.level != "mandatory" and is_open(item)
    }
    if not open_items:
        return []
    rows: list[str] = []
    said: set[str] = set()
    for blocker, names in (report.blockers or {}).items():
        items = [open_items[name] for name in names if name in open_items]
        if items:
            said.update(item.fingerprint for item in items)
            rows.append(_question(blocker, items))
    rows += [_question(hangs_on(item), [item]) for name, item in open_items.items() if name not in said]
    title = f"{len(open_items)} undetermined"
    return [_details(title, "\n".join(rows[:ROWS]) + _more(len(rows) - ROWS, "questions"))]


def _question(blocker: str, items: Sequence[ReportedFinding]) -> str:
    codes = ", ".join(sorted({item.rule for item in items}))
    return f"- {_MARKS['undetermined']} {text(blocker)} ({codes}, {number(len(items), 'question')})"


def _folded(report: Report, items: Iterable[ReportedFinding]) -> list[str]:
    rows = []
    for item in items:
        path = file_of(report, item)
        line = f" `{code(path)}:{item.location.line}`" if path and item.location else ""
        note = f" (waived: {text(item.waived_by)})" if item.waived_by is not None else ""
        rows.append(f"- {_MARKS[grade(item)]} {item.rule}{line} {text(item.message)}{note}")
    if not rows:
        return []
    return [_details(f"{len(rows)} not of this change", "\n".join(rows[:ROWS]) + _more(len(rows) - ROWS, "findings"))]


def _all_pairs(report: Report) -> list[str]:
    if not attached(report):
        return []
    worst = sorted(attached(report), key=lambda pair: (pair.disposition in COVERED, pair.instance, pair.regions))
    rows = [f"| {_pair(pair)} | `{code(pair.instance.rpartition('::')[2])}` | {text(state(pair))} |" for pair in worst[:ROWS]]
    table = "| pair | instance | |\n|---|---|---|\n" + "\n".join(rows) + _more(len(worst) - ROWS, "pairs")
    return [_details(f"{number(len(worst), 'pair')} of regions", table)]


def _details(title: str, body: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def _more(count: int, what: str) -> str:
    return f"\n\n… and {count} more {what}" if count > 0 else ""


def _fitted(parts: Sequence[str], blocks: Sequence[str], tail: Sequence[str]) -> str:
    """As many blocks as fit, the marker and the verdict always."""
    text = list(parts[:2])
    size = sum(len(part) + 2 for part in text)
    left_out = 0
    for block in (*parts[2:], *blocks, *tail):
        if size + len(block) + 2 > LIMIT:
            left_out += 1
            continue
        text.append(block)
        size += len(block) + 2
    if left_out:
        text.append(f"… {number(left_out, 'part')} left out for length: the job's log has the whole report.")
    return "\n\n".join(text) + "\n"


def text(text: str) -> str:
    """Text of the input that can be no markup, no mention, no issue reference and no address."""
    one_line = " ".join(printable(text).split())
    escaped = _SPECIAL.sub(r"\\\1", one_line.replace("&", "&amp;")).replace("\\<", "&lt;").replace("\\>", "&gt;")
    for mark in ("@", "\\#", "://", "www."):
        escaped = escaped.replace(mark, mark[:-1] + _ZERO + mark[-1] if len(mark) > 2 else mark + _ZERO)
    return _LEADING.sub(lambda match: f"{match[1]}{_ZERO}" if match[1].isdecimal() else f"\\{match[1]}", escaped)


def code(text: str) -> str:
    """Text inside a code span."""
    return " ".join(printable(text).split()).replace("`", "'").replace("|", "¦")


def _plain(text: str) -> str:
    """Text inside an HTML comment."""
    return re.sub(r"[^\w./, :+-]", "_", text).replace("--", "__")


def _fenced(code: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    lines = map(inert, printable_lines(code.rstrip()).split("\n"))
    return "\n".join([f"{fence}python", *lines, fence])
