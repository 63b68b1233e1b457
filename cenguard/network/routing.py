"""What routes packets: route tables of transit routers, what they learn and hold, what networks send to a router, maps.

Entities only, as assembly finds them in the input; what follows from them is the business of `cenguard.network.routes`. The facts
are those of the service's documents: associated forwarding (an attachment has at most one association, and what comes in
from it is looked up in that table), route learning (propagations), route synchronization (publication into a network).
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from cenguard.network.blocker import Blocker
from cenguard.network.details import Given, Subject
from cenguard.network.entities import Attachment, CenInstance, Peer, TransitRouter

DENY = "Deny"
"""What a route map does that refuses a route. Source: CreateCenRouteMap, `MapResult`."""


class RouteTable(msgspec.Struct, kw_only=True):
    """A table of a transit router: declared, the router's system table, or one that is only known by its id."""

    key: str
    """URN of a declared one, `system:` and the router's address, or `id:` and the id."""
    label: str
    """How messages call it."""
    urn: str | None = None
    """URN where the input holds it, or reads it."""
    router: str | None = None
    """Address of its router; None where the input does not tell it."""
    router_label: str = ""
    is_system: bool = False
    declared: bool = False
    """Whether it is a resource that the input manages."""
    told: bool = False
    """Whether an inventory names it."""
    stands: bool = False
    blocker: Blocker | None = None
    """Why what it lacks is not certain: it may be filled elsewhere."""
    associations: "list[Relation]" = []
    propagations: "list[Relation]" = []
    entries: "list[TableEntry]" = []
    aggregations: "list[Aggregation]" = []


class Relation(Subject, frozen=True, kw_only=True):
    """An association or a propagation: of an attachment with a table."""

    attachment: str | None
    """Address of the attachment or peer; None where the input does not tell it."""
    table: RouteTable | None
    by_flag: str = ""
    """The deprecated property of the attachment that makes it; empty for a resource of its own."""
    looked_up: bool = False
    """Whether the table is what a look-up found: taken as the router's system table."""
    vouched: bool = False
    """Whether an inventory tells it."""
    blocker: Blocker | None = None
    """Why attachment or table is not known."""
    candidates: frozenset[str] = frozenset()
    """Of an attachment that is not known, the ones it may be; empty for any."""
    router: str | None = None
    """Address of the router it is at, where at least that is known."""


class TableEntry(Subject, frozen=True, kw_only=True):
    """A static entry of a router's table, or a block of a prefix list that is associated with it."""

    table: RouteTable | None
    prefix: int | None = None
    """None where it is not known, or no IPv4 block."""
    prefix_blocker: Blocker | None = None
    next_hop: str | None = None
    """Address of the attachment or peer; None for a black hole, and where it is not known."""
    is_blackhole: bool = False
    hop_blocker: Blocker | None = None
    hop_label: str = ""
    table_blocker: Blocker | None = None
    router: str | None = None
    """Address of the router of its table, where at least that is known."""
    looked_up: bool = False
    vouched: bool = False
    by_list: str = ""
    """The prefix list that it comes from."""


class Aggregation(Subject, frozen=True, kw_only=True):
    """A wide route that a table puts into the tables of associated VPCs that take what is published; it is no route of the table.

    Source: CreateTransitRouteTableAggregation.
    """

    prefix: int | None = None
    """None where it is not known."""
    blocker: Blocker | None = None


class NetworkEntry(Subject, frozen=True, kw_only=True):
    """An entry of a network's own route table."""

    table: str = ""
    """Which of the network's tables: empty for the system table."""
    prefix: int | None = None
    blocker: Blocker | None = None
    """Why block or next hop is not known."""
    attachment: str | None = None
    """Address of the attachment it leads to."""
    hop: str = ""
    """Kind of another next hop, in the service's words."""


class NetworkTables(msgspec.Struct, kw_only=True):
    """What is told of one network's own route tables."""

    entries: list[NetworkEntry] = []
    takes: Given[bool] = Given(True)
    """Whether its system table takes published routes (`systemRouteTableRoutePropagationEnable`)."""
    custom: dict[str, Given[bool]] = {}
    """Whether each of its custom tables takes them, by the table's address."""
    advertised: list[tuple[int, Subject]] = []
    """Blocks of its own entries that are published to the instance one by one (`cen.RouteEntry`)."""
    advertised_blocker: Blocker | None = None
    told: tuple[int, ...] = ()
    """Its blocks as an inventory tells them."""


