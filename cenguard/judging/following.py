"""What comes to light when edits are made, mended in the same fix: a package that is spelled right needs a limit that waits for it."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import structs

from cenguard.findings import Verdict
from cenguard.findings.finding import Finding
from cenguard.findings.fix import Add, Applicability, Cause, Draft, Edit, Options, Ref, Remedy, Remove, Set, Value, refs_of
from cenguard.geography.regions import RegionPair
from cenguard.judging.edited import NEW
from cenguard.judging.said import words_for
from cenguard.resources.tokens import PACKAGE


class Judged(msgspec.Struct, frozen=True, eq=False):
    """The input judged again with some edits in it."""

    said: Mapping[str, Finding]
    """What is said of it then, by fingerprint."""
    new: Sequence[Finding]
    """What is mandatory then, and was not."""
    added: Mapping[str, str]
    """The names of what the edits add, by the URNs that it has there."""
    asked: frozenset[tuple[str | None, RegionPair]] = frozenset()
    """Pairs of regions, with their instance, of which it was a question before whether they have a package."""

    def was_asked(self, finding: Finding) -> bool:
        """Whether what a finding misses was a question before: it may stand elsewhere."""
        return any((finding.instance, pair) in self.asked for pair in finding.region_pairs)


class Following(msgspec.Struct, frozen=True, eq=False):
    """What takes away what came to light, in terms of the input as it is."""

    finding: Finding
    remedy: Remedy
    summary: str
    """What is to be done then, as a sentence; empty where the finding was there before, or is about what the edits add themselves."""

    @property
    def sets(self) -> frozenset[tuple[str, str]]:
        """The properties that it sets, each with its resource."""
        return set_by(self.remedy.edits)

    @property
    def is_safe(self) -> bool:
        """Whether it needs no question."""
        return self.remedy.applicability is Applicability.SAFE

    @property
    def buys(self) -> bool:
        """Whether it adds a package."""
        return any(isinstance(edit, Add) and edit.type == PACKAGE for edit in self.remedy.edits)

    @property
    def added(self) -> frozenset[str]:
        """How references name what it adds."""
        return added_by(self.remedy.edits)

    @property
    def wanted(self) -> frozenset[str]:
        """The new resources that it refers to."""
        return frozenset(urn for edit in self.remedy.edits for urn in refs_of(edit) if urn.startswith(NEW))


def added_by(edits: Iterable[Edit]) -> frozenset[str]:
    """How references name what some edits add."""
    return frozenset(NEW + edit.name for edit in edits if isinstance(edit, Add))


def set_by(edits: Iterable[Edit]) -> frozenset[tuple[str, str]]:
    """The properties that some edits set, each with its resource."""
    return frozenset((edit.urn, key) for edit in edits if isinstance(edit, Set) for key in edit.properties)


def cause_of(finding: Finding) -> Cause | None:
    """What a finding that is certain comes from, where there is something to edit."""
    return finding.fix.cause if finding.fix is not None and finding.verdict is Verdict.VIOLATED else None


def following(still: Sequence[Finding], new: Sequence[Finding], added: Mapping[str, str], draft: Draft) -> list[Following]:
    """What takes away findings that the edits are for, and new ones, as far as something does.

    `added` are the names of what the edits add, by URN.
    """
    causes: dict[object, tuple[Finding, Cause]] = {}
    for finding in (*still, *new):
        cause = cause_of(finding)
        if cause is not None:
            first, known = causes.get(cause.key, (finding, None))
            causes[cause.key] = (first, cause if known is None else known.joined(cause))
    found: list[Following] = []
    for finding, cause in causes.values():
        remedy = cause.remedy(draft)
        if remedy is None or finding.fix is None:
            continue
        edits = tuple(_as_it_is(edit, added) for edit in remedy.edits)
        told = finding.subject in added or any(finding is item for item in still)
        summary = "" if told else words_for(finding)(finding.fix.summary)
        found.append(Following(finding, structs.replace(remedy, edits=edits), summary))
    return found


_ALSO = "The edits also mend what comes to light with it: "


def laid_on(remedy: Remedy, more: Following) -> Remedy | None:
    """A remedy, and what follows it, as one; None where they are not to be had together."""
    edits: Sequence[Edit] = remedy.edits
    for edit in more.remedy.edits:
        laid = _laid_on(edits, edit)
        if laid is None:
            return None
        edits = laid
    if not more.wanted <= added_by(edits):
        return None  # each fix can be applied by itself
    both_safe = remedy.applicability is more.remedy.applicability is Applicability.SAFE
    also = "" if more.summary in remedy.otherwise else more.summary if _ALSO in remedy.otherwise else f"{_ALSO}{more.summary}"
    return Remedy(
        tuple(edits),
        Applicability.SAFE if both_safe else Applicability.REVIEW,
        " ".join(filter(None, (remedy.note, more.remedy.note))),
        " ".join(filter(None, (remedy.otherwise, also, more.remedy.otherwise))),
    )


def _laid_on(edits: Sequence[Edit], more: Edit) -> list[Edit] | None:
    """Edits with one more: what it says of a resource that they change, or add, is said there."""
    if isinstance(more, Remove):
        return None if any(_is_about(edit, more.urn) for edit in edits) else [*edits, more]
    if not isinstance(more, Set):
        return [*edits, more]
    for number, edit in enumerate(edits):
        if isinstance(edit, (Add, Set)) and _is_about(edit, more.urn):
            properties = {**edit.properties, **more.properties}
            if isinstance(edit, Add):
                properties = {key: value for key, value in properties.items() if value is not None}
            one = structs.replace(edit, properties=properties, options=_both(edit.options, more.options))
            return [*edits[:number], one, *edits[number + 1 :]]
    return None if more.urn.startswith(NEW) else [*edits, more]


def _is_about(edit: Edit, urn: str) -> bool:
    return NEW + edit.name == urn if isinstance(edit, Add) else isinstance(edit, (Set, Remove)) and edit.urn == urn


def _both(first: Options, second: Options) -> Options:
    waits = tuple(dict.fromkeys((*first.depends_on, *second.depends_on)))
    return Options(depends_on=waits, protect=first.protect if second.protect is None else second.protect)


# ---------------------------------------------------------------------- names of what the edits add


def _as_it_is(edit: Edit, added: Mapping[str, str]) -> Edit:
    """An edit of the edited input as one of the input: what other edits add is named by them."""
    if isinstance(edit, (Set, Remove)):
        edit = structs.replace(edit, urn=_name(edit.urn, added))
    if isinstance(edit, Remove):
        return edit
    edit = structs.replace(edit, properties={key: _value(value, added) for key, value in edit.properties.items()})
    if isinstance(edit, (Add, Set)):
        waits = tuple(_name(urn, added) for urn in edit.options.depends_on)
        edit = structs.replace(edit, options=structs.replace(edit.options, depends_on=waits))
    return edit


def _name(urn: str, added: Mapping[str, str]) -> str:
    return NEW + added[urn] if urn in added else urn


def _value(value: Value, added: Mapping[str, str]) -> Value:
    match value:
        case Ref():
            return structs.replace(value, urn=_name(value.urn, added))
        case Mapping():
            return {key: _value(item, added) for key, item in value.items()}
        case tuple():
            return tuple(_value(item, added) for item in value)
        case _:
            return value
