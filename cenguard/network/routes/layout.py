"""What the tables of all instances have in common, laid out once: nothing of it is gone over for each instance."""

from collections.abc import Collection, Iterator
from functools import cached_property

from cenguard.network import CenInstance, Network
from cenguard.network.once import once
from cenguard.network.prefixes import Index
from cenguard.network.routes.maps import in_order
from cenguard.network.routing import Direction, End, RouteMap, RouteTable, Routing


class Layout:
    """Ends, maps and static entries, by what asks for them."""

    def __init__(self, routing: Routing) -> None:
        self.routing = routing
        self.ends = routing.by_address
        self.ends_on: dict[CenInstance, list[End]] = {}
        """Ends of networks and of peers, by instance."""
        for end in routing.ends:
            on = self.ends_on.get(end.instance)
            if on is None:
                on = self.ends_on[end.instance] = []
            on.append(end)
        self._maps_on: dict[CenInstance, list[RouteMap]] = {}
        self._loose_maps = [item for item in routing.maps if not item.instance.identified]
        by_table: dict[str, list[RouteMap]] = {}
        for item in routing.maps:
            self._maps_on.setdefault(item.instance, []).append(item)
            for table in (item.table,) if item.table is not None else self._possible(item):
                by_table.setdefault(table.key, []).append(item)
        self.maps = {key: {direction: in_order(items, direction) for direction in Direction} for key, items in by_table.items()}
        self.hops = frozenset(entry.next_hop for entry in routing.entries if entry.next_hop)
        self.static = [entry.prefix for entry in routing.entries if entry.prefix is not None]
        """Blocks of static entries and of aggregations."""
        for table in routing.tables.values():
            self.static += [item.prefix for item in table.aggregations if item.prefix is not None]
        self.peers: dict[str, list[tuple[End, End]]] = {}
        """By router: the end of a peer there, and the other one."""
        for one, other in [pair for pair in self.ends.values() if len(pair) == 2]:
            self.peers.setdefault(one.router or "", []).append((one, other))
            self.peers.setdefault(other.router or "", []).append((other, one))
        self.open_peers = {
            router: found
            for router, pairs in self.peers.items()
            if (found := [pair for pair in pairs if pair[0].propagation_blocker is not None])
        }
        """Those of which it is not told into which tables they are propagated, by the router at the first of their ends."""

    def maps_of(self, instance: CenInstance) -> list[RouteMap]:
        """The maps of an instance, and those that may be its own: their instance is not known."""
        loose = [item for item in self._loose_maps if item.instance.may_be(instance)]
        return [*self._maps_on.get(instance, ()), *loose]

    def _possible(self, item: RouteMap) -> Iterator[RouteTable]:
        """Tables that a map may act on of which it is not told which one it acts on."""
        if item.table_blocker is None:
            return
        region = item.region.value
        others = () if item.instance.identified else filter(item.instance.may_be, self.ends_on)
        routers = {
            end.router
            for instance in (item.instance, *others)
            for end in self.ends_on.get(instance, ())
            if region is None or end.region is None or end.region == region
        }
        for table in self.routing.tables.values():
            if table.router in routers and (item.names_table or table.is_system):
                yield table

    @cached_property
    def tables_at(self) -> dict[str, list[RouteTable]]:
        """Tables by their router."""
        found: dict[str, list[RouteTable]] = {}
        for table in self.routing.tables.values():
            if table.router is not None:
                found.setdefault(table.router, []).append(table)
        return found

    def index(self, more: Collection[int]) -> Index:
        """Static blocks with some of one instance; most instances have none of their own, and share one index."""
        return Index([*self.static, *more]) if more else self._shared_index

    @cached_property
    def _shared_index(self) -> Index:
        return Index(self.static)


@once
def layout_of(network: Network) -> Layout:
    """What the tables of all instances have in common."""
    return Layout(network.routing)
