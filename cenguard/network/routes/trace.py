"""What one packet's way comes to, and the evidence of a leg's packets in words."""

from collections.abc import Sequence

import msgspec

from cenguard.network import Blocker
from cenguard.network.prefixes import text_of
from cenguard.network.routes.dispositions import BLOCK, FAILING, OPEN, Step, Way
from cenguard.network.routes.members import Member


class Trace:
    """What one packet's way comes to."""

    __slots__ = ("assumes", "blocker", "over_two_peers", "piece", "steps", "way")

    def __init__(self, piece: int | None = None) -> None:
        self.piece = piece
        self.way: Way | None = None
        """The first thing that is open, until the end is known."""
        self.blocker: Blocker | None = None
        self.steps: list[Step] = []
        self.assumes: set[str] = set()
        self.over_two_peers = False

    def opened(self, way: Way, blocker: Blocker | None) -> None:
        """Something is open: diverted counts before contested, and both before what is only unknown."""
        if self.way is None or OPEN.index(way) < OPEN.index(self.way):
            self.way, self.blocker = way, blocker

    def ended(self, way: Way) -> "Trace":
        """The packet's way ends; a certain failure goes before what is open."""
        if way in FAILING or self.way is None:
            self.way = way
            self.blocker = None
        return self


def steps_of(deciding: Trace, traces: Sequence[Trace]) -> tuple[Step, ...]:
    """The steps of the packet that decides, said of every block that fares the same way; of the others, what becomes of them."""
    alike = [trace for trace in traces if trace.way is deciding.way and trace.steps == deciding.steps]
    blocks = ", ".join(text_of(trace.piece) for trace in alike if trace.piece is not None)
    found = [msgspec.structs.replace(step, text=step.text.replace(BLOCK, blocks)) for step in deciding.steps]
    others = [trace for trace in traces if trace not in alike and trace.piece is not None]
    found += [Step(text=f"{text_of(trace.piece or 0)}: {trace.way or Way.ROUTED}", aside=True) for trace in others]
    return tuple(found)


_OTHERS = frozenset({Way.OVERLAPPING, Way.DIVERTED})
"""How the parts of a block fare that other networks have, or the sender itself."""


def of_the_rest(block: int | None, found: list[Trace]) -> list[Trace]:
    """What becomes of a block that is a route: what of it is others', or the sender's own, is no part of what is asked for."""
    return [trace for trace in found if trace.piece == block or trace.way not in _OTHERS] or found


def doubtful(found: Sequence[Trace], receiver: Member) -> Trace:
    """Of a block that is only known roughly, and whose parts fare differently."""
    made = Trace(found[0].piece)  # whose way is told
    made.steps = found[0].steps
    made.way, made.blocker = Way.UNDETERMINED, receiver.blocker
    for trace in found:
        made.assumes |= trace.assumes
    return made
