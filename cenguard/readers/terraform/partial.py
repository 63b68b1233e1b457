"""Plans that show less than the program: what a plan leaves out, and what it says of itself.

Neither tool writes whether `-target`, `-exclude`, `-destroy`, `-refresh-only` or `lifecycle { enabled }` was at work; it
is seen from what is there and what is not. Source: documents recorded with Terraform 1.16 and OpenTofu 1.12, in
`tests/recordings/`.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import msgspec

from cenguard.readers.terraform.configuration import Program
from cenguard.readers.terraform.documents import ConfiguredResource, Expression, Plan
from cenguard.readers.terraform.edges import Wiring
from cenguard.readers.terraform.modules import Module
from cenguard.readers.terraform.values import Shape
from cenguard.resources import tokens
from cenguard.resources.addresses import apart
from cenguard.resources.records import Change, Records, Resource
from cenguard.resources.type_table import READ, has_word_of_cen, native_type
from cenguard.resources.values import UNKNOWN
from cenguard.text.printable import listed, number

MANAGED = "managed"
LEAVING = (("delete",), ("forget",))
BY_TARGET = "left out by -target"
BY_OPTION = "left out by -target or -exclude"
BY_ANY = "off, empty, or left out by -target or -exclude"
"""OpenTofu does not write which: `lifecycle { enabled }`, an empty `for_each`, or an option."""
_OF_CEN = b'"alicloud_cen_'
NOTHING_CHANGES = (
    "The plan changes nothing (-refresh-only, an action, nothing to destroy, or a -target that leaves all of it out): what stands is judged, "
    "and what is cut was lost outside of it. To see what the program does, give `show -json` of a plan without these."
)

EVERYTHING_GOES = "The plan only destroys, and nothing of the network is left to judge. To judge what stands now, give `show -json` of the state."
OTHERS_WAIT = "The plan is a first part: it defers what is no part of a network"
NOTHING_STANDS = (
    "the plan changes nothing (-refresh-only, -destroy, an action, a -target that leaves all of it out, or all of it is off), and nothing of the "
    "network that its program holds stands"
)


def mark(
    plan: Plan,
    found: Records,
    program: Program,
    wiring: Wiring,
    actions: AbstractSet[tuple[str, ...]],
    *,
    stands: bool,
    untouched: Sequence[str],
) -> None:
    """Lay down what a plan does not show, and the words for it; `untouched` is what stands of a network and has no entry."""
    if _defers(plan, found):
        return
    is_silent = plan.resource_changes in (msgspec.UNSET, None)
    if is_silent and (stands or any(_OF_CEN in bytes(item) for item in plan.resource_drift or ())):
        found.refreshed = True
        found.notes.append(NOTHING_CHANGES)
        return
    if plan.action_invocations:
        count = len(plan.action_invocations)
        are = "actions run" if count > 1 else "action runs"
        found.notes.append(f"{count} {are} as this plan is applied: what that does is not known, and not judged.")
    if _destroys(actions):
        does = "only destroys" if any("delete" in item for item in actions) else "lets things go and changes nothing"
        nothing = not any(map(_is_of_cen, (*found.resources, *found.retained))) and any(map(_is_of_cen, found.deleted))
        found.notes.append(EVERYTHING_GOES if nothing else f"The plan {does}: what stays is judged.")
        if plan.complete is True or _takes_of(program, found, wiring.prefix):
            found.destroys = True
            return
    if is_silent and any(True for _ in _unmade(program)):
        found.complete = False
        found.missing = f"{NOTHING_STANDS}: give `show -json` of a plan that makes it"
        return
    if plan.complete is True:
        return
    found.left_out = [_left_out(module, item, wiring) for module, item in _unmade(program)]
    found.left_out_why = BY_ANY if plan.complete is None else BY_TARGET
    found.partial = plan.complete is False or bool(untouched)
    if found.left_out or (found.partial and not untouched and not plan.deferred_changes):
        found.notes.append(_head(found, wiring.prefix))
    if untouched:
        found.notes.append(_told_untouched(untouched, BY_TARGET if plan.complete is False else BY_OPTION))
    if found.left_out and not any(map(_is_of_cen, (*found.resources, *found.retained, *found.deleted))):
        found.complete = False
        found.missing = (
            f"the plan makes nothing of the network that its program holds ({found.left_out_why}): give `show -json` of a "
            "plan of the whole program"
        )


def _head(found: Records, prefix: str) -> str:
    """What is said of a plan that leaves something out, and what can be done for more."""
    count = len(found.left_out)
    names = listed(sorted(item.urn.removeprefix(prefix) for item in found.left_out))
    are = "is" if count == 1 else "are"
    told = f"{number(count, 'resource')} of the program {are} {found.left_out_why}, and not made: {names}"
    return (
        f"{told if count else f'A part of the program is {found.left_out_why}'}. The answer is about this plan alone: where an option "
        "left something out, plan without it to judge the whole program."
    )


def _told_untouched(names: Sequence[str], why: str) -> str:
    """What is said of a plan without entries for what stands: an ordinary plan has one for each thing, changed or not."""
    one = len(names) == 1
    return (
        f"{number(len(names), 'resource')} that {'stands is' if one else 'stand are'} {why}, and judged as {'it stands' if one else 'they stand'}: "
        f"{listed(sorted(names))}. What the program says of {'it' if one else 'them'} is not in this plan: plan without the option to judge that."
    )


def _defers(plan: Plan, found: Records) -> bool:
    """A plan that is a first part: changes are put off until more is known."""
    waiting = [item.resource_change for item in plan.deferred_changes or () if item.resource_change is not None]
    ours = [item.address for item in waiting if item.mode == MANAGED and native_type(item.type) is not None]
    if not ours:
        if waiting:
            names = listed(sorted(item.address for item in waiting))
            found.partial = True
            found.notes.append(f"{OTHERS_WAIT}: {names}. Apply this plan, and plan again, to see the rest.")
        return False
    names = ", ".join(ours[:3]) + (f" and {len(ours) - 3} more" if len(ours) > 3 else "")
    found.complete = False
    found.missing = f"it is a first part, and defers {names}: apply it, plan again, and give `show -json` of that plan"
    return True


def _destroys(actions: AbstractSet[tuple[str, ...]]) -> bool:
    """Whether everything that the plan touches leaves: what is not made yet is not meant then."""
    return bool(actions) and all(item in LEAVING for item in actions)


def _takes_of(program: Program, found: Records, prefix: str) -> bool:
    """Whether something that leaves is in the program: of `-destroy` it is, of an option that lets go what has left the program it is not."""
    for record in (*found.deleted, *found.retained):
        above, base, _ = apart(record.urn.removeprefix(prefix))
        module = program.module(above)
        if module is not None and base in module.resources:
            return True
    return False


def may_be_none(module: Module, item: ConfiguredResource) -> bool:
    """Whether the program may hold none of a resource by itself: a count, or an empty `for_each`, of its own or of its module."""
    return item.may_be_empty or any(above.call is not None and above.call.may_be_empty for above in module.and_above())


def _unmade(program: Program) -> Iterator[tuple[Module, ConfiguredResource]]:
    """Managed resources of the program that have no instance, where their number cannot be none by itself."""
    for module in program.modules:
        if any(above.call is not None and above.call.may_be_empty for above in module.and_above()):
            continue
        for address, item in module.resources.items():
            if module.prefix + address in program.addresses:  # nearly always
                continue
            if item.mode != MANAGED or item.may_be_empty or item.type not in READ:
                continue
            if not program.instances(module.prefix + address):
                yield module, item


def _left_out(module: Module, item: ConfiguredResource, wiring: Wiring) -> Resource:
    """A resource that is not made, with the values that are written out; the others are not known."""
    values = {name: _written_out(expression) for name, expression in item.expressions.items()}
    inputs, _ = Shape(item.type, None, None, values, tuple(values)).properties(values, item.expressions)
    resource = Resource(
        custom=True,
        urn=f"{wiring.prefix}{module.prefix}{item.address}",
        type=native_type(item.type) or item.type,
        inputs=inputs,
        change=Change.CREATE,
    )
    hazy = [name for name, value in values.items() if value is UNKNOWN]
    resource.property_dependencies, resource.dependencies = wiring.of(item, module, "", hazy)
    return resource


def _written_out(expression: Expression | list[Any]) -> Any:
    """A value that the program has in plain."""
    if isinstance(expression, Expression) and expression.constant_value is not msgspec.UNSET:
        return expression.constant_value
    return UNKNOWN


def _is_of_cen(resource: Resource) -> bool:
    """Whether a resource is one of a Cloud Enterprise Network."""
    return resource.type.startswith(tokens.CEN) or has_word_of_cen(resource.type)
