"""What the properties of a resource were computed from."""

from collections.abc import Mapping
from typing import Any


def set_alone(edges: dict[str, tuple[str, ...]], inputs: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The edges of the properties that are set, where all that is set is told; one with edges and no value would count as unknown.

    The engine keeps the edges of what a transform of the program, a remediation of another policy pack or `ignoreChanges`
    takes away. Source: previews recorded from it.
    """
    return edges if edges.keys() <= inputs.keys() else {key: urns for key, urns in edges.items() if key in inputs}
