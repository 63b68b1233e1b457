"""A second, slow reading of route tables, made from what is known of the service and not from the code.

An estate is plain data: transit routers (one a region), their tables, networks, peers, static entries and route maps. A
packet is sent to every range of addresses that any block of the estate tells apart, and walked hop by hop; nothing is
indexed and nothing is grouped.
"""

from ipaddress import IPv4Network

ORDER = (
    "overlapping", "not_published", "not_associated", "denied", "not_learned", "blackhole",
    "diverted", "contested", "undetermined", "assumed", "routed",
)  # fmt: skip
FAILS, OPEN, GOOD = set(ORDER[:6]), set(ORDER[6:9]), set(ORDER[9:])
EVERYTHING = "0.0.0.0/0"


def ends(block):
    """First address and the one after the last."""
    found = IPv4Network(block)
    return int(found.network_address), int(found.broadcast_address) + 1


def length(block):
    """The length of its prefix."""
    return IPv4Network(block).prefixlen


def size(route):
    """How specific a route is; one of blocks that are not known is taken for what it carries."""
    return 33 if route[0] is None else length(route[0])


def inside(block, other):
    """Whether all of a block lies in another."""
    return IPv4Network(block).subnet_of(IPv4Network(other))


def first_of(dispositions):
    """The earliest in the order of the packet's way."""
    return min(dispositions, key=ORDER.index)


