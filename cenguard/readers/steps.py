"""The steps of an update, folded: what each resource is after it, and what it was before.

A URN may have several steps: a refresh and the planned one, an import and the update after it, the three of a
replacement. What counts after the update is the new state of the planned step, before it that step's old state; a
refresh step holds what the state stored. Source: documents recorded from the engine, in `tests/recordings/partial/`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from cenguard.resources import tokens
from cenguard.resources.edges import set_alone
from cenguard.resources.looked_up import gives_up
from cenguard.resources.records import (
    CREATE,
    LEFT_OUT,
    READ,
    REPLACE,
    SAME,
    STACK,
    UNKNOWN_TEXT,
    UPDATE,
    Change,
    Records,
    Resource,
    settle_inputs,
    settle_standing,
)
from cenguard.resources.taken_over import is_untold, leave_to_what_stands, take_for_read
from cenguard.resources.type_table import kind_in_words
from cenguard.resources.urns import provider_urn
from cenguard.text.printable import listed, number

_HELD = (tokens.PACKAGE, tokens.PACKAGE_ATTACHMENT)
"""Once these are gone, what drew on them is no evidence that a package is attached still."""
CHANGES = {
    "create": CREATE,
    "update": UPDATE,
    "same": SAME,
    "read": READ,
    "refresh": SAME,
    "import": SAME,
    "replace": REPLACE,
    "create-replacement": REPLACE,
    "import-replacement": REPLACE,
    "read-replacement": READ,
}
DELETED = frozenset({"delete", "delete-replaced", "discard", "discard-replaced", "read-discard", "remove-pending-replace"})
FORGOTTEN = frozenset({"discard", "discard-replaced", "read-discard"})
"""Of those, the steps of what was looked up: it leaves the state, and stays in the cloud."""
IMPORTS = ("import", "import-replacement")
ENGINES_OWN = "pulumi:providers:"
_OF_STACK, _OF_PROVIDER = f"::{STACK}::", f"::{ENGINES_OWN}"
"""What the URN of a stack, and of a provider, holds."""
_STORED_ONLY = ("status", "expiredTime")
"""Outputs that a refresh step has as the state stored them, though the refresh read them anew."""


class Steps:
    """The steps of one document, taken in the order they come."""

    def __init__(self) -> None:
        self.resources: dict[str, Resource] = {}
        """After the update, by URN."""
        self.left: dict[str, Resource] = {}
        """Old states of what the update deletes."""
        self.halves: list[tuple[str, Resource]] = []
        """URNs and old states of `delete-replaced` steps: halves of replacements, or old ones that an earlier run could not delete."""
        self.left_out: dict[str, Resource] = {}
        self.refreshed: dict[str, tuple[Resource | None, Resource | None]] = {}
        self.moved: dict[str, str] = {}
        self.untold: set[str] = set()
        """URNs of what is imported and shows no value, as `pulumi import` shows it."""
        self._deleted_first: set[str] = set()
        """URNs of replacements whose old half goes before the new one is made: the halves come in their order."""
        self.ran_for_refresh = False
        """Whether a refresh ran the program, which an update that refreshes first resembles."""
        self.of_the_stack = False
        """Whether a step is about the stack itself: a refresh of some resources alone has none."""

    def take(self, operation: str, urn: str, old: Resource | None, new: Resource | None) -> bool:
        """Take in a step; False where no engine makes such a step."""
        if not self.of_the_stack:
            self.of_the_stack = urn_is_stacks(urn)
        if operation == "refresh":
            self.refreshed[urn] = (old, new)
            return True
        if operation in DELETED or new is None:
            if old is not None and operation == "delete-replaced":
                self.halves.append((urn, settle_standing(old)))
            elif old is not None and operation == "delete":
                self.left[urn] = settle_standing(old)
                self.left_out.pop(urn, None)
                known = self.resources.get(urn)
                if known is not None and known.change in (SAME, READ):
                    del self.resources[urn]  # `destroy --run-program` registers everything, and then deletes it
            if operation == "delete-replaced" and urn not in self.resources:
                self._deleted_first.add(urn)
            return True
        change = CHANGES.get(operation)
        if change is None:
            return False
        known = self.resources.get(urn)
        if known is not None and known.change is REPLACE and change is REPLACE:
            known.imported = known.imported or operation in IMPORTS
            return True  # the other half of a replacement
        imported = (
            operation in IMPORTS
            or (known is not None and known.imported and change is not REPLACE)
            or (change is REPLACE and _takes_over(old, new))
        )
        if change is SAME and not imported and old is not None and not old.id and new.custom and not urn_is_providers(urn):
            settle_inputs(new.inputs)
            self.left_out[urn] = new
            return True
        resource = self.resources[urn] = _settled(new, old, change)
        resource.imported = imported or (old is not None and is_retry(resource, old))
        if operation == "import" and resource.id is None:
            resource.id = resource.import_id or None
        if imported and change is not UPDATE:
            leave_to_what_stands(resource)
            if operation == "import" and is_untold(resource):
                take_for_read(resource)
                self.untold.add(urn)
        resource.delete_first = resource.delete_first or (change is REPLACE and urn in self._deleted_first)
        if old is not None and old.urn and old.urn != urn:
            self.moved[urn] = old.urn
        return True

    @property
    def is_refresh(self) -> bool:
        """Whether nothing is planned: what differs is what a refresh found.

        A preview that refreshes first has both steps of each URN that it changes. A refresh with --target may show nothing but
        what is gone.
        """
        if self.ran_for_refresh:
            return True
        if self.halves:
            return False
        planned = [item for item in self.resources.values() if item.type != STACK]
        if len(planned) < len(self.resources) and all(map(urn_is_stacks, self.refreshed)):
            return False  # the program ran; engine 3.113 and before hide the steps of the refresh but for the stack's
        if any(item.change is not UPDATE or item.urn in self.refreshed for item in planned):
            return False
        if any(urn in self.refreshed for urn in self.left):
            return False
        return bool(self.refreshed) or (not self.of_the_stack and bool(planned or self.left))

    def takes_whole_log(self) -> None:
        """Take in that every step was shown: what `refresh --run-program` registers has no step beside that of its refresh.

        An update that refreshes first has a step for all that the program still has, and deletes the rest.
        """
        alone = self.refreshed.keys() - self.resources.keys()
        planned = any(item.custom and not urn_is_providers(item.urn) for item in self.resources.values())
        self.ran_for_refresh = (
            not planned
            and not (self.left or self.halves)
            and any(not urn_is_providers(urn) and not urn_is_stacks(urn) for urn in alone)
        )
        if self.ran_for_refresh:  # the program registers the stack in any case, and a target leaves it out of the refresh
            self.of_the_stack = any(map(urn_is_stacks, self.refreshed))

    def fill(self, records: Records) -> None:
        """Lay down what the steps come to."""
        if self.is_refresh:
            self._fill_refresh(records)
            return
        if self.moved:
            self._follow_moves()
        for urn, old in self.left.items():
            if urn not in self.resources:
                (records.retained if old.retain_on_delete else records.deleted).append(old)
        for urn, old in self.halves:
            known = self.resources.get(urn)
            if known is not None and known.before is not None and known.before.id == old.id and gives_up(known, known.before):
                continue
            if known is not None and known.change is REPLACE:
                if known.before is None:
                    (records.retained if old.retain_on_delete else records.deleted).append(old)
                if known.before is None or known.before.id == old.id:
                    continue
            old.delete = True
            (records.retained if old.retain_on_delete else records.cleared).append(old)
        for resource in self.resources.values():
            before = resource.before
            if before is None:
                continue
            if gives_up(resource, before):
                (records.retained if before.retain_on_delete else records.deleted).append(before)
            elif resource.change is REPLACE and before.retain_on_delete:
                records.retained.append(before)
        records.resources = list(self.resources.values())
        for urn, (stored, _) in self.refreshed.items():
            now = self.resources.get(urn)
            if now is not None and stored is not None and now.type in _HELD and now.change is CREATE:
                records.gone.append(settle_standing(stored))  # the refresh found it gone, and it is made again
        records.read_anew = {urn: old.id if old is not None else None for urn, (old, _) in self.refreshed.items()}
        records.left_out = list(self.left_out.values())
        records.left_out_why = LEFT_OUT if self.left_out else ""
        records.moved = self.moved

    def _fill_refresh(self, records: Records) -> None:
        records.refreshed = True
        records.resources = self.standing(without=self.resources)
        for resource in self.resources.values():
            if resource.type != STACK:
                resource.change, resource.imported = READ if resource.external else SAME, False
                resource.old = None if resource.external else resource.inputs  # what differs has happened already
                records.resources.append(resource)
        records.gone = list(self.left.values())

    def names_what_it_hides(self) -> bool:
        """Whether a state depends on a resource that has no step; what an exclusion leaves out has none."""
        shown = {*self.resources, *self.left, *self.left_out, *self.refreshed}
        states = [state for pair in self.refreshed.values() if (state := pair[1] or pair[0]) is not None]
        return any(urn not in shown for state in (*states, *self.resources.values()) for urn in state.dependencies)

    def standing(self, without: Iterable[str] = ()) -> list[Resource]:
        """What refresh steps show, but for some URNs."""
        left = frozenset(without)
        found = []
        for urn, (old, new) in self.refreshed.items():
            state = new or old
            if state is None or urn in left:
                continue
            settle_standing(state)
            for key in _STORED_ONLY:
                state.outputs.pop(key, None)
            found.append(state)
        return found

    def _follow_moves(self) -> None:
        """Old states under the names that the program has now, so that they fit what does not change."""
        names = {old: new for new, old in self.moved.items()}
        for resource in self.resources.values():
            if resource.before is not None:
                _rename(resource.before, names)
        for old in (*self.left.values(), *(old for _, old in self.halves)):
            _rename(old, names)

    def refused(self, urn: str) -> Resource | None:
        """The old state of a resource that the update deletes, also for a replacement."""
        return self.left.get(urn) or next((old for of, old in self.halves if of == urn), None)

    def stays(self, urn: str) -> None:
        """Take back the deletion of a resource."""
        self.left.pop(urn, None)
        self.halves = [(of, old) for of, old in self.halves if of != urn]

    def has(self, urn: str) -> bool:
        """Whether a resource has a step."""
        known = (self.resources, self.left_out, self.left, self.refreshed)
        return any(urn in items for items in known) or any(of == urn for of, _ in self.halves)


def leave_out(records: Records, resource: Resource) -> None:
    """Take a resource for one of the program that this update does not make."""
    records.left_out.append(resource)
    records.left_out_why = LEFT_OUT


def note_left_out(records: Records, stayed: int = 0) -> None:
    """Say in the head what a target or an exclusion leaves out; `stayed` counts what stands at its old values."""
    if not records.left_out and not stayed:
        return
    records.partial = True
    parts = []
    if records.left_out:
        names = listed(sorted(_told_apart(records)))
        count, are = number(len(records.left_out), "resource"), "is" if len(records.left_out) == 1 else "are"
        parts.append(f"{count} of the program {are} {LEFT_OUT} and not made: {names}.")
    if stayed:
        stand, it = ("stands", "it") if stayed == 1 else ("stand", "them")
        which = f"{stayed} more" if records.left_out else f"{number(stayed, 'resource')} {LEFT_OUT}"
        parts.append(f"{which} {stand} as before, whatever the program says of {it} now.")
    parts.append("The answer is about this update alone: preview without --target and --exclude to judge the whole program.")
    records.notes.append(" ".join(parts))


def _told_apart(records: Records) -> list[str]:
    """What is left out by its names, with its kind where another resource has that name, as a package and its attachment may."""
    named = {(item.name, item.urn) for item in (*records.left_out, *records.resources)}
    often = Counter(name for name, _ in named)
    return [item.name if often[item.name] == 1 else f"{kind_in_words(item.type)} {item.name}" for item in records.left_out]


def urn_is_stacks(urn: str) -> bool:
    """Whether a URN is that of a stack itself."""
    return _OF_STACK in urn


def urn_is_providers(urn: str) -> bool:
    """Whether a URN is that of a provider."""
    return _OF_PROVIDER in urn


def _rename(state: Resource, names: Mapping[str, str]) -> None:
    state.urn = names.get(state.urn, state.urn)
    state.provider = names.get(state.provider, state.provider)
    state.parent = names.get(state.parent, state.parent)
    state.dependencies = tuple(names.get(urn, urn) for urn in state.dependencies)
    state.property_dependencies = {
        key: tuple(names.get(urn, urn) for urn in urns) for key, urns in state.property_dependencies.items()
    }


def _takes_over(old: Resource | None, new: Resource) -> bool:
    """Whether a replacement imports what stands elsewhere: without its halves shown it is a `replace` step like any other.

    Source: a document of `import_` with another id, recorded from the engine.
    """
    return bool(new.import_id) and old is not None and new.import_id not in (old.id, old.import_id)


def _settled(state: Resource, old: Resource | None, change: Change) -> Resource:
    """The new state of a step, completed by what only the old one tells."""
    state.change = READ if state.external else change
    state.old = state.locate = state.before = None  # no document says these, whatever keys it holds
    if state.inputs:
        settle_inputs(state.inputs)
    state.property_dependencies = set_alone(state.property_dependencies, state.inputs)
    if old is not None:
        if old.init_errors and not settles(state.type, change):
            state.init_errors = old.init_errors
        if change is SAME:
            state.old = state.inputs
        else:
            state.before = settle_standing(old)
            state.old = old.inputs
            state.delete_first = old.pending_replacement
            old.delete = old.pending_replacement = False  # here they only say in which order the two halves come
            if old.external and state.change is REPLACE:  # what was looked up is forgotten, and stays
                state.change, state.old, state.delete_first = CREATE, None, False
        if state.external and state.id and state.id != old.id:
            pass  # another thing is looked up than before, and what the old one answered is not said of it
        elif change is not REPLACE:
            # of what is looked up, a refresh has what it found, and a preview nothing
            state.outputs = (state.external and state.outputs) or old.outputs
            state.id = state.id or old.id
        else:
            state.outputs = {}  # a preview's guess of the new ones
    if not state.id or state.id == UNKNOWN_TEXT:
        state.id = None
    if state.provider:
        state.provider = provider_urn(state.provider)
    return state


def is_retry(resource: Resource, old: Resource) -> bool:
    """Whether an update only reads again a package whose purchase ended in an error: it is bought already.

    Source: partial documents of the real provider; the step has equal inputs in both states.
    """
    return (
        resource.change is UPDATE
        and resource.type == tokens.PACKAGE
        and bool(old.init_errors)
        and _plain(resource.inputs) == _plain(old.inputs)
    )


def _plain(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in inputs.items() if not key.startswith("__")}


def settles(kind: str, change: Change) -> bool:
    """Whether a step makes certain what an earlier creation, which ended in an error, left open.

    A retry of a limit finds nothing there and fails; one of a package reads what was bought.
    """
    return change is REPLACE or (change is UPDATE and kind == tokens.PACKAGE)
