"""The order in which people read findings: what stops a deployment first, a cause before what falls with it, nothing twice."""

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from cenguard.findings.report import ReportedFinding

_HINT = re.compile(r" If other stacks attach to .+? or buy for it, name it in the setting `shared`\.")
"""The way out that every absence on an instance names (`rules.rule.shared_hint`)."""


class Cause(NamedTuple):
    """A finding, and those that its fix takes away too."""

    finding: ReportedFinding
    falls: tuple[ReportedFinding, ...] = ()


class Once:
    """What a report has said already: evidence that several findings rest on is shown with the first."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def steps(self, steps: Sequence[str], most: int | None = None) -> tuple[list[str], int, list[str], int]:
        """The steps to show: those that are new; with `most`, only where they begin and end.

        Returns the first ones, how many are left out after them, the last ones, and how many were shown before.
        """
        fresh = [step for step in steps if step not in self._said]
        before = len(steps) - len(fresh)
        if most is None or len(fresh) <= most + 1:
            first, last = fresh, fresh[:0]
        else:  # the regions in between are alike
            first, last = fresh[: most // 2], fresh[len(fresh) - most + most // 2 :]
        self._said.update(first, last)
        return first, len(fresh) - len(first) - len(last), last, before

    def message(self, text: str) -> str:
        """A message without the hint that was given before."""
        match = _HINT.search(text)
        if match is None:
            return text
        if match[0] in self._said:
            return text.replace(match[0], "")
        self._said.add(match[0])
        return text


def causes(findings: Iterable[ReportedFinding]) -> list[Cause]:
    """Findings in order, those that fall with the fix of another one under that; never a mandatory one under one that is not."""
    items = by_cause(findings)
    by_print = {item.fingerprint: item for item in reversed(items)}
    falls: dict[str, list[ReportedFinding]] = {}
    roots: list[ReportedFinding] = []
    for item in items:
        cause = by_print.get(item.fix.with_) if item.fix is not None and item.fix.with_ is not None else None
        if cause is None or cause is item or (item.level == "mandatory") > (cause.level == "mandatory") or _falls(cause):
            roots.append(item)
        else:
            falls.setdefault(cause.fingerprint, []).append(item)
    return [Cause(item, tuple(falls.pop(item.fingerprint, ()))) for item in roots]


def _falls(item: ReportedFinding) -> bool:
    return item.fix is not None and item.fix.with_ is not None


def by_cause(findings: Iterable[ReportedFinding]) -> list[ReportedFinding]:
    """All mandatory findings, then the others; in each, those of one instance and area pair together, the cause first.

    Rules are numbered in the order of causes.
    """
    first: dict[tuple[bool, tuple[str, ...]], int] = {}
    found: list[tuple[tuple[bool, int, str, str, str], ReportedFinding]] = []
    for index, item in enumerate(findings):
        group = _group(item)
        place = first.setdefault(group, index)
        found.append(((group[0], place, item.rule, item.urn or "", item.message), item))
    found.sort(key=itemgetter(0))
    return [item for _, item in found]


def _group(item: ReportedFinding) -> tuple[bool, tuple[str, ...]]:
    return (item.level != "mandatory", _place(item))


def _place(item: ReportedFinding) -> tuple[str, ...]:
    """What findings are shown together by: instance and area pair; a finding without them stands alone."""
    return (item.instance or item.urn or item.rule, *(item.area_pair or ()))
