"""The order in which people read findings."""

from collections.abc import Iterable

from cenguard.findings.report import ReportedFinding


def by_cause(findings: Iterable[ReportedFinding]) -> list[ReportedFinding]:
    """All mandatory findings, then the others; in each, those of one instance and area pair together, the cause first.

    Rules are numbered in the order of causes.
    """
    items = list(findings)
    first: dict[tuple[bool, tuple[str, ...]], int] = {}
    for index, item in enumerate(items):
        first.setdefault(_group(item), index)
    return sorted(items, key=lambda item: (_group(item)[0], first[_group(item)], item.rule, item.urn or "", item.message))


def _group(item: ReportedFinding) -> tuple[bool, tuple[str, ...]]:
    return (item.level != "mandatory", _place(item))


def _place(item: ReportedFinding) -> tuple[str, ...]:
    """What findings are shown together by: instance and area pair; a finding without them stands alone."""
    return (item.instance or item.urn or item.rule, *(item.area_pair or ()))
