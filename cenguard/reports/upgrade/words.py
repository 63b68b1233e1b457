"""What the formats for people say of an upgrade: the verdict, tables, facts and steps."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from cenguard.findings.upgrade_answer import Costs, Fact, NewAttachment, PairBeforeAndAfter, Step, UpgradeAnswer
from cenguard.reports.places import called
from cenguard.reports.words import STATES, mbps
from cenguard.resources.urns import name_in_urn
from cenguard.text.printable import listed, number

FATES = {"kept": "kept", "idle": "idle: nothing draws on it", "too-small": "too small for what is drawn"}
STEP_WORDS = {True: "yes", False: "no", None: "not documented"}
_ZONES_NAMED = 3
"""Zones of a region that are named; more are counted."""


class Rows(msgspec.Struct, frozen=True):
    """A table."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Facts(msgspec.Struct, frozen=True):
    """Facts under a title; the first kind of them decides the exit status."""

    title: str
    facts: tuple[Fact, ...]
    stops: bool = False


def name(address: str) -> str:
    """What people call a resource: the last part of its URN; an id whole."""
    return name_in_urn(address)


def verdict(answer: UpgradeAnswer) -> str:
    """The answer in one line."""
    lost = list(_lost(answer))
    size = f"{number(len(answer.routers), 'router')}, {number(len(answer.attachments), 'attachment')}, {number(len(answer.peers), 'peer')}"
    if lost:
        return (
            f"{name(answer.instance)} on Enterprise Edition ({size}) does not carry all that it carries today: {', '.join(lost)}"
        )
    return f"{name(answer.instance)} on Enterprise Edition ({size}) carries what it carries today"


def _lost(answer: UpgradeAnswer) -> Iterable[str]:
    if answer.stops:
        yield f"{number(len(answer.stops), 'thing')} {'stops' if len(answer.stops) == 1 else 'stop'}"
    changed = [pair for pair in answer.pairs if pair.mbps != pair.mbps_before]
    if changed:
        yield f"{number(len(changed), 'pair')} of regions with other Mbps"
    unknown = [peer for peer in answer.peers if peer.mbps is None]
    if unknown:
        yield f"{number(len(unknown), 'peer')} of unknown Mbps"
    small = [item for item in answer.packages if item.fate == "too-small"]
    if small:
        yield f"{number(len(small), 'package')} too small"
    if answer.networks:
        yield f"{number(len(answer.networks), 'pair')} of networks otherwise than before"
    if answer.result.mandatory:
        yield f"{number(answer.result.mandatory, 'mandatory finding')} in the new network"


def tables(answer: UpgradeAnswer) -> list[Rows]:
    """The tables, none of them empty; networks of one name in two stacks are told apart."""
    addresses = [*(item.network for item in answer.attachments), *(item.package for item in answer.packages)]
    addresses += [address for item in answer.networks for address in (item.from_, item.to)]
    names = called(
        [*addresses, *(peer.package for peer in answer.peers if peer.package), *(item.from_ for item in answer.carried)]
    )
    found = [
        Rows("Routers and attachments", ("region", "VPC", "VBR", "CCN", "zones"), tuple(_regions(answer, names))),
        Rows(
            "Peers",
            ("regions", "Mbps", "paid by"),
            tuple(
                (
                    " – ".join(peer.regions),
                    mbps(peer.mbps),
                    "traffic"
                    if peer.billing == "traffic"
                    else names[peer.package]
                    if peer.package
                    else "a package that is not known",
                )
                for peer in answer.peers
            ),
        ),
        Rows(
            "Packages",
            ("package", "areas", "Mbps", "drawn today", "then"),
            tuple(
                (names[item.package], areas(item.area_pair), mbps(item.mbps), mbps(item.drawn), FATES[item.fate])
                for item in answer.packages
            ),
        ),
        Rows(
            "Pairs of regions that change",
            ("regions", "today", "then"),
            tuple((" – ".join(pair.regions), before(pair), after(pair)) for pair in answer.pairs if _changes(pair)),
        ),
        Rows(
            "Pairs of networks that change",
            ("from", "to", "today", "then"),
            tuple((names[item.from_], names[item.to], item.before, item.after) for item in answer.networks),
        ),
        Rows(
            "Carried over",
            ("what", "today", "then"),
            tuple((item.what, names[item.from_], item.to) for item in answer.carried),
        ),
        Rows(
            "Taken over by the program",
            ("type", "name", "id"),
            tuple((item.type, item.name, item.id) for item in answer.imports),
        ),
    ]
    return [item for item in found if item.rows]


