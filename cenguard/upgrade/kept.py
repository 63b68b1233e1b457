"""What a written program keeps: everything of today that it names by id, or imports; and what of that has no id."""

from collections.abc import Iterator, Mapping
from typing import Any

from cenguard.findings.fix import Add, Import
from cenguard.findings.upgrade_answer import ImportedResource
from cenguard.resources import tokens
from cenguard.resources.urns import is_resource, name_in_urn
from cenguard.resources.values import UNKNOWN, is_known
from cenguard.upgrade.parts import NewPeer
from cenguard.upgrade.planning import UpgradePlan
from cenguard.upgrade.records import owner_of

_NETWORK_TYPES = {kind: token for token, kind in tokens.NETWORKS.items()}
_SWITCH = "alicloud:vpc/switch:Switch"
_KINDS = {tokens.INSTANCE: "CEN instance", tokens.PACKAGE: "package", _SWITCH: "vSwitch"}


def kept_by(plan: UpgradePlan) -> tuple[ImportedResource, ...]:
    """What stands, and the program refers to by id or imports: by type, then name."""
    found = {(token, name, identifier) for token, name, identifier, _ in _named(plan)}
    found |= {(edit.type, edit.name, edit.id or "") for edit in plan.new.edits if isinstance(edit, Import)}
    return tuple(ImportedResource(type=token, name=name, id=identifier) for token, name, identifier in sorted(found))


def without_id(plan: UpgradePlan) -> tuple[str, ...]:
    """What the program would have to name and the input knows no id of, in words."""
    found = [f"{_KINDS.get(token, 'network')} {name}" for token, name, _, address in _named(plan) if address in plan.ids.made]
    found += [f"the package of {peer.regions}" for peer in plan.peers if _lacks_package(peer)]
    found += [f"the owner of {item.held.name}" for item in plan.attachments if owner_of(plan.today, item.held) is UNKNOWN]
    for edit in plan.carried:
        if isinstance(edit, Add) and edit.provider is None:
            found.append(f"the region of the route table of {edit.name}")
        if isinstance(edit, (Add, Import)):
            found += [f"{name} of {edit.name}" for name, value in edit.properties.items() if not _is_told(value)]
    return tuple(sorted(dict.fromkeys(found)))


def _lacks_package(peer: NewPeer) -> bool:
    return not peer.by_traffic and peer.package is None and not peer.pair.of_a_ccn


def _is_told(value: Any) -> bool:
    """Whether a value is known at every depth."""
    if isinstance(value, Mapping):
        return all(map(_is_told, value.values()))
    return all(map(_is_told, value)) if isinstance(value, (list, tuple)) else is_known(value)


def _named(plan: UpgradePlan) -> Iterator[tuple[str, str, str, str]]:
    """Type, name, id and address of everything that the program names by id."""
    instance, ids = plan.instance, plan.ids
    yield tokens.INSTANCE, instance.label, plan.new.cen, instance.address
    for item in plan.attachments:
        held = item.held
        yield _NETWORK_TYPES.get(held.kind, held.kind), held.name, ids.of_network(held), held.address
        for switch in (item.zones or {}).values():
            yield _SWITCH, name_in_urn(switch) if is_resource(switch) else switch, ids.of_switch(switch), switch
    for package in {id(peer.package): peer.package for peer in plan.peers if peer.package is not None}.values():
        yield tokens.PACKAGE, package.label, ids.of_package(package), package.address
