"""Attachments and peers, as their resources say them: which network each joins, and the rest when somebody asks."""

from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from cenguard.assembly.given_values import ABSENT, Giving
from cenguard.assembly.networks import Networks, is_blank_list
from cenguard.assembly.properties import value_of
from cenguard.assembly.references import References
from cenguard.network import Attachment, Peer
from cenguard.network.details import Given, Joining, Switch, ZoneMapping
from cenguard.resources import tokens
from cenguard.resources.records import Resource
from cenguard.resources.values import Unknown

_OWNERS = {
    tokens.INSTANCE_ATTACHMENT: "childInstanceOwnerId",
    tokens.VPC_ATTACHMENT: "vpcOwnerId",
    tokens.VBR_ATTACHMENT: "vbrOwnerId",
    tokens.VPN_ATTACHMENT: "vpnOwnerId",
    tokens.ECR_ATTACHMENT: "ecrOwnerId",
}
"""The property of each attachment that says the network's owner."""


class _Source(msgspec.Struct, frozen=True, gc=False):
    """What reads properties of any of an input's resources."""

    refs: References
    networks: Networks
    given: Giving


class _Joining(Joining, kw_only=True, eq=False, gc=False):
    """One of ten thousand, of which most are asked for nothing but their networks."""

    record: Resource
    source: _Source
    known_zones: Given[int] | None = None
    known_mappings: tuple[ZoneMapping, ...] | None = None

    @property
    def provider(self) -> str:
        return self.record.provider

    @property
    def region(self) -> Given[str]:
        return self.source.networks.region(self.record)

    @property
    def network_id(self) -> Given[str]:
        key = tokens.NETWORK_KEYS.get(self.record.type)
        return self.source.given.text(self.record, key) if key is not None else ABSENT

    @property
    def read_kind(self) -> str:
        key = tokens.NETWORK_KEYS.get(self.record.type)
        return self.source.networks.read_kind(self.record, key) if key is not None and self.network is None else ""

    @property
    def kind(self) -> Given[str]:
        if not isinstance(self.item, Attachment) or not self.item.direct:
            return ABSENT
        return Given(self.item.kind) if self.item.kind else self.source.given.text(self.record, "childInstanceType")

    @property
    def owner(self) -> Given[str]:
        key = _OWNERS.get(self.record.type)
        return self.source.given.text(self.record, key) if key is not None else ABSENT

    @property
    def owner_told(self) -> str | None:
        value = self.record.outputs.get(_OWNERS.get(self.record.type, ""))
        return str(value) if type(value) in (str, int) and value else None

    @property
    def instance_owner(self) -> Given[str]:
        direct = self.record.type == tokens.INSTANCE_ATTACHMENT
        return self.source.given.text(self.record, "cenOwnerId") if direct else ABSENT

    @property
    def zones(self) -> Given[int]:
        if self.known_zones is None:  # who asks does so several times, here as below
            self.known_zones = self._read_zones() if self.record.type in tokens.ROUTER_ATTACHMENTS else ABSENT
        return self.known_zones

    def _read_zones(self) -> Given[int]:
        value = self.record.inputs.get("zoneMappings")
        if type(value) is list and len(value) > 1:  # nearly always
            return _number(len(value))
        value = value_of(self.record, "zoneMappings")
        if isinstance(value, Unknown) or (isinstance(value, list) and is_blank_list(value)):
            return Given(None, self.source.refs.unknown(self.record, "zoneMappings"))
        return _number(len(value) if isinstance(value, list) else 0)

    @property
    def mappings(self) -> tuple[ZoneMapping, ...]:
        if self.known_mappings is None:
            vpc = self.record.type == tokens.VPC_ATTACHMENT
            self.known_mappings = self.source.networks.mappings(self.record) if vpc else ()
        return self.known_mappings

    @property
    def mapped(self) -> tuple[Switch, ...]:
        return self.source.networks.mapped(self.record) if self.record.type == tokens.VPC_ATTACHMENT else ()

    @property
    def associated(self) -> Given[bool]:
        return self._flag("routeTableAssociationEnabled")

    @property
    def propagated(self) -> Given[bool]:
        return self._flag("routeTablePropagationEnabled")

    def _flag(self, key: str) -> Given[bool]:
        return ABSENT if self.record.type == tokens.INSTANCE_ATTACHMENT else self.source.given.flag(self.record, key)


@cache
def _number(number: int) -> Given[int]:
    """Nearly all attachments map one zone or two."""
    return Given(number)


def tells_owners(references: References) -> bool:
    """Whether any attachment says whose its network is."""
    for token, key in _OWNERS.items():
        for record in references.by_type.get(token, ()):
            if key in record.inputs or key in record.property_dependencies:
                return True
    return False


def joinings_of(entities: Iterable[Attachment | Peer], references: References, networks: Networks) -> Mapping[str, Joining]:
    """The attachments and peers of an input that are resources of it, by URN."""
    source = _Source(references, networks, Giving(references))
    records, declared, ids = references.records, networks.declared, networks.ids
    found: dict[str, Joining] = {}
    for item in entities:
        urn = item.urn
        if not urn:
            continue
        record = records[urn]
        direct = record.type == tokens.INSTANCE_ATTACHMENT
        value = record.inputs.get("childInstanceId") if direct else None
        if type(value) is str and value:  # nearly always
            address: str | None = ids.get(value, value)
        else:
            key = tokens.NETWORK_KEYS.get(record.type)
            address = networks.named(record, key) if key is not None else None
        network = declared.get(address) if address is not None and declared else None
        plain = direct and network is None and type(value) is str
        found[urn] = _Joining(item=item, network=network, network_address=address, plain=plain, record=record, source=source)
    return found
