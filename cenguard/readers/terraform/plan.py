"""Reader of plans: what stands, with what would change laid over it, and what the program refers to.

What stands is `prior_state`; `planned_values` is no list of it, since a plan with `-target`, `-destroy` or
`-refresh-only` leaves out there what stays.
"""

from collections.abc import Mapping, Sequence
from mmap import MADV_DONTNEED, mmap
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.readers.terraform import documents
from cenguard.readers.terraform.configuration import Module, Program, module_sources, without_key
from cenguard.readers.terraform.data_sources import data_type, read_data
from cenguard.readers.terraform.documents import ConfiguredResource, Plan, ResourceChange, StandingResource
from cenguard.readers.terraform.edges import Wiring
from cenguard.readers.terraform.files import Files
from cenguard.readers.terraform.partial import mark
from cenguard.readers.terraform.providers import Providers
from cenguard.readers.terraform.state import (
    TAINTED,
    check_version,
    flattened,
    outputs_of,
    regional_providers,
    standing,
)
from cenguard.readers.terraform.values import properties
from cenguard.resources.addresses import DATA, module_of
from cenguard.resources.look_ups import LISTS_TABLES_IN_TERRAFORM
from cenguard.resources.property_names import camel_properties
from cenguard.resources.records import Change as Kind
from cenguard.resources.records import Content, Records, Resource, SourceKind
from cenguard.resources.tokens import PACKAGE
from cenguard.resources.type_table import ALICLOUD, native_type
from cenguard.resources.urns import WORKSPACE

MANAGED = "managed"
KINDS = {
    ("no-op",): Kind.SAME,
    ("create",): Kind.CREATE,
    ("update",): Kind.UPDATE,
    ("delete", "create"): Kind.REPLACE,
    ("create", "delete"): Kind.REPLACE,
    ("forget", "create"): Kind.CREATE,
}
"""What each list of actions makes of a resource; a forgotten one stays, and the new one is a second one."""
GONE = (("delete",), ("forget",))
FORGET = "forget"
_OURS = f"{ALICLOUD}_"
_SAME, _CREATE = Kind.SAME, Kind.CREATE
"""Looked up once: to name a member of an enumeration costs as much as settling a value."""
_MANY = 1 << 22
"""Bytes of a document from which on its pages are given back as soon as they are read."""


def read_plan(content: Content, path: str, name: str = "") -> Records:
    """What a plan says; `name` is that of the source.

    Raises:
        UnreadableInput: it is none, or one that failed; says where and what was expected.
    """
    plan = documents.plans.decode(content, path)
    check_version(plan.format_version, path)
    if plan.errored:
        raise UnreadableInput(
            path,
            "is a plan that ended in an error, so a part of it is missing: mend what the plan complained of, plan again, and "
            "give `terraform show -json` of that (of OpenTofu: `tofu show -json`)",
        )
    reading = _Reading(plan, path, name)
    _give_back(content)
    records = reading.records()
    _give_back(content)
    return records


def _give_back(content: Content) -> None:
    """Let go of the pages of a mapped document, read once: what is still needed of them is read again."""
    if isinstance(content, mmap) and len(content) > _MANY:
        content.madvise(MADV_DONTNEED)


