"""Several sources as one estate: two documents of one stack are merged where they complete each other, else refused.

A preview or a plan says what would change, and an export says what stands: together nothing is missing.
"""

from collections.abc import Sequence
from dataclasses import replace

from cenguard.errors import UnreadableInput
from cenguard.readers.plan import Planned
from cenguard.resources.records import STACK, Change, Records, Resource, SourceKind

_CHANGING = (SourceKind.PREVIEW, SourceKind.PLAN)
_ENGINES_OWN = "pulumi:providers:"


def merge(sources: Sequence[Records]) -> list[Records]:
    """One source for each stack, in the order given.

    Raises:
        UnreadableInput: two documents of one stack say the same thing twice, or do not belong together.
    """
    merged: list[Records] = []
    for source in sources:
        twin = next((index for index, item in enumerate(merged) if _same_stack(item, source)), None)
        if twin is None:
            merged.append(source)
        else:
            merged[twin] = _together(merged[twin], source)
    return merged


def _same_stack(first: Records, second: Records) -> bool:
    return bool(first.stack) and (first.project, first.stack) == (second.project, second.stack)


def _together(first: Records, second: Records) -> Records:
    change, state = (second, first) if first.is_state else (first, second)
    if not state.is_state or change.kind not in _CHANGING:
        raise UnreadableInput(
            second.path,
            f"is a second source of the stack {second.project}/{second.stack}, beside {first.path}: a preview or a plan "
            "goes with the stack's export, and no other two go together",
        )
    return _completed_plan(change, state) if change.kind is SourceKind.PLAN else _completed_preview(change, state)


def _completed_preview(preview: Records, state: Records) -> Records:
    """A preview document with the resources that it leaves out because they do not change."""
    shown = {resource.urn: resource for resource in preview.resources}
    gone = {resource.urn for resource in preview.deleted}
    standing = {resource.urn: resource for resource in state.resources}
    for urn, resource in shown.items():
        stands = standing.get(urn)
        known = resource.before or (resource if resource.change is Change.SAME else None)
        if resource.type != STACK and known is not None and (stands is None or stands.id != known.id):
            raise _mismatch(preview, state, urn)
    rest = [resource for urn, resource in standing.items() if urn not in shown and urn not in gone]
    if not preview.hidden:  # only default providers are still missing
        rest = [resource for resource in rest if resource.type.startswith(_ENGINES_OWN)]
    managed = sum(
        resource.change is Change.SAME and not _is_default_provider(resource) and resource.type != STACK for resource in rest
    )
    complete = preview.complete
    missing = preview.missing
    if preview.hidden:
        complete = managed >= preview.hidden
        missing = "" if complete else f"{preview.missing} ({state.path} does not hold them all)"
    resources = [*preview.resources, *rest]
    return replace(
        preview,
        resources=resources,
        complete=complete,
        missing=missing,
        hidden=0 if complete else preview.hidden,
        resource_count=preview.resource_count + managed,
        outputs=preview.outputs or state.outputs,
    )


def _is_default_provider(resource: Resource) -> bool:
    return resource.type.startswith(_ENGINES_OWN) and resource.name.startswith("default")


def _completed_plan(plan: Records, state: Records) -> Records:
    """A plan whose differences are laid over the inputs of the state it starts from."""
    standing = {resource.urn: resource for resource in state.resources}
    resources = [_completed(resource, standing, plan, state) for resource in plan.resources]
    named = {urn for resource in resources for urn in (*resource.dependencies, resource.provider)}
    planned = {resource.urn for resource in resources}
    deleted = []
    for resource in plan.deleted:
        old = standing.get(resource.urn)
        if old is None:
            raise _mismatch(plan, state, resource.urn)
        deleted.append(old)
    gone = {resource.urn for resource in deleted}
    # a plan does not list what is read; what nobody names any more may have left the program
    read = [
        resource
        for urn, resource in standing.items()
        if resource.change is Change.READ and urn in named and urn not in planned and urn not in gone
    ]
    return replace(
        plan,
        resources=[*resources, *read],
        deleted=deleted,
        resource_count=plan.resource_count + len(read),
        outputs=plan.outputs or state.outputs,
        has_old_states=True,
    )


def _completed(resource: Resource, standing: dict[str, Resource], plan: Records, state: Records) -> Resource:
    old = standing.get(resource.urn)
    if resource.change is Change.CREATE or not isinstance(resource, Planned):
        return resource
    if old is None or (resource.id is not None and old.id is not None and resource.id != old.id):
        raise _mismatch(plan, state, resource.urn)
    difference = resource.difference
    inputs = {key: value for key, value in old.inputs.items() if key not in difference.deletes}
    inputs.update(difference.adds)
    inputs.update(difference.updates)
    resource.inputs = inputs
    resource.old = old.inputs
    resource.before = old if resource.change is not Change.SAME else None
    resource.source_position, resource.stack_trace = old.source_position, old.stack_trace
    if resource.change is not Change.REPLACE:
        resource.id = old.id
        resource.outputs = old.outputs
    return resource


def _mismatch(change: Records, state: Records, urn: str) -> UnreadableInput:
    return UnreadableInput(
        state.path,
        f"is not the state that {change.path} starts from: they differ in {urn.rpartition('::')[2]}; export the stack again "
        "beside the preview",
    )
