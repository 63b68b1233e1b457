"""Waivers: recorded exceptions, each with a reason, an owner and a last day.

Everything that a waiver names must fit the finding. One that is over hides nothing any more and is said (CEN902); one
that fits nothing is said as well (CEN903), so that a file of waivers never outlives what it was written for.
"""

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from cenguard.errors import shown
from cenguard.geography.area_rows import read_area_pair
from cenguard.geography.areas import AreaPair
from cenguard.geography.catalogue import Catalogue, default_catalogue
from cenguard.text.faults import Faults
from cenguard.text.globs import means
from cenguard.text.printable import number, printable
from cenguard.text.tables import Table, read_toml

if TYPE_CHECKING:
    from cenguard.findings.report import ReportedFinding

KEYS = ("rule", "resource", "instance", "area_pair", "fingerprint", "verdict", "reason", "owner", "expires")
CRITERIA = KEYS[:5]
VERDICTS = ("violated", "undetermined")
TOOL = "CEN9"
"""What the tool says of itself begins with this, and cannot be waived, but for what it says of one resource."""
UNREAD = ("CEN904", "incomplete-input")
"""What is said of a resource that cannot be read: somebody may take that upon himself. Of a whole document, nobody."""
LINE = ", line "
"""What stands between the file and the line of a waiver."""
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_STACK_IN_URN = re.compile(r"urn:pulumi:([^:*?\[\]]+)::([^:*?\[\]]+)::")
_SOURCE_IN_ADDRESS = re.compile(r"([^:*?\[\]]+):(?:alicloud_|module\.)")
_URN_BUT_FOR_GLOBS = re.compile(r"([*?\[])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """One exception. Criteria that are None fit everything."""

    codes: frozenset[str] | None = None
    """The rules that `rule` names."""
    rule: str | None = None
    """The rule as it is written: a code, a name or a prefix of codes."""
    resource: str | None = None
    """The name, or a glob on the URN or the name."""
    instance: str | None = None
    """A glob on the instance's name, id or URN."""
    area_pair: AreaPair | None = None
    fingerprint: str | None = None
    verdict: str | None = None
    """Violated or undetermined, where only one of them is waived."""
    reason: str
    owner: str
    expires: dt.date
    """The last day on which it holds."""
    place: str = ""
    """File and line."""
    urns: str = ""
    """What the URN of a resource begins with that it is for: one that stands in a stack's configuration is for that stack."""

    @property
    def by(self) -> str:
        """Who waived it, until when and why, as reports say it."""
        return printable(f"{self.owner}, until {self.expires}: {self.reason}")

    @property
    def file(self) -> str:
        """The file that it stands in; empty for one of a stack's configuration."""
        return self.place.rpartition(LINE)[0]

    @property
    def criteria(self) -> str:
        """What it fits, as it is written."""
        pair = "/".join(self.area_pair.names) if self.area_pair else None
        said = zip(
            (*CRITERIA, "verdict"), (self.rule, self.resource, self.instance, pair, self.fingerprint, self.verdict), strict=True
        )
        return ", ".join(f"{key} {value}" for key, value in said if value is not None)

    def over(self, today: dt.date) -> bool:
        """Whether its last day has passed."""
        return today > self.expires

    def fits(self, finding: "ReportedFinding", called: Sequence[str] = ()) -> bool:
        """Whether everything it names fits a finding; of what the tool says of itself, only a resource that it cannot read.

        `called` is what else its instance is called.
        """
        if self.codes is not None and finding.rule not in self.codes:
            return False
        if finding.rule.startswith(TOOL) and (finding.rule != UNREAD[0] or finding.urn is None):
            return False
        if self.urns and not (finding.urn or finding.instance or "").startswith(self.urns):
            return False
        return (
            (self.resource is None or _names(self.resource, finding.urn, finding.resource_name))
            and (self.instance is None or self._is_of(finding, called))
            and (self.area_pair is None or finding.area_pair == self.area_pair.names)
            and self.fingerprint in (None, finding.fingerprint)
            and self.verdict in (None, str(finding.verdict))
        )

    def _is_of(self, finding: "ReportedFinding", called: Sequence[str]) -> bool:
        pattern = self.instance or ""
        named = _names(pattern, finding.instance, finding.instance_name)
        return named or any(pattern == name or means(pattern, name) for name in called)

    def speaks_of(self, stacks: Iterable[tuple[str, str]]) -> bool:
        """Whether it can fit anything of some stacks (stack, project): a resource glob may name another one."""
        subject = self.resource or self.instance or ""
        if (source := _SOURCE_IN_ADDRESS.match(subject)) is not None:
            return any(project == source[1] for _, project in stacks)
        named = _STACK_IN_URN.match(subject)
        return named is None or (named[1], named[2]) in set(stacks)


def once(waivers: Iterable[Waiver]) -> tuple[Waiver, ...]:
    """Each waiver once: a file may be named by an organisation's settings, by a project's, and by an option."""
    path = cache(os.path.realpath)
    found: dict[Waiver, Waiver] = {}
    for waiver in waivers:
        file, mark, line = waiver.place.rpartition(LINE)
        found.setdefault(replace(waiver, place=f"{path(file)}{mark}{line}") if mark else waiver, waiver)
    return tuple(found.values())


def _names(pattern: str, address: str | None, name: str | None) -> bool:
    if address is None or name is None:
        return False
    return pattern in (address, name) or means(pattern, address) or means(pattern, name)


def read_waivers(
    path: Path,
    select: Callable[[str], frozenset[str]],
    catalogue: Catalogue | None = None,
) -> tuple[Waiver, ...]:
    """Read a file of `[[waiver]]` tables; `select` gives the codes that a word names.

    Raises:
        InvalidSettings: it holds something that is not understood; says the line, the key and the nearest name.
    """
    table = read_toml(path)
    faults = Faults()
    faults.read(lambda: table.allow("waiver"), None)
    found = faults.read(lambda: waivers_in(table, select, catalogue), ())
    faults.told()
    return found


def waivers_in(table: Table, select: Callable[[str], frozenset[str]], catalogue: Catalogue | None = None) -> tuple[Waiver, ...]:
    """The `[[waiver]]` tables in a table.

    Raises:
        InvalidSettings: some of them are not understood; everything that is wrong in them at once.
    """
    known = catalogue or default_catalogue()
    faults = Faults()
    found = [faults.read(partial(_waiver, row, select, known), None) for row in table.rows("waiver")]
    faults.told()
    # one for a rule that was not loaded fits nothing, and is not wrong for it
    return tuple(waiver for waiver in found if waiver is not None and waiver.codes != frozenset())


def _waiver(row: Table, select: Callable[[str], frozenset[str]], catalogue: Catalogue) -> Waiver:
    faults = Faults()
    faults.read(lambda: row.allow(*KEYS), None)
    rule = faults.read(lambda: row.text_or_none("rule"), None)
    if not any(key in row.values for key in CRITERIA):
        reason = f"says not what it waives: give at least one of {', '.join(CRITERIA)}"
        faults.add(row.refuse_whole(reason))
    missing = [key for key in ("reason", "owner", "expires") if key not in row.values]
    if missing and set(row.values) <= set(KEYS):  # a misspelt key is told as that, not as a missing one too
        rest = f"; so {'is' if len(missing) == 2 else 'are'} {' and '.join(missing[1:])}" if missing[1:] else ""
        faults.add(row.refuse_whole(f"{missing[0]} is missing{rest}"))
    line = row.line
    waiver = Waiver(
        codes=faults.read(lambda: _codes(row, rule, select), None) if rule else None,
        rule=rule,
        resource=faults.read(lambda: row.text_or_none("resource"), None),
        instance=faults.read(lambda: row.text_or_none("instance"), None),
        area_pair=faults.read(lambda: read_area_pair(row, catalogue), None) if "area_pair" in row.values else None,
        fingerprint=faults.read(lambda: _fingerprint(row), None),
        verdict=faults.read(lambda: _verdict(row), None),
        reason=faults.read(lambda: row.text_or_none("reason"), None) or "",
        owner=faults.read(lambda: row.text_or_none("owner"), None) or "",
        expires=faults.read(lambda: row.date("expires"), None) or dt.date.max,
        place=f"{row.source}{LINE}{line}" if line else row.source,
    )
    faults.told()
    return waiver


def _fingerprint(row: Table) -> str | None:
    print_ = row.text_or_none("fingerprint")
    if print_ is not None and not _FINGERPRINT.fullmatch(print_):
        raise row.refuse("fingerprint", f"the 16 digits of a finding's fingerprint were expected, not {shown(print_)}")
    return print_


def _verdict(row: Table) -> str | None:
    return row.choice("verdict", VERDICTS, default=VERDICTS[0]) if "verdict" in row.values else None


def _codes(row: Table, rule: str, select: Callable[[str], frozenset[str]]) -> frozenset[str]:
    from cenguard.errors import UnknownName

    if rule.upper() == UNREAD[0] or rule == UNREAD[1]:
        return frozenset(UNREAD[:1])
    if rule.upper().startswith(TOOL):
        raise row.refuse("rule", f"{rule} is what cenguard says of itself, and cannot be waived")
    try:
        return select(rule)
    except UnknownName as error:
        raise row.refuse("rule", str(error)) from None


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be said of a waiver itself: one that is over, or one that fits nothing."""

    waiver: Waiver
    message: str
    over: bool


@dataclass(slots=True)
class Waiving:
    """Waivers at work on the findings of one check; it may be asked several times, as the engine's calls come in."""

    waivers: Sequence[Waiver]
    today: dt.date
    unwaivable: frozenset[str] = frozenset()
    """Codes of rules that no waiver hides."""
    former: "Callable[[ReportedFinding], Iterable[ReportedFinding]]" = lambda _finding: ()
    """The finding as it was called before its resource moved: a waiver of then goes on."""
    called: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What else instances are called, by what findings call them: name, id and URN."""
    _hidden: dict[int, set[str]] = field(default_factory=dict)
    """Fingerprints by the place of the waiver that fits them."""
    _refused: dict[int, set[str]] = field(default_factory=dict)
    """The same for findings of rules that cannot be waived."""
    _others: set[str] = field(default_factory=set)
    """Fingerprints that some waiver hides."""

    def judge(self, findings: Iterable["ReportedFinding"]) -> list["ReportedFinding"]:
        """The findings, each with who waives it."""
        return [self._judged(item) for item in findings] if self.waivers else list(findings)

    def _judged(self, finding: "ReportedFinding") -> "ReportedFinding":
        by: str | None = None
        before = (finding, *self.former(finding))
        for index, waiver in enumerate(self.waivers):
            names = self.called.get(finding.instance or "", ()) if waiver.instance is not None else ()
            if not any(waiver.fits(item, names) for item in before):
                continue
            kept = self._refused if finding.rule in self.unwaivable else self._hidden
            kept.setdefault(index, set()).add(finding.fingerprint)
            if by is None and kept is self._hidden and not waiver.over(self.today):
                by = waiver.by
        if by:
            self._others.add(finding.fingerprint)
        return structs.replace(finding, waived_by=by) if by else finding

    def notices(self, asked: Callable[[Waiver], bool]) -> list[Notice]:
        """What is to be said of the waivers; of an unused one only where the check `asked` for what it waives."""
        found: list[Notice] = []
        for index, waiver in enumerate(self.waivers):
            hidden, refused = self._hidden.get(index, set()), len(self._refused.get(index, ()))
            if waiver.over(self.today):
                found.append(Notice(waiver, self._over_text(waiver, hidden, asked=asked(waiver)), over=True))
            elif not hidden and refused:
                text = f"The waiver of {waiver.owner} for {waiver.criteria} has no effect: the settings make the rule unwaivable."
                found.append(Notice(waiver, text, over=False))
            elif not hidden and asked(waiver):
                text = f"The waiver of {waiver.owner} for {waiver.criteria} fits no finding: delete it, or mend what it names."
                found.append(Notice(waiver, text, over=False))
        return found

    def _over_text(self, waiver: Waiver, hidden: set[str], *, asked: bool) -> str:
        text = f"The waiver of {waiver.owner} for {waiver.criteria} expired after {waiver.expires}"
        if not hidden:
            return f"{text}, and fits no finding: delete it." if asked else f"{text}; what it waives was not asked for here."
        shown = len(hidden - self._others)
        if not shown:
            return f"{text}, and another waiver hides what it hid: delete it."
        return f"{text}: the {'finding' if shown == 1 else f'{shown} findings'} that it hid {'is' if shown == 1 else 'are'} shown again."


def escaped(urn: str) -> str:
    """A URN as a glob that fits nothing but this URN.

    >>> escaped("urn:x::a[1]")
    'urn:x::a[[]1]'
    """
    return _URN_BUT_FOR_GLOBS.sub(r"[\1]", urn)


def problems(
    waivers: Sequence[Waiver], today: dt.date, unwaivable: frozenset[str], soon: dt.timedelta = dt.timedelta(days=30)
) -> list[tuple[Waiver, str, bool]]:
    """What a lint finds in waivers: (waiver, what, whether it is wrong and not only worth knowing)."""
    found: list[tuple[Waiver, str, bool]] = []
    seen: Mapping[str, Waiver] = {}
    for waiver in waivers:
        if waiver.over(today):
            found.append((waiver, f"expired after {waiver.expires}: what it hid is shown again", True))
        elif waiver.expires - today <= soon:
            found.append((waiver, f"expires after {waiver.expires}, in {number((waiver.expires - today).days, 'day')}", False))
        if waiver.codes is not None and waiver.codes <= unwaivable:
            found.append((waiver, f"has no effect: the settings make {waiver.rule} unwaivable", True))
        earlier = seen.get(waiver.criteria)
        if earlier is not None:
            found.append((waiver, f"names the same as the one in {earlier.place}", True))
        seen = {**seen, waiver.criteria: waiver}
    return found
