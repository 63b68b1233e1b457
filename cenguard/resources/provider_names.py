"""How an edit names a provider: by its URN, in Terraform by its `provider_config_key`, the default one not at all."""

import re

from cenguard.resources.addresses import PROVIDER, source_in
from cenguard.resources.default_providers import is_default_name
from cenguard.resources.type_table import ALICLOUD
from cenguard.resources.urns import START

_KEY = re.compile(rf"(?:(module\.[^:]+)\.)?({ALICLOUD}(?:\.[\w-]+)?)")


def provider_name(provider: str) -> str | None:
    """The name of a provider, as records have it, in an edit; None for the default one, and where no document names it.

    >>> provider_name("urn:pulumi:dev::net::pulumi:providers:alicloud::default_4_0_0")
    >>> provider_name("urn:pulumi:dev::net::pulumi:providers:alicloud::london")
    'urn:pulumi:dev::net::pulumi:providers:alicloud::london'
    >>> provider_name("net:provider.alicloud.london"), provider_name("provider.module.eu.alicloud")
    ('alicloud.london', 'module.eu:alicloud')
    >>> provider_name("provider.alicloud"), provider_name("provider.alicloud[eu-west-1]")
    (None, None)
    """
    if provider.startswith(START):
        return None if is_default_name(provider) else provider
    address = provider.removeprefix(f"{source_in(provider)}:")
    match = _KEY.fullmatch(address.removeprefix(f"{PROVIDER}."))
    if match is None or match[0] == ALICLOUD:
        return None
    return f"{match[1]}:{match[2]}" if match[1] else match[2]
