"""Rules asked about a network: what they say, at which level, and which of them failed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from cenguard.findings import Finding, Fix, Level, Verdict
from cenguard.geography.areas import AreaPair
from cenguard.network import Blocker, Network
from cenguard.rules.rule import Rule
from cenguard.settings.model import Settings

STALE = "without old inventories"
"""What a network is derived by, that leaves out inventories that are too old."""


@dataclass(frozen=True, slots=True)
class Said:
    """A finding together with the rule that says it."""

    rule: Rule
    finding: Finding
    level: Level
    note: str = ""
    """Why it is milder than it would be."""


def run_rules(
    network: Network, rules: Iterable[Rule], settings: Settings
) -> tuple[list[Said], list[tuple[str, tuple[str, ...]]]]:
    """What the rules say, each with its level, and the rules that raised."""
    if network.alternatives:
        return _in_every_network(network, tuple(rules), settings)
    said: list[Said] = []
    failures: list[tuple[str, tuple[str, ...]]] = []
    rules = tuple(rules)
    for rule in rules:
        if settings.levels.get(rule.code) is Level.DISABLED:
            continue
        try:
            for finding in rule.findings(network, settings.options):
                level = level_of(rule, finding, settings)
                if level is not Level.DISABLED:
                    said.append(Said(rule, finding, level))
        except Exception as error:  # noqa: BLE001 - one broken rule must not hide the others
            from traceback import extract_tb

            frame = extract_tb(error.__traceback__)[-1]
            message = f"Rule {rule.code} {rule.name} failed: {type(error).__name__}. The other rules did answer."
            failures.append((message, (f"{frame.filename}:{frame.lineno} in {frame.name}",)))
    if STALE in network.derived and any(_is_certain(item) for item in said):
        said = _without_what_is_old(said, network, rules, settings)
    if network.left_out:
        from cenguard.judging.left_out import naming_what_is_left_out

        said = [replace(item, finding=naming_what_is_left_out(item.rule.code, item.finding, network.left_out)) for item in said]
    return said, failures


def _in_every_network(
    network: Network, rules: tuple[Rule, ...], settings: Settings
) -> tuple[list[Said], list[tuple[str, tuple[str, ...]]]]:
    """What the rules say of every network that there may be is certain; what they say of some is a question."""
    failures: dict[tuple[str, tuple[str, ...]], None] = {}
    told: list[tuple[tuple[Blocker, ...], dict[_Identity, Said]]] = []
    for alternative in network.alternatives:
        said, failed = run_rules(alternative.network, rules, settings)
        failures.update(dict.fromkeys(failed))
        told.append((alternative.blockers, {_identity(item): item for item in said}))
    found = []
    for name in dict.fromkeys(name for _, items in told for name in items):
        each = [items.get(name) for _, items in told]
        first = next(item for item in each if item is not None)
        if all(item is not None and item.finding.verdict is Verdict.VIOLATED for item in each):
            levels = {item.level for item in each if item is not None}
            found.append(first if len(levels) == 1 else replace(first, level=Level.ADVISORY))
            continue
        found += _as_question(first, _deciding(name, told), settings)
    return found, list(failures)


def _deciding(name: "_Identity", told: Sequence[tuple[tuple[Blocker, ...], dict["_Identity", Said]]]) -> Blocker:
    """What a finding hangs on: the first open end with which it is otherwise than in the network of the input."""
    verdicts = [item.finding.verdict if (item := items.get(name)) is not None else None for _, items in told]
    index = next((index for index, verdict in enumerate(verdicts) if verdict is not verdicts[0]), 1)
    return told[index][0][0]


def _as_question(said: Said, blocker: Blocker, settings: Settings) -> list[Said]:
    finding = said.finding
    if finding.verdict is not Verdict.UNDETERMINED:
        finding = replace(
            finding,
            verdict=Verdict.UNDETERMINED,
            message=f"Whether this holds cannot be told: {blocker.text}. If it does: {finding.message}",
            fix=Fix(blocker.settle),
            level=None,
            blocker=str(blocker),
        )
    level = level_of(said.rule, finding, settings)
    return [] if level is Level.DISABLED else [replace(said, finding=finding, level=level)]


def _is_certain(item: Said) -> bool:
    return item.finding.verdict is Verdict.VIOLATED and item.level is Level.MANDATORY


def _without_what_is_old(said: list[Said], network: Network, rules: Iterable[Rule], settings: Settings) -> list[Said]:
    """The same, advisory where it rests on inventories alone that are too old: it would not be certain without them."""
    note, maker = network.derived[STALE]
    without: Network = maker()
    without.today, without.base_maker, without.base_is_given = network.today, network.base_maker, network.base_is_given
    certain = {_identity(item) for item in run_rules(without, rules, settings)[0] if _is_certain(item)}
    return [
        Said(item.rule, item.finding, Level.ADVISORY, note) if _is_certain(item) and _identity(item) not in certain else item
        for item in said
    ]


_Identity: TypeAlias = tuple[str, str | None, str | None, AreaPair | None]


def _identity(item: Said) -> _Identity:
    return (item.rule.code, item.finding.subject, item.finding.instance, item.finding.area_pair)


def level_of(rule: Rule, finding: Finding, settings: Settings) -> Level:
    """The level a finding is enforced at: the settings' own, else the finding's, else the rule's."""
    if finding.verdict is Verdict.UNDETERMINED:
        match settings.undetermined:
            case "hide":
                return Level.DISABLED
            case word:
                return Level(word)
    return settings.levels.get(rule.code) or finding.level or rule.level
