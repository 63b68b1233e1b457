"""A whole audit: what there is, read, joined, judged and told."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from cenguard import __version__
from cenguard.errors import UnreadableInput
from cenguard.findings import Level, Verdict
from cenguard.findings.audited import Audit, AuditedFinding, AuditedStack, AuditReport, AuditSummary, UnreadState
from cenguard.fleet.beside import beside_of, share_of, with_proofs
from cenguard.fleet.crews import Crew, Killed
from cenguard.fleet.estate import estate_rules, judge_estate
from cenguard.fleet.joining import Group, join
from cenguard.fleet.journal import Entry, Journal
from cenguard.fleet.listing import Target, places_here, targets_of
from cenguard.fleet.money import committed_of
from cenguard.fleet.reading import read_batch, unread_line
from cenguard.fleet.roots import roots_of
from cenguard.fleet.shares import Share
from cenguard.fleet.since import since_base
from cenguard.fleet.verdicts import Task, judge_batch, proven_by
from cenguard.fleet.verdicts import Verdict as GroupVerdict
from cenguard.fleet.waiving import about_old_inventories, waived, with_open_carriers
from cenguard.judging.expected import missing_of
from cenguard.judging.options import Options, chosen_codes
from cenguard.judging.tool_findings import RULE_FAILED, help_of
from cenguard.rules.rule import Rule
from cenguard.text.printable import listed, name_as_text
from cenguard.text.sparing import spare

MOST_STATES = 64
"""States in a batch."""
MOST_BYTES = 24 << 20
"""Bytes of states in a batch, packed or not: what a process holds at once."""
MOST_RECORDS = 2 << 20
"""Bytes of records in a batch of groups."""


Said = Callable[[str, Any], None]
"""Called with the kind of a record and the record, as soon as it is known: `unread`, `finding`, `instance`, `package`."""
Step = Callable[[str, int, int], None]
"""Called with what goes on, how much of it is done, and how much there is."""


@dataclass(slots=True, kw_only=True)
class AuditRequest:
    """What an audit is asked for."""

    urls: Sequence[str]
    options: Options
    resume: Path | None = None
    base: AuditReport | None = None
    maps: bool = False
    """Whether somebody draws the instances."""
    edits: bool = True
    """Whether somebody prints the edits of fixes, which are proved instance by instance."""
    files: Sequence[Path] = ()
    """Where reports go: to no state."""
    say: Said = lambda _kind, _record: None
    step: Step = lambda _what, _done, _all: None


def audit(request: AuditRequest, crew: Crew) -> Audit:
    """Read every state, join them by CEN instance, and judge them as one input.

    Raises:
        UnreadableInput: a root cannot be listed or holds no state, nothing could be read, the journal is none, or a report would
            be written over a state.
    """
    roots = roots_of(request.urls)
    remarks: list[str] = []
    targets = targets_of(roots, remarks)
    spare(request.files, places_here(targets))
    placeholders = request.options.settings.placeholders
    journal = Journal(request.resume, sha256(repr(sorted(placeholders)).encode()).hexdigest()[:16])
    with closing(journal):
        running = _Running(request, crew, journal, targets, remarks)
        running.read()
        judged = running.judge()
    return _told(request, [name_as_text(root.url) for root in roots], running, judged)


@dataclass(slots=True)
class _Running:
    request: AuditRequest
    crew: Crew
    journal: Journal
    targets: Sequence[Target]
    remarks: list[str] = field(default_factory=list)

    # ------------------------------------------------------------------ the first half

    def read(self) -> None:
        """Read what the journal does not hold already."""
        todo = [target for target in self.targets if not self._is_known(target)]
        if self.journal.renewed:
            self.remarks.append(f"{self.request.resume}: another version or other settings made it, so every state is read again")
        for target in self.targets:
            if self._is_known(target):
                self._say_unread(self.journal.entries[target.url])
        done = len(self.targets) - len(todo)
        self.request.step("reading states", done, len(self.targets))
        work = partial(read_batch, placeholders=tuple(self.request.options.settings.placeholders))
        for batch, answer in self.crew.answers(work, _batches(todo)):
            lines = [unread_line(item, _KILLED) for item in batch] if isinstance(answer, Killed) else answer
            for line in lines:
                self._say_unread(self.journal.add(line))
            self.journal.flush()
            done += len(batch)
            self.request.step("reading states", done, len(self.targets))

    def _is_known(self, target: Target) -> bool:
        entry = self.journal.entries.get(target.url)
        if entry is None:
            return False
        state = entry.state
        return bool(state.mark) and (state.size, state.mark, state.name) == (target.size, target.mark, target.name)

    def _say_unread(self, entry: Entry) -> None:
        if entry.state.reason:
            self.request.say("unread", UnreadState(entry.state.url, entry.state.reason))

    @property
    def entries(self) -> list[Entry]:
        """What was read of each state, by URL."""
        return [self.journal.entries[target.url] for target in self.targets]

    # ------------------------------------------------------------------ the second half

    def judge(self) -> list[GroupVerdict]:
        """Judge every group, and what is asked of all of them together."""
        options = self.request.options
        joined = join(self.entries, options.inventory.on(options.day))
        self.remarks += joined.remarks
        rules = _chosen(options)
        everywhere = estate_rules(rules, options)
        apart = {rule.code for rule in everywhere}
        rules = [rule for rule in rules if rule.code not in apart]
        settings = msgspec.structs.replace(options.settings, waivers=(), custom=(), output={}, expect=())
        plain = msgspec.structs.replace(
            options, settings=settings, inventory=type(options.inventory)(), today=options.day, fixes=self.request.edits
        )
        beside = beside_of(joined, self.journal)
        work = partial(judge_batch, rules=rules, options=plain, maps=self.request.maps)
        found: dict[int, GroupVerdict] = {}
        numbers = range(len(joined.groups))
        for verdict in self._judged(partial(work, beside=beside), joined.groups, numbers):
            found[verdict.number] = verdict
            self._say(verdict)
        proofs: dict[tuple[str, str], tuple[str, str]] = {}
        for number in numbers:
            for pair, place in found[number].proofs.items():
                proofs.setdefault(pair, place)
        unallocated = {pair for number in numbers for pair in found[number].unallocated}
        told = proven_by(joined.elsewhere, plain) if unallocated else {}
        for number in numbers:
            for pair in sorted(found[number].told):
                told.setdefault(pair, joined.groups[number].inventory)
        again = [number for number in numbers if not found[number].unallocated.isdisjoint((*proofs, *told))]
        if again:
            beside = replace(with_proofs(beside, proofs, joined, self.journal), inventories=told)
            for verdict in self._judged(partial(work, beside=beside), joined.groups, again):
                found[verdict.number] = verdict
        verdicts = [found[number] for number in numbers]
        if everywhere:
            tasks = [share for group in joined.groups for share in _shares(group, self.journal)]
            verdicts.append(judge_estate(tasks, everywhere, options))
        return verdicts

    def _judged(self, work: Callable[[Any], Any], groups: Sequence[Group], numbers: Sequence[int]) -> Iterator[GroupVerdict]:
        done = 0
        self.request.step("judging instances", done, len(numbers))
        for batch, answer in self.crew.answers(work, _tasks(groups, numbers, self.journal)):
            if isinstance(answer, Killed):
                urls = ", ".join(share.url for share in batch[0].shares[:3])
                raise UnreadableInput(
                    urls, "a process that judged what these states hold of one instance ended: is there enough memory?"
                )
            yield from answer
            done += len(batch)
            self.request.step("judging instances", done, len(numbers))

    def _say(self, verdict: GroupVerdict) -> None:
        for instance in verdict.instances:
            self.request.say("instance", instance)
        for package in verdict.packages:
            self.request.say("package", package)


_KILLED = "ended every process that read it"


def _batches(targets: Sequence[Target]) -> Iterator[list[Target]]:
    """States of one root, as many as a process should hold at once."""
    batch: list[Target] = []
    size = 0
    for target in targets:
        if batch and (len(batch) >= MOST_STATES or size + target.size > MOST_BYTES or target.root != batch[0].root):
            yield batch
            batch, size = [], 0
        batch.append(target)
        size += target.size
    if batch:
        yield batch


def _tasks(groups: Sequence[Group], numbers: Iterable[int], journal: Journal) -> Iterator[list[Task]]:
    batch: list[Task] = []
    size = 0
    for number in numbers:
        group = groups[number]
        if batch and size + group.size > MOST_RECORDS:
            yield batch
            batch, size = [], 0
        batch.append(Task(tuple(_shares(group, journal)), group.inventory, number))
        size += group.size
    if batch:
        yield batch


def _shares(group: Group, journal: Journal) -> list[Share]:
    by_url: dict[str, list[Any]] = {}
    for part in group.parts:
        by_url.setdefault(part.entry.state.url, []).append(part)
    return [share_of(parts, journal) for _, parts in sorted(by_url.items())]


def _chosen(options: Options) -> list[Rule]:
    codes = chosen_codes(options)
    return [rule for rule in options.rules if rule.code in codes]


# ---------------------------------------------------------------------- the report


def _told(request: AuditRequest, roots: Sequence[str], running: _Running, judged: Sequence[GroupVerdict]) -> Audit:
    options = request.options
    entries = running.entries
    unread = [UnreadState(entry.state.url, entry.state.reason) for entry in entries if entry.state.reason]
    read = [entry.state for entry in entries if not entry.state.reason]
    if not read:
        first = unread[0]
        raise UnreadableInput(
            first.url, f"{first.reason}; nothing else could be read{f' ({len(unread)} states)' if len(unread) > 1 else ''}"
        )
    findings = _once(item for verdict in judged for item in verdict.findings)
    findings += _of_fleet(missing_of([names for verdict in judged for names in verdict.names], options.settings))
    called: dict[str, list[str]] = {}
    for name, names in (item for verdict in judged for item in verdict.called.items()):
        known = called.setdefault(name, [])  # a group that only names an instance knows no more than its id
        known += [item for item in names if item not in known]
    stacks_read = [(state.stack, state.project) for state in read]
    findings = waived(findings, stacks_read, options, [rule.code for rule in _chosen(options)], called)
    old = about_old_inventories([verdict.old for verdict in judged], sorted(findings, key=_sorting), options)
    findings = [*(with_open_carriers(findings) if request.edits else findings), *_of_fleet(old)]
    findings = sorted(_helped(findings, options.settings.help_url), key=_sorting)
    counts = _counts(findings)
    instances = sorted((item for verdict in judged for item in verdict.instances), key=lambda item: item.instance)
    packages = sorted((item for verdict in judged for item in verdict.packages), key=lambda item: item.id)
    stacks = [
        AuditedStack(
            url=state.url,
            project=state.project,
            stack=state.stack,
            kind=state.kind,
            resources=state.resources,
            cen=state.cen,
            mandatory=counts.get((state.url, "mandatory"), 0),
            advisory=counts.get((state.url, "advisory"), 0),
            undetermined=counts.get((state.url, "undetermined"), 0),
        )
        for state in read
    ]
    since, incomparable = (
        since_base(request.base, roots, unread, packages, judged, options.day) if request.base is not None else (None, [])
    )
    report = AuditReport(
        cenguard=__version__,
        catalogue=options.catalogue.edition,
        roots=tuple(roots),
        summary=AuditSummary(
            stacks=len(stacks),
            unread=len(unread),
            with_cen=sum(state.cen > 0 for state in read),
            instances=len(instances),
            mandatory=counts.get(("", "mandatory"), 0),
            advisory=counts.get(("", "advisory"), 0),
            undetermined=counts.get(("", "undetermined"), 0),
            waived=sum(item.waived_by is not None for item in findings),
        ),
        stacks=tuple(stacks),
        unread=tuple(unread),
        instances=tuple(instances),
        packages=tuple(packages),
        findings=tuple(findings),
        since=since,
        committed=tuple(committed_of([item for verdict in judged for item in verdict.contracts], options.settings.prices)),
    )
    copies = [pair for verdict in judged for pair in verdict.copies]
    remarks = _said_twice(copies)
    for item in findings:
        request.say("finding", item)
    for stack in stacks:
        request.say("stack", stack)
    request.say("summary", report.summary)
    maps = sorted((item for verdict in judged for item in verdict.maps), key=lambda item: (item.address, item.name))
    failed = any(item.rule == RULE_FAILED[0] for item in findings)
    return Audit(report, tuple(maps), (*running.remarks, *remarks, *incomparable), failed)


def _said_twice(copies: Iterable[tuple[str, str]]) -> list[str]:
    """What is said of states and their copies: one line for each state that counts, however many copies a bucket keeps of it."""
    by_twin: dict[str, list[str]] = {}
    for url, twin in sorted(set(copies)):
        by_twin.setdefault(twin, []).append(url)
    return [
        f"{listed(urls)} {'say' if len(urls) > 1 else 'says'} the same stack as {twin}, which counts"
        for twin, urls in sorted(by_twin.items(), key=lambda item: item[1])
    ]


def _of_fleet(items: Iterable[Any]) -> list[AuditedFinding]:
    """Findings that are about no state."""
    return [AuditedFinding(**{name: getattr(item, name) for name in item.__struct_fields__}) for item in items]


def _helped(findings: Iterable[AuditedFinding], base: str) -> list[AuditedFinding]:
    """The findings with the addresses of their pages, where the settings name a base for them."""
    return [msgspec.structs.replace(item, help=help_of(item.rule, base)) if base else item for item in findings]


def _once(items: Iterable[AuditedFinding]) -> list[AuditedFinding]:
    """What several groups say of the same thing (a rule that failed) is said once."""
    found: dict[Any, AuditedFinding] = {}
    for item in items:
        found.setdefault((item.rule, item.stack, item.fingerprint, item.message), item)
    return list(found.values())


def _sorting(item: AuditedFinding) -> tuple[Any, ...]:
    return (item.stack or "", item.rule, item.urn or item.instance or "", item.area_pair or ("", ""), item.message)


def _counts(findings: Iterable[AuditedFinding]) -> dict[tuple[str, str], int]:
    """Open findings by URL and grade; those of all states under no URL."""
    found: dict[tuple[str, str], int] = {}
    for item in findings:
        if item.waived_by is not None:
            continue
        grade = "undetermined" if item.verdict == Verdict.UNDETERMINED else str(Level(item.level).value)
        for url in {"", item.stack or ""}:
            found[url, grade] = found.get((url, grade), 0) + 1
    return found


def decode_base(content: bytes, source: str) -> AuditReport:
    """An earlier report of an audit.

    Raises:
        UnreadableInput: it is none.
    """
    from cenguard.findings.audited import SCHEMA

    expected = "a report of `cenguard audit --format json` was expected"
    try:
        plain = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableInput(source, f"is not whole JSON: {error}; {expected}") from None
    if not isinstance(plain, dict) or plain.get("schema") != SCHEMA:
        raise UnreadableInput(source, f"is no report with schema {SCHEMA}; {expected}")
    try:
        report = msgspec.convert(plain, AuditReport)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at ")
        raise UnreadableInput(source, f"is no report of an audit: {reason}", where=where.strip("`")) from None
    for index, package in enumerate(report.packages):
        if package.expires is None:
            continue
        try:
            dt.date.fromisoformat(package.expires)
        except ValueError:
            said = f"is no report of an audit: a day was expected (2027-03-31), not {package.expires!r}"
            raise UnreadableInput(source, said, where=f"$.packages[{index}].expires") from None
    return report
