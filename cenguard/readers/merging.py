"""Several sources as one input: two documents of one stack are merged where they complete each other, else refused.

A preview or a plan says what would change, and an export says what stands: together nothing is missing.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.readers.moves import Moves
from cenguard.readers.plan import Planned, kept_of
from cenguard.readers.preview import note_excluded
from cenguard.readers.steps import ENGINES_OWN, is_retry, leave_out, note_left_out, settles, urn_is_providers
from cenguard.resources.edges import set_alone
from cenguard.resources.kept_values import keep_values
from cenguard.resources.records import OF_TERRAFORM, STACK, Change, Records, Resource, SourceKind
from cenguard.resources.tokens import CEN
from cenguard.resources.unread import take_stock
from cenguard.resources.urns import name_in_urn, stack_of
from cenguard.text.printable import listed

_CHANGING = (SourceKind.PREVIEW, SourceKind.PLAN)
_STATES = (SourceKind.EXPORT, SourceKind.CHECKPOINT)


def merge(sources: Sequence[Records]) -> list[Records]:
    """One source for each stack, in the order given.

    Raises:
        UnreadableInput: two documents of one stack say the same thing twice, or do not belong together.
    """
    merged: list[Records] = []
    elsewhere = _States(sources)
    for source in sources:
        twin = next((index for index, item in enumerate(merged) if _same_stack(item, source)), None)
        if twin is None:
            twin = next(
                (index for index, item in enumerate(merged) if _starts_from(item, source) or _starts_from(source, item)), None
            )
        own = elsewhere.of(source, len(merged)) if twin is None else None
        if own is not None:
            if source.kind is SourceKind.TERRAFORM_PLAN:
                merged[own] = source
        elif twin is None:
            merged.append(source)
        else:
            newest = max(merged[twin].taken, source.taken)
            merged[twin] = _together(merged[twin], source)
            merged[twin].taken = newest
            take_stock(merged[twin])
    return merged


def _same_stack(first: Records, second: Records) -> bool:
    return bool(first.stack) and (first.project, first.stack) == (second.project, second.stack)


def _starts_from(change: Records, state: Records) -> bool:
    """Whether a state that was brought into a stack of another name, with its URNs as they were, is what a change starts from.

    The aliases of the program name the old project or stack then, and an export tells whose it is by its URNs alone. A preview says
    from which URN the engine moved each resource; a plan deletes the old stack, which no alias moves. Aliases that are left in the
    program after that tell nothing.
    """
    if change.kind not in _CHANGING or state.kind not in _STATES or not state.stack:
        return False
    before = change.moved.values() if change.kind is SourceKind.PREVIEW else [item.urn for item in change.deleted]
    return any(stack_of(urn) == (state.stack, state.project) for urn in before)


def _together(first: Records, second: Records) -> Records:
    change, state = (second, first) if first.kind in _STATES else (first, second)
    if first.kind in OF_TERRAFORM and second.kind in OF_TERRAFORM:
        from cenguard.readers.terraform.own_state import together

        return together(first, second)
    if state.kind not in _STATES or change.kind not in _CHANGING:
        raise UnreadableInput(
            second.path,
            f"is a second source of the stack {second.project}/{second.stack}, beside {first.path}: a preview or a plan "
            "goes with the stack's export, and no other two go together",
        )
    return _completed_plan(change, state) if change.kind is SourceKind.PLAN else _completed_preview(change, state)


class _States:
    """Which plan of Terraform starts from which state that lies elsewhere, and so has another name; each is looked at once.

    The ids of what stands tell it: both have the same things under the same addresses, and nothing else.
    """

    def __init__(self, sources: Sequence[Records]) -> None:
        """Take the sources: only a plan beside a state asks for their ids."""
        self._both = {item.kind for item in sources}.issuperset(OF_TERRAFORM)
        self._known: dict[frozenset[tuple[str, str]], tuple[Records, int]] = {}
        self._lineages: dict[str, Records] = {}

    def of(self, source: Records, index: int) -> int | None:
        """The place of the other one of a plan and its state; without one, `source` is known at `index` from now on.

        Raises:
            UnreadableInput: it is a copy of a state, or that state as it was at another moment: everything would be there twice.
        """
        if source.kind not in OF_TERRAFORM:
            return None
        other = self._lineages.setdefault(source.lineage, source) if source.lineage else source
        if other is not source and not _ids_before(other).items().isdisjoint(_ids_before(source).items()):
            raise UnreadableInput(source.path, f"is a copy of the state {other.path} (they have one lineage): give one of them")
        ids = frozenset(_ids_before(source).items()) if self._both else frozenset()
        if not ids:
            return None
        known, place = self._known.setdefault(ids, (source, index))
        return place if known.kind is not source.kind else None


def _ids_before(source: Records) -> dict[str, str]:
    """The ids of what stands of a network before a plan, or in a state, by the addresses without the source's name."""
    found: dict[str, str] = {}
    start = len(source.project) + 1 if source.project else 0
    stood = [
        resource.before or resource
        for resource in source.resources
        if resource.before is not None or (resource.stands and not resource.imported)
    ]
    for resource in (*stood, *source.deleted, *source.retained, *source.gone):
        if resource.id is not None and resource.type.startswith(CEN):
            found[source.moved.get(resource.urn, resource.urn)[start:]] = resource.id
    return found


