"""What an audit found out, as the JSON contract (`docs/audit.schema.json`) names it."""

from dataclasses import dataclass

import msgspec

from cenguard.findings.mapped import InstanceMap
from cenguard.findings.report import ReportedFinding

SCHEMA = "cenguard.audit/1"


class AuditedStack(msgspec.Struct, frozen=True, kw_only=True):
    """A state that was read."""

    url: str
    project: str
    stack: str
    kind: str
    resources: int
    cen: int
    """Those of them that are of CEN, and were read."""
    mandatory: int = 0
    advisory: int = 0
    undetermined: int = 0


class UnreadState(msgspec.Struct, frozen=True):
    """A state that could not be read, and why."""

    url: str
    reason: str


class AuditedInstance(msgspec.Struct, frozen=True, kw_only=True):
    """A CEN instance, with everything that any state holds of it."""

    instance: str
    """Its id where that is known, else its URN."""
    stacks: tuple[str, ...]
    """URLs of the states that hold a part of it."""
    regions: tuple[str, ...]
    pairs: dict[str, int]
    """How many pairs of regions have each disposition."""


class AuditedPackage(msgspec.Struct, frozen=True, kw_only=True):
    """A bandwidth package."""

    id: str
    """Its id where that is known, else its URN."""
    instance: str | None
    """The instance that it is attached to."""
    area_pair: tuple[str, str] | None
    mbps: float | None
    drawn: float | None
    """Mbps that limits and peers reserve on it; None where one is not known."""
    expires: str | None
    stacks: tuple[str, ...]
    """URLs of the states that hold it, its attachment, or what draws on it."""


class AuditedFinding(ReportedFinding, frozen=True, kw_only=True):
    """A finding, with the URL of the state that it is about; None for one that is about none."""

    stack: str | None = None


class LostPair(msgspec.Struct, frozen=True):
    """A pair of regions that stands at the test bandwidth, and did not."""

    instance: str
    regions: tuple[str, str]


class Since(msgspec.Struct, frozen=True, kw_only=True):
    """What changed since an earlier report: ids of packages, and pairs that newly have no Mbps."""

    bought: tuple[str, ...] = ()
    freed: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    lost: tuple[LostPair, ...] = ()


class Committed(msgspec.Struct, frozen=True, kw_only=True):
    """What the packages that expire in one month hold, and what renewing them costs by the team's own prices."""

    month: str
    mbps: float
    amount: float | None
    """None where no price is known for one of them."""
    currency: str | None


class AuditSummary(msgspec.Struct, frozen=True, kw_only=True):
    """Counts; `mandatory` and `advisory` count violated findings only, none of them waived."""

    stacks: int
    unread: int
    with_cen: int
    instances: int
    mandatory: int
    advisory: int
    undetermined: int
    waived: int


class AuditReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one audit found out."""

    schema: str = SCHEMA
    cenguard: str
    catalogue: str
    roots: tuple[str, ...]
    summary: AuditSummary
    stacks: tuple[AuditedStack, ...]
    unread: tuple[UnreadState, ...]
    instances: tuple[AuditedInstance, ...]
    packages: tuple[AuditedPackage, ...]
    findings: tuple[AuditedFinding, ...]
    since: Since | None
    committed: tuple[Committed, ...]


@dataclass(slots=True)
class Audit:
    """What was found out, and what the report itself does not hold."""

    report: AuditReport
    maps: tuple[InstanceMap, ...] = ()
    remarks: tuple[str, ...] = ()
    """What a person should know of how it was read."""
    failed: bool = False
    """Whether a rule failed."""
