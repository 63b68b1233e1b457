"""Networks and their vSwitches: which one a property names, and what the input tells of it."""

from operator import attrgetter
from typing import Any

from cenguard.assembly.given_values import Giving, about
from cenguard.assembly.properties import value_of
from cenguard.assembly.references import References
from cenguard.assembly.routers import Routers
from cenguard.network.details import DeclaredNetwork, Given, Switch, ZoneMapping
from cenguard.resources import tokens
from cenguard.resources.addresses import DATA
from cenguard.resources.records import READ, Resource
from cenguard.resources.urns import kind_in_urn
from cenguard.resources.values import Unknown, is_known

_URN = attrgetter("urn")
_DATA = f"{DATA}:"
_STEPS = 8
"""How many resources an id may be handed through."""


class Networks:
    """The networks of one input, each by one address: its URN where the input creates it, else its id.

    A network that is only read (`.get`) is named by its id, however often and under whatever names it is read.
    """

    def __init__(self, references: References, routers: Routers) -> None:
        self._refs, self._routers = references, routers
        self._given = Giving(references)
        self._regions: dict[str, Given[str]] = {}
        made = [
            (record, kind)
            for token, kind in tokens.NETWORKS.items()
            for record in references.by_type.get(token, ())
            if record.change is not READ
        ]
        self.ids = {record.id: record.urn for record, _ in made if record.id}
        """URN by id, of the networks that the input creates."""
        nameless = {record.urn for record, _ in made if not record.id}
        if nameless:
            self._learn(nameless)
        switches = [record for token in tokens.SWITCHES for record in references.by_type.get(token, ())]
        made_last = sorted(switches, key=lambda item: item.change is not READ)  # one that is read may be one that is made
        self._by_switch_id = {record.id: record.urn for record in made_last if record.id}
        self.switches = self._grouped(switches)
        """vSwitches of the input by the address of their VPC."""
        self._switch_at = {item.urn: item for items in self.switches.values() for item in items}
        self.declared = self._declared(made)
        """Networks that the input creates, by URN."""

    def _learn(self, nameless: set[str]) -> None:
        """An updated resource has no id in the engine's call; what names it has."""
        for token, key in tokens.NETWORK_KEYS.items():
            for record in self._refs.by_type.get(token, ()):
                value, sources = record.inputs.get(key), record.property_dependencies.get(key, ())
                if isinstance(value, str) and len(sources) == 1 and sources[0] in nameless:
                    self.ids.setdefault(value, sources[0])

    # ------------------------------------------------------------------ which network

    def address(self, record: Resource, key: str) -> Given[str]:
        """URN of the network that a property names where the input creates it, else its id.

        A network that is read under an id which is not known has the URN under which it is read.
        """
        found = self.named(record, key)
        return (
            Given(found) if found is not None or is_known(value_of(record, key)) else Given(None, self._refs.unknown(record, key))
        )

    def named(self, record: Resource, key: str) -> str | None:
        """The same address; None where it is not known, and where nothing is named."""
        value = record.inputs.get(key)
        if type(value) is str and value:
            return self.of_id(value)
        sources = record.property_dependencies.get(key, ())
        if len(sources) == 1 and (found := self._echoed(sources[0])) is not None:
            return found
        value = value_of(record, key)
        return self.of_id(str(value)) if value is not None and is_known(value) else None

    def of_id(self, identifier: str) -> str:
        """The address of the network of an id."""
        return self.ids.get(identifier, identifier)

    def behind(self, urn: str) -> str | None:
        """Address of the network that a resource is, or echoes."""
        return self._echoed(urn)

    def _echoed(self, urn: str, steps: int = _STEPS) -> str | None:
        """The network behind a resource: itself, or what a resource in between echoes."""
        between = self._refs.records.get(urn)
        if kind_in_urn(urn) in tokens.NETWORKS:
            read = between is not None and between.change is READ
            return self.of_id(between.id) if read and between and between.id else urn
        key = tokens.NETWORK_KEYS.get(between.type) if between is not None else None
        if between is None or key is None or not steps:
            return None
        value, sources = between.inputs.get(key), between.property_dependencies.get(key, ())
        if isinstance(value, str) and value:
            return self.of_id(value)
        return self._echoed(sources[0], steps - 1) if len(sources) == 1 else None

    def read_kind(self, record: Resource, key: str) -> str:
        """The kind of a network that a property takes from a `.get`; empty where it takes it from nothing of that sort."""
        sources = record.property_dependencies.get(key, ())
        return tokens.NETWORKS.get(kind_in_urn(sources[0]), "") if len(sources) == 1 else ""

    # ------------------------------------------------------------------ what is told of it

    def region(self, record: Resource) -> Given[str]:
        """The region of a resource's provider."""
        found = self._regions.get(record.provider)
        if found is None:
            found = self._regions[record.provider] = Given(*self._routers.provider_region(record))
        return found

    def _declared(self, made: list[tuple[Resource, str]]) -> dict[str, DeclaredNetwork]:
        secondary: dict[str, list[Given[str]]] = {}
        for record in self._refs.by_type.get(tokens.SECONDARY_BLOCK, ()):
            owner = self.address(record, "vpcId").value
            if owner is not None:
                secondary.setdefault(owner, []).append(self._given.text(record, "secondaryCidrBlock"))
        return {
            record.urn: about(
                DeclaredNetwork,
                record,
                kind=kind,
                provider=record.provider,
                region=self.region(record),
                cidrs=self._cidrs(record, secondary.get(record.urn, [])),
            )
            for record, kind in made
        }

    def _cidrs(self, record: Resource, secondary: list[Given[str]]) -> Given[tuple[str, ...]]:
        given = [self._given.text(record, "cidrBlock"), *secondary]
        more = value_of(record, "secondaryCidrBlocks")
        listed = more if isinstance(more, list) else [more]
        known = [item.value for item in given if item.value is not None]
        known += [item for item in listed if isinstance(item, str)]
        blocker = next((item.blocker for item in given if item.blocker), None)
        if blocker is None and not all(map(is_known, listed)):
            blocker = self._refs.unknown(record, "secondaryCidrBlocks")
        return Given(tuple(known) if known else None, blocker)

    # ------------------------------------------------------------------ vSwitches

    def _grouped(self, switches: list[Resource]) -> dict[str, tuple[Switch, ...]]:
        found: dict[str, list[Switch]] = {}
        for record in sorted(switches, key=_URN):
            owner = self.address(record, "vpcId")
            zone = self._given.text(record, "zoneId")
            switch = about(
                Switch,
                record,
                network=owner.value,
                block=self._given.text(record, "cidrBlock") if record.change is not READ else Given(),
                zone=zone if zone.is_set else self._given.text(record, "availabilityZone"),
                provider=record.provider if record.change is not READ else "",
            )
            found.setdefault(owner.value or "", []).append(switch)
        return {address: tuple(items) for address, items in found.items()}

    def mappings(self, record: Resource) -> tuple[ZoneMapping, ...]:
        """The zone mappings of a VPC attachment, as far as they are known."""
        value = record.inputs.get("zoneMappings")
        if not isinstance(value, list) or is_blank_list(value):
            return ()
        return tuple([self._mapping(record, item) for item in value])

    def _mapping(self, record: Resource, item: Any) -> ZoneMapping:
        if type(item) is not dict:
            return ZoneMapping(blocker=self._refs.unknown(record, "zoneMappings"))
        zone, switch = item.get("zoneId"), item.get("vswitchId")
        named = switch if isinstance(switch, str) and switch else None
        made = self._switch_at.get(self._by_switch_id.get(named, "")) if named and self._by_switch_id else None
        if type(zone) is str and zone and made is None:  # nearly always
            return ZoneMapping(zone=zone, switch=named)
        return ZoneMapping(
            zone=zone if isinstance(zone, str) and zone else None,
            switch=named,
            made=made,
            blocker=self._refs.unknown(record, "zoneMappings") if isinstance(zone, Unknown) else None,
        )

    def mapped(self, record: Resource) -> tuple[Switch, ...]:
        """The vSwitches that the unknown ids of a VPC attachment's mappings come from; empty where others may do as well."""
        told = self._refs.records
        sources = [
            urn
            for urn in record.property_dependencies.get("zoneMappings", ())
            if not (urn in told and told[urn].change is READ and told[urn].type.startswith(_DATA) and told[urn].outputs)
        ]  # a look-up that was read gave the zones, and leaves no id unknown
        if not sources or any(kind_in_urn(urn) not in tokens.SWITCHES for urn in sources):
            return ()
        found = [self._switch_at[urn] for urn in sources if urn in self._switch_at]
        return tuple(sorted(found, key=_URN)) if len(found) == len(sources) else ()


def is_blank_list(value: list[Any]) -> bool:
    """Whether a list is not known as a whole: the provider's Check makes one mapping of unknowns of it."""
    return len(value) == 1 and _is_blank(value[0])


def _is_blank(mapping: object) -> bool:
    return isinstance(mapping, Unknown) or (
        isinstance(mapping, dict) and bool(mapping) and all(isinstance(value, Unknown) for value in mapping.values())
    )
