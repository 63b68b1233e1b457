"""Names and options of the resources under one component."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pulumi

from cenguard.errors import InvalidIntent

URN_PREFIX = "urn:pulumi:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Children:
    """Where the children of a component hang, and what they were called before they came here."""

    name: str
    parent: pulumi.Resource
    aliases: Mapping[str, str] = field(default_factory=dict)

    def named(self, *keys: str) -> str:
        """The logical name of a child: the component's name and the caller's keys.

        Never Mbps, ids or positions: changing a bandwidth must update the limit, not replace it.
        """
        return "-".join((self.name, *keys))

    def options(
        self,
        place: str,
        *,
        after: Iterable[pulumi.Resource] = (),
        protect: bool | None = None,
        provider: pulumi.ProviderResource | None = None,
        alone: bool | None = None,
    ) -> pulumi.ResourceOptions:
        """Options of the child at a place such as `networks.shop`, created after others and deleted before them.

        One that stands `alone`, since the service has room for one, goes before another is made in its place.
        """
        before = self.aliases.get(place)
        return pulumi.ResourceOptions(
            parent=self.parent,
            depends_on=list(after) or None,
            protect=protect,
            provider=provider,
            delete_before_replace=alone,
            aliases=None if before is None else [_alias(before)],
        )


def _alias(before: str) -> str | pulumi.Alias:
    if before.startswith(URN_PREFIX):
        return before
    return pulumi.Alias(name=before, parent=pulumi.ROOT_STACK_RESOURCE)


def rejection(error: InvalidIntent) -> pulumi.InputPropertiesError:
    """What a component raises for wrong arguments; only the message survives the component host, so it says it all."""
    details: list[pulumi.InputPropertyErrorDetails] = [
        {"property_path": problem.path, "reason": problem.reason} for problem in error.problems
    ]
    return pulumi.InputPropertiesError(str(error), details)
