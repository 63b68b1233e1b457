"""What other rules about routes say already: a leg that fails by it is not said a second time."""

from cenguard.network import Network
from cenguard.network.once import once
from cenguard.network.routes import FAILING, Leg, Member, Way
from cenguard.rules.routes import (
    empty_route_table,
    table_of_another_router,
    unadvertised_peer,
    unpublished_attachment,
)
from cenguard.rules.transit_routers import unrouted_attachment

_RULES = (
    unrouted_attachment.check,
    unpublished_attachment.check,
    unadvertised_peer.check,
    empty_route_table.check,
    table_of_another_router.check,
)


@once
def named_elsewhere(network: Network) -> frozenset[str]:
    """Addresses of attachments, peers and tables that CEN310, 320, 321, 323 and 326 name, or the resources these come from."""
    found: set[str] = set()
    for check in _RULES:
        for finding in check(network):
            found.update(item for item in (finding.subject, *finding.related) if item)
    return frozenset(found)


def is_named(network: Network, sender: Member, receiver: Member, leg: Leg) -> bool:
    """Whether another rule names what a leg fails by."""
    named = named_elsewhere(network)
    ways = [way for way in {leg.disposition, *leg.blocks.values()} if way in FAILING]
    if {Way.NOT_PUBLISHED, Way.NOT_ASSOCIATED} & {*ways} and sender.end.address in named:
        return True
    if Way.NOT_LEARNED not in ways and Way.NOT_ASSOCIATED not in ways:
        return False
    tables = {item.table.urn for item in sender.end.associations if item.table is not None}
    if receiver.end.address in named or tables & named:
        return True
    if sender.end.router == receiver.end.router:
        return False
    return any(
        peer.urn in named
        for peer in sender.item.instance.peers
        if peer.pair is not None and {sender.end.region, receiver.end.region} == {*peer.pair.names}
    )
