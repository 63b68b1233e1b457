"""A small network, declared step by step, that yields the records a reader would yield."""

from collections.abc import Iterable
from typing import Self

from cenguard.resources import tokens
from cenguard.resources.records import Change
from cenguard.resources.values import is_known
from cenguard.testing.estate import Estate, Value
from cenguard.testing.values import of

KINDS = {kind: token for token, kind in tokens.NETWORKS.items()}
SWITCH = "alicloud:vpc/switch:Switch"
PREFIXES = {"VPC": "vpc", "VBR": "vbr", "CCN": "ccn", "VPN": "vco", "ECR": "ecr"}
"""What the ids of each kind of network begin with."""
ATTACHING = {kind: (token, key) for token, (kind, key) in tokens.ROUTER_ATTACHMENTS.items()}


class World(Estate):
    """The networks, packages and routers of one stack, in the order they are declared. Each method returns the world itself."""

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

    def network(
        self,
        region: str,
        name: str,
        kind: str = "VPC",
        *,
        provider: str | None = None,
        read: Value = None,
        **inputs: Value,
    ) -> Self:
        """Declare a network, without attaching it; `read` gives the id of one that is read with `.get`."""
        self.resource(KINDS[kind], name, inputs, region=None if provider else region, provider=provider)
        if read is not None:
            record = self._specs[name].record
            record.id, record.change, record.external = read if is_known(read) else None, Change.READ, True
        return self

    def vswitch(self, network: str, cidr: Value, zone: Value = None, name: str | None = None, **inputs: Value) -> Self:
        """Declare a vSwitch of a network: a name of the world, or an id."""
        count = sum(spec.record.type in tokens.SWITCHES for spec in self._specs.values())
        stated = {"vpcId": self._reference(network), "cidrBlock": cidr, "zoneId": zone}
        home = self._provider_name(network) if network in self._specs else None
        return self.resource(SWITCH, name or f"{network}-{count}", {**stated, **inputs}, provider=home)

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
        provider: str | None = None,
        **inputs: Value,
    ) -> Self:
        """Attach a network directly: one of its own (made in `home`, else in the region), or the one given."""
        if network is None:
            made = kind if isinstance(kind, str) and kind in KINDS else "VPC"
            place = home or (region.removeprefix("ccn-") if isinstance(region, str) else None)
            network = f"{name}-{PREFIXES[made]}"
            self.resource(KINDS[made], network, {"cidrBlock": cidr}, region=place)
        stated = {
            "instanceId": self._owner,
            "childInstanceId": self._reference(network),
            "childInstanceType": kind,
            "childInstanceRegionId": region,
        }
        return self.resource(tokens.INSTANCE_ATTACHMENT, name, {**stated, **inputs}, after=after, provider=provider)

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
        self,
        a: Value,
        b: Value,
        mbps: Value,
        name: str | None = None,
        *,
        after: Iterable[str] | None = None,
        provider: str | None = None,
        **inputs: Value,
    ) -> Self:
        """Give a pair of regions Mbps. Without `after`, it waits for every attachment declared so far."""
        waits = self._attachments() if after is None else tuple(after)
        label = name or "-".join(item for item in (a, b) if isinstance(item, str)) or "limit"
        stated = {"instanceId": self._owner, "regionIds": [a, b], "bandwidthLimit": mbps}
        return self.resource(tokens.LIMIT, label, {**stated, **inputs}, after=waits, provider=provider)

    def _attachments(self) -> tuple[str, ...]:
        joining = (tokens.INSTANCE_ATTACHMENT, tokens.PACKAGE_ATTACHMENT)
        return tuple(key for key, spec in self._specs.items() if spec.record.type in joining)

    # ------------------------------------------------------------------ transit routers

    def router(self, region: str | None, name: str | None = None, *, provider: str | None = None, **inputs: Value) -> Self:
        """Declare the transit router of the instance in a region, or in the region of a provider."""
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
        """Attach a network through a transit router; unless told otherwise routed: in the router's table, which it publishes."""
        home = provider or self._provider_name(router)
        if network is None:
            network = f"{name}-{PREFIXES[kind]}"
            self.resource(KINDS[kind], network, {"cidrBlock": cidr}, provider=home)
        token, key = ATTACHING[kind]
        stated: dict[str, Value] = {
            "cenId": self._owner,
            "transitRouterId": of(router, "transitRouterId"),
            key: self._reference(network),
        }
        if kind == "VPC":
            stated["zoneMappings"] = [
                {"zoneId": self._zone(home, index), "vswitchId": f"vsw-{name}-{index}"} for index in range(zones)
            ]
        if routed and kind != "ECR":
            stated["autoPublishRouteEnabled"] = True
        self.resource(token, name, {**stated, **inputs}, provider=home, after=after)
        return self.route(router, name) if routed else self

    def _zone(self, provider: str | None, index: int) -> str:
        """A zone of the region of a provider; one of no region where that is not known."""
        region = self._specs[provider].inputs.get("region") if provider else None
        letter = chr(ord("a") + index)
        if not isinstance(region, str):
            return f"zone-{letter}"
        return f"{region}{letter}" if region[-1].isdigit() else f"{region}-{letter}"

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
            "autoPublishRouteEnabled": True if routed else None,
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


def a_world(**names: str) -> World:
    """An empty world; `stack` and `project` name its place."""
    return World(**names)
