"""Small worlds for tests of rules: readable to build, faithful to the engine.

A world holds the records that a preview of new resources yields: ids are unknown, and a property that was computed from
another resource carries the engine's dependency on it. The records go through the same assembly as any document.

>>> world = World()
>>> core = world.instance("core")
>>> shop, sales = world.attach(core, "cn-beijing", "shop"), world.attach(core, "us-west-1", "sales")
>>> world.found("CEN201")
{('violated', 'core')}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cenguard.catalogue import Catalogue, default_catalogue
from cenguard.check import Options, check
from cenguard.inventory import Inventory
from cenguard.network import Network
from cenguard.readers import tokens
from cenguard.readers.assembly import assemble
from cenguard.readers.resources import PROVIDER, STACK_REFERENCE, Change, Records, Resource, SourceKind
from cenguard.reports.model import Report
from cenguard.settings import Settings
from cenguard.values import SECRET, UNKNOWN

__all__ = ["SECRET", "UNKNOWN", "From", "Handle", "World"]

HOME = "cn-beijing"
"""Region of the provider that region-less resources use."""


@dataclass(frozen=True, slots=True)
class From:
    """A property computed from resources: unknown at preview unless its value is given."""

    sources: tuple[str, ...]
    value: Any = UNKNOWN


@dataclass(frozen=True, slots=True)
class Handle:
    """A resource of a world, to be referred to by others."""

    resource: Resource

    @property
    def urn(self) -> str:
        """Its URN."""
        return self.resource.urn

    @property
    def id(self) -> From:
        """Its id: unknown while it is new, known when it stands."""
        return From((self.urn,), self.resource.id or UNKNOWN)

    def get(self, key: str) -> From:
        """An output of it: an input handed on, or something computed."""
        return From((self.urn,), self.resource.inputs.get(key, UNKNOWN))


Reference = Handle | From | str
"""What names another resource: the resource, an output of one, or a literal id."""


class World:
    """The resources of one stack, as they are declared."""

    def __init__(self, *, stack: str = "dev", project: str = "net") -> None:
        self._prefix = f"urn:pulumi:{stack}::{project}::"
        self._records = Records(path="world", kind=SourceKind.PREVIEW, project=project, stack=stack)
        self.inventory = Inventory()
        self.settings = Settings()
        self.catalogue: Catalogue = default_catalogue()

    # ------------------------------------------------------------------ declaring

    def add(
        self,
        kind: str,
        name: str,
        properties: Mapping[str, Any],
        *,
        region: str | None = HOME,
        after: Sequence[Handle] = (),
        id: str | None = None,  # noqa: A002 - the engine's word
        change: Change = Change.CREATE,
        parent: str = "",
    ) -> Handle:
        """Declare any resource. Values may be plain, `From`, `UNKNOWN` or `SECRET`; None leaves a property out."""
        inputs: dict[str, Any] = {}
        edges: dict[str, tuple[str, ...]] = {}
        for key, value in properties.items():
            if value is None:
                continue
            plain, sources = _unfold(value)
            inputs[key], edges[key] = plain, sources
        waits = {urn for sources in edges.values() for urn in sources} | {handle.urn for handle in after}
        resource = Resource(
            urn=f"{self._prefix}{f'{parent}$' if parent else ''}{kind}::{name}",
            type=kind,
            inputs=inputs,
            id=id,
            dependencies=tuple(sorted(waits)),
            property_dependencies=edges,
            provider="" if kind == PROVIDER else self.provider(region).urn,
            change=change,
        )
        self._records.resources.append(resource)
        return Handle(resource)

    def provider(self, region: Any = HOME, name: str | None = None, after: Sequence[Handle] = ()) -> Handle:
        """The provider of a region, made once; a region of None is not set."""
        label = name or (region if isinstance(region, str) else "regionless")
        urn = f"{self._prefix}{PROVIDER}::{label}"
        for resource in self._records.resources:
            if resource.urn == urn:
                return Handle(resource)
        return self.add(PROVIDER, label, {"region": region}, after=after)

    def read(self, kind: str, name: str, id: str | None) -> Handle:  # noqa: A002 - the engine's word
        """A resource read with `.get`: its properties are not known at preview."""
        return self.add(kind, name, {}, id=id, change=Change.READ)

    def stack_reference(self, name: str = "organization/net/prod") -> Handle:
        """A reference to another stack."""
        return self.add(STACK_REFERENCE, name, {"name": name}, id=name, change=Change.READ)

    def instance(self, name: str = "core", **options: Any) -> Handle:
        """A CEN instance."""
        return self.add(tokens.INSTANCE, name, {"cenInstanceName": name}, **options)

    def attach(
        self, instance: Reference, region: Any, name: str, *, kind: str = "VPC", network: Any = None, **options: Any
    ) -> Handle:
        """A network attached directly."""
        properties = {
            "instanceId": _id(instance),
            "childInstanceId": network or f"{kind.lower()}-{name}",
            "childInstanceRegionId": region,
            "childInstanceType": kind,
        }
        return self.add(tokens.INSTANCE_ATTACHMENT, name, properties, **options)

    def package(
        self,
        first: Any,
        second: Any,
        mbps: Any = 10,
        *,
        name: str = "package",
        options: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Handle:
        """A bandwidth package; `more` are further properties."""
        properties = {
            "bandwidth": mbps,
            "geographicRegionAId": first,
            "geographicRegionBId": second,
            "paymentType": "PrePaid",
            **more,
        }
        return self.add(tokens.PACKAGE, name, properties, **(options or {}))

    def bind(self, instance: Reference, package: Reference, name: str = "bound", **options: Any) -> Handle:
        """A package attached to an instance."""
        properties = {"instanceId": _id(instance), "bandwidthPackageId": _id(package)}
        return self.add(tokens.PACKAGE_ATTACHMENT, name, properties, **options)

    def limit(
        self,
        instance: Reference,
        regions: Any,
        mbps: Any = 5,
        *,
        name: str = "limit",
        after: Sequence[Handle] = (),
        **options: Any,
    ) -> Handle:
        """A bandwidth limit."""
        properties = {"instanceId": _id(instance), "regionIds": regions, "bandwidthLimit": mbps}
        return self.add(tokens.LIMIT, name, properties, after=after, **options)

    def router(self, instance: Reference, region: str | None, name: str | None = None, **options: Any) -> Handle:
        """A transit router; its region is its provider's."""
        return self.add(tokens.ROUTER, name or f"router-{region}", {"cenId": _id(instance)}, region=region, **options)

    def router_attachment(self, router: Handle, name: str, *, names_instance: bool = True, **options: Any) -> Handle:
        """A VPC attached through a router."""
        properties = {
            "cenId": router.get("cenId") if names_instance else None,
            "transitRouterId": router.get("transitRouterId"),
            "vpcId": f"vpc-{name}",
            "zoneMappings": [{"zoneId": "a", "vswitchId": "vsw-1"}],
        }
        region = next(item.inputs.get("region") for item in self._records.resources if item.urn == router.resource.provider)
        return self.add(tokens.VPC_ATTACHMENT, name, properties, region=region, **options)

    def peer(
        self,
        local: Handle,
        far: Handle,
        *,
        name: str = "peer",
        mbps: Any = 5,
        billing: Any = "BandwidthPackage",
        package: Reference | None = None,
        declared: Any = ...,
        names_instance: bool = True,
        **more: Any,
    ) -> Handle:
        """A peer between two routers; `declared` is the far region it names, by default the right one."""
        regions = {item.urn: item.inputs.get("region") for item in self._records.resources if item.type == PROVIDER}
        properties = {
            "cenId": local.get("cenId") if names_instance else None,
            "transitRouterId": local.get("transitRouterId"),
            "peerTransitRouterId": far.get("transitRouterId"),
            "peerTransitRouterRegionId": regions[far.resource.provider] if declared is ... else declared,
            "bandwidth": mbps,
            "bandwidthType": billing,
            "cenBandwidthPackageId": _id(package) if package is not None else None,
            **more,
        }
        return self.add(tokens.PEER, name, properties, region=regions[local.resource.provider])

    # ------------------------------------------------------------------ asking

    def network(self) -> Network:
        """The network that the world declares."""
        return assemble([self._records], catalogue=self.catalogue, inventory=self.inventory, shared=self.settings.shared)

    def report(self) -> Report:
        """The whole report."""
        options = Options(settings=self.settings, catalogue=self.catalogue, inventory=self.inventory)
        return check([self._records], options)

    def found(self, *codes: str, levels: bool = False) -> set[tuple[str, ...]]:
        """Findings of some rules as (verdict, subject name), with the code before them where several are asked for.

        Without codes: of every rule, the mandatory ones.
        """
        found: set[tuple[str, ...]] = set()
        for item in self.report().findings:
            if item.rule in codes or (not codes and item.level == "mandatory"):
                row: tuple[str, ...] = (str(item.verdict), item.resource or "")
                row = (*row, str(item.level)) if levels else row
                found.add(row if len(codes) == 1 else (item.rule, *row))
        return found


def _id(reference: Reference) -> Any:
    return reference.id if isinstance(reference, Handle) else reference


def _unfold(value: Any) -> tuple[Any, tuple[str, ...]]:
    """The plain value and the URNs it was computed from, at any depth of a list."""
    if isinstance(value, Handle):
        value = value.id
    if isinstance(value, From):
        return value.value, value.sources
    if isinstance(value, list):
        parts = [_unfold(item) for item in value]
        return [part for part, _ in parts], tuple(urn for _, sources in parts for urn in sources)
    return value, ()
