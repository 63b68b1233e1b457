"""What changed: the input before, and which findings are new, unchanged or fixed.

A preview, a plan beside its export, and an event log carry the state they start from: each is its own base. `--base`
names another one, stack by stack.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import structs

from cenguard.assembly.old_states import as_state, moved_along, moved_by_aliases, with_old_states
from cenguard.errors import UnreadableInput
from cenguard.findings.report import DETACHED, ReportedFinding, ReportedPair
from cenguard.network.connectivity import Disposition
from cenguard.resources.records import OF_TERRAFORM, Change, Records, SourceKind

NEW = "new"
UNCHANGED = "unchanged"
_STILL = (Change.SAME, Change.READ)
_CHANGING = (SourceKind.PREVIEW, SourceKind.PLAN, SourceKind.EVENTS, SourceKind.TERRAFORM_PLAN)
_RANK = {
    ("undetermined", "advisory"): 0,
    ("undetermined", "mandatory"): 1,
    ("violated", "advisory"): 2,
    ("violated", "mandatory"): 3,
}


def compared_with_base(
    sources: Sequence[Records], given: Sequence[Records] | None = None
) -> tuple[list[Records], list[Records] | None]:
    """The sources with the old states that given bases tell, and the input before the change.

    The latter is None where the sources do not tell it and no base is given. A source without an old state of its own and
    without a given base is new: nothing of it stood before.

    Raises:
        UnreadableInput: a given base hides resources, or names a stack that is not checked.
    """
    changed = list(sources)
    if not all(source.complete for source in sources):
        return changed, None
    if given is None and not any(source.kind in _CHANGING for source in sources):
        return changed, None
    chosen = _by_stack(sources, given or ())
    found: list[Records] = []
    for index, source in enumerate(sources):
        base = chosen.get((source.project, source.stack))
        if base is not None:
            base = as_state(base, source.stack, source.project)
            whole = _completed(source, base)
            if whole is not None:
                changed[index] = whole
                found.append(moved_along(base, whole.moved))
                continue
            named, base = _moved(source, base)
            changed[index] = with_old_states(named, base)
        else:
            base = _own(source)
        if base is not None:
            found.append(base)
        elif given is None:
            return changed, None
    return changed, found


def under_their_names(sources: Sequence[Records], given: Sequence[Records] | None) -> tuple[Records, ...] | None:
    """Given bases with the URNs of the sources that they stand for: what they leave open is known by its URN.

    Raises:
        UnreadableInput: as above.
    """
    if given is None or not all(source.complete for source in sources):
        return None if given is None else tuple(given)
    chosen = _by_stack(sources, given)
    found: list[Records] = []
    for source in sources:
        base = chosen.get((source.project, source.stack))
        if base is not None:
            named = as_state(base, source.stack, source.project)
            found.append(named if source.kind is SourceKind.PLAN else _moved(source, named)[1])  # a plan looks for the old names
    return tuple(found)


def _moved(source: Records, base: Records) -> tuple[Records, Records]:
    """A source that knows what its aliases move from a base, and the base with that moved."""
    moved = {**source.moved, **moved_by_aliases(source, base)}
    return structs.replace(source, moved=moved), moved_along(base, moved)


def _completed(source: Records, base: Records) -> Records | None:
    """A plan with the inputs that it leaves out, where the base is the state that it starts from."""
    if source.kind is not SourceKind.PLAN or source.has_old_states or base.kind not in (SourceKind.EXPORT, SourceKind.CHECKPOINT):
        return None
    from cenguard.readers.merging import merge  # only a plan needs it

    try:
        (found,) = merge([source, base])
    except UnreadableInput:  # a base of another moment: what the plan leaves out stays unknown
        return None
    return found


def _by_stack(sources: Sequence[Records], given: Sequence[Records]) -> Mapping[tuple[str, str], Records]:
    """Given bases by the stack they stand for; one base of one source stands for it, whatever its stack is called."""
    for base in given:
        if not base.complete:
            raise UnreadableInput(base.path, f"does not show the whole stack, so it is no base: {base.missing}")
    if len(sources) == 1 and len(given) == 1:
        _check_name(sources[0], given[0])
        return {(sources[0].project, sources[0].stack): given[0]}
    known = {(source.project, source.stack) for source in sources}
    for base in given:
        if base.stack and (base.project, base.stack) not in known:
            names = sorted(filter(None, (source.project for source in sources)))
            if not base.project and names:
                whose = f"say whose base it is: --base {names[0]}={base.path}"
                raise UnreadableInput(base.path, f"has no name, and the sources have ({', '.join(names)}); {whose}")
            raise UnreadableInput(base.path, f"is a base of {base.project}/{base.stack}, which is not among the sources")
    return {(base.project, base.stack): base for base in given}


def _check_name(source: Records, base: Records) -> None:
    """A name in front of every address compares nothing with addresses that have another one, or none."""
    if source.kind not in OF_TERRAFORM or base.kind not in OF_TERRAFORM or base.project in ("", source.project):
        return
    whose = f"the source is called {source.project}" if source.project else "the source has no name"
    raise UnreadableInput(base.path, f"is a base of {base.project}, and {whose}: give both the same name")


def _own(source: Records) -> Records | None:
    """The state that a source starts from."""
    if source.refreshed:
        found = [resource.before or resource for resource in source.resources]
        drifted = bool(source.gone) or any(resource.before is not None for resource in source.resources)
        return structs.replace(source, resources=[*found, *source.gone], gone=[]) if drifted else source
    if source.is_state or not moves(source):
        return source if source.kind is not SourceKind.PROGRAM else None
    if source.kind not in _CHANGING or not source.has_old_states:
        return None
    stood = [item.before or item for item in source.resources if item.before is not None or item.change in _STILL]
    known = {resource.urn for resource in stood} if source.retained or source.deleted else frozenset()
    leaving = [item for item in source.retained if not item.delete]
    leaving = [item for item in (*source.deleted, *leaving) if item.urn not in known]
    old = [*source.leftover, *source.cleared, *(resource for resource in source.retained if resource.delete)]
    resources = [*stood, *leaving]
    return structs.replace(
        source, resources=resources, deleted=[], retained=[], cleared=[], leftover=old, left_out=[], resource_count=len(resources)
    )


def moves(source: Records) -> bool:
    """Whether a source changes anything."""
    return bool(source.deleted or source.retained or source.cleared) or any(
        resource.change not in _STILL for resource in source.resources
    )


def compared(
    findings: Iterable[ReportedFinding], before: Iterable[ReportedFinding]
) -> tuple[list[ReportedFinding], tuple[ReportedFinding, ...]]:
    """The findings, each marked new or unchanged, and those that are fixed.

    One that was only a question, or only advisory, and is now certain or mandatory is a new one, and so is one that names a pair
    of regions which it did not name. Of several with one fingerprint, one that says the same is the same; of the others, as many
    are new as there are more than before.
    """
    found, left = list(findings), _by_fingerprint(before)
    known = [item for item in found if item.fingerprint in left]
    twins = {id(item): twin for item in known if (twin := _same(item, left)) is not None}
    for item in sorted(known, key=_rank, reverse=True):
        if id(item) not in twins and (twin := _nearest(item, left)) is not None:
            twins[id(item)] = twin
    marked = [
        structs.replace(item, change=NEW if (twin := twins.get(id(item))) is None or _is_more(item, twin) else UNCHANGED)
        for item in found
    ]
    return marked, tuple(item for kept in left.values() for item in kept)


def _by_fingerprint(findings: Iterable[ReportedFinding]) -> dict[str, list[ReportedFinding]]:
    found: dict[str, list[ReportedFinding]] = {}
    for item in findings:
        found.setdefault(item.fingerprint, []).append(item)
    return found


def _same(item: ReportedFinding, left: Mapping[str, list[ReportedFinding]]) -> ReportedFinding | None:
    """The finding that says the same, which is no other's then."""
    kept = left[item.fingerprint]
    at = next((index for index, old in enumerate(kept) if old.message == item.message), None)
    return None if at is None else kept.pop(at)


