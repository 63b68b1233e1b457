"""What a property refers to: by value where that is known, by the engine's property dependencies where it is not.

A reference may run through other resources that echo it (`instance_id=package_attachment.instance_id`): it resolves to
the one resource of the wanted kind, and several candidates are undetermined.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any

from cenguard.assembly.calling import call_apart
from cenguard.assembly.hidden_parts import reached_by_unread
from cenguard.assembly.leaving_ends import leaving_ends
from cenguard.assembly.properties import value_of
from cenguard.assembly.route_rows import named_by
from cenguard.assembly.told_once import told_once
from cenguard.network import Blocker
from cenguard.network.known import Inventory
from cenguard.resources import tokens
from cenguard.resources.addresses import LOCAL, is_data
from cenguard.resources.records import CREATE, READ, REPLACE, SAME, Records, Resource, SourceKind
from cenguard.resources.stack_names import stack_outputs
from cenguard.resources.urns import STACK_REFERENCE, kind_in_urn, name_in_urn, stack_of
from cenguard.resources.values import HIDDEN, SECRET, is_known

_URN = attrgetter("urn")
_KNOWN_BY_ID = (tokens.INSTANCE, tokens.PACKAGE, tokens.ROUTER)
"""What others hang on by its id; two resources with one id are one thing, that two stacks hold."""
_WANTED = {
    "instanceId": tokens.INSTANCE,
    "cenId": tokens.INSTANCE,
    "bandwidthPackageId": tokens.PACKAGE,
    "cenBandwidthPackageId": tokens.PACKAGE,
    "transitRouterId": tokens.ROUTER,
    "peerTransitRouterId": tokens.ROUTER,
}
"""What each property names."""
_WANTED_TYPES = frozenset(_WANTED.values())
_NO_DEPENDENCIES = "an event log does not tell what depends on what"
GIVE_THAT_STATE = "give that state"
_SHOW_SAMES = "the document of `pulumi preview --json --show-sames` would settle it"


def choosing(record: Resource, what: str) -> str:
    """What settles which of several things a property names: a Terraform module names one, and Pulumi's documents do not tell it."""
    if record.view_of:
        return "a plan of the module's own code (`terraform show -json`) would settle it"
    return f"name one {what} there"


