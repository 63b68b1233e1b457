"""Reader of plans: what stands, with what would change laid over it, and what the program refers to.

What stands is `prior_state`; `planned_values` is no list of it, since a plan with `-target`, `-destroy` or
`-refresh-only` leaves out there what stays.
"""

from collections.abc import Mapping
from typing import Any

from cenguard.errors import UnreadableInput
from cenguard.readers.terraform.configuration import Module, Program, module_sources
from cenguard.readers.terraform.data_sources import data_type, read_data
from cenguard.readers.terraform.documents import (
    Actions,
    Change,
    ConfiguredResource,
    Plan,
    ResourceChange,
    StateResource,
    attributes,
    decode,
)
from cenguard.readers.terraform.edges import Wiring, is_open
from cenguard.readers.terraform.partial import mark
from cenguard.readers.terraform.providers import Providers
from cenguard.readers.terraform.state import (
    TAINTED,
    WORKSPACE,
    check_version,
    flattened,
    outputs_of,
    regional_providers,
    standing,
)
from cenguard.readers.terraform.values import properties
from cenguard.resources.addresses import DATA, module_of, parse
from cenguard.resources.records import Change as Kind
from cenguard.resources.records import Content, Records, Resource, SourceKind
from cenguard.resources.type_table import ALICLOUD, native_type

WHAT = "Terraform plan"
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


def read_plan(content: Content, path: str, name: str = "") -> Records:
    """What a plan says; `name` is that of the source.

    Raises:
        UnreadableInput: it is none, or one that failed; says where and what was expected.
    """
    plan = decode(Plan, content, path, WHAT)
    check_version(plan.format_version, path)
    if plan.errored:
        raise UnreadableInput(
            path,
            "is a plan that ended in an error, so a part of it is missing: mend what the plan complained of, plan again, and "
            "give `terraform show -json` of that (of OpenTofu: `tofu show -json`)",
        )
    return _Reading(plan, path, name).records()


