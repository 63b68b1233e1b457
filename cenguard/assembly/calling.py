"""What sentences call a resource whose name others have too: in a Terraform program everything may be `this`."""

from collections.abc import Mapping, Sequence

from cenguard.resources import tokens
from cenguard.resources.addresses import is_address, source_in
from cenguard.resources.records import Resource
from cenguard.resources.type_table import ALICLOUD
from cenguard.resources.urns import names_in_urns

_TOLD_APART = (
    tokens.INSTANCE,
    tokens.ROUTER,
    tokens.INSTANCE_ATTACHMENT,
    *tokens.ROUTER_ATTACHMENTS,
    tokens.PEER,
    tokens.ROUTE_TABLE,
    tokens.HEALTH_CHECK,
    tokens.PACKAGE,
)
"""Types that sentences name side by side. A package's attachment or a limit named like the package takes nobody in."""

_OURS = f"{ALICLOUD}:"


def call_apart(by_type: Mapping[str, Sequence[Resource]]) -> None:
    """Give every resource of Alibaba Cloud whose name several of those types have a name that says its type as well."""
    known: set[str] = set()
    shared: set[str] = set()
    for token in _TOLD_APART:
        records = by_type.get(token)
        if records:
            names = set(names_in_urns([record.urn for record in records]))
            shared |= names & known
            known |= names
    if not shared:
        return
    for token, records in by_type.items():
        if token.startswith(_OURS):
            for record in records:
                if record.name in shared:
                    record.called = called(record.urn, record.name, token)


def called(urn: str, name: str, token: str) -> str:
    """A Terraform address without its source, as one looks for it there; else the name with the type's own word.

    >>> called('net:module.hub.alicloud_cen_transit_router.this[0]', "hub.this[0]", "alicloud:cen/transitRouter:TransitRouter")
    'module.hub.alicloud_cen_transit_router.this[0]'
    >>> called("urn:pulumi:dev::net::alicloud:cen/instance:Instance::core", "core", "alicloud:cen/instance:Instance")
    'core (Instance)'
    """
    if is_address(urn):
        return urn.removeprefix(f"{source_in(urn)}:")
    return f"{name} ({token.rpartition(':')[2]})"
