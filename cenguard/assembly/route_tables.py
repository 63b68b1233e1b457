"""Which route table a property names: a declared one, a router's system table, or one that is only known by its id."""

from collections.abc import Mapping
from functools import cached_property

from cenguard.assembly.properties import value_of
from cenguard.assembly.references import References
from cenguard.assembly.route_rows import own_id
from cenguard.assembly.routers import Routers
from cenguard.network import Blocker, CenInstance, TransitRouter
from cenguard.network.known import Inventory
from cenguard.network.routing import RouteTable
from cenguard.resources import tokens
from cenguard.resources.look_ups import FILTERS, LISTS_TABLES_IN_TERRAFORM, UNFILTERED
from cenguard.resources.records import Change, Resource
from cenguard.resources.urns import kind_in_urn
from cenguard.resources.values import is_known

_TABLE_KEYS = {
    tokens.ASSOCIATION: "transitRouterRouteTableId",
    tokens.PROPAGATION: "transitRouterRouteTableId",
    tokens.ROUTE_ENTRY: "transitRouterRouteTableId",
    tokens.ROUTE_MAP: "transitRouterRouteTableId",
    tokens.PREFIX_LIST_ASSOCIATION: "transitRouterTableId",
    tokens.AGGREGATION: "transitRouteTableId",
}
"""The property of each type that names a table."""
SYSTEM = "System"
"""What the service calls a router's own table. Source: ListTransitRouterRouteTables, `TransitRouterRouteTableType`."""
_STEPS = 8


class Named:
    """What a property that names a table leads to."""

    __slots__ = ("blocker", "looked_up", "router", "table")

    def __init__(
        self, table: RouteTable | None, *, looked_up: bool = False, blocker: Blocker | None = None, router: str | None = None
    ) -> None:
        self.table, self.looked_up, self.blocker = table, looked_up, blocker
        self.router = table.router if table is not None else router


