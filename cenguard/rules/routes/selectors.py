"""Selectors of networks in settings: a glob on what they are called, a tag, a block, a region, a kind.

A value that is not known, of a network that a selector may mean, is no match and no miss.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from cenguard.network import Blocker, Network
from cenguard.network.once import once
from cenguard.network.prefixes import holds, meet, parsed
from cenguard.network.routes import Member
from cenguard.rules.options import Option, Stricter
from cenguard.rules.selector_words import PREFIXES
from cenguard.text.globs import means

if TYPE_CHECKING:
    from cenguard.network.routes.estate import InstanceRoutes

SELECTOR: Mapping[str, Any] = {
    "anyOf": [
        {"type": "string", "format": "selector"},
        {"type": "array", "items": {"type": "string", "format": "selector"}, "minItems": 1},
    ],
    "expected": "a selector, or a list of selectors",
}
TABLES: Mapping[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "from": SELECTOR,
            "to": SELECTOR,
            "instance": {"type": "string"},
            "direction": {"type": "string", "enum": ["both", "forward"]},
        },
        "required": ["from", "to"],
    },
}


def intents(name: str, about: str) -> Option:
    """An option that lists intents between networks."""
    return Option(name=name, about=about, schema=TABLES, default=None, stricter=Stricter.MORE)


ANY = "*"
"""The glob of an intent that names no instance."""


class Intent(msgspec.Struct, frozen=True):
    """One line of `require` or `forbid`."""

    text: str
    here: tuple[str, ...]
    there: tuple[str, ...]
    instance: str
    forward_only: bool


def intents_of(option: Any) -> Iterator[Intent]:
    """The intents that an option lists."""
    for row in option or ():
        here, there = _listed(row["from"]), _listed(row["to"])
        direction = row.get("direction", "both")
        text = f"{' or '.join(here)} to {' or '.join(there)}{' (forward)' if direction == 'forward' else ''}"
        yield Intent(text, here, there, row.get("instance", ANY), direction == "forward")


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


class Chosen:
    """The networks of an instance that some selectors mean, and those that they may mean."""

    def __init__(self, network: Network, routes: "InstanceRoutes", selectors: tuple[str, ...]) -> None:
        self.certain: list[Member] = []
        self.possible: list[tuple[Member, Blocker]] = []
        for member in routes.members:
            found = [_matches(network, member, text) for text in selectors]
            if True in found:
                self.certain.append(member)
            else:
                blocker = next((item for item in found if isinstance(item, Blocker)), None)
                if blocker is not None:
                    self.possible.append((member, blocker))

    @property
    def some(self) -> bool:
        """Whether they mean, or may mean, any."""
        return bool(self.certain or self.possible)


def nearest_keys(routes: "InstanceRoutes", selector: str) -> str:
    """The keys nearest to a selector that means no network, for people."""
    from difflib import get_close_matches  # nearly nobody mistypes a name

    known = sorted({member.key for member in routes.members})
    word = selector.rpartition(":")[2]
    near = get_close_matches(word, known, n=3, cutoff=0.3) or known[:3]
    return ", ".join(near)


def _matches(network: Network, member: Member, text: str) -> bool | Blocker:
    word, colon, rest = text.partition(":")
    if not colon or word not in PREFIXES:
        return any(means(text, name) for name in _names(member))
    match word:
        case "kind":
            return member.kind == rest
        case "region":
            return _in_region(member, rest)
        case "tag":
            return _tagged(network, member, rest)
        case _:
            return _in_block(member, rest)


def _in_region(member: Member, glob: str) -> bool | Blocker:
    region = member.end.region
    if region is None:
        return member.item.region_blocker or False
    return means(glob, region)


def _names(member: Member) -> Iterator[str]:
    end, item = member.end, member.item
    yield from (name for name in (member.key, item.name, item.id, item.urn, end.network, end.network_id) if name)


def _tagged(network: Network, member: Member, text: str) -> bool | Blocker:
    key, _, glob = text.partition("=")
    unknown: Blocker | None = None
    for urn in (member.end.network, member.item.urn):
        tagged = _tags(network).get(urn or "")
        if tagged is None:
            continue
        given = tagged.tags.get(key)
        if given is not None and given.value is not None and means(glob, given.value):
            return True
        unknown = unknown or (given.blocker if given is not None else tagged.blocker)
    if unknown is None and not member.end.network_declared:
        unknown = Blocker(
            f"tags {member.end.network or member.end.address}",
            f"{member.label} is not a resource of the input, and its tags are not told",
            "the document of the stack that makes it would settle it",
        )
    return unknown if unknown is not None else False


@once
def _tags(network: Network) -> Mapping[str, Any]:
    return {item.urn: item for item in (*network.details.tagged, *network.details.network_tags)}


def _in_block(member: Member, text: str) -> bool | Blocker:
    block = parsed(text)
    if block is None:
        return False
    if any(holds(block, own) for own in member.blocks.handed):
        return True
    if member.blocks.coarse and any(meet(block, own) for own in member.blocks.handed) and member.blocker is not None:
        return member.blocker
    return member.blocker if member.blocks.open and member.blocker is not None else False
