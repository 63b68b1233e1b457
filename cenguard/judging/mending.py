"""The fixes of a report: one for each cause, made when somebody wants to print them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec
from msgspec import structs

from cenguard.findings import Level, Verdict
from cenguard.findings.finding import Finding
from cenguard.findings.fix import Add, Applicability, Cause, Draft, Edit, Import, Remedy, Remove, Set, as_json, refs_of
from cenguard.findings.report import ReportedFinding
from cenguard.judging.coding import Coding
from cenguard.judging.following import Following, Judged, added_by, cause_of, following, laid_on, set_by
from cenguard.judging.said import Said, fingerprint_of
from cenguard.network import Network
from cenguard.resources.urns import name_in_urn
from cenguard.text.printable import printable

Judge: TypeAlias = Callable[[Sequence[Edit]], Judged]
"""Edits → what is said of the input with them in it."""
PYTHON = "python"
MOST_CAUSES = 200
"""With more causes than these, nothing is proved and no fix has edits: `--select` narrows."""

MOST_ATTEMPTS = 3
"""How often the edits of single causes are dropped, before all of an instance are."""
MOST_ROUNDS = 3
"""How often what comes to light with the edits is mended with them."""


class Mend(msgspec.Struct, eq=False):
    """One cause, the findings that come from it, and what takes it away."""

    cause: Cause
    findings: list[str] = msgspec.field(default_factory=list)
    """Fingerprints, the one that carries the edits first."""
    remedy: Remedy | None = None
    behind: "Mend | None" = None
    """Another cause whose edits take this one away too, so that it needs none."""
    note: str = ""
    """What is left of it then, as a sentence."""

    def make(self, draft: Draft) -> None:
        """Make what takes it away."""
        try:
            self.remedy = self.cause.remedy(draft)
        except Exception:  # noqa: BLE001 - what is found is said, whatever becomes of its fix; one of a rule of a team's may be broken
            self.remedy = None

    def take(self, more: Following) -> bool:
        """Whether more can be laid onto its edits."""
        remedy = laid_on(self.remedy, more) if self.remedy is not None else None
        self.remedy = self.remedy if remedy is None else remedy
        return remedy is not None

    @property
    def carrier(self) -> "Mend":
        """The cause whose edits take this one away."""
        return self if self.behind is None else self.behind.carrier

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits, if there are any."""
        return self.remedy.edits if self.remedy is not None else ()

    @property
    def is_safe(self) -> bool:
        """Whether its edits take nothing away and guess nothing."""
        return self.remedy is not None and self.remedy.applicability is Applicability.SAFE

    @property
    def touched(self) -> frozenset[str]:
        """URNs of the resources of the input that it changes."""
        return frozenset(edit.urn for edit in self.edits if isinstance(edit, (Set, Remove)))

    @property
    def sets(self) -> frozenset[tuple[str, str]]:
        """The properties that it sets, each with its resource."""
        return set_by(self.edits)

    @property
    def needed(self) -> frozenset[str]:
        """URNs of the resources of the input that it changes, or that its edits refer to."""
        return self.touched.union(*(refs_of(edit) for edit in self.edits))


def mended_findings(
    findings: Sequence[ReportedFinding], said: Iterable[Said], network: Network, judge: Judge, coding: Coding
) -> Sequence[ReportedFinding] | None:
    """The findings with what takes their causes away, proved together; None where there are too many causes to prove.

    `judge` says what the rules say of the input with some edits in it.
    """
    if network.only_looked:  # what a refresh found missing, an update of the program makes again
        return findings
    mends = causes_of(findings, said)
    if not mends:
        return findings if mends is not None else None
    draft = Draft(network.surroundings.names)
    with_remedies(mends, draft)
    Proof(mends, draft, {item.fingerprint: item for item in findings}, judge).settle()
    return with_fixes(findings, mends, coding)


