"""Edges of what a module makes: narrowed by type, and completed by the module's own.

A module that a provider constructs (`hcl:index:Module`, one of `pulumi package add`) lists every dependency of a resource on
every property of it, and nothing for an id that comes in from outside; the resources of a Terraform module have no edge
at all. A property names one type of thing, so its edges are those of that type: the resource's own, else those of the
module's arguments, and among the resources of a Terraform module also its neighbours. One is certain, several are
undetermined, as everywhere.
Source: the recordings hcl-module-from-yaml, hcl-module-from-python and tfmod-enterprise in `tests/recordings/`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from cenguard.resources import tokens
from cenguard.resources.records import Resource
from cenguard.resources.urns import kind_in_urn
from cenguard.resources.values import UNKNOWN

CONSTRUCTED = ":index:Module"
"""How the type of a module ends that a provider constructs, or keeps."""
EXPANDED = "components:index:"
"""Modules that Pulumi HCL expands in the program: their resources are in every document, with exact edges."""

_INSTANCE, _PACKAGE, _ROUTER = frozenset({tokens.INSTANCE}), frozenset({tokens.PACKAGE}), frozenset({tokens.ROUTER})
_NETWORKS, _TABLE = frozenset(tokens.NETWORKS), frozenset({tokens.ROUTE_TABLE})
_ATTACHMENTS = frozenset({*tokens.ROUTER_ATTACHMENTS, tokens.PEER})
_REFUSABLE = (tokens.LIMIT, tokens.PEER)
_BY_KEY = {
    **dict.fromkeys(tokens.INSTANCE_KEYS, _INSTANCE),
    **dict.fromkeys(tokens.PACKAGE_KEYS, _PACKAGE),
    **dict.fromkeys(tokens.ROUTER_KEYS, _ROUTER),
}


def _wanted() -> dict[str, dict[str, frozenset[str]]]:
    found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for kind, keys in tokens.REFERENCES.items():
        found[kind].update({key: _BY_KEY[key] for key in keys})
    for kind in (tokens.ROUTE_TABLE, tokens.ROUTER_CIDR):
        found[kind]["transitRouterId"] = _ROUTER
    for kind in tokens.GRANTS:
        found[kind]["cenId"] = _INSTANCE
    for kind, key in tokens.NETWORK_KEYS.items():
        found[kind][key] = _NETWORKS
    for kind in (tokens.ASSOCIATION, tokens.PROPAGATION, tokens.ROUTE_ENTRY):
        found[kind]["transitRouterRouteTableId"] = _TABLE
        found[kind]["transitRouterAttachmentId"] = _ATTACHMENTS
        found[kind]["transitRouterRouteEntryNextHopId"] = _ATTACHMENTS
    for kind in tokens.SWITCHES:
        found[kind]["vpcId"] = _NETWORKS
    found[tokens.VPC_ATTACHMENT]["zoneMappings"] = tokens.SWITCHES
    return dict(found)


WANTED: Mapping[str, Mapping[str, frozenset[str]]] = MappingProxyType(_wanted())
"""Types of the things that a property names, by the resource's type and the property."""


def narrow(resources: Sequence[Resource]) -> None:
    """Narrow and complete the edges of what modules make, and of what takes a module's outputs, in place."""
    modules = {record.urn: record for record in resources if record.type.endswith(CONSTRUCTED)}
    if not modules:
        return
    above = {record.urn: record.parent for record in resources if record.parent}
    inside = _Inside(modules, above)
    made: dict[str, list[Resource]] = defaultdict(list)
    """What each module makes, at any depth."""
    for record in resources:
        for module in inside.of(record):
            made[module].append(record)
    for record in resources:
        keeper = modules.get(record.view_of)
        if keeper is not None and keeper.init_errors and record.type in _REFUSABLE:
            record.init_errors = keeper.init_errors  # which of its resources was refused, the state does not tell
        wanted = WANTED.get(record.type)
        if wanted is not None:
            around = [modules[urn] for urn in inside.of(record)]
            _narrow(record, wanted, around, made)


class _Inside:
    """Which modules a resource is made by, the innermost first."""

    def __init__(self, modules: Mapping[str, Resource], above: Mapping[str, str]) -> None:
        self._modules, self._above = modules, above
        self._known: dict[str, tuple[str, ...]] = {"": ()}

    def of(self, record: Resource) -> tuple[str, ...]:
        found = self._known.get(record.parent)
        if found is None:
            chain: list[str] = []
            parent, steps = record.parent, 100
            while parent and steps:
                if parent in self._modules:
                    chain.append(parent)
                parent, steps = self._above.get(parent, ""), steps - 1
            found = self._known[record.parent] = tuple(chain)
        return found


def _narrow(
    record: Resource, wanted: Mapping[str, frozenset[str]], around: Sequence[Resource], made: Mapping[str, Sequence[Resource]]
) -> None:
    edges = record.property_dependencies
    changed: dict[str, tuple[str, ...]] = {}
    for key, kinds in wanted.items():
        own = edges.get(key, ())
        of_kind = tuple(urn for urn in own if kind_in_urn(urn) in kinds)
        if of_kind:
            if around and len(of_kind) < len(own):
                changed[key] = of_kind
            continue
        if record.inputs.get(key) is not UNKNOWN:
            continue
        found = _behind(own, kinds, made)
        if not found and around:
            found = _from_outside(record, kinds, around, made)
        if found:
            changed[key] = found
    if changed:
        record.property_dependencies = {**edges, **changed}


def _behind(urns: Iterable[str], kinds: frozenset[str], made: Mapping[str, Sequence[Resource]]) -> tuple[str, ...]:
    """What modules make of some types, where an edge leads to their outputs."""
    found = {record.urn for urn in urns for record in made.get(urn, ()) if record.type in kinds}
    return tuple(sorted(found))


def _from_outside(
    record: Resource, kinds: frozenset[str], around: Sequence[Resource], made: Mapping[str, Sequence[Resource]]
) -> tuple[str, ...]:
    """What the arguments of the modules around a resource lead to, of some types."""
    for module in around:
        edges = {*module.dependencies, *(urn for urns in module.property_dependencies.values() for urn in urns)}
        found = {urn for urn in edges if kind_in_urn(urn) in kinds}
        found.update(_behind(edges, kinds, made))
        if record.view_of:  # no view has an edge, so that what it names may be beside it
            found.update(item.urn for item in made[module.urn] if item.type in kinds)
        if found:
            return tuple(sorted(found))
    return ()
