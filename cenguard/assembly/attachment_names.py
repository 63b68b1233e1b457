"""Which attachment or peer a property names."""

from collections.abc import Mapping
from functools import cached_property

from cenguard.assembly.properties import value_of
from cenguard.assembly.references import References
from cenguard.network import Attachment, Blocker
from cenguard.network.details import Joining
from cenguard.resources import tokens
from cenguard.resources.records import Resource
from cenguard.resources.values import is_known

ATTACHMENT_KEYS = {
    tokens.ASSOCIATION: "transitRouterAttachmentId",
    tokens.PROPAGATION: "transitRouterAttachmentId",
    tokens.ROUTE_ENTRY: "transitRouterRouteEntryNextHopId",
    tokens.PREFIX_LIST_ASSOCIATION: "nextHop",
    tokens.ENTRY_TO_ATTACHMENT: "transitRouterAttachmentId",
    tokens.NETWORK_ENTRY: "nexthopId",
    tokens.VPC_ENTRY: "nexthopId",
}
"""The property of each type that names an attachment."""


class Attachments:
    """Which attachment or peer a property names."""

    def __init__(self, references: References, joinings: Mapping[str, Joining]) -> None:
        self._refs, self._joinings = references, joinings

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """Address by id, with that of the resource and the attachment's own."""
        found: dict[str, str] = {}
        for urn, joining in self._joinings.items():
            if isinstance(joining.item, Attachment) and joining.item.direct:
                continue
            record = self._refs.records[urn]
            own = record.outputs.get("transitRouterAttachmentId") or (record.id or "").rpartition(":")[2]
            if isinstance(own, str) and own:
                found[own] = urn
            if record.id:
                found[record.id] = urn
        return found

    def named(self, record: Resource, key: str) -> tuple[str | None, Blocker | None, frozenset[str]]:
        """Address of the attachment; else why it is not known, with those it may be. An id of none here is its address."""
        sources = record.property_dependencies.get(key, ())
        if len(sources) == 1 and (only := self._joinings.get(sources[0])) is not None:  # nearly always
            return only.urn, None, frozenset()
        value = value_of(record, key)
        joined = [urn for urn in sources if urn in self._joinings]
        if value is None:
            return None, None, frozenset()
        if is_known(value):
            return self.ids.get(str(value), f"id:{value}"), None, frozenset()
        between = self._refs.records.get(sources[0]) if len(sources) == 1 else None
        if between is not None and between.type in ATTACHMENT_KEYS:
            return self.named(between, ATTACHMENT_KEYS[between.type])
        if len(joined) == 1:
            return joined[0], None, frozenset()
        return None, self._refs.unknown(record, key), frozenset(joined)

    def network_of(self, address: str) -> str | None:
        """Address of the network that an attachment of the input attaches."""
        joining = self._joinings.get(address)
        return joining.network_address if joining is not None else None
