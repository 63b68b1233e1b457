"""What changed since an earlier report: packages bought, freed and expired, and pairs that newly stand at 1 Kbps."""

import datetime as dt
from collections.abc import Iterable, Sequence

from cenguard.findings.audited import AuditedPackage, AuditReport, LostPair, Since
from cenguard.fleet.verdicts import Verdict

_AT_TEST_BANDWIDTH = frozenset({"CEN201", "CEN206", "CEN207", "CEN218"})
"""Rules whose findings name pairs of regions that stand at the test bandwidth."""


def since_base(base: AuditReport, packages: Iterable[AuditedPackage], judged: Sequence[Verdict], today: dt.date) -> Since:
    """The difference to an earlier report.

    A package that is not there any more has expired where the last day that was known of it is over; else it was freed. One
    that is still in a state has expired where its day is over, and was not when the earlier report was made.
    """
    now = {item.id: item for item in packages}
    before = {item.id: item for item in base.packages}
    gone = [item for name, item in before.items() if name not in now]
    over = {item.id for item in gone if _is_over(item.expires, today)}
    stood = {
        (item.instance, pair)
        for item in base.findings
        if item.rule in _AT_TEST_BANDWIDTH and item.instance
        for pair in item.region_pairs
    }
    lost = sorted({pair for verdict in judged for pair in verdict.unconnected} - stood)
    return Since(
        bought=tuple(sorted(now.keys() - before.keys())),
        freed=tuple(sorted(item.id for item in gone if item.id not in over)),
        expired=tuple(sorted(over | {name for name, item in now.items() if name in before and _is_over(item.expires, today)})),
        lost=tuple(LostPair(instance, pair) for instance, pair in lost),
    )


def _is_over(day: str | None, today: dt.date) -> bool:
    return day is not None and dt.date.fromisoformat(day) < today
