"""What the properties of a resource were computed from."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Edges = dict[str, tuple[str, ...]]
else:  # engines until 3.112 or so write null for what depends on nothing; whoever decodes a document calls `set_alone`
    Edges = dict[str, tuple[str, ...] | None]


def set_alone(edges: Edges, inputs: Mapping[str, Any]) -> Edges:
    """The edges of the properties that are set, where all that is set is told; one with edges and no value would count as unknown.

    The engine keeps the edges of what a transform of the program, a remediation of another policy pack or `ignoreChanges`
    takes away. Source: previews recorded from it.
    """
    if None in edges.values():
        edges = {key: urns or () for key, urns in edges.items()}
    return edges if edges.keys() <= inputs.keys() else {key: urns for key, urns in edges.items() if key in inputs}
