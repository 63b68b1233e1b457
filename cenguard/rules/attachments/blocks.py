"""The blocks of networks attached to one instance, and which of them meet.

Blocks either contain each other or are apart, so one walk in order of addresses sees every meeting.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from cenguard.geography.blocks import Block, block
from cenguard.network import Attachment, Blocker, CenInstance, Network
from cenguard.network.details import Joining
from cenguard.network.once import once_each
from cenguard.resources.urns import name_in_urn
from cenguard.rules import evidence
from cenguard.rules.routes.meeting_tables import known_in, may_meet


class Claim(msgspec.Struct, frozen=True, eq=False):
    """One block that an attached network hands over, or may."""

    text: str
    joining: Joining
    network: str
    """Address of the network."""
    name: str
    """Name of the network."""
    source: str
    """Where the block stands."""
    bare: bool
    """Whether it is the network's own: its vSwitches, whose blocks it hands over, are not in the input."""
    tables: frozenset[str] | None = None
    """The route tables that its block is known in and no other, where that is asked; None meets everybody."""

    @property
    def urn(self) -> str:
        """URN of the attachment."""
        return self.joining.urn

    @property
    def direct(self) -> bool:
        """Whether it is attached directly, and not through a router."""
        return isinstance(self.joining.item, Attachment) and self.joining.item.direct

    @property
    def open(self) -> Blocker:
        """What a verdict about a bare block hangs on."""
        return Blocker(
            f"vswitches {self.network}",
            f"no vSwitch of {self.name} is in the input, and what a network hands over are the blocks of its vSwitches",
            "its vSwitches, or the document of the stack that makes them, would settle it",
        )

    @property
    def step(self) -> str:
        """The block as evidence."""
        return f"{self.source}, which {self.joining.name} attaches: {self.text}"


class _Called(NamedTuple):
    label: str
    urn: str


def names_of(first: Claim, later: Claim) -> tuple[str, str]:
    """What a sentence calls two networks: of two stacks that use one name, each with its stack."""
    return evidence.two_labels(_Called(first.name, first.network), _Called(later.name, later.network))


Firsts = dict[tuple[bool, bool, str], tuple[Claim, ...]]
"""By bare, direct and who sees it, the first claims by URN: two of different networks are enough to find a partner for any."""
_EVERYBODY = ""
"""Sees a claim of no known tables; those of known tables are seen in each of them, and by claims of no known tables."""
_UNCERTAIN = "?"


class Place(msgspec.Struct, eq=False):
    """Everything about one block: who claims it, who claims a block around it, and who one inside."""

    claims: list[Claim] = msgspec.field(default_factory=list)
    equal: Firsts = msgspec.field(default_factory=dict)
    around: Firsts = msgspec.field(default_factory=dict)
    inside: Firsts = msgspec.field(default_factory=dict)


class Blocks(msgspec.Struct, frozen=True):
    """The blocks of one instance."""

    places: dict[Block, Place]
    ordered: tuple[Block, ...] = ()
    """The same blocks, in order of addresses; one that holds another before it."""
    unknown: tuple[tuple[Joining, Blocker], ...] = ()
    """Attachments of networks with a block that is not known yet, beside others."""
    open: tuple[tuple[Joining, Blocker], ...] = ()
    """The same, also where no other network is attached."""

    def meeting(self, spot: Block) -> Iterator[tuple[Block, Place]]:
        """The blocks that hold another, and those inside it, in order of addresses."""
        holders = dict.fromkeys(spot.around(length) for length in range(33))
        yield from ((item, self.places[item]) for item in holders if item in self.places and item.holds(spot))
        for item in self.ordered[bisect_right(self.ordered, spot) :]:
            if item.first > spot.last:
                return
            yield item, self.places[item]

    def meetings(self) -> Iterator[tuple[Place, Claim]]:
        """Each claim, with the place of its block."""
        for place in self.places.values():
            for claim in place.claims:
                yield place, claim


Pairs = dict[str, tuple[Claim, Claim]]
"""By URN of the later network, two that meet."""


def partner(later: Claim, *, bare: bool, among: Iterable[Firsts]) -> Claim | None:
    """The first earlier claim of another network; of one that is attached directly, a direct one before others."""
    sees = (_EVERYBODY, _UNCERTAIN) if later.tables is None else (_EVERYBODY, *later.tables)
    for directs in ((True,), (False,)) if later.direct else ((True, False),):
        found = [
            claim
            for firsts in among
            for direct in directs
            for where in sees
            for claim in firsts.get((bare, direct, where), ())
            if claim.network != later.network and claim.urn < later.urn
        ]
        if found:
            return min(found, key=lambda claim: claim.urn)
    return None


