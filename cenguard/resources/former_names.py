"""What a resource was called before: the URNs that an alias names by its parts, and those that a parent's hand down.

Source: pulumi/pulumi, `generateAliases` of pkg/resource/deploy/step_generator.go.
"""

from collections.abc import Iterable, Sequence

from cenguard.resources.records import STACK
from cenguard.resources.urns import name_in_urn, stack_of, type_in_urn


def urn_under(stack: str, project: str, parent: str, kind: str, name: str) -> str:
    """The URN of a resource of some type under a parent, which is the URN of one, or empty.

    >>> urn_under("dev", "net", "urn:pulumi:dev::net::x:y:Hub::a", "x:y:Arm", "b")
    'urn:pulumi:dev::net::x:y:Hub$x:y:Arm::b'
    """
    above = parent.split("::", 3)[2] if parent.count("::") >= 3 else ""
    prefix = f"{above}$" if above and not above.endswith(STACK) else ""
    return f"urn:pulumi:{stack}::{project}::{prefix}{kind}::{name}"


def with_handed_down(own: Sequence[str], of_parent: Iterable[str], parent: str, kind: str, name: str) -> list[str]:
    """The earlier URNs of a resource: its own, and those that it had while its parent was called otherwise.

    The parent's name, with which the resource's own begins, goes along.

    >>> with_handed_down([], ["urn:pulumi:dev::net::x:y:Hub::old"], "urn:pulumi:dev::net::x:y:Hub::new", "x:y:Arm", "new-b")
    ['urn:pulumi:dev::net::x:y:Hub$x:y:Arm::old-b']
    """
    found = list(own)
    now = name_in_urn(parent)
    for older in of_parent:
        for of, called in [(kind, name), *((type_in_urn(item), name_in_urn(item)) for item in own)]:
            then = name_in_urn(older) + called.removeprefix(now) if called.startswith(now) else called
            found.append(urn_under(*stack_of(older), older, of, then))
    return list(dict.fromkeys(found))
