"""Rules asked about a network: what they say, at which level, and which of them failed."""

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from functools import cached_property
from weakref import WeakKeyDictionary

import msgspec

from cenguard.findings import Finding, Level
from cenguard.geography.regions import RegionPair
from cenguard.judging.said import Said, fingerprint_of, is_certain, level_of
from cenguard.network import Network
from cenguard.network.connectivity import connectivity_of
from cenguard.rules.rule import Rule
from cenguard.settings.model import Settings

STALE: "WeakKeyDictionary[Network, Stale]" = WeakKeyDictionary()
"""The inventories that are too old, by the network that rests on them."""


def run_rules(
    network: Network, rules: Iterable[Rule], settings: Settings
) -> tuple[list[Said], list[tuple[str, tuple[str, ...]]]]:
    """What the rules say, each with its level, and the rules that raised."""
    if network.alternatives:
        from cenguard.judging.open_ends import judge_every_network

        return judge_every_network(network, tuple(rules), settings, run_rules)
    said: list[Said] = []
    failures: list[tuple[str, tuple[str, ...]]] = []
    rules = tuple(rules)
    for rule in rules:
        if settings.levels.get(rule.code) is Level.DISABLED:
            continue
        try:
            ours = rule not in settings.custom
            for finding in rule.findings(network, settings.options) if ours else _of_somebody(rule, network, settings):
                level = level_of(rule, finding, settings)
                if level is not Level.DISABLED:
                    said.append(Said(rule, finding, level))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - one broken rule must not hide the others
            message = f"Rule {rule.code} {rule.name} failed: {type(error).__name__}. The other rules did answer."
            failures.append((message, _where(rule, error)))
    stale = STALE.get(network)
    if stale is not None and any(map(is_certain, said)):
        said = stale.weaken(said, rules, settings)
    if network.left_out:
        from cenguard.judging.left_out import naming_what_is_left_out

        said = naming_what_is_left_out(said, network.left_out)
    return said, failures


def _of_somebody(rule: Rule, network: Network, settings: Settings) -> Iterator[Finding]:
    """What a custom rule says; what it prints is no part of a report."""
    from cenguard.judging.custom_findings import accepted, several

    with redirect_stdout(sys.stderr):
        for finding in several(rule.findings(network, settings.options)):
            yield accepted(finding)


def _where(rule: Rule, error: BaseException) -> tuple[str, ...]:
    """Where a rule failed, and where it says no finding, why that is none."""
    from cenguard.judging.custom_findings import NoFinding, place_of

    if isinstance(error, NoFinding):
        return str(error), place_of(rule)
    from traceback import extract_tb

    frame = extract_tb(error.__traceback__)[-1]
    return (f"{frame.filename}:{frame.lineno} in {frame.name}",)


class Stale(msgspec.Struct, eq=False, kw_only=True, dict=True):
    """Inventories that are too old: what rests on them alone is advisory."""

    taken: dt.date
    """The oldest day of them."""
    today: dt.date
    days: int
    """How many days an inventory counts as fresh."""
    names: tuple[str, ...]
    """The files."""
    maker: Callable[[], Network]
    """Makes the network without them."""
    weakened: set[str] = set()
    """Fingerprints of the findings that are advisory for them."""

    @cached_property
    def without(self) -> Network:
        """The network without what is too old."""
        return self.maker()

    def weaken(self, said: list[Said], rules: Iterable[Rule], settings: Settings) -> list[Said]:
        """The same, advisory where it would not be certain without the old inventories."""
        certain = {fingerprint_of(item) for item in run_rules(self.without, rules, settings)[0] if is_certain(item)}
        note = f"an inventory was taken {self.taken}, more than {self.days} days ago, and nothing else says so: take a new one"
        found: list[Said] = []
        for item in said:
            if not is_certain(item) or (name := fingerprint_of(item)) in certain:
                found.append(item)
                continue
            self.weakened.add(name)
            found.append(Said(item.rule, item.finding, Level.ADVISORY, note))
        return found

    def matters(self, network: Network, rules: Iterable[Rule], settings: Settings) -> bool:
        """Whether any pair or finding would be another one without the old inventories."""
        if self.weakened or _dispositions(network) != _dispositions(self.without):
            return True
        chosen = tuple(rules)
        return _identities(network, chosen, settings) != _identities(self.without, chosen, settings)


def _dispositions(network: Network) -> set[tuple[str, RegionPair, str]]:
    return {
        (instance.address, pair, connection.disposition)
        for instance, connectivity in connectivity_of(network).items()
        for pair, connection in connectivity.connections.items()
    }


def _identities(network: Network, rules: tuple[Rule, ...], settings: Settings) -> set[tuple[str, str]]:
    return {(fingerprint_of(item), item.finding.verdict) for item in run_rules(network, rules, settings)[0]}