class Tables:
    """One object for each table of the input, by its key."""

    def __init__(self, references: References, routers: Routers, inventory: Inventory) -> None:
        self._refs, self._routers, self._inventory = references, routers, inventory
        self.instances = routers.instances
        self.routers = routers.found
        """Routers of the input by address."""
        self.found: dict[str, RouteTable] = {}
        self._by_id: dict[str, RouteTable] = {}
        self._named: dict[str, Named] = {}
        tables = references.by_type.get(tokens.ROUTE_TABLE, ())
        for record in sorted(tables, key=lambda item: item.change is Change.READ):  # one that is read may be one that is made
            self._declare(record)
        for record in references.staying.get(tokens.ROUTE_TABLE, ()):
            self._keep(record)
        self._listed = self._read_lists()

    # ------------------------------------------------------------------ routers

    def router(self, record: Resource, key: str) -> tuple[str | None, Blocker | None]:
        """Address of the router that a property names (its URN, or `id:` and its id), or why it is not known."""
        if value_of(record, key) is None:
            return None, None
        found = self._refs.resolve(record, key, tokens.ROUTER, tokens.ROUTER_KEYS)
        if len(found) == 1:
            return found[0], None
        return None, self._refs.unknown(record, key)

    def entity(self, address: str | None) -> TransitRouter | None:
        """The router of an address, where the input holds it."""
        return self._routers.found.get(address) if address else None

    def address_of(self, router: TransitRouter | None) -> str | None:
        """The address of a router that the input holds."""
        return self._addresses.get(id(router))

    @cached_property
    def _addresses(self) -> Mapping[int, str]:
        """The first address of each router."""
        return {id(router): address for address, router in reversed(self.routers.items())}

    @cached_property
    def _by_region(self) -> Mapping[tuple[int, str | None], str]:
        """Address of the first router of each instance in each region."""
        found: dict[tuple[int, str | None], str] = {}
        for address, router in self.routers.items():
            found.setdefault((id(router.instance), router.region), address)
        return found

    def made_in(self, instance: CenInstance, region: str | None) -> str | None:
        """Address of the router that the input has of an instance in a region."""
        return self._by_region.get((id(instance), region))

    def router_in(self, instance: CenInstance, region: str | None) -> str | None:
        """The same, or as an inventory has it."""
        address = self.made_in(instance, region)
        if address is not None:
            return address
        return self._listed_by_region.get((instance.id, region))

    @cached_property
    def _listed_by_region(self) -> Mapping[tuple[str | None, str | None], str]:
        """Address of the first router that the inventory has of each instance in each region."""
        found: dict[tuple[str | None, str | None], str] = {}
        for row in self._inventory.routers.values():
            found.setdefault((row.instance, row.region), f"id:{row.id}")
        return found

    def label(self, address: str | None) -> str:
        """How messages call a router."""
        router = self.entity(address)
        if router is not None:
            return router.label
        return address.removeprefix("id:") if address else "a router that is not told"

    def absence(self, address: str | None, whose: str) -> Blocker | None:
        """Why what a router lacks is not certain: it is no resource of the input, or its instance is not wholly here."""
        router = self.entity(address)
        if router is None or not router.declared:
            name = self.label(address) if address else f"the router of {whose}"
            return Blocker(
                f"tables {address or name}",
                f"{name} is not a resource of the input",
                "the document of the stack that makes it, or an inventory, would settle it",
            )
        instance = router.instance
        if (instance.declared or instance.shared) and not instance.whole:
            return instance.blocker
        return None

    # ------------------------------------------------------------------ tables

    def _declare(self, record: Resource) -> None:
        router, blocker = self.router(record, "transitRouterId")
        own = record.outputs.get("transitRouterRouteTableId") or (record.id or "").rpartition(":")[2]
        declared = record.change is not Change.READ
        if not declared and isinstance(own, str) and own in self._by_id:
            self.found[record.urn] = self._by_id[own]
            return
        if not declared:
            blocker = Blocker(
                record.urn,
                f"route table {record.label} is read, not made here",
                "the document of the stack that makes it, or an inventory, would settle it",
            )
        elif blocker is None:
            blocker = self.absence(router, record.name)
        table = self.found[record.urn] = RouteTable(
            key=record.urn,
            label=record.name,
            urn=record.urn,
            router=router,
            router_label=self.label(router),
            declared=declared,
            stands=record.stands,
            blocker=blocker,
        )
        if isinstance(own, str) and own:
            self._by_id[own] = table

    def _keep(self, record: Resource) -> None:
        """Take in a table that leaves the program and stays in the cloud."""
        own = own_id(record)
        if own is None or own in self._by_id:
            return
        router, blocker = self.router(record, "transitRouterId")
        table = self._by_id[own] = self.literal(own, router)
        table.label, table.stands, table.told = record.name, True, True
        table.blocker = blocker or self.absence(router, record.name)

    def system(self, router: str) -> RouteTable:
        """The system table of a router."""
        key = f"system:{router}"
        found = self.found.get(key)
        if found is None:
            label = self.label(router)
            found = self.found[key] = RouteTable(
                key=key,
                label=f"the system table of {label}",
                router=router,
                router_label=label,
                is_system=True,
                blocker=self.absence(router, label),
            )
        return found

    def literal(self, identifier: str, router: str | None = None) -> RouteTable:
        """A table that no resource of the input is."""
        key = f"id:{identifier}"
        found = self.found.get(key)
        if found is None:
            found = self.found[key] = RouteTable(
                key=key,
                label=identifier,
                router=router,
                router_label=self.label(router) if router else "",
                blocker=Blocker(
                    f"route table {identifier}",
                    f"route table {identifier} is not a resource of the input",
                    "a table that is declared, the document of the stack that makes it, or an inventory, would settle it",
                ),
            )
        return found

    def _read_lists(self) -> dict[str, tuple[str, bool]]:
        """Router, and whether it is the system table, by id of the tables that a data source has listed."""
        found: dict[str, tuple[str, bool]] = {}
        for source in self._refs.sources:
            for read in source.reads:
                if read.type != f"data:{LISTS_TABLES_IN_TERRAFORM}":
                    continue
                router, listed = read.outputs.get("transit_router_id"), read.outputs.get("tables")
                if not isinstance(router, str) or not isinstance(listed, list):
                    continue
                address = self._refs.ids.get(router, f"id:{router}")
                for row in listed:
                    name = row.get("transit_router_route_table_id") if isinstance(row, Mapping) else None
                    if isinstance(name, str) and name:
                        found[name] = (address, row.get("transit_router_route_table_type") == SYSTEM)
        return found

    @cached_property
    def _looked_up(self) -> dict[str, str]:
        """Router by id of the tables that some look-up of it has found."""
        found: dict[str, str] = {}
        for token, key in _TABLE_KEYS.items():
            for record in self._refs.by_type.get(token, ()):
                value = record.inputs.get(key)
                if isinstance(value, str) and value and value not in self._by_id and value not in self._listed:
                    router = self._router_behind(record.property_dependencies.get(key, ()))
                    if router is not None:
                        found[value] = router
        return found

    def named(self, record: Resource, key: str, steps: int = _STEPS) -> Named:
        """The table that a property names; without one where it is not told, or not set."""
        sources = record.property_dependencies.get(key, ())
        if len(sources) == 1:  # nearly always
            named = self._named.get(sources[0])
            if named is not None:
                return named
            declared = self.found.get(sources[0])
            if declared is not None:
                named = self._named[sources[0]] = Named(declared)
                return named
        value = value_of(record, key)
        made = [urn for urn in sources if self._refs.kind_of(urn) == tokens.ROUTE_TABLE]
        if len(made) == 1:
            table = self.found.get(made[0])
            if table is None:  # a plan and the engine's call do not list what is read
                table = self.literal(str(value) if is_known(value) and value else made[0])
            return Named(table)
        if value is None:
            return Named(None)
        if is_known(value):
            return self.of_id(str(value))
        if not made:
            between = self._refs.records.get(sources[0]) if len(sources) == 1 else None
            echoed = _TABLE_KEYS.get(between.type) if between is not None else None
            if between is not None and echoed is not None and steps:
                return self.named(between, echoed, steps - 1)
            router = self._router_behind(sources)
            if router is not None:
                return self._found(router, record, key, filtered=not self._is_unfiltered(sources))
        return Named(
            None,
            blocker=self._refs.unknown(record, key),
            router=self._only_router([self.found[urn].router for urn in made if urn in self.found]),
        )

    def tell(self, identifier: str, router: str, *, system: bool) -> None:
        """Take in a table that an inventory names."""
        if identifier in self._by_id:
            return
        table = self._by_id[identifier] = self.system(router) if system else self.literal(identifier, router)
        table.told = True
        if not system:
            table.blocker = self.absence(router, identifier)
        known = self._inventory.routers.get(router.removeprefix("id:"))
        instance = self._inventory.instances.get(known.instance) if known is not None else None
        if instance is not None and instance.complete:
            table.blocker = None

    def of_id(self, identifier: str) -> Named:
        """The table of an id."""
        table = self._by_id.get(identifier)
        if table is not None:
            return Named(table)
        if (listed := self._listed.get(identifier)) is not None:
            router, is_system = listed
            return Named(self.system(router) if is_system else self.literal(identifier, router))
        if (found := self._looked_up.get(identifier)) is not None:
            return Named(self.system(found), looked_up=True)
        return Named(self.literal(identifier))

    def _found(self, router: str, record: Resource, key: str, *, filtered: bool) -> Named:
        """What a look-up of a router's tables finds: the system table, unless it may be another one as well."""
        own = [table.label for table in self.found.values() if table.declared and table.router == router]
        if filtered or not own:
            return Named(self.system(router), looked_up=True)
        return Named(
            None,
            router=router,
            blocker=Blocker(
                f"look-up {router}",
                f"{key} of {record.label} is one of all tables of {self.label(router)}, which has {own[0]} beside its system table",
                'transitRouterRouteTableType="System" in the look-up would settle it',
            ),
        )

    def _is_unfiltered(self, sources: tuple[str, ...]) -> bool:
        """Whether a look-up is seen to ask for every table of a router."""
        if UNFILTERED in sources:
            return True
        for urn in sources:
            read = self._refs.records.get(urn)
            if read is not None and read.type == f"data:{LISTS_TABLES_IN_TERRAFORM}" and read.inputs:
                return all(read.inputs.get(key) in (None, "", []) for key in FILTERS)
        return False

    def _router_behind(self, sources: tuple[str, ...]) -> str | None:
        """The router that a look-up asks for, by what its answer was made from; None where that is not one router."""
        routers: dict[str, None] = {}
        for urn in sources:
            kind = self._refs.kind_of(urn)
            if kind == tokens.ROUTER:
                routers[self._refs.twin(urn)] = None
            elif kind == f"data:{LISTS_TABLES_IN_TERRAFORM}":
                read = self._refs.records.get(urn)
                waits = read.dependencies if read is not None else ()
                routers.update(
                    {
                        self._refs.twin(item): None
                        for item in waits
                        if kind_in_urn(item) == tokens.ROUTER or self._refs.kind_of(item) == tokens.ROUTER
                    }
                )
            elif kind == tokens.ROUTE_TABLE:
                return None
            elif kind in tokens.ROUTER_ATTACHMENTS:
                record = self._refs.records.get(urn)
                router = self.router(record, "transitRouterId")[0] if record is not None else None
                if router is not None:
                    routers[router] = None
        return next(iter(routers)) if len(routers) == 1 else None

    def _only_router(self, routers: list[str | None]) -> str | None:
        return routers[0] if routers and len(set(routers)) == 1 else None
