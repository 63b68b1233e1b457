"""Default providers: those that the engine makes of the stack's configuration, and what a program calls as it calls them.

No preview lists a provider whose name begins with `default`, whoever made it; a saved plan and an event log do. The engine's own
are called `default`, with the version or the address of the plugin behind it that the SDK names. The SDKs of Python, TypeScript,
.NET and Java name a version with every resource; programs in YAML need not.
Source: pulumi/pulumi, `IsDefaultProvider` of sdk/go/common/providers, run in `findings/pulumi-default-names.sh`, and `DefaultName`
of pkg/resource/deploy/providers; run with engine 3.260 and 3.276.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cenguard.resources.records import PROVIDER, Records, Resource, every_position
from cenguard.resources.type_table import ALICLOUD
from cenguard.resources.urns import START, name_in_urn, stack_of, type_in_urn

_NAME = re.compile(r"default(?:_\d+_\d+_\d+.*|_\w*___.*)?")
_ALONE = "default"
_NAMES_VERSIONS = re.compile(r"\.(?:py|[cm]?[jt]sx?|cs|fs|vb|java|kt)(?:#|$)")


def is_default_name(provider: str) -> bool:
    """Whether a provider is called as the engine calls the one that it makes of the stack's configuration.

    >>> beginning = "urn:pulumi:dev::net::pulumi:providers:alicloud::"
    >>> [is_default_name(beginning + name) for name in ("default", "default_4_0_0", "default_4_0_0_alpha_1", "default_https___x.y_z")]
    [True, True, True, True]
    >>> [is_default_name(beginning + name) for name in ("default-us", "default_us", "default_2", "defaults")]
    [False, False, False, False]
    """
    return provider.startswith(START) and _NAME.fullmatch(name_in_urn(provider)) is not None


def is_hidden_name(provider: str) -> bool:
    """Whether no preview lists a provider of this name."""
    return provider.startswith(START) and name_in_urn(provider).startswith(_ALONE)


def is_of_program(user: Resource, listed: Resource | None) -> bool:
    """Whether the program makes the provider of a resource, though that is called as the engine calls its own.

    `listed` is what the input has of the provider: the engine gives its own no parent.
    """
    if not is_default_name(user.provider):
        return False
    return bool(listed.parent) if listed is not None else not takes_configuration(user)


def takes_configuration(resource: Resource) -> bool:
    """Whether the provider of a resource, which the input does not list, is the one that the engine makes."""
    if not is_default_name(resource.provider):
        return False
    if name_in_urn(resource.provider) != _ALONE:
        return True
    return not any(_NAMES_VERSIONS.search(place) for place in every_position(resource))


def told_regions(sources: Sequence[Records]) -> Callable[[Resource], str | None]:
    """Tells the region that a resource's provider works in, as the sources say it; None where they do not."""
    providers = {record.urn: record for source in sources for record in source.resources if record.type == PROVIDER}

    def told(resource: Resource) -> str | None:
        record, region = providers.get(resource.provider), None
        if record is not None:
            region = record.inputs.get("region")
        elif takes_configuration(resource):
            own = stack_of(resource.urn)
            config: Mapping[str, Any] = next((source.config for source in sources if (source.stack, source.project) == own), {})
            region = config.get(f"{type_in_urn(resource.provider).rpartition(':')[2] or ALICLOUD}:region")
        return region if isinstance(region, str) and region else None

    return told