class _Reading:
    """One plan while it is read."""

    def __init__(self, plan: Plan, path: str, name: str) -> None:
        self.plan, self.path = plan, path
        self.prefix = f"{name}:" if name else ""
        self.found = Records(path=path, kind=SourceKind.TERRAFORM_PLAN, project=name, stack=WORKSPACE)
        self.found.module_sources = module_sources(plan.configuration.root_module)
        self.prior: dict[str, StateResource] = {}
        self.leftover: dict[str, StateResource] = {}
        for item in flattened(plan.prior_state.values.root_module) if plan.prior_state and plan.prior_state.values else ():
            (self.leftover if item.deposed_key else self.prior)[item.address] = item
        self.changes: dict[str, tuple[ResourceChange, tuple[str, ...], Change | None]] = {}
        """Entries of managed resources by address, each with its actions and, of ours, its values."""
        self.deposed: list[tuple[ResourceChange, Change | None]] = []
        self.reads: dict[str, ResourceChange] = {}
        self._take_changes()
        after = [address for address, (_, actions, _) in self.changes.items() if actions not in GONE]
        stays = [address for address in self.prior if address not in self.changes]
        addresses = dict.fromkeys([*after, *stays, *self.reads])
        modules = dict.fromkeys(module_of(address) for address in addresses if "module." in address)
        self.program = Program(plan.configuration.root_module, plan.variables or {}, addresses, modules)
        self.wiring = Wiring(self.program, path, self.prefix)
        self.providers = Providers(plan.configuration.provider_config or {}, self.program, self.prefix)

    def _take_changes(self) -> None:
        for entry in self.plan.resource_changes or ():
            if entry.mode == DATA:
                self.reads[entry.address] = entry
            if entry.mode != MANAGED:
                continue
            where = f"resource_changes, {entry.address}, change"
            change = decode(Change, entry.change, self.path, WHAT, where=where) if entry.type.startswith(_OURS) else None
            actions = (change or decode(Actions, entry.change, self.path, WHAT, where=where)).actions
            if actions not in KINDS and actions not in GONE:
                raise UnreadableInput(
                    self.path, "holds actions that no version of Terraform or OpenTofu known here plans", where=where
                )
            if entry.deposed:
                self.deposed.append((entry, change))
            else:
                self.changes[entry.address] = (entry, actions, change)

    def records(self) -> Records:
        """All of it."""
        found = self.found
        for address, (entry, actions, change) in self.changes.items():
            self._lay_down(address, entry, actions, change)
        for address, item in self.prior.items():
            if address in self.changes:
                continue
            if item.mode == DATA:
                if address not in self.reads:
                    found.reads.append(self._looked_up(item))
            elif item.mode == MANAGED:
                found.resources.append(self._standing(item))
        found.resource_count = len(found.resources)
        self._take_leftover()
        for address, entry in self.reads.items():
            read = self._other(address, entry, Kind.READ)
            read.type = data_type(entry.type)
            found.reads.append(read)
        mark(
            self.plan,
            found,
            self.program,
            self.wiring,
            {address: entry[1] for address, entry in self.changes.items()},
            self.prior,
        )
        self._take_drift()
        found.resources += [
            *found.reads,
            *self.providers.records(),
            *regional_providers(found),
            *self.wiring.nodes.values(),
        ]
        found.outputs = outputs_of(self.plan.prior_state.values if self.plan.prior_state else None)
        found.taken = self.plan.timestamp[:10]
        return found

    # ------------------------------------------------------------------ resources

    def _lay_down(self, address: str, entry: ResourceChange, actions: tuple[str, ...], change: Change | None) -> None:
        found = self.found
        if change is None:  # somebody else's: all that counts is what waits for it
            if actions not in GONE:
                found.resources.append(self._other(address, entry, KINDS[actions]))
            return
        if actions in GONE:
            (found.retained if actions[0] == FORGET else found.deleted).append(self._old(entry, change))
            return
        resource = self._planned(address, entry, change, KINDS[actions])
        if actions[0] == FORGET:
            found.retained.append(self._old(entry, change))
        elif resource.change is not _CREATE and resource.change is not _SAME:
            resource.before = self._old(entry, change)
            resource.old = resource.before.inputs
            resource.delete_first = actions[0] == "delete"
        resource.imported = change.importing is not None
        if entry.previous_address:
            found.moved = {**found.moved, resource.urn: self.prefix + entry.previous_address}
        found.resources.append(resource)

    def _planned(self, address: str, entry: ResourceChange, change: Change, kind: Kind) -> Resource:
        module, configured = self._configured(address)
        expressed = self.wiring.expressed(configured) if configured is not None else None
        after = change.after or {}
        inputs = properties(
            entry.type,
            after,
            unknown=change.after_unknown,
            sensitive=change.after_sensitive,
            written=expressed.values if expressed is not None else None,
            constants=expressed.constants if expressed is not None else None,
        )
        identifier = after.get("id")
        resource = Resource(
            custom=True,
            urn=self.prefix + address,
            type=native_type(entry.type) or entry.type,
            inputs=inputs,
            id=identifier if isinstance(identifier, str) and identifier else None,
            outputs=inputs,
            change=kind,
            old=inputs if kind is _SAME else None,
        )
        unknown = [key for key, value in inputs.items() if is_open(value)] if kind is not _SAME else []
        self._wire(resource, address, module, configured, unknown)
        resource.provider = self.providers.of(address, module, configured, after.get("region_id"))
        return resource

    def _other(self, address: str, entry: ResourceChange, kind: Kind) -> Resource:
        resource = Resource(custom=True, urn=self.prefix + address, type=entry.type, change=kind)
        self._wire(resource, address, *self._configured(address), [])
        return resource

    def _wire(
        self,
        resource: Resource,
        address: str,
        module: Module | None,
        configured: ConfiguredResource | None,
        unknown: list[str],
    ) -> None:
        if configured is None or module is None:
            return
        key = address[len(module.prefix) + len(configured.address) :]
        resource.property_dependencies, resource.dependencies = self.wiring.of(configured, module, key, unknown)
        if module.parent is not None and (gate := self.wiring.gate(module)):
            resource.parent = self.prefix + gate

    def _old(self, entry: ResourceChange, change: Change) -> Resource:
        where = f"resource_changes, {entry.address}, change"
        before = attributes(change.before, self.path, WHAT, f"{where}.before")
        hidden = decode(Any, change.before_sensitive, self.path, WHAT, where=f"{where}.before_sensitive")
        return self._stood(entry.address, entry.type, before, hidden)

    def _standing(self, item: StateResource) -> Resource:
        values, hidden = self._values(item)
        resource = self._stood(item.address, item.type, values, hidden)
        resource.dependencies = tuple([self.prefix + name for name in item.depends_on or ()])
        if item.tainted:
            resource.init_errors = [TAINTED]
        return resource

    def _stood(self, address: str, kind: str, values: Mapping[str, Any], hidden: Any) -> Resource:
        module, configured = self._configured(address)
        written = self.wiring.expressed(configured).values if configured is not None else None
        resource = standing(self.prefix + address, kind, values, hidden, written=written)
        resource.provider = self.providers.of(address, module, configured, values.get("region_id"))
        return resource

    def _values(self, item: StateResource) -> tuple[dict[str, Any], Any]:
        where = f"prior_state, {item.address}"
        values = attributes(item.values, self.path, WHAT, f"{where}, values")
        return values, decode(Any, item.sensitive_values, self.path, WHAT, where=f"{where}, sensitive_values")

    def _configured(self, address: str) -> tuple[Module | None, ConfiguredResource | None]:
        """Where the program has a resource, and what it says of it; nothing of one that was taken out."""
        found = parse(address)
        if found is None:
            return None, None
        module = self.program.module(module_of(address)) if found.modules else self.program.root
        return module, module.resources.get((found.data, found.type, found.name)) if module is not None else None

    # ------------------------------------------------------------------ beside them

    def _looked_up(self, item: StateResource) -> Resource:
        return read_data(self.prefix + item.address, item.type, *self._values(item))

    def _take_leftover(self) -> None:
        """Old ones of replacements, whose deletion failed: this plan deletes them at last, or they stay."""
        for entry, change in self.deposed:
            if change is not None:
                self.leftover.pop(entry.address, None)
                old = self._old(entry, change)
                old.delete = True
                self.found.leftover.append(old)
        for item in self.leftover.values():
            old = self._standing(item)
            old.delete = True
            self.found.leftover.append(old)

    def _take_drift(self) -> None:
        """Of a plan that only refreshes, what the state held before."""
        if not self.found.refreshed:
            return
        standing_now = {resource.urn: resource for resource in self.found.resources}
        for entry in self.plan.resource_drift or ():
            if entry.mode != MANAGED or not entry.type.startswith(_OURS):
                continue
            change = decode(Change, entry.change, self.path, WHAT, where=f"resource_drift, {entry.address}, change")
            old = self._old(entry, change)
            now = standing_now.get(old.urn)
            if now is not None:
                now.before = old
            elif change.actions == ("delete",):
                self.found.gone.append(old)
