"""The transit routers of an estate, and the regions of the providers that decide where they lie."""

from collections.abc import Mapping
from typing import Any

from cenguard.assembly.instances import Instances
from cenguard.assembly.properties import text_of, value_of
from cenguard.assembly.references import References
from cenguard.network import Blocker, CenInstance, TransitRouter
from cenguard.resources import tokens
from cenguard.resources.records import PROVIDER, Change, Resource
from cenguard.resources.urns import name_in_urn
from cenguard.resources.values import HIDDEN, Unknown


def region_of_provider(resource: Resource, providers: Mapping[str, Resource], config: Mapping[str, Any]) -> str | Unknown | None:
    """The region a resource's provider works in; None where nothing says it.

    A default provider that the input does not list takes the stack's `alicloud:region`.
    """
    record = providers.get(resource.provider)
    if record is not None:
        return text_of(record, "region")
    if name_in_urn(resource.provider).startswith("default"):
        region = config.get("alicloud:region")
        return region if region is None or isinstance(region, (str, Unknown)) else None
    return None


class Routers:
    """One object for each router, by its URN."""

    def __init__(self, references: References, instances: Instances) -> None:
        self._refs, self.instances = references, instances
        self._config = {f"urn:pulumi:{source.stack}::{source.project}::": source.config for source in references.sources}
        self._providers = {record.urn: record for record in references.by_type.get(PROVIDER, ())}
        self._regions: dict[str, tuple[str | None, Blocker | None]] = {}
        self.found: dict[str, TransitRouter] = {}

    def provider_region(self, record: Resource) -> tuple[str | None, Blocker | None]:
        """The region of a resource's provider, or why it is not known."""
        known = self._regions.get(record.provider)
        if known is None:
            config = next((values for prefix, values in self._config.items() if record.urn.startswith(prefix)), {})
            region = region_of_provider(record, self._providers, config)
            if isinstance(region, str):
                known = (region, None)
            elif region is HIDDEN:
                known = (None, self._refs.unknown(self._providers[record.provider], "region"))
            else:
                name = name_in_urn(record.provider)
                default = not name or name.startswith("default")
                whose = "the default provider" if default else f"provider {name}"
                settle = "set alicloud:region in the stack's configuration" if default else "set region on the provider"
                known = (None, Blocker(f"region {record.provider}", f"the region of {whose} is not known", settle))
            self._regions[record.provider] = known
        return known

    def declare(self, record: Resource) -> None:
        """Take in a resource that is a router."""
        region, blocker = self.provider_region(record)
        self.found[record.urn] = TransitRouter(
            urn=record.urn,
            id=record.id,
            name=record.name,
            type=record.type,
            declared=record.change is not Change.READ,
            stands=record.stands,
            instance=self.instances.of(record, "cenId"),
            region=region,
            region_blocker=blocker,
            provider=record.provider,
        )

    def of(self, record: Resource, key: str) -> TransitRouter | None:
        """The router a property refers to, where the input holds it and it is the only candidate."""
        if value_of(record, key) is None:
            return None
        found = self._refs.resolve(record, key, tokens.ROUTER, tokens.ROUTER_KEYS)
        return self.found.get(found[0]) if len(found) == 1 else None

    def owner(self, record: Resource, router: TransitRouter | None) -> tuple[CenInstance, bool]:
        """The instance of a router attachment or peer, and whether it sets it: unset, it counts for its router's."""
        if value_of(record, "cenId") is not None:
            return self.instances.of(record, "cenId"), True
        if router is not None:
            return router.instance, False
        return self.instances.of(record, "cenId"), False