def causes_of(findings: Iterable[ReportedFinding], said: Iterable[Said]) -> list[Mend] | None:
    """The causes of the findings that are open, in the order in which they are shown; None where there are too many."""
    wanted = dict.fromkeys(item.fingerprint for item in findings if item.waived_by is None and item.verdict == Verdict.VIOLATED)
    found: dict[object, list[tuple[int, str, Cause]]] = {}
    for item in said:
        cause = cause_of(item.finding)
        if cause is None:
            continue
        name = fingerprint_of(item)
        if name in wanted:
            found.setdefault(cause.key, []).append((cause.rank, name, cause))
            if len(found) > MOST_CAUSES:
                return None
    place = {name: number for number, name in enumerate(wanted)}
    mends: list[Mend] = []
    for items in found.values():
        items.sort(key=lambda item: (item[0], place[item[1]]))
        cause = items[0][2]
        for _, _, other in items[1:]:
            cause = cause.joined(other)
        mends.append(Mend(cause, list(dict.fromkeys(name for _, name, _ in items))))
    # what the edits of others may take away comes behind what needs its own
    return sorted(mends, key=lambda mend: (mend.cause.reaches is not None, mend.cause.rank, place[mend.findings[0]]))


def with_remedies(mends: Iterable[Mend], draft: Draft) -> None:
    """Make what takes each cause away."""
    reached: dict[object, Mend] = {}
    for mend in mends:
        wanted = mend.cause.reaches
        if wanted and all(item in reached for item in wanted):
            mend.behind, mend.note = next(reached[item] for item in sorted(wanted, key=str)), mend.cause.unserved
            continue
        mend.make(draft)
        if mend.remedy is not None and not mend.remedy.note:
            for item in mend.cause.reached:
                reached.setdefault(item, mend)


