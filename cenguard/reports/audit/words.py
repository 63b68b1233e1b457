"""Words that several formats of an audit share."""

from collections.abc import Iterable

from cenguard.findings.audited import Audit, AuditedFinding, AuditedInstance, AuditedPackage, Committed, Since
from cenguard.network.dispositions import COVERED, UNCONNECTED
from cenguard.reports.words import STATES, TEST_BANDWIDTH, mbps
from cenguard.text.printable import listed, number


def is_open(finding: AuditedFinding) -> bool:
    """Whether nobody has waived it."""
    return finding.waived_by is None


def grade(finding: AuditedFinding) -> str:
    """How a finding counts: mandatory, advisory or undetermined."""
    return finding.level if finding.verdict == "violated" else "undetermined"


def verdict(audit: Audit) -> str:
    """The audit in one line."""
    summary = audit.report.summary
    found = [
        f"{count:,} {word}"
        for count, word in (
            (summary.mandatory, "mandatory"),
            (summary.advisory, "advisory"),
            (summary.undetermined, "undetermined"),
            (summary.waived, "waived"),
        )
        if count
    ]
    head = ", ".join(found) or ("nothing found" if summary.with_cen else "no CEN in any state")
    unread = f"; {number(summary.unread, 'state')} not read" if summary.unread else ""
    return f"{head}; {scope(audit)}{unread}"


def scope(audit: Audit) -> str:
    """What was looked at, in words."""
    summary = audit.report.summary
    return (
        f"{summary.stacks:,} stack{'s' * (summary.stacks != 1)}, {summary.with_cen:,} with a CEN, "
        f"{summary.instances:,} CEN instance{'s' * (summary.instances != 1)}"
    )


def without_mbps(instance: AuditedInstance) -> int:
    """Pairs of regions without Mbps: nothing but the test bandwidth joins them, or on Enterprise Edition nothing at all."""
    return sum(instance.pairs.get(item.value, 0) for item in UNCONNECTED)


def connected(instance: AuditedInstance) -> int:
    """Pairs of regions that have Mbps; whether routes lead over them is not counted."""
    return sum(instance.pairs.get(item.value, 0) for item in COVERED)


def by_state(instance: AuditedInstance) -> str:
    """Every pair of regions by what it has; what one without Mbps gets hangs on its edition."""
    return ", ".join(
        f"{count} {STATES.get(name, name).removesuffix(f': {TEST_BANDWIDTH}')}" for name, count in instance.pairs.items()
    )


WITHOUT_MBPS = "without Mbps: 1 Kbps, or on Enterprise Edition no connection"
"""What the number of those pairs means."""


def areas(pair: tuple[str, str] | None) -> str:
    """An area pair for people."""
    return "/".join(pair) if pair else "not known"


def package_text(item: AuditedPackage) -> str:
    """A package in a line: what it holds, what is reserved of it, and until when."""
    until = f", until {item.expires}" if item.expires else ""
    reserved = mbps(item.drawn) if item.drawn is not None else "an unknown number of Mbps"
    held = f"{mbps(item.mbps)} {areas(item.area_pair)}" if item.area_pair else f"{mbps(item.mbps)}, areas not known"
    return f"{item.id}: {held}, {reserved} reserved{until}"


def since_lines(since: Since, *, everything: bool = True) -> list[str]:
    """What changed since the earlier report, a line each: every package by its id, or the first few."""
    lines = [
        f"{word}: {number(len(ids), 'package')}, {', '.join(ids) if everything else listed(ids, joint=', ')}"
        for word, ids in (("bought", since.bought), ("freed", since.freed), ("expired", since.expired))
        if ids
    ]
    lines += [f"newly without Mbps: {item.instance}, {' – '.join(item.regions)}" for item in since.lost]
    return lines or ["nothing bought, freed or expired, and no pair newly without Mbps"]


def committed_text(item: Committed) -> str:
    """What comes up for renewal in a month."""
    amount = f", {item.amount:,.2f} {item.currency}" if item.amount is not None else ""
    return f"{item.month}: {mbps(item.mbps)}{amount}"


def by_rule(findings: Iterable[AuditedFinding]) -> list[tuple[str, str, str, int, int]]:
    """Open findings by rule and grade: code, name, grade, how many, and in how many stacks; the worst first."""
    order = ("mandatory", "advisory", "undetermined")
    found: dict[tuple[int, str, str], list[AuditedFinding]] = {}
    for item in findings:
        if is_open(item):
            found.setdefault((order.index(grade(item)), item.rule, item.name), []).append(item)
    return [
        (rule, name, order[place], len(items), len({item.stack for item in items if item.stack}))
        for (place, rule, name), items in sorted(found.items())
    ]
