"""Absences that a resource of the program would settle, were it not left out: the finding names it, and buys nothing twice."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet

from msgspec import structs

from cenguard.findings import Finding, Fix, Verdict
from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair
from cenguard.judging.said import Said
from cenguard.network import LeftOut
from cenguard.resources import tokens
from cenguard.resources.records import DESTROYED, GONE, HALF_REPLACED, HANGING, INTERRUPTED, LEFT_OUT, UNREAD_YET
from cenguard.resources.type_table import kind_in_words
from cenguard.resources.urns import kind_in_urn
from cenguard.rules.remedies.area_pairs import AreaPairCause
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


def naming_what_is_left_out(said: Iterable[Said], left_out: Sequence[LeftOut]) -> list[Said]:
    """The findings, those of an absence with what would settle it and is left out.

    A region that is cut off misses one of several packages: where the one that is left out connects it, it is what the
    others' findings miss too, and none of them is to be bought.
    """
    found: list[Said] = []
    connects: dict[str | None, list[tuple[frozenset[str], list[LeftOut]]]] = {}
    for item in said:
        here = _left_out_of(item.rule.code, item.finding, left_out)
        if here and item.rule.code == "CEN201":
            connects.setdefault(item.finding.instance, []).append((_cut_off(item.finding), here))
        found.append(structs.replace(item, finding=_naming(item.finding, here)) if here else item)
    return [
        structs.replace(item, finding=_naming(item.finding, others))
        if item.rule.code == "CEN201" and (others := _that_connect(item.finding, connects.get(item.finding.instance, ())))
        else item
        for item in found
    ]


def _cut_off(finding: Finding) -> frozenset[str]:
    cause = finding.fix.cause if finding.fix is not None else None
    return (cause.cut_off or frozenset()) if isinstance(cause, AreaPairCause) else frozenset()


def _that_connect(finding: Finding, connects: Iterable[tuple[frozenset[str], list[LeftOut]]]) -> list[LeftOut]:
    """What is left out and connects every region that a finding says is cut off, by packages of other areas."""
    regions = _cut_off(finding) if finding.verdict is Verdict.VIOLATED else frozenset()
    use = [(reached & regions, items) for reached, items in connects if reached & regions]
    if not use or regions.difference(*(reached for reached, _ in use)):
        return []
    found = {item.urn: item for _, items in use for item in items}
    return [found[urn] for urn in sorted(found)]


def _left_out_of(code: str, finding: Finding, left_out: Sequence[LeftOut]) -> list[LeftOut]:
    """What would settle the absence that a finding tells, and is left out."""
    kinds = SETTLES.get(code) if finding.verdict is Verdict.VIOLATED else None
    if not kinds or (code == "CEN203" and not finding.packages):
        return []  # an old one that a replacement could not delete: what is left out attaches the new one
    about = {finding.subject, finding.instance}
    if code in _OF_ITSELF:
        about, own = {finding.subject}, _OF_ITSELF[code]
        left_out = [item for item in left_out if finding.subject in item.names or own.isdisjoint(map(kind_in_urn, item.names))]
    here = missed_by(about, kinds, left_out, finding.area_pair, finding.region_pairs)
    return [] if here and here[0].why == GONE and code == "CEN408" else here  # that says so itself


def _naming(finding: Finding, here: Sequence[LeftOut]) -> Finding:
    it, said = "It" if len(here) == 1 else "They", are_left_out(here)
    return structs.replace(
        finding,
        message=f"{finding.message} {it} may be what is missing: {said}.",
        because=(*finding.because, said),
        fix=Fix(_way(here[0].why, listed(_named(here)), single=len(here) == 1)),
    )


def missed_by(
    about: AbstractSet[str | None],
    kinds: AbstractSet[str],
    left_out: Sequence[LeftOut],
    area_pair: AreaPair | None,
    region_pairs: Collection[RegionPair],
) -> list[LeftOut]:
    """What is left out of some kinds and belongs to some resources, if anything may be what they miss: all for one reason."""
    elsewhere = {item.urn for item in left_out if area_pair is not None and item.joins not in (None, area_pair)}
    elsewhere |= {item.urn for item in left_out if region_pairs and item.regions and item.regions not in region_pairs}
    here = [item for item in left_out if item.type in kinds and item.urn not in elsewhere and elsewhere.isdisjoint(item.names)]
    naming = [item for item in left_out if not about.isdisjoint(item.names)]
    near = {item.urn for item in naming}.union(*(item.names for item in naming))
    here = [item for item in here if item.urn in near] or here
    return [item for item in here if item.why == here[0].why]


def are_left_out(here: Sequence[LeftOut]) -> str:
    """Which things, and why they are not there."""
    why = here[0].why
    are = _ARE[why in (HALF_REPLACED, INTERRUPTED, UNREAD_YET)][len(here) > 1]
    return f"{listed(_named(here))} {are} {why if why in _OWN_WORDS else f'in the program and {why}'}"


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