def _completed_preview(preview: Records, state: Records) -> Records:
    """A preview document with the resources that it leaves out because they do not change."""
    standing = {resource.urn: resource for resource in state.resources}
    halves = {resource.urn for resource in state.gone}
    resources = [
        _made_anew(resource) if _old_urn(preview, resource.urn) in halves else resource for resource in preview.resources
    ]
    shown = {_old_urn(preview, resource.urn): resource for resource in resources}
    old_states = [item.before or (item if item.change is Change.SAME and not item.imported else None) for item in resources]
    if preview.refreshed:
        old_states += preview.gone
    imported = {resource.urn for resource in resources if resource.imported}  # in no state before this update
    for resource in old_states:
        if resource is None or resource.type == STACK or not resource.id:
            continue
        urn = _old_urn(preview, resource.urn)
        stands = standing.get(urn)
        stored = preview.read_anew.get(urn) or resource.id
        if urn not in halves and (resource.urn not in imported if stands is None else stands.id != stored):
            raise _mismatch(preview, state, urn)
    for resource in (*preview.deleted, *preview.retained):
        urn = _old_urn(preview, resource.urn)
        if urn in halves or resource.delete:  # an old one that could not be deleted
            continue
        stands = standing.get(urn)
        if stands is None or (resource.id and stands.id != preview.read_anew.get(urn, resource.id)):
            raise _mismatch(preview, state, urn)
    taken = (*preview.deleted, *preview.retained, *preview.gone)
    gone = {_old_urn(preview, resource.urn) for resource in taken if not resource.delete}  # an old one leaves the living one
    rest = [resource for urn, resource in standing.items() if urn not in shown and urn not in gone]
    untold = [
        resource
        for resource in rest
        if resource.change is Change.SAME and not _is_default_provider(resource) and resource.type != STACK
    ]
    managed = len(untold)
    note_excluded(preview, untold, state.path)
    later = _made_twice(resources, standing, {*preview.moved.values(), *preview.read_anew})
    # a complete one shows all that the state it starts from holds, but for what a refresh found gone
    if preview.complete and not preview.refreshed:
        later += [item.urn for item in untold if item.urn not in preview.read_anew]
    if later:
        preview.notes.append(_another_moment(state, later))
    if not preview.hidden and not preview.refreshed:  # only default providers are still missing
        rest = [resource for resource in rest if resource.type.startswith(ENGINES_OWN)]
    complete, missing, cure = preview.complete, preview.missing, preview.cure
    leaves = 0
    if preview.hidden and gone and not preview.refreshed and all(resource.type == STACK for resource in preview.resources):
        preview.notes.append(f"It shows nothing but deletions: what stays is taken from {state.path}, and judged.")
        leaves = sum(not _is_default_provider(item) for item in (*preview.deleted, *preview.retained))
    if preview.hidden:
        if leaves and preview.hidden == managed + leaves:
            preview.notes.append(
                f"It counts {leaves} unchanged more than {state.path} keeps: `destroy --run-program` counts what it deletes twice. "
                "If this is no such run, the export is of another moment."
            )
        complete = preview.refreshed or preview.hidden in (managed, managed + leaves)
        more = "which of them the refresh found gone is not told" if preview.read_anew else "it is of another moment"
        why = "does not hold them all" if managed < preview.hidden else f"holds more, and {more}"
        missing = "" if complete else f"{preview.missing} ({state.path} {why})"
        cure = "" if complete else cure
    return msgspec.structs.replace(
        preview,
        resources=[*resources, *rest],
        complete=complete,
        missing=missing,
        cure=cure,
        hidden=0 if complete else preview.hidden,
        resource_count=preview.resource_count + managed,
        outputs=preview.outputs or state.outputs,
        deleted=[item for item in preview.deleted if item.urn not in halves],
        retained=[item for item in preview.retained if item.urn not in halves],
        **_what_a_state_tells(preview, state),
    )


