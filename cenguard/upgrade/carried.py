"""What stands beside the networks of an instance, and what it becomes: route maps, advertised routes, grants, services.

A route map acts on one table of a router, and so does the new one, which names it; its conditions mean the same. A VPC
route is advertised by the same resource. A grant for an Enterprise router is one of another kind. What stands may or may
not be kept by an upgrade: that is not documented, and said as such.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cenguard.findings.fix import Add, Draft, Edit, Ref
from cenguard.findings.upgrade_answer import Carried, Fact
from cenguard.network.routing import RouteMap
from cenguard.resources import tokens
from cenguard.resources.default_providers import told_regions
from cenguard.resources.records import Change, Records, Resource
from cenguard.resources.values import UNKNOWN, is_known
from cenguard.upgrade import facts
from cenguard.upgrade.before import Today
from cenguard.upgrade.parts import plain_name
from cenguard.upgrade.records import TABLE_ID, Ids

_ROUTE_SERVICE = "alicloud:cen/routeService:RouteService"
_PRIVATE_ZONE = "alicloud:cen/privateZone:PrivateZone"
_FLOW_LOG = "alicloud:cen/flowLog:FlowLog"
_ROUTER_GRANT = "alicloud:cen/transitRouterGrantAttachment:TransitRouterGrantAttachment"
_CCN_GRANT = "alicloud:cloudconnect/networkGrant:NetworkGrant"
_TABLES_NAMED = ("sourceRouteTableIds", "destinationRouteTableIds")
"""Conditions of a route map that name tables of Basic Edition."""
_SAID = {
    tokens.ROUTE_MAP: (
        "asPathMatchMode",
        "cenRegionId",
        "cidrMatchMode",
        "communityMatchMode",
        "communityOperateMode",
        "description",
        "destinationChildInstanceTypes",
        "destinationCidrBlocks",
        "destinationInstanceIds",
        "destinationInstanceIdsReverseMatch",
        "mapResult",
        "matchAsns",
        "matchCommunitySets",
        "nextPriority",
        "operateCommunitySets",
        "preference",
        "prependAsPaths",
        "priority",
        "routeTypes",
        "sourceChildInstanceTypes",
        "sourceInstanceIds",
        "sourceInstanceIdsReverseMatch",
        "sourceRegionIds",
        "transmitDirection",
    ),
    tokens.ADVERTISED_ENTRY: ("cidrBlock", "routeTableId"),
}
"""What a program says of a resource that is carried over as it is: a state of Terraform has what the service answers beside it."""


@dataclass(slots=True, kw_only=True)
class Beside:
    """What stands beside the networks."""

    carried: list[Carried] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    """What the new network has of it."""
    stops: list[Fact] = field(default_factory=list)
    changes: list[Fact] = field(default_factory=list)
    unknown: list[Fact] = field(default_factory=list)
    replaced: set[str] = field(default_factory=set)
    """URNs of resources of today that the new network has in another form, or has no more."""


def beside_of(
    today: Today,
    sources: Sequence[Records],
    ids: Ids,
    name: str,
    place: Callable[[str], tuple[str | None, Ref | None]],
    taken: Iterable[str] = (),
) -> Beside:
    """What stands beside the networks of an instance; `taken` are names of what is made for the networks, behind `name`.

    `place` says the provider's URN and the route table of a region that gets a router; neither for another one.
    """
    return _Reading(today, sources, ids, name, place, Draft(frozenset(f"{name}-{item}" for item in taken))).read()


class _Reading:
    def __init__(
        self,
        today: Today,
        sources: Sequence[Records],
        ids: Ids,
        name: str,
        place: Callable[[str], tuple[str | None, Ref | None]],
        draft: Draft,
    ) -> None:
        self.draft = draft
        self.today, self.ids, self.name, self.place, self.sources = today, ids, name, place, sources
        self.records: dict[str, list[Resource]] = {}
        for source in sources:
            for record in (*source.retained, *source.resources):  # what is retained stays; of two of one name the new one counts
                if record.type in _READ and record.change is not Change.READ:
                    self.records.setdefault(record.type, []).append(record)
        for items in self.records.values():
            items.sort(key=lambda item: item.urn)
        self.found = Beside()

    def read(self) -> Beside:
        if self.records:
            self._maps()
            self._advertised()
            self._grants()
            self._services()
        self.found.carried.sort(key=lambda item: (item.what, item.from_))
        return self.found

    def _mine(self, token: str, key: str = "cenId") -> list[Resource]:
        """The resources of a type that name the instance, or may."""
        instance = self.today.instance
        found = []
        for record in self.records.get(token, ()):
            value, sources = record.inputs.get(key), record.property_dependencies.get(key, ())
            named = {value} if isinstance(value, str) else set(sources)
            several = len(self.today.network.instances) > 1
            if named & {instance.id, instance.urn} or (not isinstance(value, str) and (not several or not sources)):
                found.append(record)
        return found

    # ------------------------------------------------------------------ route maps

    def _maps(self) -> None:
        if tokens.ROUTE_MAP not in self.records:
            return
        records = {record.urn: record for record in self.records[tokens.ROUTE_MAP]}
        mine = sorted(
            (item for item in self.today.network.routing.maps if item.instance is self.today.instance), key=lambda item: item.urn
        )
        if mine:
            self.found.changes.append(facts.about(facts.ROUTE_MAPS, (item.urn for item in mine)))
        odd: list[RouteMap] = []
        for item in mine:
            record, region = records[item.urn], item.region.value
            provider, table = self.place(region) if region else (None, None)
            if provider is None or table is None or any(record.inputs.get(key) for key in _TABLES_NAMED):
                odd.append(item)
                continue
            self.found.replaced.add(item.urn)
            self.found.carried.append(
                Carried(what="route map", from_=item.urn, to=f"a route map on the route table of {self.name} in {region}")
            )
            self.found.edits.append(
                Add(
                    name=self.draft.name(f"{self.name}-{plain_name(item.name)}"),
                    type=tokens.ROUTE_MAP,
                    properties={
                        **self._said(record),
                        "cenId": self._cen,
                        **self._conditions(item, record),
                        TABLE_ID: table,
                    },
                    provider=provider,
                )
            )
        if odd:
            self.found.unknown.append(facts.about(facts.ROUTE_MAP_MEANING, (item.urn for item in odd)))
            self.found.replaced.update(item.urn for item in odd)

    @property
    def _cen(self) -> str:
        return self.ids.of_instance(self.today)

    def _said(self, record: Resource) -> dict[str, Any]:
        """What a program says of a resource; empty texts and zeros are what a state has in the place of what nobody said."""
        held = ((key, record.inputs.get(key)) for key in _SAID[record.type])
        return {key: value for key, value in held if value or value is False}

    def _conditions(self, item: RouteMap, record: Resource) -> dict[str, Any]:
        """The networks that a map names, by id."""
        found: dict[str, Any] = {}
        kinds = {held.address: held.kind for held in self.today.held}
        for key, members in (("sourceInstanceIds", item.sources), ("destinationInstanceIds", item.destinations)):
            if members is not None and not _is_plain(record.inputs.get(key)):
                named = [
                    self.ids.of(address, kinds.get(address, "VPC").lower(), _as_id(address)) for address in sorted(members.names)
                ]
                found[key] = tuple(named) if members.blocker is None else UNKNOWN
        return found

    # ------------------------------------------------------------------ routes and grants

    def _advertised(self) -> None:
        mine = self._mine(tokens.ADVERTISED_ENTRY, "instanceId")
        if not mine:
            return
        urns = [item.urn for item in mine]
        self.found.changes.append(facts.about(facts.VPC_ROUTES, urns))
        self.found.unknown.append(facts.about(facts.ADVERTISED_ROUTE, urns))
        for record in mine:
            block = record.inputs.get("cidrBlock")
            shown = block if isinstance(block, str) else "a block that is not known"
            self.found.carried.append(
                Carried(
                    what=f"advertised route {shown}", from_=record.urn, to="the same route, advertised to the Enterprise router"
                )
            )
            self.found.edits.append(
                Add(
                    name=self.draft.name(f"{self.name}-{plain_name(record.name)}"),
                    type=tokens.ADVERTISED_ENTRY,
                    properties={**self._said(record), "instanceId": self._cen},
                    provider=self._provider_of(record),
                )
            )

    def _provider_of(self, record: Resource) -> str | None:
        """The provider of the region of the network whose table a resource names; None where nothing tells it.

        A route is published in its provider's own region (PublishRouteEntries, ChildInstanceRegionId).
        """
        sources = record.property_dependencies.get("routeTableId", ())
        tables = self.today.network.routing.networks
        for item in self.today.held:
            told = tables.get(item.address)
            if item.address in sources or (told is not None and any(subject.urn == record.urn for _, subject in told.advertised)):
                return self.place(item.region)[0]
        regions = self.today.regions
        region = regions[0] if len(regions) == 1 else told_regions(self.sources)(record)
        return self.place(region)[0] if region is not None else None

    def _grants(self) -> None:
        mine = [item for item in self.today.network.details.grants if item.instance is self.today.instance]
        for grant in mine:
            stays = grant.type in (_ROUTER_GRANT, _CCN_GRANT)
            to = "the same grant" if stays else "a grant of the network's owner to the router (TransitRouterGrantAttachment)"
            self.found.carried.append(Carried(what=f"grant of {grant.network.value or 'a network'}", from_=grant.urn, to=to))
        urns = [item.urn for item in mine if item.type not in (_ROUTER_GRANT, _CCN_GRANT)]
        if urns:
            self.found.unknown.append(facts.about(facts.GRANT_OF_BASIC, urns))

    # ------------------------------------------------------------------ services

    def _services(self) -> None:
        found = self.found
        for token, fact, facts_of in (
            (_ROUTE_SERVICE, facts.ROUTE_SERVICE, (found.stops,)),
            (_PRIVATE_ZONE, facts.PRIVATE_ZONE, (found.changes,)),
            (_PRIVATE_ZONE, facts.PRIVATE_ZONE_AFTER, (found.unknown,)),
            (tokens.HEALTH_CHECK, facts.HEALTH_CHECK, (found.unknown,)),
            (
                _FLOW_LOG,
                Fact(what="whether a flow log of a Basic instance goes on: not documented", source=None, date=None),
                (found.unknown,),
            ),
        ):
            mine = self._mine(token)
            if mine:
                facts_of[0].append(facts.about(fact, (item.urn for item in mine)))
                if token == _ROUTE_SERVICE:
                    found.replaced.update(item.urn for item in mine)


_READ = frozenset(
    {tokens.ROUTE_MAP, tokens.ADVERTISED_ENTRY, tokens.HEALTH_CHECK, _ROUTE_SERVICE, _PRIVATE_ZONE, _FLOW_LOG, *tokens.GRANTS}
)


def _is_plain(value: Any) -> bool:
    """Whether a list holds texts only."""
    return isinstance(value, list) and all(is_known(item) for item in value)


def _as_id(address: str) -> str | None:
    from cenguard.resources.urns import is_resource

    return None if is_resource(address) else address