def _regions(answer: UpgradeAnswer, names: Mapping[str, str]) -> Iterable[tuple[str, ...]]:
    by_region: dict[str, list[NewAttachment]] = {item.region: [] for item in answer.routers}
    for item in answer.attachments:
        by_region.setdefault(item.region, []).append(item)
    for region, items in sorted(by_region.items()):
        open_ones = [names[item.network] for item in items if item.zones is None]
        chosen = sorted({zone for item in items for zone in item.zones or ()})
        zones = ", ".join(chosen) if len(chosen) <= _ZONES_NAMED else number(len(chosen), "zone")
        left = f"not known of {listed(open_ones)}" if open_ones else ""
        kinds = (str(sum(item.kind == kind for item in items) or "") for kind in ("VPC", "VBR", "CCN"))
        yield (region, *kinds, "; ".join(filter(None, (zones, left))))


def _changes(pair: PairBeforeAndAfter) -> bool:
    return pair.mbps != pair.mbps_before or (pair.disposition_before != pair.disposition and before(pair) != after(pair))


def before(pair: PairBeforeAndAfter) -> str:
    """What connects a pair today."""
    return _state(pair.disposition_before, pair.mbps_before)


def after(pair: PairBeforeAndAfter) -> str:
    """What will connect it: without a peer there is no test bandwidth."""
    return _state(pair.disposition, pair.mbps).replace("1 Kbps", "no connection")


def _state(disposition: str, carried: float | None) -> str:
    return f"{mbps(carried)}, {STATES[disposition]}" if carried is not None else STATES[disposition]


def areas(pair: tuple[str, str] | None) -> str:
    """An area pair for people."""
    return "/".join(pair) if pair else "not known"


def facts(answer: UpgradeAnswer) -> list[Facts]:
    """What is known, by what it means for the reader."""
    found = [
        Facts("Stops", answer.stops, stops=True),
        Facts("Changes", answer.changes),
        Facts("Not known", answer.unknown),
        Facts("Staying on Basic Edition", answer.staying),
    ]
    return [item for item in found if item.facts]


def about(fact: Fact) -> str:
    """What a fact is about, in names; those of one name in two stacks are told apart."""
    names = called(fact.about)
    return listed(names[address] for address in fact.about)


def source(fact: Fact) -> str:
    """Where a fact stands; empty where its own words say that it is not documented, or it is one of the input."""
    if fact.source is None:
        return ""
    return f"{fact.source} ({fact.date})" if fact.date else fact.source


def step_note(step: Step) -> str:
    """What a step means for traffic, and whether it can be taken back."""
    return f"interrupts: {STEP_WORDS[step.interrupts]}; can be taken back: {STEP_WORDS[step.reversible]}"


def costs(found: Costs) -> list[str]:
    """What it costs, a line each."""
    lines = [
        f"{found.connections:,} connection{'s' * (found.connections != 1)}, {found.connection_hours:,} connection hours a month; GB are charged besides"
    ]
    if found.currency is None:
        return [*lines, "amounts: with your own prices in [prices] of the settings"]
    rows: Sequence[tuple[str, float | None]] = (
        ("packages kept", found.packages_kept),
        ("packages idle", found.packages_idle),
        ("packages kept and connection hours", found.amount),
    )
    return [*lines, *(f"{title}: {_money(amount, found.currency)}" for title, amount in rows)]


def _money(amount: float | None, currency: str) -> str:
    return "not known" if amount is None else f"{amount:,.2f} {currency} a month"


def result(answer: UpgradeAnswer) -> str:
    """What rules say of the new network."""
    found = answer.result
    said = f"{found.mandatory} mandatory, {found.advisory} advisory, {found.undetermined} undetermined"
    return f"checked: {said}"
