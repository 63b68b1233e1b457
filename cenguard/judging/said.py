"""What a rule said of a network: the finding, its level, and what makes it the same one tomorrow."""

from collections.abc import Callable, Iterable

import msgspec

from cenguard.assembly.packages import UNTOLD_PACKAGE
from cenguard.findings import Finding, Level, Verdict
from cenguard.judging.tool_findings import fingerprint
from cenguard.resources.property_names import words_of
from cenguard.resources.urns import is_resource
from cenguard.rules.rule import Rule
from cenguard.settings.model import Settings
from cenguard.text.printable import printable


class Said(msgspec.Struct, frozen=True):
    """A finding together with the rule that says it."""

    rule: Rule
    finding: Finding
    level: Level
    note: str = ""
    """Why it is milder than it would be."""


def is_certain(item: Said) -> bool:
    """Whether a finding stops a deployment, and hangs on nothing."""
    return item.finding.verdict is Verdict.VIOLATED and item.level is Level.MANDATORY


def fingerprint_of(item: Said) -> str:
    """What makes a finding the same one tomorrow: its rule, its resource or else its instance, and its area pair."""
    finding = item.finding
    if finding.intent:
        return fingerprint(item.rule.code, f"{finding.instance or finding.subject}\n{finding.intent}", None)
    subject, pair = finding.subject, finding.area_pair
    if not (subject and is_resource(subject)):
        subject = finding.instance or subject
    if finding.apart:
        subject = f"{subject}\n{finding.apart}"
    return fingerprint(item.rule.code, subject, pair.names if pair else None)


def level_of(rule: Rule, finding: Finding, settings: Settings) -> Level:
    """The level a finding is enforced at: the settings' own, else the finding's, else the rule's."""
    if finding.verdict is Verdict.UNDETERMINED:
        match settings.undetermined:
            case "hide":
                return Level.DISABLED
            case word:
                return Level(word)
    return settings.levels.get(rule.code) or finding.level or rule.level


def told_packages(finding: Finding) -> tuple[str, ...]:
    """The packages of a finding by URN or id; one that nothing tells has neither, and stands in the sentences only."""
    packages = finding.packages
    if finding.blocker is None:  # nearly always; and a package that is not told leaves something open
        return packages
    return tuple([package for package in packages if not package.startswith(UNTOLD_PACKAGE)])


def words_for(finding: Finding) -> Callable[[str], str]:
    """How the properties that a finding names are called where its resources are from."""
    subject = finding.subject
    if subject and is_resource(subject):  # nearly always
        return words_of(subject)
    about = (subject, finding.instance, *finding.related, *finding.packages)
    return words_of(next((item for item in about if item and is_resource(item)), ""))


def blockers_of(said: Iterable[Said]) -> dict[str, tuple[str, ...]]:
    """Fingerprints of undetermined findings by what they hang on."""
    found: dict[str, list[str]] = {}
    by_words: dict[tuple[str, Callable[[str], str]], list[str]] = {}
    for item in said:
        finding = item.finding
        if finding.verdict is Verdict.UNDETERMINED and finding.blocker:
            words = words_for(finding)
            names = by_words.get((finding.blocker, words))
            if names is None:  # many hang on the same
                names = by_words[finding.blocker, words] = found.setdefault(printable(words(finding.blocker)), [])
            names.append(fingerprint_of(item))
    return {key: tuple(values) for key, values in sorted(found.items())}
