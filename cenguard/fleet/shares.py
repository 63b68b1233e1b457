"""What single states have in a group, and states that say one stack again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

import msgspec

from cenguard.fleet.records import is_ours, together


@dataclass(frozen=True, slots=True)
class Share:
    """The parts that one state has in a group."""

    url: str
    kind: str
    project: str
    stack: str
    bodies: tuple[bytes, ...]
    lineage: str = ""
    """What a state of Terraform and every copy of it have in common."""
    written: str = ""
    """Grows with each writing of one state."""


def told_apart(shares: Sequence[Share]) -> tuple[list[Share], tuple[str, ...], list[tuple[str, str]]]:
    """The states of a group without copies, the marks of stacks that have another one's name, and the copies.

    Of a state and its copies the one that was written last counts, else the first one by URL; each copy has the URL of that.
    """
    kept: list[Share] = []
    seen: dict[tuple[str, str], list[tuple[str, frozenset[tuple[str, str]]]]] = {}
    marks: list[str] = []
    copies: list[tuple[str, str]] = []
    often = Counter(map(_same, shares))
    for share in sorted(shares, key=attrgetter("written"), reverse=True):
        named = share.kind == "terraform-state"  # its addresses begin with a name of its own
        if named and not share.lineage:
            kept.append(share)
            continue
        known = seen.setdefault(_same(share), [])
        held = _ids_of(share) if known or often[_same(share)] > 1 else frozenset()
        twin = next((url for url, ids in known if ids & held), None)
        if twin is not None:
            copies.append((share.url, twin))
            continue
        if known and not named:
            marks.append(f"⟦{len(known) + 1}⟧")
        known.append((share.url, held))
        kept.append(_marked(share, f"⟦{len(known)}⟧") if len(known) > 1 and not named else share)
    return sorted(kept, key=attrgetter("url")), tuple(dict.fromkeys(marks)), copies


def _same(share: Share) -> tuple[str, str]:
    """What a state and its copies have in common."""
    return ("", share.lineage) if share.kind == "terraform-state" else (share.project, share.stack)


def _ids_of(share: Share) -> frozenset[tuple[str, str]]:
    source = together(share.url, share.kind, share.project, share.stack, share.bodies)
    named = share.kind == "terraform-state"
    return frozenset(
        (record.type if named else record.urn, record.id)
        for record in source.resources
        if record.id and is_ours(record) and not record.external
    )


def _marked(share: Share, mark: str) -> Share:
    """A state whose URNs are told from those of another stack of the same name."""
    start = f"urn:pulumi:{share.stack}::{share.project}::"
    old, new = (msgspec.json.encode(text)[1:-1] for text in (start, f"urn:pulumi:{share.stack}{mark}::{share.project}::"))
    return replace(share, stack=f"{share.stack}{mark}", bodies=tuple(body.replace(old, new) for body in share.bodies))
