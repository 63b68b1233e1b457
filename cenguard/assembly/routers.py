"""The transit routers of an input, and the regions of the providers that decide where they lie."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec import structs

from cenguard.assembly.instances import Instances
from cenguard.assembly.properties import text_of, value_of
from cenguard.assembly.references import References
from cenguard.geography.catalogue import Catalogue
from cenguard.network import Blocker, CenInstance, TransitRouter
from cenguard.resources import tokens
from cenguard.resources.default_providers import is_default_name, is_hidden_name, takes_configuration
from cenguard.resources.records import PROVIDER, REGION_VARIABLE, Change, Resource
from cenguard.resources.type_table import ALICLOUD
from cenguard.resources.urns import name_in_urn, type_in_urn
from cenguard.resources.values import HIDDEN, SECRET, Unknown

_ZONES = "the zones of its vSwitches"


def region_of_provider(resource: Resource, providers: Mapping[str, Resource], config: Mapping[str, Any]) -> str | Unknown | None:
    """The region a resource's provider works in; None where nothing says it.

    A default provider that the input does not list takes the stack's `alicloud:region`.
    """
    record = providers.get(resource.provider)
    if record is not None:
        return text_of(record, "region")
    if takes_configuration(resource):
        package = type_in_urn(resource.provider).rpartition(":")[2] or ALICLOUD
        region = config.get(f"{package}:region")
        return region if region is None or isinstance(region, (str, Unknown)) else None
    return None


class Routers:
    """One object for each router, by its URN."""

    def __init__(self, references: References, instances: Instances, catalogue: Catalogue) -> None:
        self._refs, self.instances, self._catalogue = references, instances, catalogue
        self._config = {f"urn:pulumi:{source.stack}::{source.project}::": source.config for source in references.sources}
        self._providers = {record.urn: record for record in references.by_type.get(PROVIDER, ())}
        self._environments = {
            f"urn:pulumi:{source.stack}::{source.project}::": source.environment_region for source in references.sources
        }
        self._regions: dict[str, tuple[str | None, Blocker | None]] = {}
        self.region_origins: dict[str, str] = {}
        """By provider, where its region comes from, if not from the program's own lines."""
        self.found: dict[str, TransitRouter] = {}
        self._out_of_date: dict[str, TransitRouter] = {}

    def far_blocker(self, record: Resource, far: TransitRouter | None, *, declared: bool) -> Blocker | None:
        """What the region of a peer's far end hangs on: on the declared one, else on the router there."""
        if far is not None and not declared:
            return far.region_blocker
        key = "peerTransitRouterRegionId" if declared else "peerTransitRouterId"
        return self._refs.unknown(record, key) if isinstance(value_of(record, key), Unknown) else None

    def provider_region(self, record: Resource) -> tuple[str | None, Blocker | None]:
        """The region of a resource's provider, or why it is not known."""
        if record.view_of:
            return self._region_in_module(record)
        known = self._regions.get(record.provider)
        if known is None:
            config = next((values for prefix, values in self._config.items() if record.urn.startswith(prefix)), {})
            region = region_of_provider(record, self._providers, config)
            told = None
            if not isinstance(region, str) and region is not HIDDEN and region is not SECRET:
                told = self._of_what_it_makes.get(record.provider)
                region = told or region
            if isinstance(region, str):
                known = (region, None)
                origin = _ZONES if told else self._origin(record, region, config)
                if origin:
                    self.region_origins[record.provider] = origin
            elif region is HIDDEN:
                known = (None, self._refs.unknown(self._providers[record.provider], "region"))
            else:
                name = name_in_urn(record.provider)
                default = not name or takes_configuration(record)
                whose = "the default provider" if default else f"provider {name}"
                settle = "set alicloud:region in the stack's configuration" if default else "set region on the provider"
                why = f"the region of {whose} is not known"
                if not default and record.provider not in self._providers and is_hidden_name(record.provider):
                    settle = (
                        "the saved plan or the program would settle it: previews list no provider whose name begins with default"
                    )
                if region is SECRET:
                    why, settle = f"the region of {whose} is a secret, which is never looked at", "a plain value would settle it"
                known = (None, Blocker(f"region {record.provider}", why, settle))
            self._regions[record.provider] = known
        return known

    def declared(self, record: Resource, key: str, far: TransitRouter | None) -> str | Unknown | None:
        """The region that a peer declares; one that comes from its far router alone, which has no other to give, is that one's."""
        value = text_of(record, key)
        if isinstance(value, Unknown) and far is not None and record.property_dependencies.get(key) == (far.urn,):
            return far.region or value
        return value

    def _origin(self, record: Resource, region: str, config: Mapping[str, Any]) -> str:
        """Where the region of a resource's provider comes from; empty where the program says it itself.

        A provider of the SDK that names none takes `ALICLOUD_REGION` of the program's environment, the default one the
        configuration's.
        """
        listed = self._providers.get(record.provider)
        if takes_configuration(record) if listed is None else not listed.parent and is_default_name(record.provider):
            package = type_in_urn(record.provider).rpartition(":")[2] or ALICLOUD
            return f"{package}:region of the stack's configuration" if config.get(f"{package}:region") == region else ""
        here = next((value for prefix, value in self._environments.items() if record.urn.startswith(prefix)), "")
        return REGION_VARIABLE if here == region else ""

    @cached_property
    def _of_what_it_makes(self) -> dict[str, str | None]:
        """Regions of providers, by the zones of the vSwitches that they make; None where those lie in several.

        For providers whose region the environment says: a provider works in one region, and a zone begins with its id.
        Zones that an attachment maps tell nothing: whether they are its router's is a question of its own (CEN319).
        """
        found: dict[str, str | None] = {}
        for kind in tokens.SWITCHES:
            for record in self._refs.by_type.get(kind, ()):
                region = self._of_zones(record) if record.provider and not record.view_of else None
                if region and found.setdefault(record.provider, region) != region:
                    found[record.provider] = None
        return found

    def _region_in_module(self, record: Resource) -> tuple[str | None, Blocker | None]:
        """The region of a resource of a Terraform module, whose providers no document of Pulumi tells.

        What exists says it itself; a zone begins with its region's id; a router lies where what runs on it lies.
        """
        region = record.outputs.get("regionId")
        if not isinstance(region, str) or not region:
            region = self._of_zones(record) or self._of_neighbours.get(record.urn)
        if region:
            return region, None
        module = name_in_urn(record.view_of)
        return None, Blocker(
            f"region in {record.view_of}",
            f"the region of a provider in the Terraform module {module} is not told",
            "a plan of the module's own code (`terraform show -json`) would settle it",
        )

    def _of_zones(self, record: Resource) -> str | None:
        zones = record.inputs.get("zoneMappings")
        named = [item.get("zoneId") for item in zones if isinstance(item, dict)] if isinstance(zones, list) else []
        zone = record.inputs.get("zoneId") or next((item for item in named if isinstance(item, str)), None)
        return self._catalogue.region_of_zone(zone) if isinstance(zone, str) else None

    @cached_property
    def _of_neighbours(self) -> dict[str, str]:
        """Regions of routers of Terraform modules, by what peers and attachments say of them."""
        found: dict[str, str] = {}
        for kind in (*tokens.ROUTER_ATTACHMENTS, tokens.PEER):
            for record in self._refs.by_type.get(kind, ()):
                local = self._refs.resolve(record, "transitRouterId", tokens.ROUTER, tokens.ROUTER_KEYS)
                region = self._of_zones(record) if record.view_of else self.provider_region(record)[0]
                if len(local) == 1 and region:
                    found.setdefault(local[0], region)
                far = self._refs.resolve(record, "peerTransitRouterId", tokens.ROUTER, tokens.ROUTER_KEYS)
                told = record.inputs.get("peerTransitRouterRegionId")
                if len(far) == 1 and isinstance(told, str) and told:
                    found.setdefault(far[0], told)
        return found

    def declare(self, record: Resource) -> None:
        """Take in a resource that is a router."""
        region, blocker = self.provider_region(record)
        self.found[record.urn] = TransitRouter(
            urn=record.urn,
            id=record.id,
            name=record.name,
            called=record.called,
            type=record.type,
            declared=record.change is not Change.READ,
            stands=record.stands,
            instance=self.instances.of(record, "cenId"),
            region=region,
            region_blocker=blocker,
            provider=record.provider,
        )

    def keep(self, record: Resource) -> None:
        """Take in a router that leaves the program and stays in the cloud; another one may be made under its URN."""
        here = self.found.get(record.urn)
        self.declare(record)
        router = self.found.pop(record.urn)
        if here is not None:
            self.found[record.urn] = here
        own = record.outputs.get("transitRouterId") or (record.id or "").rpartition(":")[2]
        router.urn, router.stands = None, True
        self.found[f"id:{own}" if own else record.urn] = router

    def of(self, record: Resource, key: str) -> TransitRouter | None:
        """The router a property refers to, where the input holds it and it is the only candidate."""
        value = value_of(record, key)
        if value is None:
            return None
        sources = record.property_dependencies.get(key, ())
        direct = self.found.get(sources[0]) if len(sources) == 1 else None
        if direct is not None and not self._refs.contradicts(value, sources[0]):
            return direct
        found = self._refs.resolve(record, key, tokens.ROUTER, tokens.ROUTER_KEYS)
        if len(found) != 1:
            return None
        known, name = self.found.get(found[0]), found[0].removeprefix("id:")
        if known is not None:
            return known
        if (old := self._refs.replaced.get(name)) is not None:
            return self._leaving(found[0], old)
        late = self._refs.out_of_date.get(name)
        return self._late(found[0], direct, late) if direct is not None and late is not None else None

    def _leaving(self, address: str, old: Resource) -> TransitRouter:
        """A router that the update deletes or replaces under what stays on it."""
        here = self.found.get(old.urn)
        self.declare(old)
        router = self.found.pop(old.urn)
        if here is not None:
            self.found[old.urn] = here
        router.urn, router.id, router.leaves, router.stands = None, address.removeprefix("id:"), old.urn, True
        router.name = f"the old {old.name}"
        self.found[address] = router
        return router

    def _late(self, address: str, made: TransitRouter, late: Blocker) -> TransitRouter:
        """A router that only a state names that is late: another one stands in the place of the one that it was made for."""
        router = self._out_of_date.get(address)
        if router is None:
            router = self._out_of_date[address] = structs.replace(
                made, urn=None, id=address.removeprefix("id:"), name=f"the old {made.name}", declared=False, out_of_date=late
            )
        return router

    def owner(self, record: Resource, router: TransitRouter | None) -> tuple[CenInstance, bool]:
        """The instance of a router attachment or peer, and whether it sets it: unset, it counts for its router's."""
        if value_of(record, "cenId") is not None:
            found = self.instances.of(record, "cenId")
            if router is not None and not found.identified and _may_be_of(found, router.instance):
                return router.instance, True  # the service joins to a router what is of its instance
            return found, True
        if router is not None:
            return router.instance, False
        return self.instances.of(record, "cenId"), False


def _may_be_of(unknown: CenInstance, instance: CenInstance) -> bool:
    """Whether an instance that is not identified may be a router's, which may not be identified either."""
    if not instance.identified:
        return unknown.id is None and not unknown.candidates
    return unknown.may_be(instance)
