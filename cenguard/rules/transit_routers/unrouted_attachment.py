"""Nothing routes an attachment of a transit router.

What it does:
    Looks, for each attachment and for each end of a peer, for an association with a route table, and for a propagation into
    one or a route entry that leads to the attachment. The deprecated flags count when they are true, but of a peer they do
    nothing: the provider does not send them. A relation with a table of another router counts for nothing.

Why it matters:
    A router forwards by its tables only. What is in none of them carries no traffic, without any error.

Example:
    # the attachments `plant` and `office` are in no route table
    {TRAFFIC_PEER}

Instead:
    {TRAFFIC_PEER}
    for router, attachments, provider in ((near, (plant, peer), hangzhou), (far, (office, peer), frankfurt)):
        name = router._name
        options = pulumi.ResourceOptions(provider=provider)
        table = alicloud.cen.TransitRouterRouteTable(
            f"{name}-table", transit_router_id=router.transit_router_id, opts=options
        )
        for attachment in attachments:
            ids = {
                "transit_router_attachment_id": attachment.transit_router_attachment_id,
                "transit_router_route_table_id": table.transit_router_route_table_id,
            }
            label = f"{name}-{attachment._name}"
            alicloud.cen.TransitRouterRouteTableAssociation(f"{label}-in", **ids, opts=options)
            alicloud.cen.TransitRouterRouteTablePropagation(f"{label}-from", **ids, opts=options)

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When tables are kept outside Pulumi.

Source:
    CreateTransitRouterVpcAttachment and CreateTransitRouterPeerAttachment: associations and propagations are off unless made
"""

from collections.abc import Iterator
from typing import NamedTuple

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, Network, Peer
from cenguard.network.routing import End
from cenguard.resources import tokens
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.routes.joining import RoutedCause
from cenguard.rules.routes.parts import Hops, hops_of, router_ends
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


class Lack(NamedTuple):
    """What an end of an attachment lacks."""

    words: str
    kinds: tuple[str, ...]
    """Types of the resources that it asks for."""


NO_ASSOCIATION = Lack("no association", (tokens.ASSOCIATION,))
NOT_LEARNED = Lack("no propagation and no route entry", (tokens.PROPAGATION,))
NEITHER = Lack(f"{NO_ASSOCIATION.words} and {NOT_LEARNED.words}", NO_ASSOCIATION.kinds + NOT_LEARNED.kinds)
OUTSIDE = "a router that is not in the input"
FIX = "Add a TransitRouterRouteTableAssociation, and a TransitRouterRouteTablePropagation (or a route entry) for it."


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each attachment that some end does not route."""
    led = hops_of(network)
    for ends in router_ends(network):
        lacking: list[tuple[End, tuple[str, ...]]] = []
        missing: list[str] = []
        blockers: list[Blocker | None] = []
        for end in ends:
            if end.misjoined and not all(item.stands for item in end.misjoined):
                break  # with a table of another router: CEN326 says what is wrong
            learned = end.propagations or led.to(end)
            if end.associations and learned:
                continue
            lacks = NEITHER if not (end.associations or learned) else NOT_LEARNED if end.associations else NO_ASSOCIATION
            lacking.append((end, lacks.kinds))
            missing.append(f"{lacks.words} at {end.router_label if end.router_entity is not None else OUTSIDE}")
            blockers.append(_blocker(led, end, lacks))
        else:
            if lacking:
                item = ends[0].item
                flags = _flags(network, item) if isinstance(item, Peer) else ""
                yield finding_about(
                    item,
                    f"{item.label} is not routed: {'; '.join(missing)}. It carries no traffic.{flags}",
                    question=f"{item.label} is routed",
                    blocker=None if None in blockers else blockers[0],
                    because=missing,
                    fix=FIX,
                    cause=RoutedCause(network, tuple(lacking)),
                    instance=item.instance,
                )


def _flags(network: Network, peer: Peer) -> str:
    """What is said of deprecated flags of a peer, which make nothing.

    Source: provider code: since 1.230.0 they are not sent of a peer.
    """
    joining = network.details.joinings.get(peer.urn or "")
    if joining is None or not (joining.associated.value or joining.propagated.value):
        return ""
    return " routeTableAssociationEnabled and routeTablePropagationEnabled of a peer do nothing: the provider does not send them."


def _blocker(led: Hops, end: End, lacks: Lack) -> Blocker | None:
    if lacks is not NOT_LEARNED and end.association_blocker is not None:
        return end.association_blocker
    if lacks is not NO_ASSOCIATION:
        blocker = end.propagation_blocker or led.loose(end.router)
        if blocker is not None:
            return blocker
    return end.blocker


RULE = Rule(
    code="CEN310",
    name="unrouted-attachment",
    level=Level.ADVISORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check=check,
    needs=(Need.ROUTES,),
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