class Proof:
    """All edits of a report at once: every finding that they are for is gone, and no new one is mandatory."""

    def __init__(self, mends: Sequence[Mend], draft: Draft, findings: Mapping[str, ReportedFinding], judge: Judge) -> None:
        """Take the causes with their edits, what they were made from, and the findings by their fingerprints."""
        self.mends, self.draft, self.findings, self.judge = mends, draft, findings, judge
        self.judged: Judged | None = None
        """What was said of the edits that were judged last."""

    def settle(self) -> None:
        """Mend with the edits what comes to light with them; drop those that do not hold, at most three times.

        What they add is made as it should be: a peer with its routes.
        """
        for _ in range(MOST_ATTEMPTS):
            trouble = self._trouble()
            if not trouble or self._kept(self._mend_what_follows):
                for _ in range(MOST_ROUNDS):
                    if not self._kept(self._finish_what_is_added):
                        return
                return
            for mend in self._milder(trouble) or [mend for mend in trouble if not mend.is_safe] or trouble:
                self._drop(mend)
        trouble = self._trouble()
        if trouble:
            instances = {self._instance(mend) for mend in trouble}
            for mend in self.mends:
                if self._instance(mend) in instances:
                    mend.remedy = mend.behind = None
            if self._trouble():
                for mend in self.mends:
                    mend.remedy = mend.behind = None

    def _kept(self, step: Callable[[], bool]) -> bool:
        """Whether a step that lays more onto the edits succeeds; else they are as they were."""
        before, draft, judged = [(mend.remedy, mend.behind) for mend in self.mends], self.draft, self.judged
        self.draft = draft.attempt()
        succeeds = step()
        if succeeds:
            draft.settle(self.draft)
        else:
            self.judged = judged
            for mend, (remedy, behind) in zip(self.mends, before, strict=True):
                mend.remedy, mend.behind = remedy, behind
        self.draft = draft
        return succeeds

    def _mend_what_follows(self) -> bool:
        """Mend all that is wrong with the edits, and what comes to light with that."""
        for _ in range(MOST_ROUNDS):
            judged = self.judged
            if judged is None:
                return False
            names = {name: mend.carrier for mend in self.mends if mend.carrier.edits for name in mend.findings}
            still = {name: mend for name, mend in names.items() if name in judged.said}
            owners = {id(judged.said[name]): mend for name, mend in still.items()}
            left = [judged.said[name] for name in still]
            if any(cause_of(item) is None for item in (*left, *judged.new)):
                return False
            if not self._laid(left, judged.new, judged.added, owners):
                return False
            if not self._trouble():
                return True
        return False

    def _finish_what_is_added(self) -> bool:
        """Mend what is said of the resources that the edits add, so that no second round is needed for it."""
        judged = self.judged
        if judged is None:
            return False
        said = {id(item): name for name, item in judged.said.items() if item.subject in judged.added}
        asked = [item for item in judged.said.values() if id(item) in said and cause_of(item) is not None]
        laid = self._laid([], asked, judged.added, {}) if asked else ()
        if not laid or self._trouble() or self.judged is None:
            return False
        return all(said[id(more.finding)] not in self.judged.said for more in laid)

    def _laid(
        self, still: Sequence[Finding], new: Sequence[Finding], added: Mapping[str, str], owners: Mapping[int, Mend]
    ) -> list[Following]:
        """Lay what takes some findings away onto the edits of the causes that they come from, as far as there is something."""
        try:
            found = following(still, new, added, self.draft)
        except Exception:  # noqa: BLE001 - as where a fix is made
            return []
        laid: list[Following] = []
        for more in found:
            if more.buys and self.judged is not None and self.judged.was_asked(more.finding):
                continue  # it may be there already: a question buys nothing
            owner = self._owner(more, owners)
            if all(self._take_in(owner, other, more.finding) for other in self._needed_by(more, owner)) and owner.take(more):
                laid.append(more)
        return laid

    def _owner(self, more: Following, owners: Mapping[int, Mend]) -> Mend:
        """The cause whose edits something follows; what needs no question comes last for what does."""
        setting = next((mend for mend in self.mends if not more.sets.isdisjoint(mend.sets)), None)
        if setting is not None:
            return setting
        own = owners.get(id(more.finding))
        if own is not None and (more.is_safe or not own.is_safe):
            return own
        around = self._around(more.finding)
        return next((mend for mend in around if more.is_safe or not mend.is_safe), own or around[0])

    def _needed_by(self, more: Following, owner: Mend) -> list[Mend]:
        """Other causes whose edits add what edits refer to: they are one fix then, since each can be applied by itself."""
        needed = more.wanted - more.added - added_by(owner.edits)
        return [mend for mend in self.mends if mend is not owner and not needed.isdisjoint(added_by(mend.edits))]

    def _take_in(self, owner: Mend, other: Mend, finding: Finding) -> bool:
        """Whether the edits of another cause can be made with those of one; what needs no question is not put behind one."""
        alike = other.remedy is not None and (owner.is_safe or not other.is_safe)
        taken = alike and other.remedy is not None and owner.take(Following(finding, other.remedy, ""))
        if taken:
            other.remedy, other.behind = None, owner
        return taken

    def _milder(self, trouble: Sequence[Mend]) -> list[Mend]:
        """Advice that may be in the way of something mandatory: it goes first."""
        if all(self._is_advice(mend) for mend in trouble):
            return []
        places = {self._instance(mend) for mend in trouble}
        touched = {urn for mend in trouble for urn in mend.touched}
        return [
            mend
            for mend in self.mends
            if mend.edits
            and self._is_advice(mend)
            and (mend in trouble or self._instance(mend) in places or not touched.isdisjoint(mend.touched))
        ]

    def _is_advice(self, mend: Mend) -> bool:
        return all(self.findings[name].level != Level.MANDATORY for name in mend.findings)

    def _drop(self, mend: Mend) -> None:
        """Take the edits of a cause away; what fell with it gets edits of its own."""
        mend.remedy = mend.behind = None
        for other in self.mends:
            if other.behind is mend:
                other.behind = None
                other.make(self.draft)

    def _instance(self, mend: Mend) -> str | None:
        found = self.findings[mend.findings[0]]
        return found.instance or found.urn

    def _trouble(self) -> list[Mend]:
        """The causes whose edits do not hold."""
        self.judged = None
        self._settle_clashes()
        edits = [edit for mend in self.mends for edit in mend.edits]
        if not edits:
            return []
        try:
            self.judged = self.judge(edits)
        except Exception:  # noqa: BLE001 - edits that nobody can judge are not shown
            return [mend for mend in self.mends if mend.edits]
        said = self.judged.said
        trouble = [mend for mend in self.mends if mend.carrier.edits and any(name in said for name in mend.findings)]
        for item in self.judged.new:
            trouble += [mend for mend in self._around(item) if mend not in trouble]
        return trouble

    def _settle_clashes(self) -> None:
        """Of two causes that want one property otherwise, or one of which removes what the other needs, the other falls with the first.

        Whether it really does, the judgement says.
        """
        gone: dict[str, Mend] = {}
        told: dict[tuple[str, str], tuple[object, Mend]] = {}
        for mend in self.mends:
            gone |= {edit.urn: mend for edit in mend.edits if isinstance(edit, Remove) and edit.urn not in gone}
        for mend in self.mends:
            first = next((gone[urn] for urn in sorted(mend.needed) if urn in gone and gone[urn].carrier is not mend), None)
            if first is None:
                for edit in mend.edits:
                    if isinstance(edit, Set):
                        for key, value in edit.properties.items():
                            known, owner = told.setdefault((edit.urn, key), (value, mend))
                            first = first or (owner if known != value and owner.carrier is not mend else None)
            if first is not None:
                mend.remedy, mend.behind = None, first.carrier

    def _around(self, finding: Finding) -> list[Mend]:
        """The causes whose edits bring a new finding: those that touch what it names, else those of its instance, else all."""
        with_edits = [mend for mend in self.mends if mend.edits]
        named = {finding.subject, *finding.related, *finding.packages}
        names = {name_in_urn(item) for item in named if item}
        touching = [
            mend
            for mend in with_edits
            if any((edit.name in names) if isinstance(edit, (Add, Import)) else (edit.urn in named) for edit in mend.edits)
        ]
        return touching or [mend for mend in with_edits if self._instance(mend) == finding.instance] or with_edits


