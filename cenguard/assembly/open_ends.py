"""What a state leaves open, and the inputs that there may be: with it and without it, or as it was and as it was to be.

A creation that ended in an error, and an operation that a killed run had begun, are evidence of nothing. What holds in
every input that there may be is certain.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, combinations

import msgspec

from cenguard.network import Blocker, Network
from cenguard.resources import tokens
from cenguard.resources.addresses import is_address
from cenguard.resources.records import Change, Records, Resource
from cenguard.text.printable import in_one_line

MOST_TOGETHER = 4
"""Open ends of which every combination is tried; of more, none, each alone, and all."""
CARRYING = frozenset(
    {tokens.LIMIT, tokens.PEER, tokens.INSTANCE_ATTACHMENT, tokens.PACKAGE_ATTACHMENT, *tokens.ROUTER_ATTACHMENTS}
)
"""Types whose creation may have been refused; a package is bought, whatever the answer was."""
REFRESH = "run `pulumi refresh`, and export again"
LOOK = "look in the console, then run `pulumi refresh --import-pending-creates URN ID` or `--clear-pending-creates`, and export again"
"""A plain refresh leaves a creation that was interrupted in the state. Source: tried with engine 3.276."""
AGAIN = "run that again, and export again"
APPLY = "`terraform apply` makes it anew, or `terraform untaint` where it is whole: give the state after that"


class OpenEnd(msgspec.Struct, frozen=True):
    """One thing that is not known of a resource."""

    urn: str
    blocker: Blocker
    other: Callable[[Sequence[Resource]], list[Resource]]
    """The resources of a source as they may be instead."""
    gone: bool = False
    """Whether it was there, and may be deleted: what it was is no secret then."""
    changes: bool = False
    """Whether it may have other values; a resource that may have them may also not be there at all."""


class PossibleInput(msgspec.Struct, frozen=True):
    """An input that there may be."""

    open_ends: tuple[OpenEnd, ...]
    """Those that are otherwise than the input has them."""
    sources: list[Records]
    bases: tuple[Records, ...] | None


def possible_inputs(network: Network, sources: Sequence[Records], bases: Sequence[Records] | None) -> list[PossibleInput]:
    """Every input that there may be, the one that the input has first; empty where nothing is open."""
    found = {(end.urn, end.changes): end for source in (*(bases or ()), *sources) for end in _open_ends(network, source)}
    if not found:
        return []
    ends = tuple(found.values())
    sizes = range(len(ends) + 1) if len(ends) <= MOST_TOGETHER else (0, 1, len(ends))
    return [
        PossibleInput(chosen, [_otherwise(source, chosen) for source in sources], _of_bases(bases, chosen))
        for chosen in chain.from_iterable(combinations(ends, size) for size in sizes)
    ]


def _of_bases(bases: Sequence[Records] | None, chosen: tuple[OpenEnd, ...]) -> tuple[Records, ...] | None:
    return None if bases is None else tuple(_otherwise(base, chosen) for base in bases)


def _otherwise(source: Records, chosen: Iterable[OpenEnd]) -> Records:
    resources: Sequence[Resource] = source.resources
    gone = list(source.gone)
    for end in chosen:
        if end.gone:
            gone += [item for item in resources if item.urn == end.urn]
        resources = end.other(resources)
    return source if resources is source.resources else msgspec.structs.replace(source, resources=list(resources), gone=gone)


def _open_ends(network: Network, source: Records) -> Iterable[OpenEnd]:
    standing = {resource.urn: resource for resource in source.resources} if source.uncertain or source.pending else {}
    refused = frozenset(resource.urn for resource in source.resources if resource.init_errors)
    for resource in source.resources:
        if resource.init_errors and resource.type in CARRYING and not _is_proved(network, resource.urn, refused):
            said = _short(in_one_line(resource.init_errors[0]))
            text = f"creating or updating {resource.name} ended in an error, and the state has it all the same ({said})"
            cure = REFRESH
            if is_address(resource.urn):
                text = f"{resource.name} is tainted: making it ended in an error, or `terraform taint` marked it"
                cure = APPLY
            yield _absent(resource.urn, Blocker(f"open {resource.urn}", text, cure))
    for begun in source.uncertain:
        now = standing.get(begun.urn)
        if now is None:
            continue
        if begun.delete:
            text = f"deleting {begun.name} was interrupted: it may be gone"
            yield msgspec.structs.replace(_absent(begun.urn, Blocker(f"open {begun.urn}", text, REFRESH)), gone=True)
        else:
            text = f"an update of {begun.name} was interrupted: {_differences(now, begun)} may have changed or not"
            yield _changed(begun, Blocker(f"open {begun.urn}", text, REFRESH))
    for begun in source.pending:
        if begun.type in CARRYING and begun.urn not in standing:
            text, cure = f"creating {begun.name} was interrupted: it may be there", LOOK
            if begun.imported:
                text, cure = f"a run was killed while it read {begun.name}: it may be there", AGAIN
            yield _present(begun, Blocker(f"open {begun.urn}", text, cure))


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _differences(now: Resource, begun: Resource) -> str:
    keys = sorted(key for key in {*now.inputs, *begun.inputs} if now.inputs.get(key) != begun.inputs.get(key))
    return ", ".join(keys) or "something"


def _is_proved(network: Network, urn: str, refused: frozenset[str]) -> bool:
    """Whether a package attachment is there for certain: a limit or peer that was accepted draws on its package."""
    item = next((item for item in network.package_attachments if item.urn == urn), None)
    if item is None:
        return False
    return any(carrier.stands and carrier.urn not in refused for carrier in item.package.drawn_by)


def _absent(urn: str, blocker: Blocker) -> OpenEnd:
    return OpenEnd(urn, blocker, lambda resources: [item for item in resources if item.urn != urn])


def _present(begun: Resource, blocker: Blocker) -> OpenEnd:
    return OpenEnd(begun.urn, blocker, lambda resources: [*resources, begun])


def _changed(begun: Resource, blocker: Blocker) -> OpenEnd:
    def other(resources: Sequence[Resource]) -> list[Resource]:
        return [_as_begun(item, begun) if item.urn == begun.urn else item for item in resources]

    return OpenEnd(begun.urn, blocker, other, changes=True)


def _as_begun(now: Resource, begun: Resource) -> Resource:
    """A resource with the inputs that an interrupted update was giving it."""
    if now.change is not Change.SAME:
        return now
    return msgspec.structs.replace(now, inputs=begun.inputs, old=begun.inputs)