def seen_together(
    network: Network, instance: CenInstance, pairs_of: Callable[[Blocks], tuple[Pairs, Pairs]]
) -> tuple[Blocks, Pairs, Pairs]:
    """The blocks of an instance with their pairs, certain and possible, of networks that route tables do not keep apart."""
    blocks = blocks_of(network, instance)
    certain, possible = pairs_of(blocks)
    if all(may_meet(network, first.urn, later.urn) for first, later in (*certain.values(), *possible.values())):
        return blocks, certain, possible
    blocks = _by_table(network, blocks)
    return blocks, *pairs_of(blocks)


def _by_table(network: Network, blocks: Blocks) -> Blocks:
    """The same blocks, where claims that no route table knows together do not see each other."""
    places = {
        spot: Place([msgspec.structs.replace(claim, tables=known_in(network, claim.urn)) for claim in place.claims])
        for spot, place in blocks.places.items()
    }
    _meet(places)
    return msgspec.structs.replace(blocks, places=places)


@once_each
def blocks_of(network: Network, instance: CenInstance) -> Blocks:
    """The blocks of the networks attached to an instance."""
    places: dict[Block, Place] = {}
    unknown: list[tuple[Joining, Blocker]] = []
    details = network.details
    if not (details.networks or details.switches):
        return Blocks({})
    claimants = 0
    for joining in details.on(instance):
        claims, blocker = _claims(network, joining)
        claimants += bool(claims or blocker)
        if blocker:
            unknown.append((joining, blocker))
        for claim in claims:
            spot = block(claim.text)
            if spot is not None:  # the service refuses another by itself
                places.setdefault(spot, Place()).claims.append(claim)
    _meet(places)
    return Blocks(places, tuple(sorted(places)), tuple(unknown) if claimants > 1 else (), tuple(unknown))


def _claims(network: Network, joining: Joining) -> tuple[list[Claim], Blocker | None]:
    """The blocks that one attached network hands over, and why one is not known."""
    address, made = joining.network_address, joining.network
    switches = network.details.switches.get(address or "", ()) if address else ()
    name = made.name if made else name_in_urn(address or "")
    if switches:
        found = [
            Claim(item.block.value, joining, address or "", name, f"cidrBlock of vSwitch {item.label} of {name}", bare=False)
            for item in switches
            if item.block.value
        ]
        return found, next((item.block.blocker for item in switches if item.block.blocker), None)
    if made is None:
        return [], None
    own = [Claim(text, joining, made.urn, name, f"cidrBlock of {name}", bare=True) for text in made.cidrs.value or ()]
    return own, made.cidrs.blocker


def _meet(places: dict[Block, Place]) -> None:
    """Let each block know who claims it, who one around it, and who one inside."""
    waiting: list[tuple[Block, Place]] = []
    for spot in sorted(places):
        place = places[spot]
        place.claims.sort(key=lambda claim: claim.urn)
        place.equal = _firsts(place.claims)
        while waiting and not waiting[-1][0].holds(spot):
            _close(waiting)
        if waiting:
            above = waiting[-1][1]
            place.around = _merged(above.equal, above.around)
        waiting.append((spot, place))
    while waiting:
        _close(waiting)


def _close(waiting: list[tuple[Block, Place]]) -> None:
    """The block on top holds nothing more: what it holds, the one below holds as well."""
    _, place = waiting.pop()
    if waiting:
        below = waiting[-1][1]
        below.inside = _merged(below.inside, place.equal, place.inside)


def _firsts(claims: Iterable[Claim]) -> Firsts:
    found: Firsts = {}
    for claim in claims:
        for where in (_EVERYBODY,) if claim.tables is None else (_UNCERTAIN, *claim.tables):
            key = (claim.bare, claim.direct, where)
            held = found.get(key, ())
            if not held or (len(held) == 1 and held[0].network != claim.network):
                found[key] = (*held, claim)
    return found


def _merged(*many: Firsts) -> Firsts:
    filled = [firsts for firsts in many if firsts]
    if len(filled) == 1:
        return filled[0]
    claims = {id(claim): claim for firsts in filled for held in firsts.values() for claim in held}
    return _firsts(sorted(claims.values(), key=lambda item: item.urn))