class Reading:
    """One estate, walked packet by packet."""

    def __init__(self, estate):
        self.e = estate
        self.networks = {item["name"]: item for item in estate["networks"]}
        self.peers = {item["name"]: item for item in estate["peers"]}

    # ------------------------------------------------------------ ranges of addresses

    def blocks(self):
        """Every block that is written anywhere."""
        for network in self.e["networks"]:
            yield from network["blocks"] or ()
            yield from (block for block, _ in network["entries"])
        yield from (entry["block"] for entry in self.e["entries"])

    def ranges(self, block):
        """An address in each range of a block that some other block tells apart; a block that is not known is one."""
        if block is None:
            return [None]
        start, end = ends(block)
        cuts = {cut for other in self.blocks() for cut in ends(other) if start < cut < end}
        return sorted({start, *cuts})

    # ------------------------------------------------------------ route tables

    def local(self, table):
        """What the networks at its own router hand over to a table: (block, source)."""
        for network in self.e["networks"]:
            if table in network["learned"]:
                yield from ((block, network["name"]) for block in network["blocks"] or [None])

    def static(self, table):
        """Entries of a table: (block, next hop)."""
        return [(entry["block"], entry["hop"]) for entry in self.e["entries"] if entry["table"] == table]

    def routes(self, table):
        """All routes of a table before any map: block, next hop, source network or None, static, over which peer."""
        found = [(block, hop, None, True, None) for block, hop in self.static(table)]
        found += [(block, source, source, False, None) for block, source in self.local(table)]
        for peer in self.e["peers"]:
            for here, there in ((peer["a"], peer["b"]), (peer["b"], peer["a"])):
                if table not in peer["into"][here] or not peer["advertises"]:
                    continue
                far = peer["associated"][there]
                if far is None:
                    continue
                handed = [(block, source) for block, source in self.local(far)]
                handed += [(block, None) for block, hop in self.static(far) if hop != peer["name"]]
                found += [(block, peer["name"], source, False, far) for block, source in handed]
        return found

    def region(self, network):
        return self.networks[network]["router"]

    def denied(self, direction, table, route, into=None):
        """Whether a map of a table takes a route (None: not known); `into` is the network that it would be published to."""
        block, _, source, static, _ = route
        if static or source is None:
            return False
        maps = [item for item in self.e["maps"] if item["table"] == table and item["direction"] == direction]
        unsure = set()
        for item in sorted(maps, key=lambda item: item["priority"]):
            if item["sources"] and source not in item["sources"]:
                continue
            if item["regions"] and self.region(source) not in item["regions"]:
                continue
            if item["destinations"] and into not in item["destinations"]:
                continue
            coarse = self.networks[source]["coarse"]
            if item["blocks"] and (block is None or (coarse and self.roughly(block, item))):
                unsure.add(item["action"])
                continue
            if item["blocks"] and item["mode"] == "Complete" and block not in item["blocks"]:
                continue
            if item["blocks"] and item["mode"] == "Include" and not any(inside(block, other) for other in item["blocks"]):
                continue
            return (item["action"] == "Deny") if unsure <= {item["action"]} else None
        return None if "Deny" in unsure else False

    @staticmethod
    def roughly(block, item):
        """Whether it is not known if a map's blocks are met by what lies somewhere in a block."""
        if item["mode"] == "Complete":
            return any(inside(other, block) for other in item["blocks"])
        return not any(inside(block, other) for other in item["blocks"]) and any(inside(other, block) for other in item["blocks"])

    def allowed(self, table, route, target=None):
        """Whether a route got into a table (None: not known): its own maps, and those of the table it came from.

        Of another network than the target that is only known as a whole, nobody knows which addresses it hands over.
        """
        found = self._let_in(table, route)
        return None if found and self.rough(route, target) else found

    def rough(self, route, target):
        """Whether a route is of another network than the target, of which the vSwitches are not known: they may be of any length."""
        return target is not None and route[2] not in (None, target) and self.networks[route[2]]["coarse"]

    def _let_in(self, table, route):
        found = [self.denied("RegionIn", table, route)]
        if route[4] is not None:
            found += [self.denied("RegionIn", route[4], route), self.denied("RegionOut", route[4], route)]
        return False if True in found else None if None in found else True

    def covering(self, table, address, target):
        """Routes of a table that hold an address (of a target whose blocks are not known: its own)."""
        found = []
        for route in self.routes(table):
            block, source = route[0], route[2]
            if address is None:
                if (block is None and source == target) or block == EVERYTHING:
                    found.append(route)
            elif block is not None and ends(block)[0] <= address < ends(block)[1]:
                found.append(route)
        return found

    def hidden_by(self, table, address, target):
        """Whether an entry of the table could lead a target whose blocks are not known another way than its own route."""
        if address is not None:
            return False
        routes = self.routes(table)
        own = {route[1] for route in routes if route[0] is None and route[2] == target and self.allowed(table, route)}
        own = own or {route[1] for route in routes if route[0] == EVERYTHING}
        entries = {hop for block, hop, source, _, _ in routes if source is None and block != EVERYTHING}
        return bool(entries) and (len(own) != 1 or entries != own)

    # ------------------------------------------------------------ the way of a packet

    def look_up(self, table, address, target):
        """The next hop of a packet in a table, or why there is none."""
        routes = self.covering(table, address, target)
        kept = [route for route in routes if self.allowed(table, route, target)]
        maybe = [route for route in routes if self.allowed(table, route, target) is None]
        if self.hidden_by(table, address, target):
            return "undetermined", None
        if not kept:
            own = any(
                route[2] == target for route in routes
            )  # another network's route that is kept out would not have carried it
            return ("undetermined" if maybe else "denied" if own else "not_learned"), None
        longest = max(map(size, kept))
        best = [route for route in kept if size(route) == longest]
        nexts = {route[1] for route in best}
        if any((size(route) >= longest or self.rough(route, target)) and nexts != {route[1]} for route in maybe):
            return "undetermined", None
        if len(nexts) > 1 and any(route[3] or route[2] is None for route in best):
            return "undetermined", None
        if len(nexts) > 1:
            return ("contested" if target in {route[2] for route in best} else "diverted"), None
        return None, nexts.pop()

    def leave(self, origin, address, target, *, publishes):
        """How a packet fares at a network whose attachment publishes or not: None where it leaves for the router."""
        network = self.networks[origin]
        known = [item for item in network["entries"] if address is not None or item[0] == EVERYTHING]
        holding = [item for item in known if address is None or ends(item[0])[0] <= address < ends(item[0])[1]]
        open_ones = {where for block, where in network["entries"] if address is None and block != EVERYTHING}
        by_hand = max((length(block) for block, where in holding if where == "router"), default=-1)
        astray = max((length(block) for block, where in holding if where == "elsewhere"), default=-1)
        by_router, taken, unsure = -1, False, False
        if publishes:
            by_router, table = 0, network["associated"]  # where the attachment publishes, leaving holds
            there = self.covering(table, address, target) if table else []
            there = [route for route in there if self.allowed(table, route, target) is not False]
            rulings = [self.denied("RegionOut", table, route, into=origin) for route in there]
            sure = [self.allowed(table, route, target) and ruling is False for route, ruling in zip(there, rulings, strict=True)]
            through = [size(route) for route, there_for_sure in zip(there, sure, strict=True) if there_for_sure]
            hidden = (
                bool(table)
                and address is None
                and any(source is None and block != EVERYTHING for block, _, source, _, _ in self.routes(table))
            )
            taken = bool(there) and set(rulings) == {True} and not hidden
            unsure = not through and (None in rulings or (bool(there) and hidden))
            by_router = max(through, default=-1 if taken else 0)
            if through and astray == max(through) and astray >= by_hand:
                return "undetermined"
        leading = max(by_hand, by_router)
        if ("elsewhere" in open_ones and leading >= 0) or ("router" in open_ones and leading < 0):
            return "undetermined"
        if astray > 0 and astray > leading:  # the way to the Internet alone is no other door
            return "diverted"
        if unsure and by_hand < 0:
            return "undetermined"
        if leading >= 0:
            return None
        return "denied" if taken else "not_published"

    def walk(self, origin, address, target):
        """The disposition of one packet."""
        network = self.networks[origin]
        kept = address is not None and any(ends(block)[0] <= address < ends(block)[1] for block in network["blocks"] or ())
        if kept and not network["coarse"]:
            return "overlapping"
        sure = [network["publishes"]] if network["publishes"] is not None else [True, False]
        outcomes = [self.leave(origin, address, target, publishes=publishes) for publishes in sure]
        if set(outcomes) <= FAILS:
            return outcomes[0]
        if set(outcomes) == {"diverted"}:
            return "diverted"  # which goes before the doubt of a block that is only known roughly
        open_ones = ["undetermined"] if set(outcomes) != {None} or kept else []
        table, router, crossed = network["associated"], self.region(origin), False
        if network["blocks"] is None and self.networks[target]["blocks"] is None:
            open_ones.append("undetermined")  # two ends on premises
        while True:
            if table is None:
                return "not_associated"
            why, hop = self.look_up(table, address, target)
            if why in FAILS:
                return why
            if why is not None:
                return first_of([why, *open_ones])
            if hop is None:
                return "blackhole"
            if hop == target:
                return first_of([*open_ones, "routed"])
            if hop in self.networks:
                return first_of(["diverted", *open_ones])
            if crossed:
                return "undetermined over two peers"
            peer, crossed = self.peers[hop], True
            router = peer["b"] if router == peer["a"] else peer["a"]
            table = peer["associated"][router]

    # ------------------------------------------------------------ legs and pairs

    def leg(self, origin, target):
        """The disposition of one direction, and whether static entries lead it over two peers."""
        found = []
        for block in self.networks[target]["blocks"] or [None]:
            parts = [self.walk(origin, address, target) for address in self.ranges(block)]
            entries = self.networks[origin].get("entries") or ()
            routed = block is None and not any(self.networks[name].get("direct") for name in (origin, target))
            if routed and any(where == "elsewhere" and into != EVERYTHING for into, where in entries):  # it may go there first
                parts = ["undetermined" if part in FAILS else part for part in parts]
            rough = self.networks[target]["coarse"] and len(set(parts)) > 1
            found += ["undetermined"] if rough else parts
        twice = "undetermined over two peers" in found
        kinds = {"undetermined" if item == "undetermined over two peers" else item for item in found}
        if len(kinds) == 1:
            return kinds.pop(), twice
        if kinds & GOOD and kinds & FAILS:
            return "partly", twice
        return first_of(kinds & OPEN or kinds), twice

    def connected(self, a, b):
        """Whether a peer joins the regions of two networks, or they are in one."""
        ends_of = {self.region(a), self.region(b)}
        return len(ends_of) == 1 or any({peer["a"], peer["b"]} == ends_of for peer in self.e["peers"])

    def pair(self, a, b):
        """The disposition of two networks."""
        (forth, once), (back, twice) = self.leg(a, b), self.leg(b, a)
        if not self.connected(a, b):
            return "undetermined" if once or twice else "unconnected"
        legs = [forth, back]
        failing = [leg for leg in legs if leg in FAILS]
        good = [leg for leg in legs if leg in GOOD]
        if len(good) == 2:
            return "reachable"
        if len(good) == 1 and len(failing) == 1:
            return "one_way"
        if failing:
            return first_of(failing)
        if "partly" in legs:
            return "partly"
        return first_of([leg for leg in legs if leg in OPEN])


