"""Route maps: which routes of which table they permit or deny, as far as the input tells."""

from operator import attrgetter

from cenguard.assembly.given_values import Giving, about
from cenguard.assembly.networks import Networks
from cenguard.assembly.properties import value_of
from cenguard.assembly.references import References
from cenguard.assembly.route_tables import Named, Tables
from cenguard.network import CenInstance
from cenguard.network.details import Given
from cenguard.network.routing import Members, RouteMap
from cenguard.resources import tokens
from cenguard.resources.records import Resource
from cenguard.resources.values import is_known

_UNDECIDED = {
    "matchAsns": "an AS path",
    "matchCommunitySets": "communities",
    "sourceRouteTableIds": "source route tables",
    "destinationRouteTableIds": "destination route tables",
}
"""Conditions that hang on what no input tells."""


class RouteMaps:
    """The route maps of one input."""

    def __init__(self, references: References, networks: Networks, tables: Tables) -> None:
        self._refs, self._networks, self._tables = references, networks, tables
        self._given = Giving(references)

    def read(self) -> tuple[RouteMap, ...]:
        """All of them, by URN."""
        return tuple(self._map(record) for record in sorted(self._refs.managed(tokens.ROUTE_MAP), key=attrgetter("urn")))

    def _map(self, record: Resource) -> RouteMap:
        instance = self._tables.instances.of(record, "cenId")
        region = self._given.text(record, "cenRegionId")
        names_table = value_of(record, "transitRouterRouteTableId") is not None
        named = self._tables.named(record, "transitRouterRouteTableId") if names_table else self._system(instance, region)
        blocks = self._listed(record, "destinationCidrBlocks")
        undecided = tuple(text for key, text in _UNDECIDED.items() if value_of(record, key) not in (None, []))
        return about(
            RouteMap,
            record,
            instance=instance,
            region=region,
            direction=self._given.text(record, "transmitDirection"),
            priority=self._given.number(record, "priority"),
            result=self._given.text(record, "mapResult"),
            next_priority=self._given.number(record, "nextPriority"),
            table=named.table,
            names_table=names_table,
            looked_up=named.looked_up,
            table_blocker=named.blocker,
            cidr_mode=self._given.text(record, "cidrMatchMode"),
            blocks=blocks,
            sources=self._networks_in(record, "sourceInstanceIds"),
            destinations=self._networks_in(record, "destinationInstanceIds"),
            source_regions=self._words(record, "sourceRegionIds"),
            source_types=self._words(record, "sourceChildInstanceTypes"),
            destination_types=self._words(record, "destinationChildInstanceTypes"),
            route_types=self._words(record, "routeTypes"),
            undecided=undecided,
        )

    def _system(self, instance: CenInstance, region: Given[str]) -> Named:
        """The system table of the router in a map's region: what a map without a table acts on.

        Source: CreateCenRouteMap, `TransitRouterRouteTableId`.
        """
        if region.value is None or not instance.identified:
            return Named(None, blocker=region.blocker or instance.blocker)
        for address, router in self._tables.routers.items():
            if router.instance is instance and router.region == region.value:
                return Named(self._tables.system(address))
        return Named(None)

    def _listed(self, record: Resource, key: str) -> Given[tuple[str, ...]]:
        """A list of texts: those that are known, and why not all of them are."""
        value = value_of(record, key)
        if value is None:
            return Given()
        if not is_known(value) or not isinstance(value, list):
            return Given((), self._refs.unknown(record, key))
        known = tuple(str(item) for item in value if is_known(item) and item is not None)
        return Given(known, None if len(known) == len(value) else self._refs.unknown(record, key))

    def _words(self, record: Resource, key: str) -> Members | None:
        listed = self._listed(record, key)
        if listed.value is None or (not listed.value and listed.blocker is None):
            return None
        return Members(names=frozenset(listed.value), blocker=listed.blocker)

    def _networks_in(self, record: Resource, key: str) -> Members | None:
        """Networks by address; ids that are not known yet are those of the networks that the list was made from."""
        listed = self._listed(record, key)
        if listed.value is None or (not listed.value and listed.blocker is None):
            return None
        names = {self._networks.of_id(item) for item in listed.value}
        blocker = listed.blocker
        if blocker is not None:
            sources = record.property_dependencies.get(key, ())
            made = [self._networks.behind(urn) for urn in sources]
            names.update(item for item in made if item is not None)
            if made and None not in made:
                blocker = None
        reverse = self._given.flag(record, f"{key}ReverseMatch")
        if reverse.blocker is not None:  # whether it means these networks or all others
            return Members(blocker=reverse.blocker)
        return Members(names=frozenset(names), blocker=blocker, reverse=bool(reverse.value))
