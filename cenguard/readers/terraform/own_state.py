"""A plan beside the state that it starts from."""

from cenguard.errors import UnreadableInput
from cenguard.resources.records import Change, Records, SourceKind
from cenguard.resources.type_table import ALICLOUD


def together(first: Records, second: Records) -> Records:
    """A plan beside the state that it starts from, which it holds itself.

    Raises:
        UnreadableInput: they are none such.
    """
    plan, state = (second, first) if first.kind is SourceKind.TERRAFORM_STATE else (first, second)
    pair = plan.kind is SourceKind.TERRAFORM_PLAN and state.kind is SourceKind.TERRAFORM_STATE
    differing = _first_difference(plan, state) if pair else None
    if pair and differing is None and not _shares_nothing(plan, state):
        return plan
    if pair and differing is not None and second.project:
        raise UnreadableInput(
            state.path, f"is not the state that {plan.path} starts from: they differ in {differing}; the plan alone is enough"
        )
    called = f"is called {second.project}, as {first.path} is" if second.project else f"has no name, and neither has {first.path}"
    raise UnreadableInput(
        second.path, f"{called}: where both are one program, give one of them; else name them (`net=plan.json`)"
    )


def _shares_nothing(plan: Records, state: Records) -> bool:
    """Whether a plan knows none of what a state holds: it starts from another one, and both would be one program by their names alone."""
    stands = {resource.urn for resource in state.resources if resource.id and resource.type.startswith(ALICLOUD)}
    known = {resource.urn for resource in plan.resources if resource.change is not Change.CREATE}
    known |= {resource.urn for resource in (*plan.deleted, *plan.retained, *plan.gone)}
    known |= {*plan.moved.values()}
    return bool(stands) and stands.isdisjoint(known)


def _first_difference(plan: Records, state: Records) -> str | None:
    """The first resource that a plan does not start from as a state has it; None where they fit."""
    standing = {resource.urn: resource.id for resource in state.resources if resource.id}
    kept = {resource.urn for resource in plan.retained}
    gone = {resource.urn: resource.id for resource in plan.gone}  # in the cloud, and in the state until the next update
    for resource in plan.resources:
        stood = standing.get(plan.moved.get(resource.urn, resource.urn), standing.get(resource.urn))
        known = resource.before or (resource if resource.stands else None)
        if known is None:
            if (
                stood is not None
                and resource.change is Change.CREATE
                and resource.urn not in kept
                and gone.get(resource.urn) != stood
            ):
                return resource.name
        elif known.id is not None and not resource.imported and stood != known.id:
            return resource.name
    return None
