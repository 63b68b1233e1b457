"""The verdict for every pair of networks of one instance, worked out when somebody asks."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import structs

from cenguard.geography.regions import region_pair
from cenguard.network import Attachment, Blocker, CenInstance, Network
from cenguard.network.connectivity import Connection, Disposition, connectivity_of, needs_no_package
from cenguard.network.once import once
from cenguard.network.prefixes import holds, parsed
from cenguard.network.routes.basic import BasicTables
from cenguard.network.routes.dispositions import BROKEN, GOOD, Leg, Pair, Verdict, Way, of_legs
from cenguard.network.routes.dropped import dropped_in
from cenguard.network.routes.layout import layout_of
from cenguard.network.routes.legs import Walker
from cenguard.network.routes.members import NOTHING, ON_PREMISES, Member, blocks_of, meeting
from cenguard.network.routes.senders import Senders
from cenguard.network.routes.tables import Lookup
from cenguard.network.routing import End, Relation, RouteMap, RouteTable, Routing


class InstanceRoutes:
    """The networks of one instance, and whether their packets get there and back."""

    def __init__(self, network: Network, instance: CenInstance) -> None:
        self.network, self.instance = network, instance
        self.routing: Routing = network.routing
        self.members: tuple[Member, ...] = tuple(self._members())
        """By address of their attachments."""
        self.by_address: Mapping[str, Member] = {member.end.address: member for member in self.members}
        self._relays: dict[tuple[str, str], tuple[str, ...]] = {}
        self._verdicts: dict[tuple[int, int, bool, str | None, str | None], Verdict] = {}
        self._connections: dict[tuple[str | None, str | None], Connection | None] = {}

    def _members(self) -> list[Member]:
        made = []
        networks, blocks_at = self.routing.networks, blocks_of(self.network).of
        for end in layout_of(self.network).ends_on.get(self.instance, ()):
            item = end.item
            if isinstance(item, Attachment) and not item.misplaced:
                tables = networks.get(end.network or "", NOTHING)
                blocks = blocks_at(end, item.kind)
                made.append(Member(end=end, item=item, key=end.name or item.label, blocks=blocks, tables=tables))
        return made

    @property
    def maps(self) -> Sequence[RouteMap]:
        """Its route maps, and those that may be its own."""
        return layout_of(self.network).maps_of(self.instance)

    @cached_property
    def has_routers(self) -> bool:
        """Whether any of its networks is attached to a transit router."""
        return any(not member.item.direct for member in self.members)

    @cached_property
    def meeting(self) -> list[int]:
        """Blocks that several of its networks share addresses in."""
        return meeting(list(self.members))

    @cached_property
    def by_hand(self) -> list[int]:
        """Blocks of the networks' own entries."""
        if not self.routing.networks:
            return []
        return [entry.prefix for member in self.members for entry in member.tables.entries if entry.prefix is not None]

    @cached_property
    def lookup(self) -> Lookup:
        """Finds routes of tables."""
        assert self.meeting is not None  # marks the members
        return Lookup(layout_of(self.network), self.by_address, self.instance)

    @cached_property
    def walker(self) -> Walker:
        """Walks packets."""
        layout = layout_of(self.network)
        cuts = layout.index([*self.by_hand, *self.meeting])
        return Walker(self.lookup, cuts, self.routing.firewalls, self._basic_tables, dropped_in(self.network))

    def _basic_tables(self) -> BasicTables:
        return BasicTables(self.instance, self._basic_table(), self.lookup, self.instance.index.enterprise)

    def _basic_table(self) -> RouteTable:
        """The one table of the Basic Edition, which learns every network that is attached directly."""
        table = RouteTable(
            key=f"basic:{self.instance.address}", label="the table of the Basic Edition", declared=True, propagations=[]
        )
        for member in self.members:
            if member.item.direct:
                table.propagations.append(
                    Relation(
                        urn=member.item.urn or "",
                        name=member.item.label,
                        type="",  # no resource says it
                        attachment=member.end.address,
                        table=table,
                    )
                )
        return table

    # ------------------------------------------------------------------ verdicts

    def leg(self, sender: Member, receiver: Member, *, evidence: bool = False) -> Leg:
        """One direction; with its steps where evidence is asked for."""
        return self._judged(sender, receiver, self.walker.leg(sender, receiver, evidence=evidence))

    def legs(self, members: Sequence[Member]) -> list[list[Leg]]:
        """Between some networks: by receiver, then by sender; those from a network to itself mean nothing.

        All legs to one receiver are worked out together, so that what is looked up for it is looked up once.
        """
        senders = Senders(self.walker, members)
        found = []
        for receiver in members:
            legs = senders.legs(receiver)
            if receiver.kind in ON_PREMISES:
                legs = [self._judged(sender, receiver, leg) for sender, leg in zip(members, legs, strict=True)]
            found.append(legs)
        return found

    def _judged(self, sender: Member, receiver: Member, found: Leg) -> Leg:
        """A leg, which is not certain between networks on premises behind routers."""
        on_routers = not (sender.item.direct and receiver.item.direct)
        if on_routers and {sender.kind, receiver.kind} <= ON_PREMISES and found.disposition in GOOD:
            blocker = Blocker(
                "on-premises to on-premises",
                f"{sender.label} and {receiver.label} are both on premises, and whether routers of the Enterprise Edition pass traffic between "
                "such networks is not documented",
                "",
            )
            blocks = dict.fromkeys(found.blocks, Way.UNDETERMINED)
            return structs.replace(found, disposition=Way.UNDETERMINED, blocks=blocks, blocker=blocker)
        return found

    def pair(self, first: Member, second: Member, *, evidence: bool = False) -> Pair:
        """Both directions, and what they come to."""
        forward = self.leg(first, second, evidence=evidence)
        return self.paired(first, second, forward, self.leg(second, first, evidence=evidence))

    def paired(self, first: Member, second: Member, forward: Leg, back: Leg) -> Pair:
        """What both directions come to."""
        verdict = self.verdict(first, second, forward, back)
        return Pair(
            instance=self.instance,
            disposition=verdict.disposition,
            cause=verdict.cause,
            forward=forward,
            back=back,
            regions=verdict.regions,
            relay=verdict.relay,
        )

    def verdict(self, first: Member, second: Member, forward: Leg, back: Leg) -> Verdict:
        """What both directions come to, without them; few differ."""
        here, there = first.end.region, second.end.region
        twice_over = forward.over_two_peers or back.over_two_peers
        asked = id(forward.disposition), id(back.disposition), twice_over, here, there  # an enumeration hashes slowly
        found = self._verdicts.get(asked)
        if found is None:
            found = self._verdicts[asked] = self._verdict(first, second, forward, back)
        return found

    def _verdict(self, first: Member, second: Member, forward: Leg, back: Leg) -> Verdict:
        here, there = first.end.region, second.end.region
        connection = self.connection(first, second)
        if connection is not None and connection.disposition in BROKEN:
            relay = self.relays(here or "", there or "")
            if forward.over_two_peers or back.over_two_peers:
                return Verdict(Way.UNDETERMINED, None, connection, relay)
            return Verdict(Way.UNCONNECTED, connection.disposition.value, connection, relay)
        unsure = here is None or there is None or (connection is not None and connection.disposition is Disposition.UNDETERMINED)
        return Verdict(*of_legs(forward.disposition, back.disposition, regions_open=unsure), connection)

    def connection(self, first: Member, second: Member) -> Connection | None:
        """What connects the regions of two networks; None within one region."""
        regions = first.end.region, second.end.region
        if regions not in self._connections:
            here, there = regions
            inside = here is None or there is None or here == there or needs_no_package(here, there)
            known = connectivity_of(self.network)[self.instance].connections
            self._connections[regions] = None if inside else known.get(region_pair(here or "", there or ""))
        return self._connections[regions]

    def relays(self, here: str, there: str) -> tuple[str, ...]:
        """Regions that both have peers to: CEN passes no routes on there."""
        found = self._relays.get((here, there))
        if found is None:
            around: dict[str, set[str]] = {here: set(), there: set()}
            for pair in self.instance.index.peers:
                for region in (here, there):
                    if region in pair.names:
                        around[region].add(pair.other(region))
            found = self._relays[here, there] = tuple(sorted(around[here] & around[there]))
        return found

    def find(self, text: str) -> list[Member]:
        """Its networks that a text names: a key, a name, an id or URN, an IPv4 address or block."""
        return [member for _, member in named({self.instance: self}, text)]

    def ends(self) -> tuple[End, ...]:
        """The ends of its peers."""
        ends = layout_of(self.network).ends_on.get(self.instance, ())
        return tuple(end for end in ends if not isinstance(end.item, Attachment))


