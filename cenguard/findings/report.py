"""What every format prints: the report, as the JSON contract (`docs/report.schema.json`) names it.

Structs, because a large input has thousands of findings; `msgspec.structs.replace` makes changed copies.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from cenguard.findings.reported_routes import ReportedRoutes
from cenguard.resources.location import Location
from cenguard.resources.urns import name_in_urn

SCHEMA = "cenguard.report/1"


class ReportedSource(msgspec.Struct, frozen=True, kw_only=True):
    """One source that was read."""

    path: str
    kind: str
    project: str
    stack: str
    resources: int
    cen: int = 0
    """Those of them that are of CEN, and were read."""
    complete: bool
    notes: tuple[str, ...] = ()
    """What the heads of reports say of it: what it does not show, and what to do; left out of JSON where there is none."""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """Counts; `mandatory` and `advisory` count violated findings only, none of them waived."""

    mandatory: int
    advisory: int
    undetermined: int
    waived: int = 0
    new: int | None = None
    fixed: int | None = None


DETACHED = "detached"
"""What a pair is whose regions are attached together no more; only where there is something to compare with."""


class ReportedPair(msgspec.Struct, frozen=True, kw_only=True):
    """A pair of attached regions and what connects it."""

    instance: str
    regions: tuple[str, str]
    disposition: str
    mbps: float | None = None
    mbps_before: float | None = None
    full: bool = False
    """Of an unallocated pair, whether the package has nothing left. Left out of JSON where false, as the two below."""
    no_connection: bool = False
    """Whether a pair that nothing carries has not even the test bandwidth."""
    no_route: bool = False
    """Whether a pair carries Mbps, and no route leads over it."""


class Purchase(msgspec.Struct, frozen=True, kw_only=True):
    """A package that the change buys, or resizes."""

    urn: str
    area_pair: tuple[str, str] | None
    """None while an area is not known."""
    mbps: float | None
    mbps_before: float | None = None
    payment: str | None = None
    period: int | None = None
    auto_renew: bool | None = None
    payment_open: bool = False
    """Whether how it is paid is said and not known yet. Left out of JSON where false, as the one below."""
    period_open: bool = False
    """The same of its period."""


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """A pair of regions that loses its bandwidth, or some of it."""

    instance: str
    regions: tuple[str, str]
    mbps_before: float | None
    mbps: float | None


class Traffic(msgspec.Struct, frozen=True, kw_only=True):
    """A peer paid by traffic that the change adds, or raises."""

    urn: str
    area_pair: tuple[str, str] | None
    """None while an area is not known."""
    mbps: float | None
    """The ceiling; None while it is not known, or where the service sets its own."""
    mbps_before: float | None = None


class Prices(msgspec.Struct, frozen=True, kw_only=True):
    """A team's own prices, all in one currency."""

    currency: str
    """Three letters, such as USD (ISO 4217)."""
    mbps_month: Mapping[tuple[str, str], float] = msgspec.field(default_factory=dict)
    """For one Mbps and one month, by area pair (both ends, sorted)."""
    connection_hour: float | None = None
    """For one attachment or end of a peer, and one hour."""
    gb: float | None = None
    """For one GB that a peer paid by traffic carries."""


ReportedLocation = Location
"""A line of the user's program, relative to the project folder."""


class ReportedChange(msgspec.Struct, frozen=True, kw_only=True):
    """A text that takes the place of a part of a file, or is put into it where the part is empty."""

    path: str
    """From where the command ran, or from the project's folder for a file outside of that."""
    line: int
    column: int
    """Both from 1, in characters."""
    end_line: int
    end_column: int
    digest: str
    """Of the lines as they were, SHA-256: a change of other lines is none of this."""
    text: str


class ReportedCode(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The edits of a fix in the language of the program."""

    language: str
    text: str
    bound: bool
    """Whether every name in it is bound to its resource in the program, at that place."""
    changes: tuple[ReportedChange, ...] = ()
    """What it is in the user's files; left out of JSON where nobody is certain."""


class ReportedFix(msgspec.Struct, frozen=True, kw_only=True):
    """What to do, and the edits that do it."""

    summary: str
    applicability: str = "manual"
    with_: str | None = msgspec.field(name="with", default=None)
    """Fingerprint of the finding whose edits take this one away too; then there are none here."""
    edits: tuple[dict[str, Any], ...] = ()
    code: ReportedCode | None = None
    python: str | None = None


class ReportedFinding(msgspec.Struct, frozen=True, kw_only=True):
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

    @property
    def resource_name(self) -> str | None:
        """The name in its URN or address, as it is written there."""
        return name_in_urn(self.urn) if self.urn else None

    @property
    def instance_name(self) -> str | None:
        """What people call its instance: the name in a URN or address, or an id."""
        return name_in_urn(self.instance) if self.instance else None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one check found out."""

    cenguard: str
    catalogue: str
    sources: tuple[ReportedSource, ...]
    summary: Summary
    pairs: tuple[ReportedPair, ...]
    purchases: tuple[Purchase, ...]
    cuts: tuple[Cut, ...] = ()
    traffic: tuple[Traffic, ...] = ()
    findings: tuple[ReportedFinding, ...]
    fixed: tuple[ReportedFinding, ...] = ()
    routes: ReportedRoutes | None = None
    """What becomes of packets between networks; None where nothing of the input is about routes."""
    fixes_complete: bool = True
    """Whether fixes were made; not where there are so many causes that nothing is proved. Left out of JSON where true."""
    schema: str = SCHEMA
    absent: str = ""
    """What is said where nothing of a CEN is in the input, with what is. Left out of JSON where empty."""
    blockers: dict[str, tuple[str, ...]] | None = None
    """Fingerprints of undetermined findings by what they hang on; for people, not part of the JSON contract."""
    written: dict[str, Any] | None = None
    """`Code` of fixes by the fingerprint of the finding that carries them: what they are in the user's files. No part of the JSON contract."""
    prices: Prices | None = None
    """The prices of the settings, for what is bought; for people, not part of the JSON contract."""
    has_base: bool = False
    """Whether there is something to compare with. In JSON only where the summary does not tell, as it counts nothing that is new."""
    asked: tuple[str, ...] | None = None
    """Codes of the rules that were asked; None where nobody says. Left out of JSON where no rule of ours is left out."""
    day: str = ""
    """The day that `--today` gave; for people, not part of the JSON contract. The clock is no part of a report."""
