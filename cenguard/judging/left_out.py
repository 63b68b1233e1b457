"""Absences that a resource of the program would settle, were it not left out: the finding names it, and buys nothing twice."""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

import msgspec
from msgspec import structs

from cenguard.findings import Finding, Fix, Verdict
from cenguard.geography.areas import AreaPair
from cenguard.network import LeftOut
from cenguard.resources import tokens
from cenguard.resources.records import DESTROYED, GONE, HALF_REPLACED, HANGING, INTERRUPTED, LEFT_OUT, UNREAD_YET
from cenguard.resources.type_table import kind_in_words
from cenguard.resources.urns import kind_in_urn
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
CARRY = _PACKAGES | _CARRIERS
"""Types that give a pair of regions its bandwidth."""
_OWN_WORDS = frozenset({DESTROYED, GONE, HALF_REPLACED, HANGING, INTERRUPTED, UNREAD_YET})
_ARE = (("is", "are"), ("was", "were"))
_OF_ITSELF = {"CEN203": frozenset({tokens.PACKAGE}), "CEN310": frozenset({*tokens.ROUTER_ATTACHMENTS, tokens.PEER})}
"""Rules about what one resource lacks, whatever else its instance has, and what such resources are: what names another one is not it."""


class Missed(msgspec.Struct, frozen=True):
    """What may be what is missing."""

    said: str
    """Which things, and why they are not there."""
    advice: str
    single: bool
    why: str


def naming_what_is_left_out(code: str, finding: Finding, left_out: Sequence[LeftOut]) -> Finding:
    """The finding of an absence, with what would settle it and is left out."""
    kinds = SETTLES.get(code) if finding.verdict is Verdict.VIOLATED else None
    if code == "CEN203" and not finding.packages:
        return finding  # an old one that a replacement could not delete: what is left out attaches the new one
    about = {finding.subject, finding.instance}
    if kinds and code in _OF_ITSELF:
        about, own = {finding.subject}, _OF_ITSELF[code]
        left_out = [item for item in left_out if finding.subject in item.names or own.isdisjoint(map(kind_in_urn, item.names))]
    missed = missed_by(about, kinds, left_out, finding.area_pair) if kinds else None
    if missed is None or (missed.why == GONE and code == "CEN408"):  # that says so itself
        return finding
    return structs.replace(
        finding,
        message=f"{finding.message} {'It' if missed.single else 'They'} may be what is missing: {missed.said}.",
        because=(*finding.because, missed.said),
        fix=Fix(missed.advice),
    )


def missed_by(
    about: AbstractSet[str | None], kinds: AbstractSet[str], left_out: Sequence[LeftOut], area_pair: AreaPair | None
) -> Missed | None:
    """What is left out of some kinds and belongs to some resources; None where nothing may be what they miss."""
    elsewhere = {item.urn for item in left_out if area_pair is not None and item.joins not in (None, area_pair)}
    here = [item for item in left_out if item.type in kinds and item.urn not in elsewhere and elsewhere.isdisjoint(item.names)]
    if not here:
        return None
    naming = [item for item in left_out if not about.isdisjoint(item.names)]
    near = {item.urn for item in naming}.union(*(item.names for item in naming))
    here = [item for item in here if item.urn in near] or here
    why = here[0].why
    here = [item for item in here if item.why == why]
    single = len(here) == 1
    names, are = listed(_named(here)), _ARE[why in (HALF_REPLACED, INTERRUPTED, UNREAD_YET)][not single]
    said = f"{names} {are} {why if why in _OWN_WORDS else f'in the program and {why}'}"
    return Missed(said, _way(why, names, single=single), single, why)


def _named(items: Iterable[LeftOut]) -> list[str]:
    """Each with its kind; by its address where another one has kind and name."""
    called = [(item.urn, f"{kind_in_words(item.type)} `{item.name}`") for item in items]
    often = Counter(name for _, name in called)
    return [name if often[name] == 1 else f"`{urn}`" for urn, name in called]


def _way(why: str, names: str, *, single: bool) -> str:
    """What lets it be there, by why it is not."""
    them, are = ("it", "is") if single else ("them", "are")
    if why == GONE:
        return f"Find out who took {names} away; an update of the program makes again what the program declares."
    if why == INTERRUPTED:
        return f"Look first whether {names} {are} there (CEN415 says how): another one would be paid as well."
    if why == UNREAD_YET:
        return f"Run again what read {names}, and export again."
    if why == HANGING:
        return f"Replace {names} in the same update."
    if why == HALF_REPLACED:
        return f"Run the update again: it makes {names}."
    if why == DESTROYED:
        return f"Leave {names} out of the destruction: the program has {them} still."
    if why.startswith("off"):
        does = f"Let {names} be made too (switch {them} on, fill the for_each, or plan without -target and -exclude)"
    elif why == LEFT_OUT:
        does = f"Update {names} as well"
    else:
        does = f"Plan without -target, so that {names} {are} made as well"
    return f"{does}: the whole program may need nothing more."
