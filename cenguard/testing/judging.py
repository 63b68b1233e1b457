"""What rules say of a world, as sentences: `CEN201 violated core`."""

from collections.abc import Iterable, Mapping
from typing import Any

from cenguard.findings import Level
from cenguard.findings.report import ReportedFinding
from cenguard.judging.check import judge_network
from cenguard.judging.options import Options
from cenguard.network import Network
from cenguard.rules import RULES
from cenguard.rules.rule import Rule
from cenguard.settings.model import Settings
from cenguard.testing.world import World


def findings_of(
    world: World | Network, *, rules: Iterable[Rule] = RULES, options: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, ReportedFinding]:
    """What the rules say, as `code verdict subject`, with each finding as a report has it: reasons, areas, pairs, fix.

    The subject is the logical name of the resource, or the id of one from elsewhere. A violated finding at another level
    than its rule's own says so: `CEN202 violated package (advisory)`. A second finding of one subject is numbered.
    `options` are the options of rules, by code.
    """
    chosen = {rule.code: rule for rule in rules}
    network = world.assembled() if isinstance(world, World) else world
    found: dict[str, ReportedFinding] = {}
    for finding in judge_network(network, tuple(chosen.values()), Options(settings=Settings(options=options or {}))):
        if finding.rule not in chosen:
            raise AssertionError(f"{finding.message} {finding.because[0]}")
        mild = finding.verdict == "violated" and finding.level != chosen[finding.rule].level
        base = f"{finding.rule} {finding.verdict} {finding.resource or 'nothing'}{f' ({finding.level})' if mild else ''}"
        sentence, count = base, 1
        while sentence in found:
            count += 1
            sentence = f"{base} #{count}"
        found[sentence] = finding
    return found


def said(
    world: World | Network, *, rules: Iterable[Rule] = RULES, options: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, str]:
    """What the rules say, as in `findings_of`, with the message of each."""
    return {sentence: finding.message for sentence, finding in findings_of(world, rules=rules, options=options).items()}


def assert_says(
    world: World | Network,
    *expected: str,
    rules: Iterable[Rule] = RULES,
    options: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Assert the whole set of findings, each as `code verdict subject`; with one rule, the code may be left out."""
    chosen = tuple(rules)
    wanted = {
        f"{chosen[0].code} {text}" if len(chosen) == 1 and not text.startswith(chosen[0].code) else text for text in expected
    }
    actual = said(world, rules=chosen, options=options)
    if wanted == set(actual):
        return
    lines = ["the findings differ"]
    lines += [f"  missing: {text}" for text in sorted(wanted - set(actual))]
    lines += [f"  besides: {text}\n           {actual[text]}" for text in sorted(set(actual) - wanted)]
    raise AssertionError("\n".join(lines))


def assert_nothing_mandatory(world: World | Network, *, rules: Iterable[Rule] = RULES) -> None:
    """Assert that no rule says anything at level mandatory."""
    loud = [item for item in findings_of(world, rules=rules).values() if item.level == Level.MANDATORY]
    if loud:
        raise AssertionError("\n".join(["mandatory findings:", *(f"{item.rule}: {item.message}" for item in loud)]))
