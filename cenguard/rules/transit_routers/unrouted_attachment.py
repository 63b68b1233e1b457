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

from cenguard.findings import Finding, Level
from cenguard.network import Attachment, Blocker, Network, Peer
from cenguard.network.routing import End
from cenguard.resources import tokens
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.routes.joining import RoutedCause
from cenguard.rules.routes.parts import Hops, hops_of, router_ends
from cenguard.rules.rule import Effect, Prelude, Rule, Scope

NO_ASSOCIATION, NOT_LEARNED = "no association", "no propagation and no route entry"
_KINDS = {
    (NO_ASSOCIATION,): (tokens.ASSOCIATION,),
    (NOT_LEARNED,): (tokens.PROPAGATION,),
    (NO_ASSOCIATION, NOT_LEARNED): (tokens.ASSOCIATION, tokens.PROPAGATION),
}
"""Types of the resources that each lack asks for."""


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each attachment that some end does not route."""
    led = hops_of(network)
    for ends in router_ends(network):
        lacking = [(end, lacks) for end in ends if (lacks := _lacks(led, end))]
        if not lacking or _is_misjoined(ends):
            continue
        item = ends[0].item
        missing = [f"{' and '.join(lacks)} at {_place(end)}" for end, lacks in lacking]
        blockers = [_blocker(led, end, lacks) for end, lacks in lacking]
        yield finding_about(
            item,
            f"{item.name} is not routed: {'; '.join(missing)}. It carries no traffic.{_flags(network, item)}",
            question=f"{item.name} is routed",
            blocker=None if None in blockers else blockers[0],
            because=missing,
            fix="Add a TransitRouterRouteTableAssociation, and a TransitRouterRouteTablePropagation (or a route entry) for it.",
            cause=RoutedCause(network, tuple([(end, _KINDS[lacks]) for end, lacks in lacking])),
            instance=item.instance,
        )


def _place(end: End) -> str:
    return end.router_label if end.router_entity is not None else "a router that is not in the input"


def _is_misjoined(ends: tuple[End, ...]) -> bool:
    """Whether a relation is with a table of another router: CEN326 says what is wrong."""
    return any(not item.stands for end in ends for item in end.misjoined)


def _lacks(led: Hops, end: End) -> tuple[str, ...]:
    """What an end lacks; the deprecated flags of a peer make nothing.

    Source: provider code: since 1.230.0 they are not sent of a peer.
    """
    learned = end.propagations or led.to(end)
    if end.associations:
        return () if learned else (NOT_LEARNED,)
    return (NO_ASSOCIATION,) if learned else (NO_ASSOCIATION, NOT_LEARNED)


def _flags(network: Network, item: Attachment | Peer) -> str:
    joining = network.details.joinings.get(item.urn or "") if isinstance(item, Peer) else None
    if joining is None or not (joining.associated.value or joining.propagated.value):
        return ""
    return " routeTableAssociationEnabled and routeTablePropagationEnabled of a peer do nothing: the provider does not send them."


def _blocker(led: Hops, end: End, lacks: tuple[str, ...]) -> Blocker | None:
    if NO_ASSOCIATION in lacks and end.association_blocker is not None:
        return end.association_blocker
    if NOT_LEARNED in lacks:
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
