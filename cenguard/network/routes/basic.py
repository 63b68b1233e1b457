"""What the Basic Edition does by itself: one nameless table, route maps by region, a default policy.

Source: https://help.aliyun.com/en/cen/user-guide/route-synchronization; the CEN manual of 2019 for the default policy.
"""

from cenguard.network import Blocker, CenInstance
from cenguard.network.details import Given
from cenguard.network.routes.leaving import SWITCH
from cenguard.network.routes.maps import Asked, Ruling, in_order, rule
from cenguard.network.routes.members import Member
from cenguard.network.routes.tables import Lookup
from cenguard.network.routing import DENY, Direction, RouteMap, RouteTable


class BasicTables:
    """The tables of one instance's regions of the Basic Edition."""

    def __init__(self, instance: CenInstance, table: RouteTable, lookup: Lookup, enterprise: frozenset[str]) -> None:
        self.table, self._enterprise = table, enterprise
        self._default = RouteMap(
            urn="", name="the default policy", type="", instance=instance, region=Given(), direction=Given(Direction.OUT.value),
            priority=Given(), result=Given(DENY), next_priority=Given(), table=None, names_table=False,
        )  # fmt: skip
        """What denies routes between networks on premises, after every other map: one that permits goes before it."""
        self._maps = {
            direction: in_order((item for item in lookup.basic_maps if item.direction.value in (None, direction)), direction)
            for direction in Direction
        }

    def doubt(self, sender: Member, receiver: Member) -> Blocker | None:
        """Why two direct attachments may not be on the Basic Edition: a router is declared in one of their regions."""
        for member in (sender, receiver):
            if member.end.region in self._enterprise:
                return Blocker(
                    f"edition {member.item.address}",
                    f"{member.label} is attached directly in {member.end.region}, where a transit router of the Enterprise Edition is: which "
                    "of its tables it is in is not documented",
                    "attaching it through the router would settle it",
                )
        return None

    @staticmethod
    def shut(sender: Member) -> Blocker:
        """Why packets may not leave a network whose tables take no routes, and that has no entry of its own."""
        return Blocker(
            f"tables {sender.item.address}",
            f"the route tables of {sender.label} take no published routes, and whether the Basic Edition minds that is not documented",
            f"{SWITCH} of {sender.label} set to true, or an entry of its own, would settle it",
        )

    def ruling(self, sender: Member, receiver: Member, block: int | None) -> Ruling:
        """What the route maps of both regions make of the receiver's route on its way to the sender."""
        here, there = sender.end.region, receiver.end.region
        asked = [(Direction.IN, there, Asked(receiver, block))]
        if here != there:
            asked.append((Direction.OUT, there, Asked(receiver, block, to_peer=True)))
            asked.append((Direction.IN, here, Asked(receiver, block)))
        out = Asked(receiver, block, to=sender)
        asked.append((Direction.OUT, here, out))
        open_ruling: Ruling | None = None
        last = Ruling(True)
        for direction, region, question in asked:
            maps = [item for item in self._maps[direction] if item.region.value in (None, region)]
            if question is out and {sender.kind, receiver.kind} <= {"VBR", "CCN"}:
                maps.append(self._default)
            last = rule(maps, question)
            if last.permitted is False:
                return last if last.by is not self._default else Ruling(False)
            if last.permitted is None:
                open_ruling = open_ruling or last
        return open_ruling or last
