"""What a rule is: a docstring, a check and its metadata."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cenguard.findings import Finding, Level, Severity, Verdict
from cenguard.network import Blocker, CenInstance, Network
from cenguard.rules.needs import Need
from cenguard.rules.options import Option


class Scope(StrEnum):
    """What a rule must see before it can answer."""

    RESOURCE = "resource"
    """One resource and its provider: it answers before the resource is created."""
    STACK = "stack"
    """The whole stack."""


class Effect(StrEnum):
    """What happens when the mistake is deployed; one letter for each, S silent, F fails, C costs, Q quality.

    Rules of one's own may give the letters themselves.
    """

    NONE = ""
    """Nothing but what the organisation decides."""
    SILENT = "S"
    """Everything succeeds, and the network does not do what was meant."""
    FAILS = "F"
    """The update fails, perhaps half-way."""
    COSTS = "C"
    """Money is spent, or lost."""
    QUALITY = "Q"
    """The program is harder to read or to keep."""
    SILENT_OR_FAILS = "SF"
    SILENT_AND_COSTS = "SC"
    FAILS_AND_COSTS = "FC"


def effect_words(effect: str) -> tuple[str, ...]:
    """The words of an effect, or of the letters of one.

    >>> effect_words("SC")
    ('silent', 'costs')
    """
    return tuple(_EFFECT_WORDS[letter] for letter in effect)


_EFFECT_WORDS = {"S": "silent", "F": "fails", "C": "costs", "Q": "quality"}
_NO_OPTIONS: Mapping[str, Mapping[str, Any]] = {}


class Prelude(StrEnum):
    """What stands before the programs on a rule's page."""

    BASIC = "basic"
    ENTERPRISE = "enterprise"
    ROUTES = "routes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the catalogue. Code and name are public and never reused."""

    code: str
    name: str
    level: Level
    effect: Effect
    """What happens when the mistake is deployed."""
    scope: Scope
    check: Callable[[Network], Iterable[Finding]] | None = None
    """What it says of a network."""
    check_with: Callable[[Network, Mapping[str, Any]], Iterable[Finding]] | None = None
    """The same for a rule with options: it also gets their values by name, the defaults filled in."""
    options: tuple[Option, ...] = ()
    """What it can be told; see `findings`."""
    spares_standing: bool = False
    """Whether it is silent about a resource whose old state equals its new one: it only foresees a refusal."""
    needs_old_state: bool = False
    """Whether it compares with what stood before, which a project folder and the engine's calls do not carry."""
    of_what_stands: bool = False
    """Whether the state decides what it asks, as the protection of what stands, or alone tells it, as an expiry."""
    needs: tuple[Need, ...] = ()
    """What else it must be told, beside what scope and old state say; see `all_needs`."""
    prelude: Prelude = Prelude.BASIC
    """What the programs on its page begin with, where they are not whole."""
    page: str
    """Its documentation: the docstring of its module."""

    def findings(self, network: Network, options: Mapping[str, Mapping[str, Any]] = _NO_OPTIONS) -> Iterable[Finding]:
        """What it says of a network; `options` holds the values that are set, by the code of their rule."""
        if self.check_with is not None:
            values = {
                option.name: options.get(option.rule or self.code, {}).get(option.name, option.default) for option in self.options
            }
            return self.check_with(network, values)
        return self.check(network) if self.check is not None else ()

    @property
    def all_needs(self) -> tuple[Need, ...]:
        """Everything it must be told, in the order of the list."""
        known = {*self.needs}
        if self.scope is Scope.STACK:
            known.add(Need.STACK)
        if self.needs_old_state:
            known.add(Need.OLD_STATE)
        return tuple(need for need in Need if need in known)

    @property
    def module(self) -> str:
        """The module it is written in."""
        check = self.check_with or self.check
        return check.__module__ if check is not None else ""

    @property
    def text(self) -> str:
        """Its page, or why there is none: Python may be told to leave out docstrings."""
        return (
            self.page.strip() if self.page else "Python was started with -OO, or PYTHONOPTIMIZE=2: there are no pages of rules."
        )

    @property
    def title(self) -> str:
        """The first line of its page."""
        return self.text.partition("\n")[0]

    def severity(self, verdict: Verdict, level: Level) -> Severity:
        """How bad a finding of this rule is."""
        if verdict is Verdict.UNDETERMINED:
            return Severity.LOW
        if level is not Level.MANDATORY:
            return Severity.MEDIUM
        return Severity.CRITICAL if "S" in self.effect or "F" in self.effect else Severity.HIGH


def judge(blocker: Blocker | None) -> Verdict:
    """Violated, or undetermined where a blocker stands."""
    return Verdict.UNDETERMINED if blocker else Verdict.VIOLATED


def absence(instance: CenInstance, blocker: Blocker | None) -> Blocker | None:
    """What an absence on an instance hangs on: the blocker at hand, else the instance not being wholly here."""
    return blocker or (None if instance.whole else instance.blocker)


def shared_hint(instance: CenInstance, blocker: Blocker | None) -> str:
    """The way out that every certain absence names."""
    if blocker or not instance.declared:
        return ""
    return f" If other stacks attach to {instance.label} or buy for it, name it in the setting `shared`."
