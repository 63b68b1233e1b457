"""What a rule says, and what a report carries."""

from enum import StrEnum

import msgspec

from cenguard.findings.fix import Fix
from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair


class Verdict(StrEnum):
    """Certain, or hanging on a value nobody knows yet. What is kept yields no finding."""

    VIOLATED = "violated"
    UNDETERMINED = "undetermined"


class Level(StrEnum):
    """How a finding is enforced."""

    MANDATORY = "mandatory"
    ADVISORY = "advisory"
    DISABLED = "disabled"


class Severity(StrEnum):
    """How bad what a finding foresees is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule says of one subject."""

    verdict: Verdict
    message: str
    subject: str | None = None
    """URN of the resource it is about; the id where the input holds no such resource."""
    because: tuple[str, ...] = ()
    """The chain of evidence, each step with the resource it came from."""
    instance: str | None = None
    """URN or id of the CEN instance."""
    area_pair: AreaPair | None = None
    region_pairs: tuple[RegionPair, ...] = ()
    packages: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    fix: Fix | None = None
    level: Level | None = None
    """Another default level than the rule's own, where the rule has a milder case."""
    intent: str = ""
    """What somebody asked for, where the finding is about that: it makes the fingerprint instead of the resource."""
    apart: str = ""
    """What tells it from another finding of its resource and area pair, such as the second instance of one package."""
    blocker: str | None = None
    """What an undetermined verdict hangs on; findings with one blocker are shown as one line."""
