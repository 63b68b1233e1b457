"""What every format prints: the report, as the JSON contract (`docs/report.schema.json`) names it."""

from dataclasses import dataclass

SCHEMA = "cenguard.report/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedSource:
    """One source that was read."""

    path: str
    kind: str
    project: str
    stack: str
    resources: int
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts; `mandatory` and `advisory` count violated findings only, none of them waived."""

    mandatory: int
    advisory: int
    undetermined: int
    waived: int = 0
    new: int | None = None
    fixed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedPair:
    """A pair of attached regions and what connects it."""

    instance: str
    regions: tuple[str, str]
    disposition: str
    mbps: float | None = None
    mbps_before: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """A package that the change buys, or resizes."""

    urn: str
    area_pair: tuple[str, str] | None
    """None while an area is not known."""
    mbps: float | None
    mbps_before: float | None = None
    payment: str | None = None
    period: int | None = None
    auto_renew: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedLocation:
    """A line of the user's program, relative to the project folder."""

    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFix:
    """What to do, and the Pulumi Python that does it."""

    summary: str
    python: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFinding:
    """One finding with its level, place and fingerprint."""

    rule: str
    name: str
    verdict: str
    level: str
    severity: str
    urn: str | None
    type: str | None
    resource: str | None
    instance: str | None
    area_pair: tuple[str, str] | None
    region_pairs: tuple[tuple[str, str], ...]
    packages: tuple[str, ...]
    related: tuple[str, ...]
    location: ReportedLocation | None
    message: str
    because: tuple[str, ...]
    fix: ReportedFix | None
    change: str | None
    waived_by: str | None
    fingerprint: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that one check found out."""

    cenguard: str
    catalogue: str
    sources: tuple[ReportedSource, ...]
    summary: Summary
    pairs: tuple[ReportedPair, ...]
    purchases: tuple[Purchase, ...]
    findings: tuple[ReportedFinding, ...]
    fixed: tuple[ReportedFinding, ...] = ()
    schema: str = SCHEMA
    blockers: dict[str, tuple[str, ...]] | None = None
    """Fingerprints of undetermined findings by what they hang on; for people, not part of the JSON contract."""
