"""Networks on transit routers, as worlds: sites, tables, relations, entries, in a few words each."""

from typing import Any, Self

from cenguard.network import CenInstance, Network
from cenguard.network.routes import Pair, routes_of
from cenguard.network.routes.estate import InstanceRoutes
from cenguard.resources import tokens
from cenguard.testing import of
from cenguard.testing.world import World

ROUTE_ENTRY = {"Attachment": "transitRouterRouteEntryNextHopId"}


class Estate(World):
    """A world with words for routes; each method returns it."""

    def site(self, router: str, name: str, *blocks: str, kind: str = "VPC", publish: Any = True, **inputs: Any) -> Self:
        """A network behind a router, with vSwitches of these blocks; in no table."""
        stated = {} if kind == "ECR" else {"autoPublishRouteEnabled": publish}
        self.attach_to(
            router, f"{name}-attachment", kind, network=self._made(router, name, kind), routed=False, **stated, **inputs
        )
        for index, block in enumerate(blocks):
            self.vswitch(name, block, name=f"{name}-switch-{index}")
        return self

    def direct(self, region: str, name: str, *blocks: str, kind: str = "VPC") -> Self:
        """A network attached directly, with vSwitches of these blocks."""
        self.network(region, name, kind).attach(region, f"{name}-attachment", kind, network=of(name))
        for index, block in enumerate(blocks):
            self.vswitch(name, block, name=f"{name}-switch-{index}")
        return self

    def _made(self, router: str, name: str, kind: str) -> Any:
        if name not in self._specs:
            token = next(token for token, made in tokens.NETWORKS.items() if made == kind)
            self.resource(token, name, {}, provider=self._provider_name(router))
        return of(name)

    def table(self, router: str, name: str) -> Self:
        """A table of a router."""
        home = self._provider_name(router)
        return self.resource(tokens.ROUTE_TABLE, name, {"transitRouterId": of(router, "transitRouterId")}, provider=home)

    def _ids(self, attachment: str, table: Any) -> dict[str, Any]:
        output = "id" if self._specs[attachment].record.type in tokens.NAMED_BY_ID else "transitRouterAttachmentId"
        return {"transitRouterAttachmentId": of(attachment, output), "transitRouterRouteTableId": self._table(table)}

    def _table(self, table: Any) -> Any:
        return of(table, "transitRouterRouteTableId") if isinstance(table, str) and table in self._specs else table

    def joined(self, table: Any, *attachments: str) -> Self:
        """Associate attachments with a table and propagate them into it."""
        return self.associated(table, *attachments).propagated(table, *attachments)

    def associated(self, table: Any, *attachments: str) -> Self:
        """Associate attachments (or the networks' own) with a table."""
        for name in map(self._attachment, attachments):
            self.resource(tokens.ASSOCIATION, f"{name}-in-{_word(table)}", self._ids(name, table))
        return self

    def propagated(self, table: Any, *attachments: str) -> Self:
        """Propagate attachments into a table."""
        for name in map(self._attachment, attachments):
            self.resource(tokens.PROPAGATION, f"{name}-into-{_word(table)}", self._ids(name, table))
        return self

    def _attachment(self, name: str) -> str:
        return name if name not in self._specs or f"{name}-attachment" not in self._specs else f"{name}-attachment"

    def entry(self, table: Any, block: Any, to: str | None = None, name: str = "") -> Self:
        """A static entry of a table; without a next hop a black hole."""
        hop = self._attachment(to) if to else None
        inputs = {
            "transitRouterRouteTableId": self._table(table),
            "transitRouterRouteEntryDestinationCidrBlock": block,
            "transitRouterRouteEntryNextHopType": "Attachment" if hop else "BlackHole",
            "transitRouterRouteEntryNextHopId": of(hop, "transitRouterAttachmentId") if hop else None,
        }
        return self.resource(tokens.ROUTE_ENTRY, name or f"{_word(table)}-{block}", inputs)

    def by_hand(self, network: str, block: Any, to: str | None = None, *, kind: str = "Attachment", name: str = "") -> Self:
        """An entry of a network's own table: to its attachment, or to something else."""
        hop = of(self._attachment(to or network), "transitRouterAttachmentId") if kind == "Attachment" else "ngw-1"
        inputs = {
            "routeTableId": of(network, "routeTableId"),
            "destinationCidrblock": block,
            "nexthopType": kind,
            "nexthopId": hop,
        }
        return self.resource(tokens.NETWORK_ENTRY, name or f"{network}-to-{block}", inputs)

    def by_newer_hand(self, network: str, block: Any, *, kind: str | None = "Attachment", **inputs: Any) -> Self:
        """The same by the newer type."""
        hop = of(self._attachment(network), "transitRouterAttachmentId") if kind == "Attachment" else "ngw-1"
        stated = {"routeTableId": of(network, "routeTableId"), "destinationCidrBlock": block}
        if kind is not None:
            stated |= {"nexthopType": kind, "nexthopId": hop}
        return self.resource(tokens.VPC_ENTRY, f"{network}-to-{block}", {**stated, **inputs})

    def link(self, near: str, far: str, name: str = "peer", *, advertise: Any = True, **inputs: Any) -> Self:
        """A peer paid by traffic between two routers; in no table."""
        return self.peer(near, far, 10, name, billing="DataTransfer", routed=False, autoPublishRouteEnabled=advertise, **inputs)

    def map(self, name: str, region: str, direction: str, result: str = "Deny", priority: int = 10, **inputs: Any) -> Self:
        """A route map."""
        stated = {
            "cenId": self._owner, "cenRegionId": region, "transmitDirection": direction, "mapResult": result, "priority": priority,
        }  # fmt: skip
        return self.resource(tokens.ROUTE_MAP, name, {**stated, **inputs})


def _word(table: Any) -> str:
    return table if isinstance(table, str) else "table"


def one_router(region: str = "cn-hangzhou", name: str = "near") -> Estate:
    """An instance with one router and a table `near-table`."""
    estate = Estate().instance().router(region, name)
    return estate.table(name, f"{name}-table")


def two_routers(*, advertise: Any = True, **inputs: Any) -> Estate:
    """Two routers, each with a table that the peer between them is in."""
    estate = (
        one_router().router("eu-central-1", "far").table("far", "far-table").link("near", "far", advertise=advertise, **inputs)
    )
    return estate.joined("near-table", "peer").joined("far-table", "peer")


def routes_in(world: World | Network) -> InstanceRoutes:
    """The routes of the only instance that has networks."""
    network = world.assembled() if isinstance(world, World) else world
    found: dict[CenInstance, InstanceRoutes] = dict(routes_of(network))
    return next(item for item in found.values() if item.members)


def pair_of(world: World | Network, first: str, second: str, *, evidence: bool = False) -> Pair:
    """The verdict for two networks, by key."""
    routes = routes_in(world)
    return routes.pair(routes.find(first)[0], routes.find(second)[0], evidence=evidence)


def verdict(world: World | Network, first: str = "plant", second: str = "office") -> str:
    """The verdict in one line: `one_way: routed / not_published`."""
    pair = pair_of(world, first, second)
    return f"{pair.disposition}: {pair.forward.disposition} / {pair.back.disposition}"
