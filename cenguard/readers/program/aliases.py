"""What a resource of a program may have been called before: its own aliases, and those that its parent hands down.

The engine takes the first of them that the state holds. Here the state may be the base of a comparison, which the child
process does not know, so all of them are told.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from cenguard.resources.former_names import urn_under, with_handed_down
from cenguard.resources.urns import stack_of


def former_urns(request: Any, urn: str, of_parents: Mapping[str, Sequence[str]]) -> list[str]:
    """The earlier URNs of a resource that is registered; `of_parents` holds those of the resources before it."""
    own = [_named(alias, request, urn) for alias in request.aliases]
    own += getattr(request, "aliasURNs", ())  # how older SDKs send them
    found = with_handed_down(own, of_parents.get(request.parent, ()), request.parent, request.type, request.name)
    return [item for item in found if item != urn]


def _named(alias: Any, request: Any, urn: str) -> str:
    """The URN that an alias gives whole or by its parts; what it leaves out is as in the new one."""
    if alias.WhichOneof("alias") == "urn":
        return str(alias.urn)
    spec = alias.spec
    stack, project = stack_of(urn)
    parent = "" if spec.noParent else spec.parentUrn or request.parent
    return urn_under(spec.stack or stack, spec.project or project, parent, spec.type or request.type, spec.name or request.name)