class Direction(StrEnum):
    """What a route map looks at."""

    IN = "RegionIn"
    """Routes that come into the table, from networks of its region or from other regions."""
    OUT = "RegionOut"
    """Routes that go out of it, to networks of its region or to other regions' routers."""


class Members(msgspec.Struct, frozen=True, kw_only=True):
    """A condition of a route map that lists things."""

    names: frozenset[str] = frozenset()
    blocker: Blocker | None = None
    """Why not all of them are known."""
    reverse: bool = False


class RouteMap(Subject, frozen=True, kw_only=True):
    """A route map: permits or denies routes of one table."""

    instance: CenInstance
    region: Given[str]
    direction: Given[str]
    priority: Given[float]
    result: Given[str]
    next_priority: Given[float]
    table: RouteTable | None
    """The table it acts on; None where that is not known."""
    names_table: bool
    """Whether it names one; else it acts on the system table of its region's router."""
    looked_up: bool = False
    table_blocker: Blocker | None = None
    cidr_mode: Given[str] = Given()
    blocks: Given[tuple[str, ...]] = Given()
    sources: Members | None = None
    """Networks that a route comes from; None where it does not ask."""
    destinations: Members | None = None
    source_regions: Members | None = None
    source_types: Members | None = None
    destination_types: Members | None = None
    route_types: Members | None = None
    undecided: tuple[str, ...] = ()
    """Conditions it sets that nothing here can decide: AS paths, communities, route tables."""


class End(msgspec.Struct, kw_only=True):
    """An attachment at its router; a peer has two."""

    item: Attachment | Peer
    address: str
    """Address of the attachment or peer."""
    far: bool = False
    """Whether it is a peer's end at the other router."""
    instance: CenInstance
    region: str | None
    router: str | None = None
    """Address of its router; None where that is not told, and of a direct attachment."""
    router_label: str = ""
    router_entity: TransitRouter | None = None
    blocker: Blocker | None = None
    """Why what it lacks is not certain."""
    publishes: Given[bool] = Given()
    """`autoPublishRouteEnabled` as it is given."""
    associations: list[Relation] = []
    propagations: list[Relation] = []
    association_blocker: Blocker | None = None
    """Why there may be another association than those that are listed."""
    flag_blocker: Blocker | None = None
    """Why its own flag may associate it with the system table."""
    propagation_blocker: Blocker | None = None
    misjoined: list[Relation] = []
    """Relations with tables of other routers: they do not come about."""
    network: str | None = None
    """Address of the network."""
    network_id: str = ""
    """Id of the network where it is known."""
    name: str = ""
    """Logical name of the network where the input creates it, else that of the attachment."""
    network_declared: bool = False
    """Whether the input creates the network."""


class Routing(msgspec.Struct, kw_only=True):
    """Everything of that kind that the input tells."""

    tables: dict[str, RouteTable] = {}
    """By key."""
    by_address: dict[str, tuple[End, ...]] = {}
    """The one end of each attachment, and the two of each peer, by address."""
    ends: tuple[End, ...] = ()
    """The same in one row."""
    relations: tuple[Relation, ...] = ()
    """Associations and propagations that the input has as resources, by URN."""
    entries: tuple[TableEntry, ...] = ()
    loose_associations: tuple[Relation, ...] = ()
    """Those of which attachment or table is not told."""
    loose_propagations: tuple[Relation, ...] = ()
    loose_entries: tuple[TableEntry, ...] = ()
    """Entries of which the table is not told."""
    networks: dict[str, NetworkTables] = {}
    """By address of the network; only where something is told."""
    maps: tuple[RouteMap, ...] = ()
    """By URN."""
    router_associations: tuple[tuple[str, str], ...] = ()
    """Networks that Express Connect Routers are associated with, by address, and what does it."""
    firewalls: Mapping[str, str] = {}
    """Routers whose tables a Cloud Firewall manages by itself: its name by address; under `*` one of a router not told."""
