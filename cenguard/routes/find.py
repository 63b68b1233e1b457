"""Which networks a text names: a key, a name, an id or URN, an IPv4 address or a block inside of what one hands over."""

from collections.abc import Iterable, Mapping

from cenguard.network import CenInstance
from cenguard.network.prefixes import holds, parsed
from cenguard.routes.estate import InstanceRoutes
from cenguard.routes.members import Member


def named(routes: Mapping[CenInstance, InstanceRoutes], text: str) -> list[tuple[InstanceRoutes, Member]]:
    """The networks that a text names, on every instance; those of an exact name before those of an address."""
    members = [(found, member) for found in routes.values() for member in found.members]
    by_key = [item for item in members if text == item[1].key]
    if by_key:
        return by_key
    exact = [item for item in members if text in _names(item[1])]
    if exact:
        return exact
    block = parsed(text)
    if block is None:
        return []
    return [item for item in members if any(holds(own, block) for own in item[1].blocks.handed)]


def _names(member: Member) -> Iterable[str]:
    end, item = member.end, member.item
    return [name for name in (item.name, item.urn, item.id, end.network, end.address.removeprefix("id:"), end.network_id) if name]


def keys(routes: Iterable[InstanceRoutes]) -> list[str]:
    """The keys of all networks, for messages."""
    return sorted({member.key for found in routes for member in found.members})