class BasicReading(Reading):
    """An estate some of whose networks are attached directly: the Basic Edition has one table, and maps by region.

    A network attached directly has no `associated`; the maps of a region without a router are those of table `basic:REGION`.
    """

    def walk(self, origin, address, target):
        """The disposition of one packet."""
        direct = [self.networks[name]["direct"] for name in (origin, target)]
        if not any(direct):
            return super().walk(origin, address, target)
        own = self.networks[origin]["blocks"] or ()
        if address is not None and any(ends(block)[0] <= address < ends(block)[1] for block in own):
            return "overlapping"
        return self.basic(origin, address, target) if all(direct) else self.mixed(origin, address, target)

    def mixed(self, origin, address, target):
        """Between two editions only what is wrong on the router's side is certain."""
        if self.networks[origin]["direct"]:
            learned = self.networks[target]["learned"]
            entries = [block for block, _, _, _, _ in (route for _, table in self.e["tables"] for route in self.routes(table))]
            return "undetermined" if learned or entries else "not_learned"
        network = self.networks[origin]
        left = self.leave(origin, address, target, publishes=bool(network["publishes"]))
        astray = address is None and any(where == "elsewhere" and into != EVERYTHING for into, where in network["entries"])
        if (left in FAILS and not astray) or left == "diverted":
            return left
        return "undetermined" if network["associated"] else "not_associated"

    def basic(self, origin, address, target):
        """Everything is known everywhere, but for what maps deny."""
        there = [
            (block, name)
            for name, network in self.networks.items()
            if network["direct"]
            for block in network["blocks"] or [None]
            if (block is None and address is None and name == target)
            or (block is not None and address is not None and ends(block)[0] <= address < ends(block)[1])
        ]
        longest = max(map(size, there))
        astray = max((length(block) for block, _ in self.networks[origin]["entries"] if self.covers(block, address)), default=-1)
        doubtful = address is None and any(block != EVERYTHING for block, _ in self.networks[origin]["entries"])
        open_ones = ["undetermined"] if doubtful or astray == longest else []
        if astray > longest:
            return "diverted"
        best = {route[1] for route in there if size(route) == longest}
        if len(best) > 1:
            return "contested" if target in best else "diverted"
        if best != {target}:
            return "diverted"
        block = next(route[0] for route in there if route[1] == target and size(route) == longest)
        ruled = self.by_maps(origin, target, block)
        return ruled if ruled in FAILS else first_of([ruled, *open_ones])

    @staticmethod
    def covers(block, address):
        """Whether an entry holds an address; of one that is not known only 0.0.0.0/0 does."""
        return block == EVERYTHING if address is None else ends(block)[0] <= address < ends(block)[1]

    def by_maps(self, origin, target, block):
        """What the maps of both regions make of the target's route on its way to the origin."""
        here, there = (f"basic:{self.region(name)}" for name in (origin, target))
        route = (block, target, target, False, None)
        asked = [("RegionIn", there, None)]
        if here != there:
            asked += [("RegionOut", there, None), ("RegionIn", here, None)]
        found = [self.denied(direction, table, route, into) for direction, table, into in asked]
        premises = all(self.networks[name]["kind"] in ("VBR", "CCN") for name in (origin, target))
        found.append(self.denied("RegionOut", here, route, origin) if not premises else self.by_default(here, route, origin))
        return "denied" if True in found else "undetermined" if None in found else "routed"

    def by_default(self, table, route, into):
        """Between networks on premises a last map denies what no other one decides."""
        last = {"table": table, "direction": "RegionOut", "priority": 5000, "action": "Deny"}
        last |= {key: [] for key in ("sources", "regions", "destinations", "blocks")}
        self.e["maps"].append(last)
        try:
            return self.denied("RegionOut", table, route, into)
        finally:
            self.e["maps"].remove(last)

    def connected(self, a, b):
        """Whether the regions of two networks are one, or a package and a limit join them."""
        regions = {self.region(a), self.region(b)}
        return len(regions) == 1 or (self.e["package"] and regions == {"near", "far"})
