"""Reader of plans, the files of `pulumi preview --save-plan`.

A plan holds the whole input of what is created, and only the difference of everything else: the inputs that do not
change are HIDDEN until the stack's export is laid beside it (`readers.merging`).
Source of the format: documents recorded from the engine, in `tests/recordings/`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.readers.export import decode_as, manifest_day, place_of
from cenguard.readers.steps import CHANGES, DELETED, FORGOTTEN, leave_out, note_left_out, urn_is_providers
from cenguard.resources.edges import set_alone
from cenguard.resources.former_names import urn_under
from cenguard.resources.records import (
    UNKNOWN_TEXT,
    Change,
    Content,
    Records,
    Resource,
    SourceKind,
    settle_inputs,
    stack_outputs,
)
from cenguard.resources.urns import name_in_urn, provider_urn, stack_of, type_in_urn
from cenguard.resources.values import HIDDEN, SECRET


class Difference(msgspec.Struct):
    """How the new inputs differ from the old ones."""

    adds: dict[str, Any] = {}
    updates: dict[str, Any] = {}
    deletes: tuple[str, ...] = ()


class Alias(msgspec.Struct, rename=lambda name: "URN" if name == "urn" else name.title().replace("_", "")):
    """An older name of a resource, by its parts."""

    urn: str = ""
    parent: str = ""
    no_parent: bool = False
    name: str = ""
    type: str = ""
    project: str = ""
    stack: str = ""


class Goal(msgspec.Struct, rename="camel"):
    """What the program asks for."""

    type: str
    custom: bool = True
    input_diff: Difference = msgspec.field(default_factory=Difference)
    parent: str = ""
    protect: bool | None = None
    dependencies: tuple[str, ...] | None = None
    provider: str = ""
    property_dependencies: dict[str, tuple[str, ...] | None] | None = None
    id: str = ""
    """What the option `import` names; of what stood before, too, while the program says it."""
    aliases: tuple[Any, ...] | None = None
    structured_aliases: tuple[Alias, ...] | None = None


class ResourcePlan(msgspec.Struct):
    """What the update would do with one resource."""

    steps: list[str] | None = None
    goal: Goal | None = None
    state: dict[str, Any] | None = None


class Document(msgspec.Struct, rename="camel"):
    """A plan."""

    resource_plans: dict[str, ResourcePlan]
    config: dict[str, Any] | None = None
    manifest: Any = None


class Planned(Resource, kw_only=True, eq=False):
    """A resource of a plan, with the difference that the export completes."""

    difference: Difference
    aliases: tuple[str, ...] = ()
    """Older URNs."""
    import_named: str = ""
    """The id that the program says to import: without an old state, that is what happens."""
    left_program: bool = False
    """Not in the program any more, and kept by this update: a target or an exclusion leaves its deletion out."""


_OF_DELETIONS = ("paymentType", "chargeType", "bandwidthPackageId", "instanceId")
"""Inputs that somebody asks of a resource that is deleted; a plan tells none."""
_DOCUMENT = msgspec.json.Decoder(Document)


def read_plan(content: Content, path: str) -> Records:
    """The resources of a plan.

    Raises:
        UnreadableInput: it is not one; says where and what was expected.
    """
    document = decode_as(_DOCUMENT, content, path, "plan of --save-plan")
    records = Records(
        path=path, kind=SourceKind.PLAN, config=_config(document.config or {}), taken=manifest_day(document.manifest)
    )
    for urn, plan in document.resource_plans.items():
        if plan.goal is None and plan.steps and DELETED.isdisjoint(plan.steps):
            records.resources.append(_kept(urn, plan))
            continue
        if plan.goal is None and plan.steps and FORGOTTEN.issuperset(plan.steps):
            continue
        if plan.goal is None:
            records.deleted.append(
                Resource(urn=urn, type=type_in_urn(urn), inputs=dict.fromkeys(_OF_DELETIONS, HIDDEN), change=Change.SAME)
            )
            continue
        planned = _planned(urn, plan, plan.goal, path)
        if (
            planned.change is Change.SAME
            and not planned.imported
            and plan.goal.custom
            and not plan.state
            and not urn_is_providers(urn)
        ):
            leave_out(records, planned)  # what stands has a state
        else:
            records.resources.append(planned)
    records.tells_retention = not records.deleted and all(item.change is not Change.REPLACE for item in records.resources)
    note_left_out(records, kept_of(records.resources))
    records.resource_count = len(records.resources)
    records.stack, records.project = place_of(records.resources or records.deleted)
    records.outputs = stack_outputs(records.resources)
    records.has_old_states = all(item.change is Change.CREATE for item in records.resources) and not records.deleted
    return records


def kept_of(resources: Iterable[Resource]) -> int:
    """How many of them have left the program and are kept, because a target or an exclusion leaves their deletion out."""
    return sum(isinstance(item, Planned) and item.left_program for item in resources)


def _kept(urn: str, plan: ResourcePlan) -> Planned:
    """What leaves the program and stays as it is: the plan has its outputs, and no goal."""
    state = plan.state or {}
    identifier = state.get("id")
    return Planned(
        urn=urn,
        type=type_in_urn(urn),
        inputs=dict.fromkeys(state, HIDDEN),
        id=identifier if isinstance(identifier, str) and identifier else None,
        outputs=state,
        custom=True,
        change=Change.SAME,
        difference=Difference(),
        left_program=True,
    )


def _planned(urn: str, plan: ResourcePlan, goal: Goal, path: str) -> Planned:
    steps = plan.steps or []
    # an import that changes nothing has no step in plans of engine 3.276
    taken_over = bool(goal.id) and not steps
    change = Change.SAME if taken_over else _change(steps, urn, path)
    edges = {key: tuple(urns or ()) for key, urns in (goal.property_dependencies or {}).items()}
    difference = goal.input_diff
    inputs: dict[str, Any] = {}
    if change is not Change.CREATE and "import" not in steps:
        # every input of the program has a key here, whether it changes or not
        inputs = {key: HIDDEN for key in edges if key not in difference.deletes}
    if goal.id and change in (Change.SAME, Change.UPDATE):  # differs from what was read, and that is the state but for it
        read = plan.state or {}
        settle_inputs(read)
        inputs = {key: read.get(key, value) for key, value in inputs.items()}
    settle_inputs(difference.adds)
    settle_inputs(difference.updates)
    inputs.update(difference.adds)
    inputs.update(difference.updates)
    state = plan.state or {}
    identifier = state.get("id") if change in (Change.SAME, Change.UPDATE) else None
    return Planned(
        urn=urn,
        type=goal.type,
        inputs=inputs,
        id=identifier if isinstance(identifier, str) and identifier not in ("", UNKNOWN_TEXT) else None,
        outputs=state,
        dependencies=goal.dependencies or (),
        property_dependencies=set_alone(edges, inputs),
        provider=provider_urn(goal.provider),
        parent=goal.parent,
        custom=goal.custom,
        protect=bool(goal.protect),
        change=change,
        imported=taken_over or "import-replacement" in steps or ("import" in steps and change is not Change.REPLACE),
        import_named=goal.id,
        delete_first=_deleted_first(steps),
        difference=difference,
        aliases=(
            *(alias for alias in goal.aliases or () if isinstance(alias, str)),
            *(_older_urn(urn, goal.parent, alias) for alias in goal.structured_aliases or ()),
        ),
    )


def _deleted_first(steps: list[str]) -> bool:
    """Whether the old one of a replacement goes before the new one is made: a plan has the halves in their order."""
    return "delete-replaced" in steps[:1] or "create-replacement" not in steps


def _older_urn(urn: str, parent: str, alias: Alias) -> str:
    """The URN that an alias names by its parts; what it leaves out is as in the new one.

    Source: `moved` of Pulumi HCL, in the recording hcl-triangle-moved; moved-with-parent.
    """
    if alias.urn:
        return alias.urn
    stack, project = stack_of(urn)
    above = "" if alias.no_parent else alias.parent or parent
    return urn_under(
        alias.stack or stack, alias.project or project, above, alias.type or type_in_urn(urn), alias.name or name_in_urn(urn)
    )


def _change(steps: list[str], urn: str, path: str) -> Change:
    found = [change for step in steps if (change := CHANGES.get(step)) is not None]
    if "discard-replaced" in steps:  # what was looked up is forgotten, and stays
        return Change.CREATE
    for change in (Change.REPLACE, Change.CREATE, Change.UPDATE):
        if change in found:
            return change
    if found:
        return Change.SAME
    raise UnreadableInput(path, f"{', '.join(steps) or 'nothing'!r} is no step of a plan", where=f"resourcePlans, {urn}")


def _config(config: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in config.items():
        if isinstance(value, dict):
            found[key] = value["value"] if isinstance(value.get("value"), str) else SECRET
        else:
            found[key] = value
    return found
