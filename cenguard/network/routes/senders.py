"""Legs from many networks to one: what does not hang on the receiver is found once, and senders that fare alike share a leg."""

from collections.abc import Hashable, Sequence

from cenguard.network.routes.dispositions import Leg, Way
from cenguard.network.routes.legs import Walker
from cenguard.network.routes.members import Member
from cenguard.network.routes.tables import table_of
from cenguard.network.routing import Direction

Passing = tuple[int | None, int]
"""The table in which every packet of a sender is merely looked up (None where all are lost before), and which senders are like it."""


_TO_ITSELF = Leg(disposition=Way.UNDETERMINED)
"""No packet takes it; it stands where the leg of another sender would."""


class Senders:
    """The networks of one instance from which legs lead to others."""

    def __init__(self, walker: Walker, senders: Sequence[Member]) -> None:
        self._walker = walker
        self._kinds: dict[Hashable, int] = {}
        self._senders = [(sender, self._passing(sender)) for sender in senders]

    def legs(self, receiver: Member) -> list[Leg]:
        """From each of them, without evidence; that from the receiver itself means nothing.

        Senders that are like one another differ in nothing else than in what their tables learn of their own region.
        """
        learned = {id(item.table): (item.looked_up, item.vouched) for item in receiver.end.propagations}
        known: dict[Hashable, Leg] = {}
        same: dict[Hashable, Leg] = {}
        found = []
        for sender, passing in self._senders:
            if sender is receiver:
                found.append(_TO_ITSELF)
                continue
            asked: Hashable = None
            if passing is not None and not (receiver.meets and sender.meets):
                table, alike = passing
                if table is None or not receiver.item.direct:
                    asked = passing if receiver.meets else (alike, learned[table]) if table in learned else alike
                    if asked in known:
                        found.append(known[asked])
                        continue
            leg = self._walker.leg(sender, receiver)
            # there are many pairs, and few ways to fare
            leg = same.setdefault((leg.disposition, *leg.blocks.items(), leg.blocker, leg.assumes, leg.over_two_peers), leg)
            if asked is not None:
                known[asked] = leg
            found.append(leg)
        return found

    def _passing(self, sender: Member) -> Passing | None:
        walker, lookup = self._walker, self._walker.lookup
        lost = walker.loss(sender)
        if lost is not None:
            return None, self._kinds.setdefault(lost, len(self._kinds))
        table = table_of(sender.end)[0]
        if table is None or sender.item.direct or lookup.maps(table, Direction.OUT):
            return None
        if walker.firewall(sender.end) is not None or not walker.door(sender).is_open:
            return None
        relation = sender.end.associations[0]
        like = lookup.outline(table), sender.kind, sender.blocks.vouched, relation.looked_up, relation.vouched
        return id(table), self._kinds.setdefault(like, len(self._kinds))
