"""Legs of networks that nothing routes: every packet ends the same way, whoever it is for."""

from cenguard.network import Network
from cenguard.network.once import once
from cenguard.network.prefixes import text_of
from cenguard.network.routes.dispositions import Leg, Way


class Dropped:
    """Legs of which every packet is lost alike; the many networks that nothing routes share few of them."""

    def __init__(self) -> None:
        self._legs: dict[tuple[Way, tuple[int | None, ...]], Leg] = {}

    def leg(self, way: Way, pieces: tuple[int | None, ...]) -> Leg:
        """A leg to whoever hands over these blocks."""
        found = self._legs.get((way, pieces))
        if found is None:
            blocks = ["" if block is None else text_of(block) for block in pieces]
            found = self._legs[way, pieces] = Leg(disposition=way, blocks=dict.fromkeys(blocks, way))
        return found


@once
def dropped_in(_network: Network) -> Dropped:
    """Those of all instances of an input."""
    return Dropped()
