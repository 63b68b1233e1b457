"""What changed since an earlier report: packages bought, freed and expired, and pairs that newly have no Mbps.

Only what both reports looked at is compared: a state that one of them could not read tells nothing of what it holds.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from cenguard.findings import Verdict as Judgement
from cenguard.findings.audited import AuditedFinding, AuditedInstance, AuditedPackage, AuditReport, LostPair, Since, UnreadState
from cenguard.fleet.verdicts import Verdict
from cenguard.network.connectivity import UNCONNECTED
from cenguard.text.printable import listed, number

_AT_TEST_BANDWIDTH = frozenset({"CEN201", "CEN206", "CEN207", "CEN218"})
"""Rules whose findings name pairs of regions that stand at the test bandwidth."""
_NEAR_EXPIRY = "CEN412"
_CHECKED = re.compile(r"\bchecked on (\d{4}-\d\d-\d\d)\b")


def since_base(
    base: AuditReport,
    roots: Sequence[str],
    unread: Iterable[UnreadState],
    packages: Iterable[AuditedPackage],
    judged: Sequence[Verdict],
    today: dt.date,
) -> tuple[Since, list[str]]:
    """The difference to an earlier report, and in sentences what cannot be compared.

    A package that is not there any more has expired where the last day that was known of it is over; else it was freed. One
    that is still in a state has expired where its day is over, and was not when the earlier report was made. Neither is said of
    what a state holds that is not read now, and nothing is bought that may have stood in a state which was not read then.
    """
    now = {item.id: item for item in packages}
    before = {item.id: item for item in base.packages}
    missed_now = {item.url for item in unread}
    missed_then = {item.url for item in base.unread}
    gone = {name for name, item in before.items() if name not in now and missed_now.isdisjoint(item.stacks)}
    over = {name for name in gone if _is_over(before[name].expires, today)}
    made = _day_of(base)
    then = made if made is not None and made <= today else None
    told = base.since.expired if base.since is not None else ()
    over |= {
        name
        for name, item in now.items()
        if name in before
        and _is_over(item.expires, today)
        and not (item.expires == before[name].expires and (name in told or (then is not None and _is_over(item.expires, then))))
    }
    new = {name for name, item in now.items() if name not in before and missed_then.isdisjoint(item.stacks)}
    hidden = (before.keys() - now.keys() - gone) | (now.keys() - before.keys() - new)
    lost, doubted = _lost(base, judged, missed_now, missed_then)
    since = Since(
        bought=tuple(sorted(new)),
        freed=tuple(sorted(gone - over)),
        expired=tuple(sorted(over)),
        lost=tuple(LostPair(instance, pair) for instance, pair in lost),
    )
    remarks = list(_remarks(base.roots, roots, sorted(hidden), doubted))
    if made is not None and made > today:
        remarks.append(f"the earlier report is not earlier: it was made on {made}, and this one is of {today}")
    return since, remarks


def _lost(
    base: AuditReport, judged: Sequence[Verdict], missed_now: set[str], missed_then: set[str]
) -> tuple[list[tuple[str, tuple[str, str]]], list[str]]:
    """Pairs that have no Mbps and had some; and the instances of which that cannot be said, of some pairs at least."""
    stood, asked = _named(base.findings)
    _, open_now = _named(item for verdict in judged for item in verdict.findings)
    stacks_now = {item.instance: item.stacks for verdict in judged for item in verdict.instances}
    before = {item.instance: item for item in base.instances}
    candidates: dict[str, set[tuple[str, str]]] = {}
    doubted: set[str] = set()
    for verdict in judged:
        for instance, pair in verdict.unconnected:
            if pair in stood.get(instance, ()):
                continue
            if pair in asked.get(instance, ()):
                if pair not in open_now.get(instance, ()):  # it is certain now, and what it was is not known
                    doubted.add(instance)
            else:
                candidates.setdefault(instance, set()).add(pair)
    for name in sorted(candidates):
        earlier = before.get(name)
        unread = not missed_now.isdisjoint(earlier.stacks if earlier else ()) or not missed_then.isdisjoint(
            stacks_now.get(name, ())
        )
        if unread or (earlier is not None and _count(earlier) > len(stood.get(name, set()) | asked.get(name, set()))):
            doubted.add(name)
            del candidates[name]
    return sorted((name, pair) for name, pairs in candidates.items() for pair in pairs), sorted(doubted)


def _named(findings: Iterable[AuditedFinding]) -> tuple[dict[str, set[tuple[str, str]]], dict[str, set[tuple[str, str]]]]:
    """Pairs by instance that findings name as those without Mbps, and those that they ask about."""
    stood: dict[str, set[tuple[str, str]]] = {}
    asked: dict[str, set[tuple[str, str]]] = {}
    for item in findings:
        if item.rule in _AT_TEST_BANDWIDTH and item.instance:
            known = stood if item.verdict == Judgement.VIOLATED else asked
            known.setdefault(item.instance, set()).update(item.region_pairs)
    return stood, asked


def _count(instance: AuditedInstance) -> int:
    """How many pairs of regions of an instance stood at the test bandwidth."""
    return sum(instance.pairs.get(item.value, 0) for item in UNCONNECTED)


def _remarks(then: Sequence[str], now: Sequence[str], packages: Sequence[str], instances: Sequence[str]) -> Iterator[str]:
    """What the comparison leaves out, and why."""
    if {root.rstrip("/") for root in then} != {root.rstrip("/") for root in now}:
        yield (
            f"the earlier report looked at {listed(sorted(then))}, and this one at {listed(sorted(now))}: "
            "what lies in one of them alone counts as bought or freed"
        )
    if packages:
        yield (
            f"{number(len(packages), 'package')} not counted as bought or freed, because a state that one of the two reports "
            f"could not read may hold or have held it: {listed(packages)}"
        )
    if instances:
        yield (
            f"whether more pairs than before have no Mbps is not known of {listed(instances)}: one of the two reports "
            "could not read a state of it, or the earlier one left the findings out that name them, or asked what some of them have"
        )


def _day_of(base: AuditReport) -> dt.date | None:
    """The day an earlier report was made on, as its findings about days of expiry tell it: nothing else in it does."""
    found = [_CHECKED.search(item.message) for item in base.findings if item.rule == _NEAR_EXPIRY]
    days = [match[1] for match in found if match is not None]
    try:
        return dt.date.fromisoformat(max(days)) if days else None
    except ValueError:
        return None


def _is_over(day: str | None, today: dt.date) -> bool:
    return day is not None and dt.date.fromisoformat(day) < today
