"""What rules say of a world, as sentences: `CEN201 violated core`."""

from collections.abc import Iterable, Mapping
from typing import Any

from cenguard.findings import Finding, Level
from cenguard.judging import run_rules
from cenguard.network import Network
from cenguard.rules import RULES
from cenguard.rules.rule import Rule
from cenguard.settings import Settings
from cenguard.testing.world import World


def findings_of(
    world: World | Network, *, rules: Iterable[Rule] = RULES, options: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, Finding]:
    """What the rules say, as `code verdict subject`, with each finding: its message, reasons, areas, pairs and fix.

    The subject is the logical name of the resource, or the id of one from elsewhere. A violated finding at another level
    than its rule's own says so: `CEN202 violated package (advisory)`. A second finding of one subject is numbered.
    `options` are the options of rules, by code.
    """
    network = world.assembled() if isinstance(world, World) else world
    answers, failures = run_rules(network, tuple(rules), Settings(options=options or {}))
    if failures:
        raise AssertionError(f"{failures[0][0]} {failures[0][1][0]}")
    found: dict[str, Finding] = {}
    for answer in answers:
        finding, rule = answer.finding, answer.rule
        subject = (finding.subject or "nothing").rpartition("::")[2]
        mild = finding.verdict == "violated" and answer.level is not rule.level
        base = f"{rule.code} {finding.verdict} {subject}{f' ({answer.level})' if mild else ''}"
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
    network = world.assembled() if isinstance(world, World) else world
    answers, _failures = run_rules(network, tuple(rules), Settings())
    loud = [f"{item.rule.code}: {item.finding.message}" for item in answers if item.level is Level.MANDATORY]
    if loud:
        raise AssertionError("\n".join(["mandatory findings:", *loud]))
