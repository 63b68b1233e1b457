"""What a rule is: a docstring, a check and its metadata."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from cenguard.findings import Finding, Level, Severity, Verdict
from cenguard.network import Blocker, CenInstance, Network


class Scope(StrEnum):
    """What a rule must see before it can answer."""

    RESOURCE = "resource"
    """One resource and its provider: it answers before the resource is created."""
    STACK = "stack"
    """The whole stack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the catalogue. Code and name are public and never reused."""

    code: str
    name: str
    level: Level
    effect: str
    """What happens when the mistake is deployed: S silent, F fails, C costs, Q quality."""
    scope: Scope
    check: Callable[[Network], Iterable[Finding]]
    spares_standing: bool = False
    """Whether it is silent about a resource whose old state equals its new one: it only foresees a refusal."""
    page: str
    """Its documentation: the docstring of its module."""

    @property
    def title(self) -> str:
        """The first line of its page."""
        return self.page.strip().partition("\n")[0]

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


def identity(instance: CenInstance) -> Blocker | None:
    """What hangs on not knowing which instance is meant."""
    return None if instance.identified else instance.blocker