def _made_twice(resources: Sequence[Resource], standing: Mapping[str, Resource], free: Collection[str]) -> list[str]:
    """URNs of what a change makes and a state holds: no engine makes that, so that the state is a later one.

    `free` are the URNs of what has moved away, or may be lost: these are made anew.
    """
    return [
        item.urn
        for item in resources
        if item.change is Change.CREATE
        and not item.imported
        and item.custom
        and not urn_is_providers(item.urn)
        and ((known := standing.get(item.urn)) is not None and known.change is not Change.READ)
        and item.urn not in free
    ]


def _another_moment(state: Records, urns: Sequence[str]) -> str:
    """What the head says of a state that the change does not start from, though it fits it."""
    names = listed(sorted({name_in_urn(urn) for urn in urns}))
    return f"{state.path} is of another moment: it holds {names}, which this does not start from. {_LATER}."


def _what_a_state_tells(change: Records, state: Records) -> dict[str, Any]:
    """What only the state says, and the change says nothing of."""
    cleared = {(item.urn, item.id) for item in (*change.cleared, *change.retained) if item.delete}
    return {
        "pending": state.pending,
        "uncertain": [item for item in state.uncertain if _is_still_open(change, item)],
        "leftover": [item for item in state.leftover if (item.urn, item.id) not in cleared],
        "gone": [*change.gone, *state.gone],
        "notes": [*change.notes, *state.notes] if state.resources else change.notes,
    }


def _is_still_open(change: Records, begun: Resource) -> bool:
    """Whether the change leaves open what an interrupted operation came to: it neither sets nor deletes the resource."""
    planned = next((item for item in change.resources if _old_urn(change, item.urn) == begun.urn), None)
    return planned is None or planned.change is Change.SAME


def _made_anew(resource: Resource) -> Resource:
    """A replacement of what is deleted already is a creation."""
    if resource.change in (Change.REPLACE, Change.UPDATE):
        resource.change, resource.before, resource.old, resource.id = Change.CREATE, None, None, None
    return resource


def _old_urn(change: Records, urn: str) -> str:
    """The URN that a resource of a change has in the state."""
    return change.moved.get(urn, urn)


def _is_default_provider(resource: Resource) -> bool:
    return resource.type.startswith(ENGINES_OWN) and resource.name.startswith("default")


