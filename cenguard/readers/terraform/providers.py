"""The providers of a plan, and the regions they work in."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cenguard.readers.terraform.configuration import MISSING, Program
from cenguard.readers.terraform.documents import ConfiguredResource, ProviderConfig
from cenguard.readers.terraform.modules import Module
from cenguard.readers.terraform.references import references_in
from cenguard.readers.terraform.state import region_provider
from cenguard.readers.terraform.values import NAMES, renamed
from cenguard.resources.addresses import PROVIDER as WORD
from cenguard.resources.records import PROVIDER, Change, Resource
from cenguard.resources.values import UNKNOWN, Unknown

LOOK_UP = "alicloud_regions"
"""Type of the data source that answers, with `current`, which region its provider works in."""
_REGION = re.compile(r"[a-z]+-[a-z]+[a-z0-9-]*")
"""What a region's id looks like: a text that is built around a variable is taken for none."""


class Providers:
    """The providers of one plan, as far as its resources use them."""

    def __init__(self, configs: Mapping[str, ProviderConfig], program: Program, prefix: str) -> None:
        """Take the provider blocks by their keys, the program, and what stands before each address."""
        self._configs, self._program, self._prefix = configs, program, prefix
        self._regions: dict[str, set[str]] = {}
        """Regions that resources of a provider say they lie in, and that it answers when asked for its own, by its key."""
        self._addresses: dict[str, str] = {}

    def of(self, address: str, module: Module | None, configured: ConfiguredResource | None, region: Any) -> str:
        """Address of a resource's provider; where the document does not tell which it is, of one for its region."""
        key = configured.provider_config_key if configured is not None else ""
        known = self._addresses.get(key)
        if known is None:
            if not key or module is None or _is_repeated(self._configs.get(key)):
                return self._prefix + region_provider(address, region)
            known = self._addresses[key] = f"{self._prefix}{WORD}.{key.replace(':', '.')}"
        if region is not None and isinstance(region, str):
            self._regions.setdefault(key, set()).add(region)
        return known

    def take_answer(self, configured: ConfiguredResource | None, values: Mapping[str, Any]) -> None:
        """Take the answer to a look-up of the current region: it is that of the look-up's provider, whatever the environment says."""
        found = values.get("regions")
        if configured is None or values.get("current") is not True or not isinstance(found, list) or len(found) != 1:
            return
        region = found[0].get("id") if isinstance(found[0], dict) else None
        if isinstance(region, str) and region and not _is_repeated(self._configs.get(configured.provider_config_key)):
            self._regions.setdefault(configured.provider_config_key, set()).add(region)

    def records(self) -> Iterator[Resource]:
        """The providers that are used."""
        for key, urn in self._addresses.items():
            config = self._configs.get(key) or ProviderConfig()
            module = self._program.module(config.module_address) or self._program.root
            inputs: dict[str, Any] = {}
            waits: list[str] = []
            for name, expression in (config.expressions or {}).items():
                value = self._value(expression, module)
                if value is not None:
                    inputs[NAMES[name]] = renamed(value)
                waits += self._program.targets(list(references_in(expression)), module, None)
            region = inputs.pop("region", None)
            if _is_named(config) and not self._program.files.names_region_alone(module, config.alias):
                region = UNKNOWN
            told = self._regions.get(key, set())
            if isinstance(region, str) and _REGION.fullmatch(region):
                inputs["region"] = region
            elif len(told) == 1:  # the environment's, or an expression's: what stands says it
                inputs["region"] = next(iter(told))
            elif region is not None:
                inputs["region"] = region if isinstance(region, Unknown) else UNKNOWN
            yield Resource(
                custom=True,
                urn=urn,
                type=PROVIDER,
                inputs=inputs,
                dependencies=tuple([self._prefix + item for item in waits if item in self._program.addresses]),
                change=Change.READ,
            )

    def _value(self, expression: Any, module: Module) -> Any:
        """The value of an argument, or of a nested block's arguments."""
        if isinstance(expression, list):
            return [self._value(item, module) for item in expression]
        if isinstance(expression, dict) and not {"constant_value", "references"} & expression.keys():
            return {key: self._value(item, module) for key, item in expression.items()} or None
        value = self._program.constant(expression, module)
        return UNKNOWN if value is MISSING else value


def _is_named(config: ProviderConfig) -> bool:
    """Whether a provider's region is no constant."""
    return any(True for _ in references_in((config.expressions or {}).get("region")))


def _is_repeated(config: ProviderConfig | None) -> bool:
    """Whether one block makes several providers (`for_each`): which of them a resource has, no plan says."""
    if config is None:
        return False
    return any(item.startswith("each.") for value in (config.expressions or {}).values() for item in references_in(value))
