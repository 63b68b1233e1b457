"""Rules asked about a network: what they say, at which level, and which of them failed."""

from collections.abc import Iterable
from dataclasses import dataclass

from cenguard.findings import Finding, Level, Verdict
from cenguard.geography.areas import AreaPair
from cenguard.network import Network
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
    return said, failures


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


def _identity(item: Said) -> tuple[str, str | None, str | None, AreaPair | None]:
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
