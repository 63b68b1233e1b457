"""How a component is called: with keywords, as every Pulumi resource, or with one map of the same names."""

from collections.abc import Mapping
from typing import Any

import pulumi

from cenguard.errors import InvalidIntent, Problem
from cenguard_components.children import rejection


def written(
    component: str, given: tuple[Any, ...], opts: pulumi.ResourceOptions | None, keywords: dict[str, Any]
) -> tuple[Mapping[str, Any], pulumi.ResourceOptions | None]:
    """The arguments and the options of a call.

    Args:
        component: whose call it is, for the message.
        given: what follows the name without a keyword: the map and the options, or the options alone.
        opts: options with their keyword.
        keywords: every other keyword.

    Raises:
        pulumi.InputPropertiesError: the call has neither form.
    """
    args: Any = keywords.pop("args", None)
    for place, item in enumerate(given):
        if isinstance(item, pulumi.ResourceOptions) and opts is None:
            opts = item
        elif place == 0 and args is None:
            args = item
        elif item is not None:
            raise rejection(InvalidIntent(component, [Problem("opts", "must be pulumi.ResourceOptions, after the arguments")]))
    if args is None:
        return keywords, opts
    if not isinstance(args, Mapping):
        raise rejection(InvalidIntent(component, [Problem("args", "must be a map of named values, or keywords")]))
    if keywords:
        reason = "keywords beside one map of arguments: write all of them as keywords, or all of them in the map"
        raise rejection(InvalidIntent(component, [Problem(", ".join(sorted(keywords)), reason)]))
    return args, opts
