"""Rules asked about every network that there may be, where something of the input is not certain."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from msgspec import structs

from cenguard.assembly.open_ends import PossibleInput, possible_inputs
from cenguard.findings import Fix, Level, Verdict
from cenguard.judging.said import Said, fingerprint_of, level_of
from cenguard.network import Alternative, Blocker, Network
from cenguard.resources.records import Records
from cenguard.rules.rule import Rule
from cenguard.settings.model import Settings

Answers = tuple[list[Said], list[tuple[str, tuple[str, ...]]]]
"""What rules say, and which of them raised."""
Key: TypeAlias = tuple[str, tuple[str, ...]]
"""A fingerprint; of those that several findings of a network have, with what else each is about."""
Told: TypeAlias = Sequence[tuple[tuple[Blocker, ...], Mapping[Key, Said]]]
"""By network that there may be, with what is open in it: what is said of it."""


def open_up(
    network: Network, sources: Sequence[Records], bases: Sequence[Records] | None, made: Callable[[PossibleInput], Network]
) -> None:
    """Give a network the others that there may be, and its base theirs; `made` makes the network of one input."""
    network.alternatives = tuple(
        Alternative(blockers=tuple(end.blocker for end in possible.open_ends), maker=partial(made, possible))
        for possible in possible_inputs(network, sources, bases)
    )
    if network.base_maker is not None and network.alternatives:
        network.base_maker = partial(_open_base, network, network.base_maker)


def _open_base(network: Network, made: Callable[[], Network | None]) -> Network | None:
    """The network before the change, as open as the one after it."""
    base = made()
    if base is not None and base is not network:
        base.alternatives = tuple(
            Alternative(blockers=item.blockers, maker=partial(_base_of, item)) for item in network.alternatives
        )
    return base


def _base_of(alternative: Alternative) -> Network:
    return alternative.network.base or alternative.network


def judge_every_network(
    network: Network,
    rules: tuple[Rule, ...],
    settings: Settings,
    run_rules: Callable[[Network, tuple[Rule, ...], Settings], Answers],
) -> Answers:
    """What the rules say of every network that there may be is certain; what they say of some is a question."""
    failures: dict[tuple[str, tuple[str, ...]], None] = {}
    answers: list[tuple[tuple[Blocker, ...], list[Said]]] = []
    for alternative in network.alternatives:
        said, failed = run_rules(alternative.network, rules, settings)
        failures.update(dict.fromkeys(failed))
        answers.append((alternative.blockers, said))
    counts = [Counter(map(fingerprint_of, said)) for _, said in answers]
    several = frozenset(name for count in counts for name, number in count.items() if number > 1)
    told: Told = [(blockers, {_key(item, several): item for item in said}) for blockers, said in answers]
    found = []
    for name in dict.fromkeys(name for _, items in told for name in items):
        each = [items.get(name) for _, items in told]
        first = next(item for item in each if item is not None)
        if all(item is not None and item.finding.verdict is Verdict.VIOLATED for item in each):
            levels = {item.level for item in each if item is not None}
            found.append(first if len(levels) == 1 else structs.replace(first, level=Level.ADVISORY))
            continue
        found += _as_question(first, _deciding(name, told), settings)
    return found, list(failures)


def _key(item: Said, several: Collection[str]) -> Key:
    """What makes a finding the same in another network: of several with one fingerprint, what else they are about."""
    name = fingerprint_of(item)
    return (name, tuple(item.finding.related) if name in several else ())


def _deciding(name: Key, told: Told) -> Blocker:
    """What a finding hangs on: the first open end with which it is otherwise than in the network of the input."""
    verdicts = [item.finding.verdict if (item := items.get(name)) is not None else None for _, items in told]
    index = next((index for index, verdict in enumerate(verdicts) if verdict is not verdicts[0]), 1)
    return told[index][0][0]


def _as_question(said: Said, blocker: Blocker, settings: Settings) -> list[Said]:
    finding = said.finding
    if finding.verdict is not Verdict.UNDETERMINED:
        finding = structs.replace(
            finding,
            verdict=Verdict.UNDETERMINED,
            message=f"Whether this holds cannot be told: {blocker.text}. If it does: {finding.message}",
            fix=Fix(blocker.settle),
            level=None,
            blocker=str(blocker),
        )
    level = level_of(said.rule, finding, settings)
    return [] if level is Level.DISABLED else [structs.replace(said, finding=finding, level=level)]
