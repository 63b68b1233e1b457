"""CEN907: an inventory is too old, and what rests on it alone is not certain any more. A gate does not open by itself."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import structs

from cenguard.findings.report import ReportedFinding
from cenguard.judging.base import NEW, UNCHANGED
from cenguard.judging.run_rules import STALE
from cenguard.judging.tool_findings import STALE_INVENTORY, advice, as_set, tool_finding
from cenguard.network import Network
from cenguard.rules.evidence import listed
from cenguard.rules.rule import Rule
from cenguard.settings.model import Settings


class Old(NamedTuple):
    """Inventories that are too old, on which something rests."""

    names: tuple[str, ...]
    """The files."""
    taken: dt.date
    """The oldest day of them."""
    today: dt.date
    days: int
    """How many days an inventory counts as fresh."""
    weakened: frozenset[str]
    """Fingerprints of the findings that are advisory for them."""


def about_inventories(
    network: Network, findings: Sequence[ReportedFinding], rules: Iterable[Rule], settings: Settings, *, compares: bool = False
) -> list[ReportedFinding]:
    """What is to be said of inventories that are too old: nothing where nothing rests on them.

    `compares` is whether findings are new or unchanged here. `findings` are those of the check, waived or not; as long as one
    that is not waived would be mandatory with a fresh inventory, this is mandatory too.
    """
    old = old_inventories(network, rules, settings)
    return about_old(old, findings, settings, compares=compares) if old is not None else []


def old_inventories(network: Network, rules: Iterable[Rule], settings: Settings) -> Old | None:
    """The inventories of a network that are too old; None where nothing rests on them."""
    stale = STALE.get(network)
    if stale is None or not stale.matters(network, rules, settings):
        return None
    return Old(stale.names, stale.taken, stale.today, stale.days, frozenset(stale.weakened))


def about_old(
    old: Old, findings: Iterable[ReportedFinding], settings: Settings, *, compares: bool = False
) -> list[ReportedFinding]:
    """What is to be said of them, as above."""
    weakened = [item for item in findings if item.fingerprint in old.weakened]
    waiting = [item for item in weakened if item.waived_by is None]
    several = len(old.names) > 1
    age = (
        f"{listed(old.names) or 'An inventory'} {'were' if several else 'was'} taken {old.taken}{' or later' if several else ''}, "
        f"more than {old.days} days before {old.today}, so what rests on {'them' if several else 'it'} alone is not certain"
    )
    if not waiting:
        tail = "what would be mandatory with a fresh one is waived" if weakened else "pairs or advice of this check do"
        found = advice(STALE_INVENTORY, f"{age}: {tail}.", _named(weakened))
        return as_set([structs.replace(found, change=UNCHANGED) if compares else found], settings)
    found = tool_finding(
        STALE_INVENTORY,
        f"{age}. With a fresh one {listed(map(_name, waiting))} would be mandatory.",
        _named(weakened),
        fix="Take the inventory again, with `cenguard inventory`, and check again.",
    )
    if compares:
        found = structs.replace(found, change=NEW if any(item.change == NEW for item in waiting) else UNCHANGED)
    return as_set([found], settings)


def _name(item: ReportedFinding) -> str:
    about = item.resource or item.instance
    pair = f", {'/'.join(item.area_pair)}" if item.area_pair else ""
    return f"{item.rule} ({about}{pair})" if about else item.rule


def _named(weakened: Iterable[ReportedFinding]) -> tuple[str, ...]:
    return tuple(f"weakened: {_name(item)}{f', waived by {item.waived_by}' if item.waived_by else ''}" for item in weakened)