def _is_more(item: ReportedFinding, twin: ReportedFinding) -> bool:
    """Whether a finding says more than it did: more certainly, more gravely, or of more pairs of regions."""
    return _rank(item) > _rank(twin) or not _names_all(twin, item)


def _names_all(twin: ReportedFinding, item: ReportedFinding) -> bool:
    """Whether a finding named all the pairs of regions that another one names."""
    return item.region_pairs == twin.region_pairs or set(item.region_pairs) <= set(twin.region_pairs)


def _nearest(item: ReportedFinding, left: Mapping[str, list[ReportedFinding]]) -> ReportedFinding | None:
    """What a finding was before in other words: the least that was as certain and as grave, else what was most so.

    What named all of its pairs of regions comes first.
    """
    kept = left[item.fingerprint]
    if not kept:
        return None
    ranks = [(_names_all(old, item), _rank(old)) for old in kept]
    enough = [rank for rank in ranks if rank >= (True, _rank(item))]
    return kept.pop(ranks.index(min(enough) if enough else max(ranks)))


def _rank(item: ReportedFinding) -> int:
    return _RANK.get((item.verdict, item.level), 0)


def with_mbps_before(
    pairs: Iterable[ReportedPair], before: Iterable[ReportedPair], open_ended: Collection[str] = ()
) -> tuple[ReportedPair, ...]:
    """The pairs, each with the Mbps it had, and those that carried some and are attached no more.

    Of the instances `open_ended` that is not known: the region of an attachment is not.
    """
    had = {(pair.instance, pair.regions): pair for pair in before}
    found = []
    for pair in pairs:
        old = had.pop((pair.instance, pair.regions), None)
        found.append(structs.replace(pair, mbps_before=old.mbps if old else None))
    gone = [
        structs.replace(
            old,
            disposition=Disposition.UNDETERMINED if old.instance in open_ended else DETACHED,
            mbps=None,
            mbps_before=old.mbps,
        )
        for old in had.values()
        if old.mbps
    ]
    return tuple(sorted([*found, *gone], key=lambda pair: (pair.instance, pair.regions)) if gone else found)
