"""What each resource of a plan waits for, and what each of its properties is made from, by addresses."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from cenguard.readers.terraform.configuration import OURS, Program, without_key
from cenguard.readers.terraform.documents import ConfiguredResource, Expression
from cenguard.readers.terraform.indexes import computed_indexes
from cenguard.readers.terraform.modules import Module, Repetition
from cenguard.readers.terraform.references import references_in
from cenguard.readers.terraform.values import NAMES
from cenguard.resources.addresses import ANY, DATA, LOCAL, MODULE, parse
from cenguard.resources.records import Change, Resource

GROUP = "terraform:group"
"""Type of what stands for several resources at once: all instances of one, or all that is in a module."""

FEW = 16
"""Instances of a resource that are listed one by one as dependencies; more are one group."""
_INSTANCE, _PACKAGE, _ROUTER = ("alicloud_cen_instance",), ("alicloud_cen_bandwidth_package",), ("alicloud_cen_transit_router",)
_NETWORKS = {
    "vpc_id": ("alicloud_vpc",),
    "vbr_id": ("alicloud_express_connect_virtual_border_router",),
    "ccn_id": ("alicloud_cloud_connect_network",),
    "vpn_id": ("alicloud_vpn_gateway_vpn_attachment",),
    "ecr_id": ("alicloud_express_connect_router_express_connect_router",),
}
WANTED = {
    "instance_id": _INSTANCE,
    "cen_id": _INSTANCE,
    "bandwidth_package_id": _PACKAGE,
    "cen_bandwidth_package_id": _PACKAGE,
    "transit_router_id": _ROUTER,
    "peer_transit_router_id": _ROUTER,
    "transit_router_route_table_id": ("alicloud_cen_transit_router_route_table",),
    "transit_router_attachment_id": tuple(
        f"alicloud_cen_transit_router_{kind}_attachment" for kind in ("vpc", "vbr", "vpn", "ecr", "peer")
    ),
    "child_instance_id": tuple(kind for kinds in _NETWORKS.values() for kind in kinds),
    **_NETWORKS,
}
"""By attribute, the types of what it names."""
Edges = tuple[dict[str, tuple[str, ...]], tuple[str, ...]]
"""By property what it is made from, and everything that the resource waits for."""


NOTHING: Edges = ({}, ())


class _Attribute(NamedTuple):
    """An attribute that refers to something, of a resource with several instances."""

    name: str
    references: Sequence[str]
    exact: bool
    """Whether its index can be told."""
    found: list[str] | None
    """What it names, where that is the same for every instance."""


class _Repeated(NamedTuple):
    """A resource with several instances in one module instance."""

    attributes: list[_Attribute]
    waits: tuple[str, ...]
    """What each waits for."""
    is_same: bool
    """Whether nothing hangs on the key."""
    edges: dict[Sequence[str], Edges]
    """By the attributes that are not known, where nothing hangs on the key."""


class Wiring:
    """Works out edges; what is asked of several instances is worked out once."""

    def __init__(self, program: Program, prefix: str, stays: Collection[str] = ()) -> None:
        """Take the program, what stands before each address, and what is known already, data sources that were read among it."""
        self._program, self.prefix, self._stays = program, prefix, stays
        self._gates: dict[str, str] = {}
        self._lone: dict[tuple[Any, ...], Edges] = {}
        """Edges of resources that refer to one thing alone, which many do: by the module, the attribute, and its references."""
        self._repeated: dict[tuple[int, str], _Repeated] = {}
        self._only: dict[tuple[str, str], str] = {}
        self.nodes: dict[str, Resource] = {}
        """Groups and locals that something waits for, by address."""

    def of(self, resource: ConfiguredResource | None, module: Module | None, key: str, hazy: Sequence[str]) -> Edges:
        """The edges of one instance, by property only where a value is not known; none of what the program does not have."""
        if resource is None or module is None:
            return NOTHING
        if key:
            return self._of_repeated(resource, module, key, hazy)
        if resource.depends_on or resource.count_expression is not None or resource.for_each_expression is not None:
            return self._edges(resource, module, hazy)
        lone = ""
        for name, expression in resource.expressions.items():
            if type(expression) is not Expression:
                return self._edges(resource, module, hazy)
            if expression.references:
                if lone:
                    return self._edges(resource, module, hazy)
                lone, references = name, expression.references
        if not lone:
            return NOTHING
        asked = (module.prefix, lone, lone in hazy, *references)
        known = self._lone.get(asked)
        if known is None:
            known = self._lone[asked] = self._edges(resource, module, hazy)
        return known

    def _edges(self, resource: ConfiguredResource, module: Module, hazy: Sequence[str]) -> Edges:
        """The edges of a resource that is one."""
        prefix, here, addresses = self.prefix, module.prefix, self._program.addresses
        by_property: dict[str, tuple[str, ...]] = {}
        waits: dict[str, None] = {}
        for name, expression in resource.expressions.items():
            if type(expression) is Expression:
                references = expression.references
                if not references:
                    continue
                if (
                    len(references) == 2
                    and references[0].startswith(references[1])
                    and references[1].startswith(OURS)
                    and (target := here + references[1]) in addresses
                ):  # nearly always
                    urn = prefix + target
                    waits[urn] = None
                    if name in hazy:
                        by_property[NAMES[name]] = (urn,)
                    continue
            else:
                references = list(references_in(expression))
            waits.update(dict.fromkeys(self._awaited_by(references, module, None)))
            if name in hazy:
                by_property[NAMES[name]] = self._meant(self._named(references, module, None), name, module)
        waits.update(dict.fromkeys(self._beside(resource, module)))
        return by_property, tuple(waits)

    def is_null(self, resource: ConfiguredResource, module: Module, key: str, name: str) -> bool:
        """Whether an attribute that is not known is written as null: all that its expression names is known while the plan is made.

        Variables are, and data sources that were read. Only what a resource makes, or what is read later, can leave an
        expression unknown; a null leaves the attribute to the service.
        """
        expression = resource.expressions.get(name)
        if type(expression) is not Expression or not expression.references:
            return False
        if any(item.startswith("ephemeral.") for item in expression.references):
            return False
        own = Repetition(key, resource.for_each_expression, module) if key else None
        return all(item in self._stays for item in self._program.targets(expression.references, module, own))

    def _of_repeated(self, resource: ConfiguredResource, module: Module, key: str, hazy: Sequence[str]) -> Edges:
        """The edges of one of several instances: only what hangs on its key is worked out for it."""
        asked = (id(resource), module.prefix)
        about = self._repeated.get(asked)
        if about is None:
            about = self._repeated[asked] = self._about(resource, module, Repetition(key, resource.for_each_expression, module))
        hazy = tuple(hazy)
        if about.is_same and hazy in about.edges:
            return about.edges[hazy]
        own = Repetition(key, resource.for_each_expression, module)
        by_property: dict[str, tuple[str, ...]] = {}
        for name, references, exact, same in about.attributes:
            if name in hazy:
                found = same if same is not None else self._named(references, module, own, exact=exact)
                by_property[NAMES[name]] = self._meant(found, name, module)
        edges = by_property, about.waits
        if about.is_same:
            about.edges[hazy] = edges
        return edges

    def _about(self, resource: ConfiguredResource, module: Module, own: Repetition) -> _Repeated:
        """What the instances of a resource have in common; `own` is what one of them is made from."""
        blurred = computed_indexes(self._program, module, resource)
        attributes: list[_Attribute] = []
        waits: dict[str, None] = {}
        for name, expression in resource.expressions.items():
            references = list(references_in(expression))
            if not references:
                continue
            exact = name not in blurred
            hangs = self._program.hangs_on_key(references, own)
            found = None if hangs else self._named(references, module, own, exact=exact)
            attributes.append(_Attribute(name, references, exact, found))
            waits.update(dict.fromkeys(self._awaited_by(references, module, own)))
        waits.update(dict.fromkeys(self._beside(resource, module)))
        is_same = all(item.found is not None for item in attributes)
        return _Repeated(attributes, tuple(waits), is_same, {})

    def _named(self, references: Sequence[str], module: Module, own: Repetition | None, *, exact: bool = True) -> list[str]:
        """What an attribute names."""
        return self._there(self._program.targets(references, module, own, exact=exact))

    def _awaited_by(self, references: Sequence[str], module: Module, own: Repetition | None) -> list[str]:
        """What a resource waits for because of an attribute: for more than the attribute names.

        For all instances of what it names with an index that is no constant, for the outputs of all instances of a
        module, and for all that a local value is made of. Source: OpenTofu 1.13 run with creations that take their time.
        """
        found = self._there(self._program.targets(references, module, own, exact=False, whole=True))
        return [self.prefix + self._waited_for(item) for item in found]

    def _meant(self, found: list[str], name: str, module: Module) -> tuple[str, ...]:
        """What a property that is not known is made from, of what its attribute names: nothing that was read already leaves it so."""
        if len(found) > 1:
            found = [item for item in found if _is_managed(item) or item not in self._stays] or found
        return tuple([self.prefix + self._edge(target) for target in self._without_locals(found, name, module)])

    def _beside(self, resource: ConfiguredResource, module: Module) -> tuple[str, ...]:
        """What a resource waits for beside its attributes: what its number is made from, and what `depends_on` names."""
        program, prefix, here = self._program, self.prefix, module.prefix
        waits: dict[str, None] = {}
        for number in (resource.count_expression, resource.for_each_expression):
            if number is not None and number.references:
                for target in self._there(program.targets(number.references, module, None, whole=True)):
                    waits[prefix + self._waited_for(target)] = None
        for name in resource.depends_on or ():
            target = here + name
            for item in (target,) if target in program.addresses else self.awaited(name, module):
                waits[prefix + item] = None
        return tuple(waits)

    def _without_locals(self, targets: list[str], attribute: str, module: Module) -> list[str]:
        """Targets with the one resource that a local can mean: the only one of the wanted type in its module and above it."""
        wanted = WANTED.get(attribute)
        if wanted is None or not any(_is_local(target) for target in targets):
            return targets
        key = (module.address, attribute)
        if key not in self._only:
            self._only[key] = self._only_one(wanted, module)
        only = self._only[key]
        return [only if _is_local(target) else target for target in targets] if only else targets

    def _only_one(self, wanted: Sequence[str], module: Module) -> str:
        """The only resource of some types that a local of a module can lead to; empty for none, or for several."""
        program, found = self._program, dict[str, None]()
        for here in module.and_above():
            for name, item in here.resources.items():
                if item.type in wanted and item.mode != DATA:
                    found.update(dict.fromkeys(program.instances(here.prefix + name)))
                elif item.mode == DATA and item.type.rstrip("s") in wanted:
                    return ""  # a look-up may tell of another one
            for children in here.children.values():
                for child in children.values():
                    for output in (child.configured.outputs or {}).values():
                        refs = output.expression.references if output.expression else None
                        for target in program.targets(refs, child, None) if refs else ():
                            told = parse(target)
                            if told is not None and told.type in wanted:
                                found[target] = None
            if len(found) > 1:
                return ""
        return next(iter(found), "")

    def _there(self, targets: list[str]) -> list[str]:
        """Targets without resources that have no instance, where there are others: of `a ? x[0].id : y.id` only one is made."""
        if len(targets) == 1:
            return targets
        known = self._program.addresses
        there = [item for item in targets if item in known or self._program.instances(item) or not _is_managed(item)]
        return there or targets

    def _edge(self, target: str) -> str:
        """What a property names, where a target stands for many or for none."""
        return target if target in self._program.addresses or not _is_managed(target) else without_key(target) + ANY

    def _waited_for(self, target: str) -> str:
        """A target as a node of the order, made where it is none of the resources."""
        if target not in self._program.addresses and target not in self.nodes:
            members = self._program.instances(target)
            if members:
                self._add(target, GROUP, members)
            elif target in self._program.outputs:
                self._add(target, GROUP, [self._waited_for(item) for item in self._program.outputs[target]])
            elif (found := parse(target)) is not None and found.type == "local":
                self._add(target, LOCAL, ())
        return target

    def awaited(self, name: str, module: Module) -> list[str]:
        """What an entry of `depends_on` names: a resource, a data source, or everything in a module."""
        parts = name.split(".")
        if parts[0] == MODULE and len(parts) == 2:
            return [self._everything_in(module.prefix + name, module.children.get(parts[1].partition("[")[0], {}).values())]
        found: list[str] = []
        for target in self._program.targets([name], module, None):
            instances = self._program.instances(target) if target not in self._program.addresses else ()
            if 0 < len(instances) <= FEW:
                found += instances
            else:
                found.append(self._waited_for(target))
        return found

    def _everything_in(self, address: str, modules: Iterable[Module]) -> str:
        if address not in self.nodes:
            self._add(address, GROUP, ())
            members: list[str] = []
            for module in modules:
                for name in module.resources:
                    members += self._program.instances(module.prefix + name)
                for name, children in module.children.items():
                    members.append(self._everything_in(f"{module.prefix}{MODULE}.{name}", children.values()))
            self._add(address, GROUP, members)
        return address

    def gate(self, module: Module) -> str:
        """What everything in a module waits for, by the `depends_on` of its call and of those above; empty for nothing."""
        if module.parent is None or module.call is None:
            return ""
        known = self._gates.get(module.address)
        if known is None:
            above = self.gate(module.parent)
            known = above
            if module.call.depends_on:
                members = [target for name in module.call.depends_on for target in self.awaited(name, module.parent)]
                known = f"{module.address}.depends_on"
                self._add(known, GROUP, [*members, *filter(None, [above])])
            self._gates[module.address] = known
        return known

    def _add(self, address: str, kind: str, members: Iterable[str]) -> None:
        self.nodes[address] = Resource(
            custom=True,
            urn=self.prefix + address,
            type=kind,
            dependencies=tuple([self.prefix + item for item in members]),
            change=Change.READ,
        )


def _is_local(target: str) -> bool:
    found = parse(target)
    return found is not None and found.type == "local"


def _is_managed(target: str) -> bool:
    """Whether a target is a managed resource, and not a data source or a local."""
    found = parse(target)
    return found is not None and not found.data and found.type != "local"
