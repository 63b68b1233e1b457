"""Reader of plans: what stands, with what would change laid over it, and what the program refers to.

What stands is `prior_state`; `planned_values` is no list of it, since a plan with `-target`, `-destroy` or
`-refresh-only` leaves out there what stays.
"""

from collections.abc import Mapping
from mmap import MADV_DONTNEED, mmap
from types import MappingProxyType
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.readers.terraform import documents
from cenguard.readers.terraform.configuration import Program
from cenguard.readers.terraform.data_sources import data_type, read_data
from cenguard.readers.terraform.documents import NOTHING, ConfiguredResource, Plan, ResourceChange, StandingResource
from cenguard.readers.terraform.edges import Wiring
from cenguard.readers.terraform.files import Files
from cenguard.readers.terraform.modules import Module, module_sources
from cenguard.readers.terraform.partial import mark, may_be_none
from cenguard.readers.terraform.providers import LOOK_UPS, Providers
from cenguard.readers.terraform.state import (
    TAINTED,
    check_version,
    flattened,
    outputs_of,
    region_of,
    regional_providers,
    standing,
)
from cenguard.readers.terraform.values import NAMES, Shapes
from cenguard.resources.addresses import DATA, apart
from cenguard.resources.look_ups import LISTS_TABLES_IN_TERRAFORM
from cenguard.resources.property_names import camel_properties
from cenguard.resources.records import CREATE, READ, REPLACE, SAME, UPDATE, Change, Content, Records, Resource, SourceKind
from cenguard.resources.tokens import PACKAGE, PACKAGE_ATTACHMENT
from cenguard.resources.type_table import ALICLOUD
from cenguard.resources.type_table import READ as READ_TYPES
from cenguard.resources.urns import WORKSPACE
from cenguard.resources.values import SECRET