def with_fixes(findings: Sequence[ReportedFinding], mends: Iterable[Mend], coding: Coding) -> list[ReportedFinding]:
    """The findings with the edits of their causes."""
    by_finding = {name: mend for mend in mends if mend.carrier.edits for name in mend.findings}
    return [_with_fix(item, by_finding.get(item.fingerprint), coding) for item in findings]


def _with_fix(item: ReportedFinding, mend: Mend | None, coding: Coding) -> ReportedFinding:
    fix = item.fix
    remedy = mend.carrier.remedy if mend is not None else None
    if fix is None or mend is None or remedy is None or item.waived_by is not None:
        return item
    applicability, carrier = remedy.applicability.value, mend.carrier.findings[0]
    if item.fingerprint != carrier:
        left = f" {mend.note}" if mend.note else ""
        return structs.replace(
            item, fix=structs.replace(fix, summary=fix.summary + left, with_=carrier, applicability=applicability, python=None)
        )
    note = "".join(f" {printable(text)}" for text in (remedy.otherwise, remedy.note) if text)
    code = coding.code(item.fingerprint, mend.edits, [urn for urn in (item.urn, *item.related) if urn])
    mended = structs.replace(
        fix,
        summary=fix.summary + note,
        applicability=applicability,
        edits=tuple(as_json(edit) for edit in mend.edits),
        code=code,
        python=code.text if code is not None and code.language == PYTHON else None,
    )
    return structs.replace(item, fix=mended)
