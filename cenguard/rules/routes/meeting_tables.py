"""Whether two networks behind transit routers are known in one route table: only there do their blocks meet."""

from cenguard.network import Attachment, Network
from cenguard.network.once import once
from cenguard.network.routes import routes_of
from cenguard.network.routing import End
from cenguard.rules.routes.parts import is_entered, routing_of


def known_in(network: Network, urn: str) -> frozenset[str] | None:
    """The tables that an attachment, by URN, is known in, over peers too; None where that is not certain, or not asked.

    Direct attachments are of the Basic Edition, which has one table.
    """
    end = _ends(network).get(urn)
    if end is None or not isinstance(end.item, Attachment) or end.item.direct:
        return None
    if end.propagation_blocker or end.blocker or not _is_told(network):
        return None
    return _tables_of(network).get(urn, frozenset())


def may_meet(network: Network, first: str, second: str) -> bool:
    """Whether two attachments are, or may be, known in one table."""
    one, other = known_in(network, first), known_in(network, second)
    return one is None or other is None or not one.isdisjoint(other)


def meet_in_use(network: Network, first: str, second: str) -> bool:
    """Whether two attachments are known in one table that something is associated with: CEN327 speaks of them."""
    ends = [_ends(network).get(urn) for urn in (first, second)]
    known = [_tables_of(network).get(end.address, frozenset()) for end in ends if end is not None]
    tables = routing_of(network).tables
    return len(known) == 2 and any(is_entered(network, tables[key]) for key in known[0] & known[1] if key in tables)


@once
def _ends(network: Network) -> dict[str, End]:
    return {end.address: end for end in routing_of(network).ends if isinstance(end.item, Attachment)}


@once
def _tables_of(network: Network) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for routes in routes_of(network).values() if network.routes_told else ():
        for table in routing_of(network).tables.values():
            for member in routes.lookup.known_in(table):
                found.setdefault(member.end.address, set()).add(table.key)
    return {address: frozenset(tables) for address, tables in found.items()}


@once
def _is_told(network: Network) -> bool:
    """Whether every peer says whether it hands routes over, and every table is one of the input."""
    routing = routing_of(network)
    if routing.loose_propagations or any(end.publishes.blocker for end in routing.ends if not isinstance(end.item, Attachment)):
        return False
    return all(table.declared or table.is_system for table in routing.tables.values())