class _Reading:
    """One plan while it is read."""

    def __init__(self, plan: Plan, path: str, name: str) -> None:
        self.plan, self.path = plan, path
        self.prefix = f"{name}:" if name else ""
        self.found = Records(path=path, kind=SourceKind.TERRAFORM_PLAN, project=name, stack=WORKSPACE)
        self.found.module_sources = module_sources(plan.configuration.root_module)
        self.changes: list[ResourceChange] = []
        """Entries of managed resources."""
        self.deposed: set[str] = set()
        """Addresses of the old ones of replacements that this plan deletes at last."""
        self.reads: dict[str, ResourceChange] = {}
        self.moved: dict[str, str] = {}
        self._marks: dict[bytes, Any] = {}
        """What is not known, by its text: resources of a type are alike in it."""
        self._take_changes()
        planned = {entry.address for entry in self.changes}
        self.stays: dict[str, msgspec.Raw] = {}
        """What stands and has no entry, by address; decoded as it is laid down."""
        self.leftover: dict[str, StandingResource] = {}
        self.stands = False
        self._take_prior_state(planned)
        after = [entry.address for entry in self.changes if entry.change.actions not in GONE]
        addresses = dict.fromkeys([*after, *self.stays, *self.reads])
        modules = dict.fromkeys(module_of(address) for address in addresses if "module." in address)
        self.program = Program(plan.configuration.root_module, plan.variables or {}, addresses, modules, Files(path))
        self.wiring = Wiring(self.program, self.prefix)
        self.providers = Providers(plan.configuration.provider_config or {}, self.program, self.prefix)

    def _take_changes(self) -> None:
        listed = self.plan.resource_changes
        if not isinstance(listed, list):
            return
        for entry in listed:
            if entry.mode == DATA:
                self.reads[entry.address] = entry
                continue
            if entry.mode != MANAGED:
                continue
            actions = entry.change.actions
            if actions not in KINDS and actions not in GONE:
                raise UnreadableInput(
                    self.path,
                    "holds actions that no version of Terraform or OpenTofu known here plans",
                    where=f"resource_changes, {entry.address}",
                )
            if entry.deposed:
                self.deposed.add(entry.address)
            else:
                self.changes.append(entry)
        listed.clear()

    def _take_prior_state(self, planned: set[str]) -> None:
        prior = self.plan.prior_state
        if prior is None or prior.values is None:
            return
        for listed in flattened(prior.values.root_module):
            contents: list[msgspec.Raw] = []
            for index, head in enumerate(documents.heads.decode(listed, self.path, "prior_state")):
                address = head.address
                if head.mode == MANAGED:
                    self.stands = True
                if head.deposed_key is None:
                    if address in planned or (head.mode == DATA and address in self.reads):
                        continue
                elif address in self.deposed:
                    continue
                contents = contents or documents.members.decode(listed, self.path, "prior_state")
                if head.deposed_key is None:
                    self.stays[address] = contents[index]
                else:
                    self.leftover[address] = documents.valued.decode(contents[index], self.path, "prior_state")

    def records(self) -> Records:
        """All of it."""
        found = self.found
        actions = {entry.change.actions for entry in self.changes}
        self.changes.reverse()
        while self.changes:  # each is let go of as soon as it is laid down
            self._lay_down(self.changes.pop())
        for content in self.stays.values():
            item = documents.valued.decode(content, self.path, "prior_state")
            if item.mode == DATA:
                found.reads.append(read_data(self.prefix + item.address, item.type, item.values or {}, item.sensitive_values))
            elif item.mode == MANAGED:
                found.resources.append(self._standing(item))
        found.resource_count = len(found.resources)
        self._take_leftover()
        for address, entry in self.reads.items():
            read = self._other(address, data_type(entry.type), Kind.READ)
            if entry.type == LISTS_TABLES_IN_TERRAFORM and entry.change.after:  # its arguments; its answer is not there yet
                read.inputs = camel_properties(entry.type, entry.change.after)
            found.reads.append(read)
        mark(self.plan, found, self.program, self.wiring, actions, stands=self.stands)
        self._take_drift()
        found.resources += [
            *found.reads,
            *self.providers.records(),
            *regional_providers(found),
            *self.wiring.nodes.values(),
        ]
        found.outputs = outputs_of(self.plan.prior_state.values if self.plan.prior_state else None)
        found.moved = self.moved
        found.lifecycles = self._lifecycles()
        found.taken = self.plan.timestamp[:10]
        return found

    # ------------------------------------------------------------------ resources

    def _lay_down(self, entry: ResourceChange) -> None:
        found, change = self.found, entry.change
        actions = change.actions
        if not entry.type.startswith(_OURS):  # somebody else's: all that counts is what waits for it
            if actions not in GONE:
                found.resources.append(self._other(entry.address, entry.type, KINDS[actions]))
            return
        if actions in GONE:
            (found.retained if actions[0] == FORGET else found.deleted).append(self._old(entry))
            return
        resource = self._planned(entry, KINDS[actions])
        if actions[0] == FORGET:
            found.retained.append(self._old(entry))
        elif resource.change is not _CREATE and resource.change is not _SAME:
            resource.before = self._old(entry)
            resource.old = resource.before.inputs
            resource.delete_first = actions[0] == "delete"
        resource.imported = change.importing is not None and resource.change is not Kind.REPLACE  # that one is deleted at once
        if entry.previous_address:
            self.moved[resource.urn] = self.prefix + entry.previous_address
        found.resources.append(resource)

    def _planned(self, entry: ResourceChange, kind: Kind) -> Resource:
        change, address = entry.change, entry.address
        module, configured = self._configured(address)
        after = change.after or {}
        written = configured.expressions if configured is not None else None
        told = bytes(change.after_unknown)
        unknown = self._marks.get(told)
        if unknown is None:
            where = f"resource_changes, {address}, change.after_unknown"
            unknown = self._marks[told] = documents.anything.decode(change.after_unknown, self.path, where)
        inputs, hazy = properties(entry.type, after, unknown=unknown, sensitive=change.after_sensitive, written=written)
        edges, waits, parent = self._wired(address, module, configured, hazy)
        identifier = after.get("id")
        return Resource(
            custom=True,
            urn=self.prefix + address,
            type=native_type(entry.type) or entry.type,
            inputs=inputs,
            id=identifier if isinstance(identifier, str) and identifier else None,
            outputs=inputs,
            dependencies=waits,
            property_dependencies=edges,
            parent=parent,
            change=kind,
            old=inputs if kind is _SAME else None,
            provider=self.providers.of(address, module, configured, after.get("region_id")),
        )

    def _other(self, address: str, kind: str, change: Kind) -> Resource:
        resource = Resource(custom=True, urn=self.prefix + address, type=kind, change=change)
        _, resource.dependencies, resource.parent = self._wired(address, *self._configured(address), ())
        return resource

    def _wired(
        self, address: str, module: Module | None, configured: ConfiguredResource | None, hazy: Sequence[str]
    ) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...], str]:
        """What its properties are made from, what it waits for, and what all of its module waits for; nothing of one taken out."""
        if configured is None or module is None:
            return {}, (), ""
        key = address[len(module.prefix) + len(configured.address) :]
        edges, waits = self.wiring.of(configured, module, key, hazy)
        gate = self.wiring.gate(module) if module.parent is not None else ""
        return edges, waits, self.prefix + gate if gate else ""

    def _old(self, entry: ResourceChange) -> Resource:
        where = f"resource_changes, {entry.address}, change"
        before = documents.attributes(entry.change.before, self.path, f"{where}.before")
        hidden = documents.anything.decode(entry.change.before_sensitive, self.path, f"{where}.before_sensitive")
        return self._stood(entry.address, entry.type, before, hidden)

    def _standing(self, item: StandingResource) -> Resource:
        resource = self._stood(item.address, item.type, item.values or {}, item.sensitive_values)
        resource.dependencies = tuple([self.prefix + name for name in item.depends_on or ()])
        if item.tainted:
            resource.init_errors = [TAINTED]
        return resource

    def _stood(self, address: str, kind: str, values: Mapping[str, Any], hidden: Any) -> Resource:
        module, configured = self._configured(address)
        written = configured.expressions if configured is not None else None
        resource = standing(self.prefix + address, kind, values, hidden, written=written)
        resource.provider = self.providers.of(address, module, configured, values.get("region_id"))
        return resource

    def _configured(self, address: str) -> tuple[Module | None, ConfiguredResource | None]:
        """Where the program has a resource, and what it says of it; nothing of one that was taken out."""
        root = self.program.root
        found = root.resources.get(address)
        if found is not None:
            return root, found
        base = without_key(address)
        if "module." not in base:
            return root, root.resources.get(base)
        module = self.program.module(module_of(address))
        return module, module.resources.get(base[len(module.prefix) :]) if module is not None else None

    # ------------------------------------------------------------------ beside them

    def _take_leftover(self) -> None:
        """Old ones of replacements, whose deletion failed, and which this plan does not delete either."""
        for item in self.leftover.values():
            old = self._standing(item)
            old.delete = True
            self.found.leftover.append(old)

    def _lifecycles(self) -> dict[str, bool]:
        """Whether each package may be destroyed, where the files beside the plan tell it: it is what a prepaid one is asked."""
        found: dict[str, bool] = {}
        for resource in self.found.resources:
            if resource.type != PACKAGE:
                continue
            module, configured = self._configured(resource.urn[len(self.prefix) :])
            if module is not None and configured is not None:
                said = self.program.files.prevents_destroy(module, configured.type, configured.address.rpartition(".")[2])
                if said is not None:
                    found[resource.urn] = said
        return found

    def _take_drift(self) -> None:
        """Of a plan that only refreshes, what the state held before."""
        if not self.found.refreshed:
            return
        standing_now = {resource.urn: resource for resource in self.found.resources}
        for entry in documents.changes.each(self.plan.resource_drift, self.path, "resource_drift"):
            if entry.mode != MANAGED or not entry.type.startswith(_OURS):
                continue
            old = self._old(entry)
            now = standing_now.get(old.urn)
            if now is not None:
                now.before = old
            elif entry.change.actions == ("delete",):
                self.found.gone.append(old)