class References:
    """The records of one input, and how they refer to each other."""

    def __init__(self, sources: Sequence[Records], inventory: Inventory, staying: Mapping[str, Sequence[Resource]]) -> None:
        self.sources = sources
        self.staying = staying
        """Old states of what leaves the program and stays in the cloud, by type."""
        self.stays_as: dict[int, Resource] = {}
        """The old state of each entity that is made of one, by identity."""
        self.records, by_type = told_once(sources, inventory)
        for token, records in by_type.items():
            if token != tokens.INSTANCE_ATTACHMENT:  # by far the most; they are sorted instance by instance
                records.sort(key=_URN)
        call_apart(by_type)
        self.by_type: Mapping[str, Sequence[Resource]] = dict(by_type)
        """Records by their type, each list in order of URN but for that of direct attachments."""
        self.replaced: dict[str, Resource] = {}
        """What an update deletes or replaces under what stays, by its old id: its old state, where the input has that."""
        self.out_of_date: dict[str, Blocker] = {}
        """By id, why something names another thing than the one it was made from."""
        self._find_replaced()
        self.ids = self._known_ids()
        """URN by id, of instances, packages and routers."""
        self.named = frozenset(self.ids.values())
        """URNs of those whose id is known, by themselves or by what names them."""
        self.unseen = self._read_unseen()
        """Id by URN of those that are only read, where the input names them and does not list them."""
        self.hidden = reached_by_unread(sources, self.records) if any(source.unread for source in sources) else {}
        """What may have parts in a resource that cannot be read, by URN."""
        self._inventory = inventory
        self._stacks = {(source.stack, source.project): source for source in sources}
        self._resolved: dict[tuple[str, str, int, tuple[str, ...]], tuple[str, ...]] = {}

    def once(self, token: str) -> list[Resource]:
        """The resources of a type, each thing once: what several stacks hold or read is told of by the first that makes it."""
        return [record for record in self.by_type.get(token, ()) if self.twin(record.urn) == record.urn]

    def twins(self, record: Resource) -> tuple[Resource, ...]:
        """Other resources of the input that are the same thing as one, and not only read."""
        if not record.id or record.urn not in self._made_twice:
            return ()
        return self._made_twice[record.urn]

    def managed(self, token: str) -> Iterator[Resource]:
        """The resources of a type that are there after the update: not those that are only read, and those that leave and stay."""
        yield from (record for record in self.by_type.get(token, ()) if record.change is not READ)
        yield from self.staying.get(token, ())

    def _known_ids(self) -> dict[str, str]:
        """URN by id, of instances, packages and routers; ids of updated resources are learned from their dependents."""
        ids: dict[str, str] = {}
        twice: dict[str, list[Resource]] = {}
        nameless: set[str] = set()
        for record in sorted(self.by_type.get(tokens.ROUTER, ()), key=lambda item: item.change is READ):
            own = named_by(record)
            if own:
                ids.setdefault(own, record.urn)
                if record.id:
                    ids.setdefault(record.id, record.urn)
            else:
                nameless.add(record.urn)
        for record in (*self.by_type.get(tokens.INSTANCE, ()), *self.by_type.get(tokens.PACKAGE, ())):
            if record.id:
                other = self.records.get(ids.get(record.id, ""))
                if other is not None and READ not in (other.change, record.change):  # two stacks hold one thing
                    twice.setdefault(other.urn, []).append(record)
                elif other is None or record.change is not READ or (other.change is READ and record.urn < other.urn):
                    ids[record.id] = record.urn
            else:
                nameless.add(record.urn)
        if nameless:
            for token, keys in tokens.REFERENCES.items():
                for record in self.by_type.get(token, ()):
                    for key in keys:
                        value = record.inputs.get(key)
                        if isinstance(value, str):
                            sources = record.property_dependencies.get(key, ())
                            if len(sources) != 1 or sources[0] not in nameless or value in self.replaced:
                                continue
                            if self.records[sources[0]].type == _WANTED[key]:  # a router hands its instance's id on
                                ids.setdefault(value, sources[0])
        self._made_twice = {urn: tuple(records) for urn, records in twice.items()}
        return ids

    def _find_replaced(self) -> None:
        """The instances, packages and routers whose old ids lead to something that is not there after the update."""
        for source in self.sources:
            for record in (*source.deleted, *source.gone):
                if record.type in _KNOWN_BY_ID and (own := named_by(record)):
                    self.replaced[own] = record
            if source.kind is SourceKind.ENGINE:
                self._find_replaced_in_calls(source)
        for token in _KNOWN_BY_ID:
            for record in self.by_type.get(token, ()):
                old: Resource | None = record.before
                old_id = named_by(old) if old is not None else None
                if record.change is REPLACE and old is not None and old_id is not None and not old.retain_on_delete:
                    self.replaced[old_id] = old
                elif own := named_by(record):
                    self.replaced.pop(own, None)

    @cached_property
    def _leaving_ends(self) -> frozenset[str]:
        return leaving_ends(self.sources, self.by_type, self.records)

    def hangs_on_what_leaves(self, record: Resource) -> bool:
        """Whether a relation or entry names an attachment, peer or table that is not there after the update."""
        if not self._leaving_ends:
            return False
        return not self._leaving_ends.isdisjoint(value for value in record.inputs.values() if isinstance(value, str))

    def _find_replaced_in_calls(self, source: Records) -> None:
        """No call tells an old state, but what stands knows the old id, and its edge leads to something with another or none."""
        for record in source.resources:
            if record.change is not SAME:
                continue
            for key in tokens.REFERENCES.get(record.type, ()):
                value = record.inputs.get(key)
                if not isinstance(value, str):
                    continue
                made = self._behind(record, key)
                if made is None or value in (made.id, named_by(made)):
                    continue
                if made.id is not None or made.change is CREATE:  # one that is updated has an output that is no input
                    self.replaced[value] = made

    def _behind(self, record: Resource, key: str, depth: int = 8) -> Resource | None:
        """The instance, package or router that a property's only edge leads to, through resources that echo it."""
        sources = record.property_dependencies.get(key, ())
        if len(sources) != 1 or not depth:
            return None
        found = self.records.get(sources[0])
        if found is None or found.type in _KNOWN_BY_ID:
            return found if found is not None and found.type == _WANTED.get(key, found.type) else None
        echoed = next((name for name in tokens.REFERENCES.get(found.type, ()) if _WANTED.get(name) == _WANTED.get(key)), None)
        return self._behind(found, echoed, depth - 1) if echoed else None

    def contradicts(self, value: Any, urn: str) -> bool:
        """Whether a known id is not that of the resource that its edge leads to: the id is what counts."""
        if type(value) is not str:
            return False
        if value in self.replaced:
            return True
        record = self.records.get(urn)
        return (
            record is not None
            and record.id is not None
            and value != record.id
            and record.type in _WANTED_TYPES
            and value not in (record.outputs.get("transitRouterId"), record.id.rpartition(":")[2])
        )

    def _read_unseen(self) -> dict[str, str]:
        """A plan and the engine's call do not list what is read (`.get`): what names it tells its id.

        Source: documents recorded from the engine, in `tests/recordings/`.
        """
        if all(source.kind not in (SourceKind.PLAN, SourceKind.ENGINE) for source in self.sources):
            return {}
        found: dict[str, str] = {}
        for token, keys in tokens.REFERENCES.items():
            for record in self.by_type.get(token, ()):
                for key in keys:
                    value, urns = record.inputs.get(key), record.property_dependencies.get(key, ())
                    if not isinstance(value, str) or len(urns) != 1 or urns[0] in self.records:
                        continue
                    if kind_in_urn(urns[0]) == _WANTED[key]:
                        found[urns[0]] = value
        for urn in sorted(found):
            self.ids.setdefault(found[urn], urn)
        return found

    def _candidates(self, record: Resource, key: str, kind: str, keys: Sequence[str]) -> tuple[str, ...]:
        """URNs of the resources of a kind that a property may refer to, following echoes through others."""
        found: dict[str, None] = {}
        seen: set[str] = set()
        waiting = list(record.property_dependencies.get(key, ()))
        while waiting:
            urn = waiting.pop()
            if urn in seen:
                continue
            seen.add(urn)
            leads_to = self.kind_of(urn)
            if leads_to == kind:
                found[self.twin(urn)] = None
                continue
            if leads_to == STACK_REFERENCE:
                found.update(dict.fromkeys(self._made_by_stack(urn, kind) or self._told_of_stack(urn, kind)))
                continue
            between = self.records.get(urn)
            if between is None:
                continue
            for echo in keys:
                if echo == "instanceId" and "cenId" in keys and value_of(between, "cenId") is not None:
                    continue
                value = value_of(between, echo)
                if value is None:
                    continue
                sources = between.property_dependencies.get(echo, ())
                if is_known(value) and not sources:
                    known = self.ids.get(str(value))
                    found[known or f"id:{value}"] = None
                waiting.extend(sources)
        return tuple(sorted(found))

    def resolve(self, record: Resource, key: str, kind: str, keys: Sequence[str]) -> tuple[str, ...]:
        """Addresses that a reference may lead to: URNs, or `id:<id>` for something elsewhere; one is certain."""
        value = value_of(record, key)
        if value is None:
            return ()
        if is_known(value):
            text = str(value)
            sources = record.property_dependencies.get(key, ())
            if len(sources) == 1 and self.kind_of(sources[0]) == kind and not self.contradicts(value, sources[0]):
                return (self.twin(sources[0]),)
            known = self.ids.get(text)
            if known is None and text not in self.replaced and len(sources) == 1 and self.contradicts(value, sources[0]):
                made = self.records[sources[0]]
                old = any(item.id == text for source in self.sources for item in source.leftover)
                self.out_of_date[text] = Blocker(
                    f"out of date {text}",
                    f"{key} of {record.label} is {text}, and {made.name}, which it was made from, has the id {made.id}",
                    "a replacement stopped half-way: the update that ends it, and `pulumi refresh` after it, would settle it"
                    if old
                    else "`pulumi refresh` would settle it",
                )
            return (known or f"id:{text}",)
        sources = record.property_dependencies.get(key, ())
        if len(sources) > 1:
            sources = tuple(sorted(sources))
        memo = (
            kind,
            "" if sources else record.urn,
            id(value),
            sources,
        )  # there are three unknown values; an enumeration hashes slowly
        found = self._resolved.get(memo)
        if found is None:
            found = self._resolved[memo] = self._candidates(record, key, kind, keys)
        return found

    def _made_by_stack(self, reference: str, kind: str) -> list[str]:
        """Resources of a kind that another stack of the input makes: an output not known yet is of one of them."""
        record = self.records.get(reference)
        name = (record.id if record else None) or name_in_urn(reference)
        *above, stack = name.split("/")
        project = above[-1] if above else stack_of(reference)[1]
        source = self._stacks.get((stack, project))
        made = source.resources if source else ()
        return [item.urn for item in made if item.type == kind and item.change is not READ]

    def _told_of_stack(self, reference: str, kind: str) -> list[str]:
        """Things of a kind among the outputs that an inventory tells of another stack."""
        record = self.records.get(reference)
        name = (record.id if record else None) or name_in_urn(reference)
        outputs = stack_outputs(name, stack_of(reference)[1], self._inventory.stacks) or {}
        texts = sorted({value for value in outputs.values() if isinstance(value, str)})
        return [self.ids.get(text, f"id:{text}") for text in texts if text.startswith(tokens.ID_PREFIXES[kind])]

    def kind_of(self, urn: str) -> str:
        """The type of what an edge leads to, under its native token; the input need not hold it."""
        record = self.records.get(urn)
        return record.type if record is not None else kind_in_urn(urn)

    def twin(self, urn: str) -> str:
        """The resource of the input that is the same thing: another stack makes it as well, or makes or reads what this one reads."""
        record = self.records.get(urn)
        if record is None:
            return self.ids.get(self.unseen.get(urn, ""), urn)
        if not record.id or (record.change is not READ and record.type not in _KNOWN_BY_ID):
            return urn
        return self.ids.get(record.id, urn)

    def unknown(self, record: Resource, key: str) -> Blocker:
        """Why a property cannot be read, and what would settle it."""
        value = record.inputs.get(key)
        subject = f"{key} of {record.label}"
        if value is SECRET:
            return Blocker(f"secret {key}", f"{subject} is a secret, which is never looked at", "a plain value would settle it")
        stack, project = stack_of(record.urn)
        if value is HIDDEN:
            return Blocker(
                f"plan {project}/{stack}",
                f"the plan leaves out the inputs of {project}/{stack} that do not change",
                "the stack's export beside it would settle it",
            )
        sources = sorted(record.property_dependencies.get(key, ()))
        for urn in sources:
            if self.kind_of(urn) == STACK_REFERENCE:
                if is_data(urn):
                    return self._of_remote_state(urn, key)
                stack = name_in_urn(urn)
                return Blocker(
                    urn,
                    f"{key} is an output of stack {stack}",  # one line, however many resources take it
                    f'an inventory with [stack."{stack}"], or that stack\'s document, would settle it',
                )
            if is_data(urn):
                read = self.records.get(urn)
                waits = ", ".join(name_in_urn(item) for item in (read.dependencies if read else ())[:3])
                told = f" and waits for {waits}" if waits else ""
                return Blocker(
                    urn,
                    f"{key} comes from {name_in_urn(urn)}, which is read while the plan is applied{told}",
                    "applying what it waits for first would settle it",
                )
        if sources:
            names = ", ".join(name_in_urn(urn) for urn in sources[:3])
            files = "the .tf files beside the plan, or " if any(self.kind_of(urn) == LOCAL for urn in sources) else ""
            settle = f"{files}deploying that first{',' if files else ''} would settle it"
            return Blocker(" ".join(sources), f"{key} comes from {names} and is not known yet", settle)
        if record.inputs and record.inputs.get(key) is None and key not in record.outputs:
            return Blocker(f"unset {record.urn} {key}", f"{subject} is not set", "setting it would settle it")
        source = self._stacks.get((stack, project))
        if source is not None and not source.tells_dependencies:
            return Blocker(
                f"unknown {record.urn} {key}", f"{subject} is not known before the update, and {_NO_DEPENDENCIES}", _SHOW_SAMES
            )
        return Blocker(
            f"unknown {record.urn} {key}",
            f"{subject} is not known before the update",
            "a plain value, or deploying first, would settle it",
        )

    def _of_remote_state(self, urn: str, key: str) -> Blocker:
        node, _, output = urn.partition(".outputs.")
        record = self.records.get(node)
        place = (record.id if record else None) or name_in_urn(node)
        return Blocker(urn, f"{key} is output {output} of {place}" if output else f"{key} comes from {place}", GIVE_THAT_STATE)

    @cached_property
    def handed_over(self) -> Mapping[str, tuple[str, str]]:
        """By id, which output of which remote state says it; of several the first by name."""
        return {
            value: (name, record.id or record.name)
            for record in self.by_type.get(STACK_REFERENCE, ())
            if is_data(record.urn)
            for name, value in sorted(record.outputs.items(), reverse=True)
            if isinstance(value, str)
        }

    def order_blockers(self) -> dict[str, Blocker]:
        """By the beginning of a URN, why the order of its stack cannot be told."""
        return {
            f"urn:pulumi:{stack}::{project}::": Blocker(f"order {project}/{stack}", _NO_DEPENDENCIES, _SHOW_SAMES)
            for (stack, project), source in self._stacks.items()
            if not source.tells_dependencies
        }
