"""One provider for each region: routers and their attachments have no region of their own, only their provider's."""

import inspect
import json
from collections.abc import Iterable, Mapping
from typing import Any

import pulumi
import pulumi_alicloud as alicloud

from cenguard_components.children import Children
from cenguard_components.schema import camel

PACKAGE = "alicloud"
_ROUTER = "alicloud:cen/transitRouter:TransitRouter"

STRUCTURED = frozenset(
    {
        "assume_role",
        "assume_role_with_oidc",
        "client_connect_timeout",
        "client_read_timeout",
        "endpoints",
        "features",
        "max_retry_timeout",
        "sign_version",
        "skip_region_validation",
    }
)
"""Provider settings that are no text: the configuration holds them as JSON. Source: `pulumi_alicloud.Provider`."""


def regional_providers(
    children: Children, regions: Iterable[str], given: Mapping[str, pulumi.ProviderResource]
) -> dict[str, pulumi.ProviderResource]:
    """The provider of each region: the caller's, else one with the stack's whole configuration and that region."""
    settings = stack_settings()
    return {
        region: given.get(region)
        or alicloud.Provider(
            children.named(region), **{**settings, "region": region}, opts=children.options(f"providers.{region}")
        )
        for region in sorted(regions)
    }


def stack_settings() -> dict[str, Any]:
    """The stack's `alicloud:*` configuration as arguments of a provider; secrets stay secret."""
    config = pulumi.Config(PACKAGE)
    settings: dict[str, Any] = {}
    for name in inspect.signature(alicloud.provider.ProviderArgs.__init__).parameters:
        key = camel(name)
        text = config.get(key)
        if text is None:
            continue
        value: Any = _decoded(text) if name in STRUCTURED else text
        settings[name] = pulumi.Output.secret(value) if pulumi.runtime.is_config_secret(f"{PACKAGE}:{key}") else value
    return settings


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def carried_provider(opts: pulumi.ResourceOptions | None) -> pulumi.ProviderResource | None:
    """The alicloud provider that a component's options, or its parent, would hand to its children."""
    if opts is None:
        return None
    several = opts.providers
    listed = list(several.values()) if isinstance(several, Mapping) else list(several or ())
    single = [] if opts.provider is None else [opts.provider]
    found = next((provider for provider in (*single, *listed) if provider.package == PACKAGE), None)
    if found is None and opts.parent is not None:
        return opts.parent.get_provider(_ROUTER)
    return found