MANAGED = "managed"
KINDS = {
    ("no-op",): SAME,
    ("create",): CREATE,
    ("update",): UPDATE,
    ("delete", "create"): REPLACE,
    ("create", "delete"): REPLACE,
    ("forget", "create"): CREATE,  # OpenTofu
    ("create", "forget"): CREATE,  # Terraform
}
"""What each list of actions makes of a resource; a forgotten one stays, and the new one is a second one."""
GONE = (("delete",), ("forget",))
FORGET = "forget"
_OURS = f"{ALICLOUD}_"
_AFTER, _BEFORE, _STATE = (
    "resource_changes, {}, change.after_{}",
    "resource_changes, {}, change.before_{}",
    "prior_state, {}, {}_values",
)
"""Where marks stand, by the address of their resource."""
NOWHERE: Mapping[str, Any] = MappingProxyType({})
_BOUGHT = b'"alicloud_cen_bandwidth_package'
"""How the types of packages and their attachments begin in a document."""
_DELETED = b'"delete"'
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
        self.deposed: list[ResourceChange] = []
        """Entries of the old ones of replacements, which this plan deletes or lets go at last."""
        self.reads: dict[str, ResourceChange] = {}
        self.moved: dict[str, str] = {}
        self._shapes = Shapes(lambda text, where: documents.anything.decode(text, path, where))
        self.actions: set[tuple[str, ...]] = set()
        """Everything that the plan does."""
        addresses: dict[str, None] = {}
        self._take_changes(addresses)
        self.stays: dict[str, msgspec.Raw] = {}
        """What stands and has no entry, by address; decoded as it is laid down."""
        self.leftover: list[StandingResource] = []
        self.stands = False
        self._take_prior_state()
        addresses.update(dict.fromkeys([*self.stays, *self.reads]))
        self.program = Program(plan.configuration.root_module, plan.variables or {}, addresses, Files(path))
        self.wiring = Wiring(self.program, self.prefix, self.stays)
        self.providers = Providers(plan.configuration.provider_config or {}, self.program, self.prefix)

    def _take_changes(self, addresses: dict[str, None]) -> None:
        """Tell the entries apart; `addresses` gets those of what is there after the update."""
        listed = self.plan.resource_changes
        if not isinstance(listed, list):
            return
        for entry in listed:
            if entry.mode != MANAGED:
                if entry.mode == DATA:
                    self.reads[entry.address] = entry
                continue
            actions = entry.change.actions
            stays = actions in KINDS
            if not stays and actions not in GONE:
                raise UnreadableInput(
                    self.path,
                    "holds actions that no version of Terraform or OpenTofu known here plans",
                    where=f"resource_changes, {entry.address}",
                )
            if entry.deposed:
                self.deposed.append(entry)
                continue
            self.changes.append(entry)
            self.actions.add(actions)
            if stays:
                addresses[entry.address] = None
        listed.clear()

    def _take_prior_state(self) -> None:
        prior = self.plan.prior_state
        if prior is None or prior.values is None:
            return
        planned = {entry.address for entry in self.changes}
        cleared = {(entry.address, entry.deposed) for entry in self.deposed}
        for listed in flattened(prior):
            contents: list[msgspec.Raw] = []
            for index, head in enumerate(documents.heads.decode(listed, self.path, "prior_state")):
                address = head.address
                if head.mode == MANAGED:
                    self.stands = True
                if head.deposed_key is None:
                    if address in planned or (head.mode == DATA and address in self.reads):
                        continue
                elif (address, head.deposed_key) in cleared:
                    continue
                contents = contents or documents.members.decode(listed, self.path, "prior_state")
                if head.deposed_key is None:
                    self.stays[address] = contents[index]
                else:
                    self.leftover.append(documents.valued.decode(contents[index], self.path, "prior_state"))

    def records(self) -> Records:
        """All of it."""
        found = self.found
        self.changes.reverse()
        while self.changes:  # each is let go of as soon as it is laid down
            self._lay_down(self.changes.pop())
        untouched: list[str] = []
        for content in self.stays.values():
            item = documents.valued.decode(content, self.path, "prior_state")
            if item.mode == DATA:
                marks = documents.anything.decode(item.sensitive_values, self.path, f"prior_state, {item.address}")
                found.reads.append(read_data(self.prefix + item.address, item.type, item.values or {}, marks))
                if item.type in LOOK_UPS:
                    self.providers.take_answer(item.type, self._configured(item.address)[1], item.values or {})
            elif item.mode == MANAGED:
                found.resources.append(self._standing(item))
                if item.type in READ_TYPES:
                    untouched.append(item.address)
        found.resource_count = len(found.resources)
        self._take_leftover()
        for address, entry in self.reads.items():
            read = self._other(address, data_type(entry.type), READ)
            if entry.type == LISTS_TABLES_IN_TERRAFORM and entry.change.after:  # its arguments; its answer is not there yet
                read.inputs = camel_properties(entry.type, entry.change.after)
            found.reads.append(read)
        mark(self.plan, found, self.program, self.wiring, self.actions, stands=self.stands, untouched=untouched)
        homes = [self._configured(record.urn.removeprefix(self.prefix)) for record in found.deleted if found.destroys]
        found.destroys = any(module and item and not may_be_none(module, item) for module, item, _ in homes)
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
        kind = KINDS.get(actions)
        if not entry.type.startswith(_OURS):  # somebody else's: all that counts is what waits for it
            if kind is not None:
                found.resources.append(self._other(entry.address, entry.type, kind))
            return
        if kind is None:
            (found.retained if actions[0] == FORGET else found.deleted).append(self._old(entry))
            return
        resource = self._planned(entry, kind)
        if kind is CREATE:
            if FORGET in actions:
                found.retained.append(self._old(entry))
        elif kind is not SAME:
            resource.before = self._old(entry)
            resource.old = resource.before.inputs
            resource.delete_first = actions[0] == "delete"
        if change.importing is not None:
            resource.imported = kind is not REPLACE  # that one is deleted at once
        if entry.previous_address:
            self.moved[resource.urn] = self.prefix + entry.previous_address
        found.resources.append(resource)

    def _planned(self, entry: ResourceChange, kind: Change) -> Resource:
        change, address = entry.change, entry.address
        module, configured, key = self._configured(address)
        after = change.after or {}
        written = configured.expressions if configured is not None else None
        shape = self._shapes.of(entry.type, change.after_unknown, change.after_sensitive, after, written, _AFTER, address)
        inputs, hazy = shape.properties(after, written)
        edges, waits = self.wiring.of(configured, module, key, hazy)
        if configured is not None and module is not None:
            for name in hazy:
                named = edges.get(NAMES[name])
                if named is None or any(item[len(self.prefix) :] not in self.stays for item in named):
                    continue  # nearly always: of something that is made
                if self.wiring.is_null(configured, module, key, name):
                    inputs.pop(NAMES[name], None)
        resource = Resource(
            custom=True,
            urn=self.prefix + address,
            type=shape.native,
            inputs=inputs,
            outputs=inputs,
            dependencies=waits,
            property_dependencies=edges,
            change=kind,
            old=inputs if kind is SAME else None,
            provider=self.providers.of(address, module, configured, region_of(after, inputs)),
        )
        identifier = after.get("id") if inputs.get("id") is not SECRET else None
        if identifier and isinstance(identifier, str):
            resource.id = identifier
        if module is not None and module.parent is not None:
            resource.parent = self._gate(module, configured)
        return resource

    def _other(self, address: str, kind: str, change: Change) -> Resource:
        module, configured, key = self._configured(address)
        return Resource(
            custom=True,
            urn=self.prefix + address,
            type=kind,
            dependencies=self.wiring.of(configured, module, key, ())[1],
            parent=self._gate(module, configured),
            change=change,
        )

    def _gate(self, module: Module | None, configured: ConfiguredResource | None) -> str:
        """What all of a resource's module waits for; nothing of a resource that was taken out."""
        gate = self.wiring.gate(module) if module is not None and configured is not None else ""
        return self.prefix + gate if gate else ""

    def _old(self, entry: ResourceChange) -> Resource:
        change = entry.change
        before = documents.attributes(change.before, self.path, f"resource_changes, {entry.address}, change.before")
        return self._stood(entry.address, entry.type, before, change.before_sensitive, _BEFORE, change.after or {})

    def _standing(self, item: StandingResource) -> Resource:
        resource = self._stood(item.address, item.type, item.values or {}, item.sensitive_values, _STATE)
        resource.dependencies = tuple([self.prefix + name for name in item.depends_on or ()])
        if item.tainted:
            resource.init_errors = [TAINTED]
        return resource

    def _stood(
        self,
        address: str,
        kind: str,
        values: Mapping[str, Any],
        hidden: msgspec.Raw,
        where: str,
        after: Mapping[str, Any] = NOWHERE,
    ) -> Resource:
        """What stood; of what the program writes, an attribute without a value had one only where it has none `after` either."""
        module, configured, _ = self._configured(address)
        written = configured.expressions if configured is not None else None
        if written is not None and after:
            written = {name: expression for name, expression in written.items() if after.get(name) is None}
        shape = self._shapes.of(kind, NOTHING, hidden, values, written, where, address)
        resource = standing(self.prefix + address, values, shape, written)
        resource.provider = self.providers.of(address, module, configured, region_of(values, resource.inputs))
        return resource

    def _configured(self, address: str) -> tuple[Module | None, ConfiguredResource | None, str]:
        """Where the program has a resource, what it says of it, nothing of one that was taken out, and the instance's key."""
        root = self.program.root
        found = root.resources.get(address)
        if found is not None:
            return root, found, ""
        above, base, key = apart(address)
        module = self.program.module(above)
        return module, module.resources.get(base) if module is not None else None, key

    # ------------------------------------------------------------------ beside them

    def _take_leftover(self) -> None:
        """Old ones of replacements whose deletion failed: this plan deletes them, lets them go, or leaves them too."""
        for item in self.leftover:
            old = self._standing(item)
            old.delete = True
            self.found.leftover.append(old)
        for entry in self.deposed:
            if entry.type.startswith(_OURS) and entry.change.actions in GONE:
                old = self._old(entry)
                old.delete = True
                (self.found.retained if entry.change.actions[0] == FORGET else self.found.cleared).append(old)

    def _lifecycles(self) -> dict[str, bool]:
        """Whether each package may be destroyed, where the files beside the plan tell it: it is what a prepaid one is asked."""
        found: dict[str, bool] = {}
        for resource in self.found.resources:
            if resource.type != PACKAGE:
                continue
            module, configured, _ = self._configured(resource.urn[len(self.prefix) :])
            if module is not None and configured is not None:
                said = self.program.files.prevents_destroy(module, configured.type, configured.address.rpartition(".")[2])
                if said is not None:
                    found[resource.urn] = said
        return found

    def _take_drift(self) -> None:
        """What the state held before, of a plan that only refreshes; of another one, packages and their attachments that it makes again.

        What drew on such a package is no evidence that one is attached still.
        """
        refreshed = self.found.refreshed
        drift = self.plan.resource_drift or []
        if not refreshed:  # nearly everything differs after a first apply, and hardly ever one of these is gone
            drift = [content for content in drift if _DELETED in (text := bytes(content)) and _BOUGHT in text]
        if not drift:
            return
        standing_now = {resource.urn: resource for resource in self.found.resources}
        for entry in documents.changes.each(drift, self.path, "resource_drift"):
            if entry.mode != MANAGED or not entry.type.startswith(_OURS):
                continue
            old = self._old(entry)
            now = standing_now.get(old.urn)
            if not refreshed:
                if now is not None and now.change is CREATE and now.type in (PACKAGE, PACKAGE_ATTACHMENT):
                    self.found.gone.append(old)
            elif now is not None:
                now.before = old
            elif entry.change.actions == ("delete",):
                self.found.gone.append(old)
