"""Absences that a resource of the program would settle, were it not left out: the finding names it, and buys nothing twice."""

from collections.abc import Iterable

from msgspec import structs

from cenguard.findings import Finding, Fix, Verdict
from cenguard.network import LeftOut
from cenguard.resources import tokens
from cenguard.text.printable import listed

_ATTACHMENTS = frozenset({tokens.INSTANCE_ATTACHMENT, *tokens.ROUTER_ATTACHMENTS})
_PACKAGES = frozenset({tokens.PACKAGE, tokens.PACKAGE_ATTACHMENT})
_CARRIERS = frozenset({tokens.LIMIT, tokens.PEER})
SETTLES: dict[str, frozenset[str]] = {
    "CEN103": frozenset(tokens.GRANTS),
    "CEN201": _PACKAGES | {tokens.PEER},
    "CEN202": _ATTACHMENTS,
    "CEN203": frozenset({tokens.PACKAGE_ATTACHMENT}),
    "CEN206": _CARRIERS,
    "CEN207": _PACKAGES,
    "CEN210": _ATTACHMENTS,
    "CEN218": _PACKAGES | _CARRIERS,
    "CEN219": _PACKAGES | _CARRIERS,
    "CEN303": _PACKAGES,
    "CEN310": frozenset({tokens.ASSOCIATION, tokens.PROPAGATION, tokens.ROUTE_ENTRY}),
    "CEN408": _PACKAGES | _CARRIERS | _ATTACHMENTS,
}
"""Types of which one may be what a rule misses."""


def naming_what_is_left_out(code: str, finding: Finding, left_out: Iterable[LeftOut]) -> Finding:
    """The finding of an absence, with what would settle it and is left out."""
    kinds = SETTLES.get(code) if finding.verdict is Verdict.VIOLATED else None
    here = [item for item in left_out if item.type in kinds] if kinds else []
    if not here:
        return finding
    names, are = listed(item.name for item in here), "is" if len(here) == 1 else "are"
    said = f"{names} {are} in the program and {here[0].why}"
    return structs.replace(
        finding,
        message=f"{finding.message} {'It' if len(here) == 1 else 'They'} may be what is missing: {said}.",
        because=(*finding.because, said),
        fix=Fix(f"Update {names} as well, which {are} in the program: the whole program may need nothing more."),
    )
