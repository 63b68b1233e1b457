"""What a resource of a program may have been called before: its own aliases, and those that its parent hands down.

The engine takes the first of them that the state holds. Here the state may be the base of a comparison, which the child
process does not know, so all of them are told.

Source: pulumi/pulumi, `generateAliases` of pkg/resource/deploy/step_generator.go.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from cenguard.resources.records import STACK
from cenguard.resources.urns import name_in_urn, stack_of, type_in_urn


def former_urns(request: Any, urn: str, of_parents: Mapping[str, Sequence[str]]) -> list[str]:
    """The earlier URNs of a resource that is registered; `of_parents` holds those of the resources before it."""
    own = [_named(alias, request, urn) for alias in request.aliases]
    own += getattr(request, "aliasURNs", ())  # how older SDKs send them
    name = str(request.name)
    found = list(own)
    for older in of_parents.get(request.parent, ()):
        for kind, called in [(request.type, name), *((type_in_urn(item), name_in_urn(item)) for item in own)]:
            found.append(_under(older, name_in_urn(request.parent), kind, called))
    return [item for item in dict.fromkeys(found) if item != urn]


def _named(alias: Any, request: Any, urn: str) -> str:
    """The URN that an alias gives whole or by its parts; what it leaves out is as in the new one."""
    if alias.WhichOneof("alias") == "urn":
        return str(alias.urn)
    spec = alias.spec
    stack, project = stack_of(urn)
    parent = "" if spec.noParent else spec.parentUrn or request.parent
    return _urn(spec.stack or stack, spec.project or project, parent, spec.type or request.type, spec.name or request.name)


def _under(older: str, parent: str, kind: str, name: str) -> str:
    """The URN of a child while its parent was called otherwise; the parent's name that its own begins with goes along."""
    if name.startswith(parent):
        name = name_in_urn(older) + name.removeprefix(parent)
    return _urn(*stack_of(older), older, kind, name)


def _urn(stack: str, project: str, parent: str, kind: str, name: str) -> str:
    above = parent.split("::", 3)[2] if parent.count("::") >= 3 else ""
    prefix = f"{above}$" if above and not above.endswith(STACK) else ""
    return f"urn:pulumi:{stack}::{project}::{prefix}{kind}::{name}"