@once
def routes_of(network: Network) -> Mapping[CenInstance, InstanceRoutes]:
    """The routes of each instance; what they come to is worked out when it is asked for."""
    return {instance: InstanceRoutes(network, instance) for instance in network.instances}


def named(routes: Mapping[CenInstance, InstanceRoutes], text: str) -> list[tuple[InstanceRoutes, Member]]:
    """The networks that a text names, on every instance; those of an exact name before those of an address."""
    members = [(found, member) for found in routes.values() for member in found.members]
    by_key = [item for item in members if text == item[1].key]
    if by_key:
        return by_key
    exact = [item for item in members if text in _names(item[1])]
    if exact:
        return exact
    block = parsed(text)
    if block is None:
        return []
    around = [item for item in members if any(holds(own, block) for own in item[1].blocks.handed)]
    inside = [
        item for item in around if any(holds(own, block) for own in item[1].blocks.handed if own not in item[1].blocks.advertised)
    ]
    return inside or around  # who advertises a way to an address is not where it lies


def _names(member: Member) -> Iterable[str]:
    end, item = member.end, member.item
    return [name for name in (item.name, item.urn, item.id, end.network, end.address.removeprefix("id:"), end.network_id) if name]


def keys(routes: Iterable[InstanceRoutes]) -> list[str]:
    """The keys of all networks, for messages."""
    return sorted({member.key for found in routes for member in found.members})
