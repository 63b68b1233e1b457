"""A small estate, declared step by step, that yields the records a reader would yield."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from cenguard.catalogue import Catalogue, default_catalogue
from cenguard.inventory import Inventory
from cenguard.network import Network
from cenguard.readers import tokens
from cenguard.readers.assembly import assemble
from cenguard.readers.resources import PROVIDER, STACK_REFERENCE, Change, Records, Resource, SourceKind
from cenguard.testing.values import Hidden, of
from cenguard.values import UNKNOWN

NETWORKS = {
    "VPC": ("alicloud:vpc/network:Network", "vpc"),
    "VBR": ("alicloud:expressconnect/virtualBorderRouter:VirtualBorderRouter", "vbr"),
    "CCN": ("alicloud:cloudconnect/network:Network", "ccn"),
    "VPN": ("alicloud:vpn/gatewayVpnAttachment:GatewayVpnAttachment", "vco"),
    "ECR": ("alicloud:expressconnect/routerExpressConnectRouter:RouterExpressConnectRouter", "ecr"),
}
"""Type of each kind of network, and the prefix of its id."""
ATTACHING = {kind: (token, key) for token, (kind, key) in tokens.ROUTER_ATTACHMENTS.items()}
STACK = "dev"
PROJECT = "net"
Value = Any
"""A plain value, an `Unknown`, a `Hidden`, or lists and mappings of these."""


class _Spec:
    """One resource before its values are resolved."""

    def __init__(self, urn: str, token: str, inputs: Mapping[str, Value], provider: str, after: Iterable[str]) -> None:
        self.record = Resource(urn=urn, type=token, provider=provider)
        self.inputs, self.after = dict(inputs), tuple(after)


class World:
    """Resources of one stack, in the order they are declared. Each method returns the world itself."""

    def __init__(self, *, stack: str = STACK, project: str = PROJECT) -> None:
        self._place = f"urn:pulumi:{stack}::{project}::"
        self._stack, self._project = stack, project
        self._specs: dict[str, _Spec] = {}
        self._deleted: list[Resource] = []
        self._owner: Value = UNKNOWN
        self._last = ""
        self._shared: tuple[str, ...] = ()
        self._inventory = Inventory()
        self._catalogue: Catalogue | None = None
        self._complete = True
        self._config: dict[str, Any] = {}

    # ------------------------------------------------------------------ any resource

    def resource(
        self,
        token: str,
        name: str,
        inputs: Mapping[str, Value],
        *,
        region: str | None = None,
        provider: str | None = None,
        after: Iterable[str] = (),
        parent_type: str = "",
    ) -> Self:
        """Declare any resource. `region` makes and uses the provider of that region; `after` is what it depends on."""
        if region is not None:
            provider = self._provider_in(region)
        path = f"{parent_type}${token}" if parent_type else token
        urn = f"{self._place}{path}::{name}"
        key = name if name not in self._specs else urn
        used = self._specs[provider].record.urn if provider else f"{self._place}{PROVIDER}::default_4_0_0"
        self._specs[key] = _Spec(urn, token, {k: v for k, v in inputs.items() if v is not None}, used, after)
        self._last = key
        return self

    def provider(self, name: str, *, region: Value, after: Iterable[str] = ()) -> Self:
        """Declare a provider; its region may be unknown."""
        inputs = {} if region is None else {"region": region}
        self._specs[name] = _Spec(f"{self._place}{PROVIDER}::{name}", PROVIDER, inputs, "", after)
        return self

    def _provider_in(self, region: str) -> str:
        name = f"provider-{region}"
        if name not in self._specs:
            self.provider(name, region=region)
        return name

    def stack_reference(self, stack: str) -> Self:
        """Read another stack; `stack_output(stack)` is then an output of it."""
        urn = f"{self._place}{STACK_REFERENCE}::{stack}"
        self._specs[stack] = _Spec(urn, STACK_REFERENCE, {"name": stack}, "", ())
        self._specs[stack].record.change = Change.READ
        return self

    def _reference(self, value: Value, output: str = "id") -> Value:
        """A name of the world stands for that resource's id; anything else for itself."""
        return of(value, output) if isinstance(value, str) and value in self._specs else value

    # ------------------------------------------------------------------ instances and networks

    def instance(self, name: str = "core", *, read: str | None = None, **inputs: Value) -> Self:
        """Declare a CEN instance, to which what follows belongs; `read` gives the id of one that is read with `.get`."""
        self.resource(tokens.INSTANCE, name, {"cenInstanceName": name, **inputs})
        if read is not None:
            record = self._specs[name].record
            record.id, record.change, record.external = read, Change.READ, True
        self._owner = of(name)
        return self

    def on(self, instance: Value) -> Self:
        """What follows belongs to this instance: a name of the world, a literal id, or a value that is not known."""
        self._owner = self._reference(instance)
        return self

    def network(self, region: str, name: str, kind: str = "VPC", *, provider: str | None = None, **inputs: Value) -> Self:
        """Declare a network, without attaching it."""
        return self.resource(NETWORKS[kind][0], name, inputs, region=None if provider else region, provider=provider)

    def attach(
        self,
        region: Value,
        name: str,
        kind: Value = "VPC",
        *,
        network: Value = None,
        home: str | None = None,
        cidr: Value = None,
        after: Iterable[str] = (),
        **inputs: Value,
    ) -> Self:
        """Attach a network directly: one of its own (made in `home`, else in the region), or the one given."""
        if network is None:
            made = kind if isinstance(kind, str) and kind in NETWORKS else "VPC"
            place = home or (region.removeprefix("ccn-") if isinstance(region, str) else None)
            network = f"{name}-{NETWORKS[made][1]}"
            self.resource(NETWORKS[made][0], network, {"cidrBlock": cidr}, region=place)
        stated = {
            "instanceId": self._owner,
            "childInstanceId": self._reference(network),
            "childInstanceType": kind,
            "childInstanceRegionId": region,
        }
        return self.resource(tokens.INSTANCE_ATTACHMENT, name, {**stated, **inputs}, after=after)

    # ------------------------------------------------------------------ packages and limits

    def package(
        self, a: Value, b: Value, mbps: Value, name: str | None = None, *, attached: bool = True, **inputs: Value
    ) -> Self:
        """Declare a bandwidth package for two areas, attached to the instance as `<name>-attachment`."""
        known = [area.lower() for area in (a, b) if isinstance(area, str)]
        name = name or "-".join(known) or "package"
        stated = {"geographicRegionAId": a, "geographicRegionBId": b, "bandwidth": mbps, "paymentType": "PostPaid"}
        self.resource(tokens.PACKAGE, name, {**stated, **inputs})
        return self.attach_package(name) if attached else self

    def read_package(self, name: str, identifier: str, **outputs: Value) -> Self:
        """Read a package with `.get`; what it answers may be unknown as a whole."""
        self.resource(tokens.PACKAGE, name, {})
        record = self._specs[name].record
        record.id, record.change, record.external, record.outputs = identifier, Change.READ, True, dict(outputs)
        return self

    def attach_package(self, package: Value, name: str | None = None, *, after: Iterable[str] = ()) -> Self:
        """Attach a package: a name of the world, a literal id, or a value that is not known."""
        label = name or (f"{package}-attachment" if isinstance(package, str) else "package-attachment")
        inputs = {"instanceId": self._owner, "bandwidthPackageId": self._reference(package)}
        return self.resource(tokens.PACKAGE_ATTACHMENT, label, inputs, after=after)

    def limit(
        self, a: Value, b: Value, mbps: Value, name: str | None = None, *, after: Iterable[str] | None = None, **inputs: Value
    ) -> Self:
        """Give a pair of regions Mbps. Without `after`, it waits for every attachment declared so far."""
        waits = self._attachments() if after is None else tuple(after)
        label = name or "-".join(item for item in (a, b) if isinstance(item, str)) or "limit"
        stated = {"instanceId": self._owner, "regionIds": [a, b], "bandwidthLimit": mbps}
        return self.resource(tokens.LIMIT, label, {**stated, **inputs}, after=waits)

    def _attachments(self) -> tuple[str, ...]:
        joining = (tokens.INSTANCE_ATTACHMENT, tokens.PACKAGE_ATTACHMENT)
        return tuple(key for key, spec in self._specs.items() if spec.record.type in joining)

    # ------------------------------------------------------------------ transit routers

    def router(self, region: str, name: str | None = None, *, provider: str | None = None, **inputs: Value) -> Self:
        """Declare the transit router of the instance in a region."""
        token, label = tokens.ROUTER, name or f"{region}-router"
        return self.resource(
            token, label, {"cenId": self._owner, **inputs}, region=None if provider else region, provider=provider
        )

    def attach_to(
        self,
        router: str,
        name: str,
        kind: str = "VPC",
        *,
        network: Value = None,
        cidr: Value = None,
        provider: str | None = None,
        routed: bool = True,
        zones: int = 2,
        after: Iterable[str] = (),
        **inputs: Value,
    ) -> Self:
        """Attach a network through a transit router, routed in a table of its own unless told otherwise."""
        home = provider or self._provider_name(router)
        if network is None:
            network = f"{name}-{NETWORKS[kind][1]}"
            self.resource(NETWORKS[kind][0], network, {"cidrBlock": cidr}, provider=home)
        token, key = ATTACHING[kind]
        stated: dict[str, Value] = {
            "cenId": self._owner,
            "transitRouterId": of(router, "transitRouterId"),
            key: self._reference(network),
        }
        if kind == "VPC":
            stated["zoneMappings"] = [{"zoneId": f"zone-{index}", "vswitchId": f"vsw-{index}"} for index in range(zones)]
        self.resource(token, name, {**stated, **inputs}, provider=home, after=after)
        return self.route(router, name) if routed else self

    def _provider_name(self, resource: str) -> str | None:
        urn = self._specs[resource].record.provider
        return next((key for key, spec in self._specs.items() if spec.record.urn == urn), None)

    def peer(
        self,
        local: str,
        far: str,
        mbps: Value,
        name: str = "peer",
        *,
        package: Value = None,
        billing: Value = None,
        region: Value = "as it is",
        after: Iterable[str] = (),
        provider: str | None = None,
        routed: bool = True,
        **inputs: Value,
    ) -> Self:
        """Join two routers, by name. A package that is a package attachment of the world is handed on by it.

        `region` is the declared region of the far end: that of the far router's provider unless it is given.
        """
        if region == "as it is":
            spec = self._specs.get(self._provider_name(far) or "")
            region = spec.inputs.get("region") if spec else None
        stated = {
            "cenId": self._owner,
            "transitRouterId": of(local, "transitRouterId"),
            "peerTransitRouterId": of(far, "transitRouterId"),
            "peerTransitRouterRegionId": region,
            "bandwidth": mbps,
            "bandwidthType": billing,
            "cenBandwidthPackageId": self._package_output(package),
        }
        home = provider or self._provider_name(local)
        self.resource(tokens.PEER, name, {**stated, **inputs}, provider=home, after=after)
        return self.route(local, name).route(far, name) if routed else self

    def _package_output(self, package: Value) -> Value:
        spec = self._specs.get(package) if isinstance(package, str) else None
        attached = spec is not None and spec.record.type == tokens.PACKAGE_ATTACHMENT
        return self._reference(package, "bandwidthPackageId" if attached else "id")

    def route(self, router: str, attachment: str, *, associated: bool = True, propagated: bool = True) -> Self:
        """Associate an attachment with a route table of a router, and let its routes propagate there."""
        home, table = self._provider_name(router), f"{router}-table"
        if table not in self._specs:
            self.resource(tokens.ROUTE_TABLE, table, {"transitRouterId": of(router, "transitRouterId")}, provider=home)
        output = "id" if self._specs[attachment].record.type in tokens.NAMED_BY_ID else "transitRouterAttachmentId"
        inputs = {
            "transitRouterAttachmentId": of(attachment, output),
            "transitRouterRouteTableId": of(table, "transitRouterRouteTableId"),
        }
        if associated:
            self.resource(tokens.ASSOCIATION, f"{attachment}-in-{router}", inputs, provider=home)
        if propagated:
            self.resource(tokens.PROPAGATION, f"{attachment}-into-{router}", inputs, provider=home)
        return self

    # ------------------------------------------------------------------ what stands, and what an update does

    def protected(self, *names: str) -> Self:
        """Protect resources; without names, the last one declared that is no attachment of it."""
        for name in names or (self._last,):
            self._specs[name].record.protect = True
        return self

    def retained(self, *names: str) -> Self:
        """Keep resources in the cloud when the stack deletes them."""
        for name in names or (self._last,):
            self._specs[name].record.retain_on_delete = True
        return self

    def standing(self, *names: str) -> Self:
        """Everything declared so far, or what is named, is deployed already and does not change: its id is known."""
        for name in names or tuple(self._specs):
            record = self._specs[name].record
            if record.change is Change.CREATE:
                record.change = Change.SAME
                record.id = record.id or f"{name}-id"
        return self

    def updated(self, name: str, **old: Value) -> Self:
        """An update changes a resource in place; `old` are the inputs that were different (None: was not set)."""
        return self._changed(name, Change.UPDATE, old)

    def replaced(self, name: str, **old: Value) -> Self:
        """An update replaces a resource; `old` are the inputs that were different."""
        return self._changed(name, Change.REPLACE, old)

    def _changed(self, name: str, change: Change, old: Mapping[str, Value]) -> Self:
        spec = self._specs[name]
        spec.record.change = change
        spec.record.id = f"{name}-id" if change is Change.UPDATE else None
        spec.record.old = {key: value for key, value in {**spec.inputs, **old}.items() if value is not None}
        return self

    def deleted(self, *names: str) -> Self:
        """An update deletes resources that were declared so far: they stand in the old state only."""
        records = {record.name: record for record in self._resolved()}
        for name in names:
            record = records[name]
            record.id, record.old = record.id or f"{name}-id", dict(record.inputs)
            record.change = Change.SAME
            self._deleted.append(record)
            del self._specs[name]
        return self

    def outputs(self, name: str, **values: Value) -> Self:
        """What the provider answered for a resource when it was last seen."""
        self._specs[name].record.outputs = values
        return self

    # ------------------------------------------------------------------ what stands around the input

    def shared(self, *globs: str) -> Self:
        """Name instances that other stacks attach to or buy for."""
        self._shared = globs
        return self

    def inventory(self, inventory: Inventory) -> Self:
        """Give an inventory; see `an_inventory`."""
        self._inventory = inventory
        return self

    def catalogue(self, catalogue: Catalogue) -> Self:
        """Judge by another area catalogue than the newest."""
        self._catalogue = catalogue
        return self

    def config(self, **values: Value) -> Self:
        """Set stack configuration of the provider: `config(region="cn-beijing")`."""
        self._config.update({f"alicloud:{key}": value for key, value in values.items()})
        return self

    def incomplete(self) -> Self:
        """The input hides resources."""
        self._complete = False
        return self

    # ------------------------------------------------------------------ what comes out

    def records(self) -> Records:
        """What a reader of previews would yield."""
        resources = self._resolved()
        return Records(
            path="world",
            kind=SourceKind.PREVIEW,
            project=self._project,
            stack=self._stack,
            resources=resources,
            complete=self._complete,
            missing="" if self._complete else "it hides resources: show them",
            config=self._config,
            resource_count=len(resources),
            deleted=list(self._deleted),
        )

    def assembled(self, *others: "World") -> Network:
        """The network, through the real assembly; with `others`, one estate of several stacks."""
        return assemble(
            [self.records(), *(world.records() for world in others)],
            catalogue=self._catalogue or default_catalogue(),
            inventory=self._inventory,
            shared=self._shared,
        )

    def _resolved(self) -> list[Resource]:
        return [self._resolve(spec) for spec in self._specs.values()]

    def _resolve(self, spec: _Spec) -> Resource:
        inputs: dict[str, Any] = {}
        edges: dict[str, tuple[str, ...]] = {}
        for key, value in spec.inputs.items():
            sources: dict[str, None] = {}
            inputs[key] = self._value(value, sources)
            edges[key] = tuple(sources)
        waits = dict.fromkeys(urn for sources in edges.values() for urn in sources)
        waits.update(dict.fromkeys(self._specs[name].record.urn for name in spec.after))
        record = spec.record
        old = None if record.old is None else {key: self._value(value, {}) for key, value in record.old.items()}
        if old is None and record.change is Change.SAME:
            old = dict(inputs)
        return Resource(
            urn=record.urn,
            type=record.type,
            inputs=inputs,
            id=record.id,
            outputs=record.outputs,
            dependencies=tuple(waits),
            property_dependencies=edges,
            provider=record.provider,
            protect=record.protect,
            retain_on_delete=record.retain_on_delete,
            external=record.external,
            change=record.change,
            old=old,
        )

    def _value(self, value: Value, sources: dict[str, None]) -> Any:
        """A value as the engine sends it; a list or mapping keeps its unknown members in place."""
        if isinstance(value, Hidden):
            sources.update(dict.fromkeys(self._specs[name].record.urn for name in value.sources))
            return self._output(value)
        if isinstance(value, list):
            return [self._value(item, sources) for item in value]
        if isinstance(value, dict):
            return {key: self._value(item, sources) for key, item in value.items()}
        return value

    def _output(self, hidden: Hidden) -> Any:
        if hidden.output is None:
            return hidden.value
        spec = self._specs[hidden.sources[0]]
        if hidden.output in spec.inputs:  # a resource echoes its inputs
            return self._value(spec.inputs[hidden.output], {})
        if hidden.output in spec.record.outputs:
            return spec.record.outputs[hidden.output]
        identifier = spec.record.id
        return UNKNOWN if identifier is None else identifier


def a_world(**names: str) -> World:
    """An empty world; `stack` and `project` name its place."""
    return World(**names)
