"""One leg: the way of a packet from one network to another, step by step.

The first certain failure on the way decides, whatever is unknown elsewhere; without one the first thing that is open.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from cenguard.network import Blocker
from cenguard.network.prefixes import Index, holds, meet, parts, text_of
from cenguard.network.routes.basic import BasicTables
from cenguard.network.routes.dispositions import BLOCK, FAILING, GOOD, Leg, Step, Way, of_blocks
from cenguard.network.routes.dropped import Dropped
from cenguard.network.routes.leaving import Door, Leave, denying, leave
from cenguard.network.routes.members import ON_PREMISES, Member
from cenguard.network.routes.missing import missing
from cenguard.network.routes.tables import Lookup, Route, association_of, table_of
from cenguard.network.routes.trace import Trace, doubtful, of_the_rest, steps_of
from cenguard.network.routes.winner import Outcome, Winner, winner_of
from cenguard.network.routes.words import route_steps
from cenguard.network.routing import End, RouteTable

ALWAYS = frozenset({"filters", "elsewhere", "ipv4"})


class Walker:
    """Walks packets through the tables of one instance."""

    def __init__(
        self, lookup: Lookup, cuts: Index, firewalls: Mapping[str, str], basic: Callable[[], BasicTables], dropped: Dropped
    ) -> None:
        self.lookup, self._cuts, self._firewalls, self._make_basic, self._dropped = lookup, cuts, firewalls, basic, dropped
        self.tells = False
        """Whether it collects all of the evidence."""
        self._doors: dict[int, Door] = {}
        self._losses: dict[int, Way | None] = {}
        self._sets: dict[frozenset[str], frozenset[str]] = {}
        self._about: Member | None = None
        self._won: dict[tuple[int, int | None], Winner] = {}

    @cached_property
    def _basic(self) -> BasicTables:
        return self._make_basic()

    def leg(self, sender: Member, receiver: Member, *, evidence: bool = False) -> Leg:
        """From one network to another; steps only where evidence is asked for."""
        if not evidence and (lost := self._lost(sender, receiver)) is not None:
            return lost
        self.tells = evidence
        if receiver is not self._about:  # legs come receiver by receiver, and what is known of others is not kept
            self._about = receiver
            self._won.clear()
        return self._walked(sender, receiver)

    def door(self, sender: Member) -> Door:
        """How packets may leave a network."""
        found = self._doors.get(id(sender))
        if found is None:
            found = self._doors[id(sender)] = Door(sender)
        return found

    def loss(self, sender: Member) -> Way | None:
        """How every packet of a network ends that is associated with no table, whoever it is for; None for any other one."""
        key = id(sender)
        if key not in self._losses:
            self._losses[key] = self._loss(sender)
        return self._losses[key]

    def _loss(self, sender: Member) -> Way | None:
        end = sender.end
        if end.associations or end.association_blocker is not None or end.blocker is not None or sender.item.direct:
            return None
        if sender.tables.entries or self.firewall(end) is not None:
            return None
        return Way.NOT_PUBLISHED if self.door(sender).is_shut else Way.NOT_ASSOCIATED

    def _lost(self, sender: Member, receiver: Member) -> Leg | None:
        """The leg of a network that nothing routes, where its packets do not stay inside of it."""
        if sender.end.associations or (sender.meets and receiver.meets):
            return None
        way, pieces = self.loss(sender), receiver.pieces
        return self._dropped.leg(way, pieces) if way is not None and pieces else None

    def _walked(self, sender: Member, receiver: Member) -> Leg:
        evidence = self.tells
        blocks: dict[str, Way] = {}
        traces: list[Trace] = []
        blocker: Blocker | None = None
        for block in receiver.pieces:
            found = [self._walk(sender, receiver, piece) for piece in self._parts(block)]
            if (routes := receiver.blocks.advertised) and block in routes:
                found = of_the_rest(block, found)
            ways = [trace.way or Way.ROUTED for trace in found]
            traces += found
            alike = len(ways) == 1 or len(set(ways)) == 1
            way = ways[0] if alike else of_blocks(ways)
            if receiver.blocks.coarse and block not in receiver.blocks.advertised and not (alike or set(ways) <= GOOD):
                way, blocker = Way.UNDETERMINED, blocker or receiver.blocker
                traces = [trace for trace in traces if trace not in found]
                traces.append(doubtful(found, receiver))
                blocks["" if block is None else text_of(block)] = way
            elif not alike and block is not None:
                blocks |= {text_of(trace.piece): one for trace, one in zip(found, ways, strict=True) if trace.piece is not None}
            else:
                blocks["" if block is None else text_of(block)] = way
        disposition = of_blocks(blocks.values()) if blocks else Way.UNDETERMINED
        deciding = next((item for item in traces if (item.way or Way.ROUTED) is disposition), None)
        if deciding is None:
            deciding = next((item for item in traces if item.way in FAILING), traces[0] if traces else None)
        assumes = frozenset[str]()
        if disposition not in FAILING:
            assumes = self._assumed(sender, receiver, traces)
        return Leg(
            disposition=disposition,
            blocks=blocks,
            blocker=blocker or (deciding.blocker if deciding is not None and disposition not in GOOD else None),
            steps=steps_of(deciding, traces) if evidence and deciding is not None else (),
            assumes=assumes,
            over_two_peers=any(item.over_two_peers for item in traces),
        )

    def _parts(self, block: int | None) -> Sequence[int | None]:
        within = () if block is None else self._cuts.inside(block)
        return parts(block, within) if block is not None and within else (block,)

    def _assumed(self, sender: Member, receiver: Member, traces: Sequence[Trace]) -> frozenset[str]:
        found = set(ALWAYS).union(*[trace.assumes for trace in traces])
        if sender.kind == "VPC":
            found.add("vswitch_tables")
        if sender.kind in ON_PREMISES or receiver.kind in ON_PREMISES:
            found.add("premises")
        if not (sender.item.direct and receiver.item.direct):
            found.add("quotas")
        assumes = frozenset(found)
        return self._sets.setdefault(assumes, assumes)  # few differ, and many legs carry them

    # ------------------------------------------------------------------ one packet

    def _walk(self, sender: Member, receiver: Member, piece: int | None) -> Trace:
        trace = Trace(piece)
        if receiver.blocks.vouched or sender.blocks.vouched:
            trace.assumes.add("vouched")
        if piece is None and any(meet(own, around) for own in sender.blocks.touched for around in receiver.blocks.around):
            trace.opened(Way.UNDETERMINED, receiver.blocker)
        if piece is not None:
            kept = (
                next((own for own in sender.blocks.own if holds(own, piece)), None) if sender.meets and receiver.meets else None
            )
            if kept is not None:
                trace.steps.append(
                    Step(text=f"{BLOCK} lies in vSwitch block {text_of(kept)} of {sender.label}, which keeps the packet")
                )
                return trace.ended(Way.OVERLAPPING)
            if sender.meets and any(holds(own, piece) for own in sender.blocks.somewhere):
                trace.opened(Way.UNDETERMINED, sender.blocker)
        if sender.item.direct and receiver.item.direct:
            return self._basic_way(trace, sender, receiver, piece)
        if sender.item.direct or receiver.item.direct:
            return self._mixed(trace, sender, receiver, piece)
        return self._routed_way(trace, sender, receiver, piece)

    def _routed_way(self, trace: Trace, sender: Member, receiver: Member, piece: int | None) -> Trace:
        end = sender.end
        if (name := self.firewall(end)) is not None:
            return self._managed(trace, name, end)
        table, blocker = table_of(end)
        departure = leave(self.lookup, self.door(sender), table, piece, receiver)
        trace.steps += departure.steps
        if departure.way is Way.DIVERTED:
            trace.opened(Way.DIVERTED, None)
            return trace
        if departure.way in FAILING:
            self._had_it_left(trace, table, piece, receiver)
            return trace.ended(departure.way or Way.NOT_PUBLISHED)
        if departure.way is Way.UNDETERMINED:
            trace.opened(Way.UNDETERMINED, departure.blocker)
        if table is None:
            found = self._no_table(trace, end, blocker)
        else:
            self._associated(trace, end, table)
            found = self._look_up(trace, table, receiver, piece)
        if found.way in FAILING and departure.astray:  # by another table of the network it may get there
            found = Trace(piece)
            found.steps += departure.astray
            found.opened(Way.DIVERTED, None)
        elif found.way in FAILING and departure.doubt is not None:
            found.way, found.blocker = Way.UNDETERMINED, departure.doubt
        return found

    def _winner(self, table: RouteTable, piece: int | None, receiver: Member) -> Winner:
        asked = (id(table), piece)
        found = self._won.get(asked)
        if found is None:
            found = self._won[asked] = winner_of(table, self.lookup.routes(table, piece, receiver), receiver)
        return found

    def _look_up(self, trace: Trace, table: RouteTable, receiver: Member, piece: int | None, *, crossed: bool = False) -> Trace:
        found = self._winner(table, piece, receiver)
        if self.tells:
            trace.steps += route_steps(table, found, receiver, piece)
        self._note(trace, found.route)
        match found.outcome:
            case Outcome.NONE:
                if self.tells:
                    trace.steps += missing(self.lookup, table, receiver)
                return trace.ended(Way.NOT_LEARNED)
            case Outcome.DENIED:
                return trace.ended(Way.DENIED)
            case Outcome.DROPS:
                return trace.ended(Way.BLACKHOLE)
            case Outcome.OPEN:
                trace.opened(Way.UNDETERMINED, found.blocker)
                return trace
            case Outcome.CONTESTED:
                trace.opened(Way.CONTESTED, None)
                return trace
        hop = found.hop
        if hop is receiver.end:
            return self._delivered(trace)
        if hop is None or not self._is_peer(hop):
            trace.opened(Way.DIVERTED, None)
            return trace
        if crossed:
            trace.over_two_peers = True
            trace.opened(
                Way.UNDETERMINED,
                Blocker(
                    f"second peer {hop.address}",
                    f"{table.label} leads it on over a second peer, {hop.item.label}, and whether static entries may send packets over two "
                    "peers is not documented; learned routes are not passed on",
                    "a peer between the two regions would settle it",
                ),
            )
            return trace
        return self._cross(trace, hop, receiver, piece)

    def _cross(self, trace: Trace, near: End, receiver: Member, piece: int | None) -> Trace:
        trace.assumes.add("crossing")
        ends = self.lookup.ends_of(near.address)
        far = ends[1] if ends[0] is near else ends[0]
        if (name := self.firewall(far)) is not None:
            return self._managed(trace, name, far)
        table, blocker = table_of(far)
        if table is None:
            return self._no_table(trace, far, blocker)
        self._associated(trace, far, table)
        return self._look_up(trace, table, receiver, piece, crossed=True)

    @staticmethod
    def _delivered(trace: Trace) -> Trace:
        return trace.ended(Way.ASSUMED if trace.assumes & {"lookup", "vouched"} else Way.ROUTED)

    def _is_peer(self, end: End) -> bool:
        return len(self.lookup.ends_of(end.address)) == 2

    def firewall(self, end: End) -> str | None:
        """The Cloud Firewall that manages the traffic of an end's router, by its name."""
        return self._firewalls.get(end.router or "") or self._firewalls.get("*")

    @staticmethod
    def _managed(trace: Trace, name: str, end: End) -> Trace:
        trace.opened(
            Way.UNDETERMINED,
            Blocker(
                f"firewall {name}",
                f"Cloud Firewall {name} manages the traffic of {end.router_label} by tables of its own",
                "",
            ),
        )
        return trace

    def _no_table(self, trace: Trace, end: End, blocker: Blocker | None) -> Trace:
        label = end.item.label
        if blocker is not None:
            if self.tells:
                text = f"with which table {label} is associated at {end.router_label} is not known"
                trace.steps.append(Step(text=text, urn=end.address))
            trace.opened(Way.UNDETERMINED, blocker)
            return trace
        if not self.tells:
            return trace.ended(Way.NOT_ASSOCIATED)
        other = f"; {end.misjoined[0].name} names a table of another router" if end.misjoined else ""
        trace.steps.append(
            Step(
                text=f"{label} is associated with no table at {end.router_label}: what enters there is dropped{other}",
                urn=end.address,
            )
        )
        return trace.ended(Way.NOT_ASSOCIATED)

    def _associated(self, trace: Trace, end: End, table: RouteTable) -> None:
        relation = association_of(end)
        if relation is None:
            return
        if relation.looked_up:
            trace.assumes.add("lookup")
        if relation.vouched:
            trace.assumes.add("vouched")
        if not self.tells:
            return
        at = f" at {end.router_label}" if self._is_peer(end) else ""
        by = relation.by_flag or relation.name
        trace.steps.append(
            Step(
                text=f"{end.item.label} is associated with {table.label}{at}: {by}",
                urn=relation.urn or None,
                property=relation.by_flag or "transitRouterRouteTableId",
            )
        )

    @staticmethod
    def _note(trace: Trace, route: Route | None) -> None:
        if route is None:
            return
        for item in (route.entry, route.relation, route.over):
            if item is not None:
                if item.looked_up:
                    trace.assumes.add("lookup")
                if item.vouched:
                    trace.assumes.add("vouched")

    def _had_it_left(self, trace: Trace, table: RouteTable | None, piece: int | None, receiver: Member) -> None:
        if table is None or not self.tells:
            return
        found = self._winner(table, piece, receiver)
        trace.steps += [
            Step(text=f"had it left: {step.text}", urn=step.urn, property=step.property, aside=True)
            for step in route_steps(table, found, receiver, piece)[:1]
        ]

    # ------------------------------------------------------------------ the Basic Edition

    def _basic_way(self, trace: Trace, sender: Member, receiver: Member, piece: int | None) -> Trace:
        """Everything is published and synchronized by itself.

        Source: https://help.aliyun.com/en/cen/user-guide/route-synchronization.
        """
        doubt = self._basic.doubt(sender, receiver)
        if doubt is not None:
            trace.opened(Way.UNDETERMINED, doubt)
            return trace
        table = self._basic.table
        departure: Leave = leave(self.lookup, self.door(sender), table, piece, receiver)
        trace.steps += departure.steps
        if departure.way is Way.DIVERTED:
            trace.opened(Way.DIVERTED, None)
            return trace
        if departure.way is not None:
            trace.opened(Way.UNDETERMINED, departure.blocker or self._basic.shut(sender))
        found = self._winner(table, piece, receiver)
        if self.tells:
            trace.steps += route_steps(table, found, receiver, piece)
        if found.outcome is Outcome.CONTESTED:
            trace.opened(Way.CONTESTED, None)
            return trace
        if found.outcome is Outcome.OPEN:
            trace.opened(Way.UNDETERMINED, found.blocker)
            return trace
        if found.hop is not receiver.end:
            trace.opened(Way.DIVERTED, None)
            return trace
        ruling = self._basic.ruling(sender, receiver, found.route.block if found.route is not None else None)
        if ruling.permitted is False:
            text = "by default networks on premises do not reach each other over the Basic Edition, and no route map permits it"
            trace.steps.append(denying(ruling, f"of {receiver.label}") if ruling.by is not None else Step(text=text))
            return trace.ended(Way.DENIED)
        if ruling.permitted is None:
            trace.opened(Way.UNDETERMINED, ruling.blocker)
            return trace
        return self._delivered(trace)

    def _mixed(self, trace: Trace, sender: Member, receiver: Member, piece: int | None) -> Trace:
        """One end attached directly, the other to a router: what is certain is the router's side."""
        blocker = Blocker(
            f"editions {sender.item.address} {receiver.item.address}",
            f"{sender.label} and {receiver.label} are attached in two editions, and what passes between them is not told by the input",
            "attaching both through transit routers would settle it",
        )
        if sender.item.direct:
            end = receiver.end
            known = end.propagations or end.propagation_blocker or end.blocker or self.lookup.is_hop(end)
            if not known:
                trace.steps.append(
                    Step(text=f"no table of {end.router_label} learns or holds a route to {receiver.label}", urn=end.address)
                )
                return trace.ended(Way.NOT_LEARNED)
            trace.opened(Way.UNDETERMINED, blocker)
            return trace
        table, unknown = table_of(sender.end)
        departure = leave(self.lookup, self.door(sender), table, piece, receiver)
        trace.steps += departure.steps
        if departure.way is Way.DIVERTED:
            trace.opened(Way.DIVERTED, None)
            return trace
        if departure.way in FAILING:
            return trace.ended(departure.way or Way.NOT_PUBLISHED)
        if table is None and unknown is None:
            return self._no_table(trace, sender.end, None)
        trace.opened(Way.UNDETERMINED, departure.blocker or unknown or blocker)
        return trace
