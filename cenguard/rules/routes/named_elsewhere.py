"""What other rules about routes say already: a leg that fails by it is not said a second time."""

from collections.abc import Collection, Mapping

from cenguard.findings import Verdict
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

_RULES = {
    unrouted_attachment.RULE.code: unrouted_attachment.check,
    unpublished_attachment.RULE.code: unpublished_attachment.check,
    unadvertised_peer.RULE.code: unadvertised_peer.check,
    empty_route_table.RULE.code: empty_route_table.check,
    table_of_another_router.RULE.code: table_of_another_router.check,
}


@once
def named_elsewhere(network: Network) -> Mapping[str, Collection[str]]:
    """The rules that name an attachment, peer or table, or the resource it comes from, by address; what they only ask names nothing."""
    found: dict[str, list[str]] = {}
    for code, check in _RULES.items():
        for finding in check(network):
            for item in {finding.subject, *finding.related} if finding.verdict is Verdict.VIOLATED else ():
                if item:
                    found.setdefault(item, []).append(code)
    return found


def is_named(network: Network, sender: Member, receiver: Member, leg: Leg) -> bool:
    """Whether another rule names what a leg fails by."""
    return bool(rules_naming(network, sender, receiver, leg))


def rules_naming(network: Network, sender: Member, receiver: Member, leg: Leg) -> Collection[str]:
    """The codes of the rules that name what a leg fails by."""
    named = named_elsewhere(network)
    ways = [way for way in {leg.disposition, *leg.blocks.values()} if way in FAILING]
    if {Way.NOT_PUBLISHED, Way.NOT_ASSOCIATED} & {*ways} and sender.end.address in named:
        return named[sender.end.address]
    if Way.NOT_LEARNED not in ways and Way.NOT_ASSOCIATED not in ways:
        return ()
    tables = [item.table.urn for item in sender.end.associations if item.table is not None]
    peers = () if sender.end.router == receiver.end.router else sender.item.instance.peers
    between = {sender.end.region, receiver.end.region}
    ends = (
        receiver.end.address,
        *tables,
        *(item.urn for item in peers if item.pair is not None and between == {*item.pair.names}),
    )
    return next((named[item] for item in ends if item is not None and item in named), ())
