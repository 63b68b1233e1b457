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

_REGIONS, _IDENTITY = "alicloud_regions", "alicloud_caller_identity"
LOOK_UPS = frozenset({_REGIONS, "alicloud_account", _IDENTITY})
"""Types of data sources that answer which account their provider works in, and, with `current`, in which region."""
_NO_CREDENTIALS = ("region", "protocol", "endpoints", "configuration_source", "skip_region_validation")
_REGION = re.compile(r"[a-z]+-[a-z]+[a-z0-9-]*")
"""What a region's id looks like: a text that is built around a variable is taken for none."""


class Providers:
    """The providers of one plan, as far as its resources use them."""

    def __init__(self, configs: Mapping[str, ProviderConfig], program: Program, prefix: str) -> None:
        """Take the provider blocks by their keys, the program, and what stands before each address."""
        self._configs, self._program, self._prefix = configs, program, prefix
        self._regions: dict[str, set[str]] = {}
        """Regions that resources of a provider say they lie in, and that it answers when asked for its own, by its key."""
        self._accounts: dict[str, str] = {}
        """Numbers of the accounts that providers work in, where one was asked, by what they say of credentials."""
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

    def take_answer(self, kind: str, configured: ConfiguredResource | None, values: Mapping[str, Any]) -> None:
        """Take the answer to a look-up of the current region or account: it is its provider's, whatever the environment says."""
        if configured is None or _is_repeated(self._configs.get(configured.provider_config_key)):
            return
        key, found = configured.provider_config_key, values.get("regions")
        if kind != _REGIONS:
            number = values.get("account_id" if kind == _IDENTITY else "id")
            if isinstance(number, str) and number.isdigit():
                self._accounts[self._credentials(key)] = number
        elif values.get("current") is True and isinstance(found, list) and len(found) == 1 and isinstance(found[0], dict):
            region = found[0].get("id")
            if isinstance(region, str) and region:
                self._regions.setdefault(key, set()).add(region)

    def _credentials(self, key: str) -> str:
        """What a provider's block says beside its region: providers of one account's regions say the same."""
        expressions = (self._configs.get(key) or ProviderConfig()).expressions or {}
        return repr([(name, expressions[name]) for name in sorted(expressions) if name not in _NO_CREDENTIALS])

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
            account = self._accounts.get(self._credentials(key)) if self._accounts else None
            if account is not None:
                inputs["accountId"] = account
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