def _completed_plan(plan: Records, state: Records) -> Records:
    """A plan whose differences are laid over the inputs of the state it starts from."""
    standing = {resource.urn: resource for resource in state.resources}
    halves = {resource.urn: resource for resource in state.gone}
    left_out = list(plan.left_out)
    resources = []
    moved: dict[str, str] = {}
    moves = Moves(plan, standing)
    for resource in plan.resources:
        urn = moves.old_urn(resource)
        if urn != resource.urn:
            moved[resource.urn] = urn
        if _is_left_out(resource, urn, standing):
            left_out.append(resource)
        else:
            resources.append(_completed(resource, urn, standing, halves, plan, state))
    later = _made_twice(resources, standing, moved.values())
    named = {urn for resource in resources for urn in (*resource.dependencies, resource.provider)}
    planned = {resource.urn for resource in resources}
    deleted: list[Resource] = []
    retained = [item.before for item in resources if _replaced_and_kept(item)]
    for resource in plan.deleted:
        old = standing.get(resource.urn) or halves.get(resource.urn)
        if old is None:
            raise _mismatch(plan, state, resource.urn)
        if resource.urn in standing:
            (retained if old.retain_on_delete else deleted).append(old)
    gone = {*(resource.urn for resource in plan.deleted), *moved.values()}
    # a plan does not list what is read; what nobody names any more may have left the program
    read = [
        resource
        for urn, resource in standing.items()
        if resource.change is Change.READ and urn in named and urn not in planned and urn not in gone
    ]
    found = msgspec.structs.replace(
        plan,
        resources=[*resources, *read],
        deleted=deleted,
        retained=retained,
        left_out=[],
        resource_count=len(resources) + len(read),
        outputs=plan.outputs or state.outputs,
        has_old_states=True,
        tells_retention=True,
        moved=moved,
        **{**_what_a_state_tells(plan, state), "notes": list(state.notes) if state.resources else []},
    )
    if later:
        found.notes.append(_another_moment(state, later))
    for resource in left_out:
        leave_out(found, resource)
    note_left_out(found, kept_of(plan.resources))
    return found


def _is_left_out(resource: Resource, urn: str, standing: Mapping[str, Resource]) -> bool:
    """Whether a plan keeps what was never made: a target or an exclusion leaves it out."""
    return (
        resource.change is Change.SAME
        and not resource.imported
        and urn not in standing
        and resource.id is None
        and resource.custom
        and not urn_is_providers(resource.urn)
    )


def _replaced_and_kept(resource: Resource) -> bool:
    return resource.change is Change.REPLACE and resource.before is not None and resource.before.retain_on_delete


def _completed(
    resource: Resource, urn: str, standing: Mapping[str, Resource], halves: Mapping[str, Resource], plan: Records, state: Records
) -> Resource:
    old = standing.get(urn)
    if resource.change is Change.CREATE and old is not None and old.change is Change.READ:
        resource.before = old  # what was looked up, and is forgotten
    if resource.change is Change.CREATE or not isinstance(resource, Planned) or (resource.imported and old is None):
        return resource
    half = halves.get(urn) if old is None else None
    if old is None and half is None and resource.import_named:
        resource.imported, resource.id = True, resource.id or resource.import_named
        return resource
    old = old or half
    if old is None or (resource.id is not None and old.id is not None and resource.id != old.id):
        raise _mismatch(plan, state, resource.urn)
    if resource.left_program:
        return old
    difference = resource.difference
    unsaid = old.kept if half is not None or resource.change is Change.REPLACE else ()
    inputs = {key: value for key, value in old.inputs.items() if key not in difference.deletes and key not in unsaid}
    inputs.update(difference.adds)
    inputs.update(difference.updates)
    resource.inputs, resource.property_dependencies = inputs, set_alone(resource.property_dependencies, inputs)
    resource.source_position, resource.stack_trace = old.source_position, old.stack_trace
    if half is not None:
        return _made_anew(resource)
    resource.old = old.inputs
    resource.imported = resource.imported or is_retry(resource, old)
    resource.before = _named(old, resource.urn) if resource.change is not Change.SAME else None
    if old.init_errors and not settles(resource.type, resource.change):
        resource.init_errors = old.init_errors
    if resource.change is not Change.REPLACE:
        resource.id = old.id
        resource.outputs = old.outputs
        keep_values(resource)
    return resource


def _named(old: Resource, urn: str) -> Resource:
    """An old state under the name that the resource has now."""
    return old if old.urn == urn else msgspec.structs.replace(old, urn=urn)


_LATER = "Preview the stack again, and export it beside that; what a refresh found gone, `pulumi refresh` takes out of the state"


def _mismatch(change: Records, state: Records, urn: str) -> UnreadableInput:
    return UnreadableInput(
        state.path,
        f"is not the state that {change.path} starts from: they differ in {name_in_urn(urn)}; export the stack again "
        "beside the preview",
    )
