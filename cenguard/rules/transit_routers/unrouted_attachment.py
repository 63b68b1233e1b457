"""Nothing routes an attachment of a transit router.

What it does:
    Looks, for each attachment and for each end of a peer, for an association with a route table, and for a propagation into
    one or a route entry that leads to the attachment. The deprecated flags count when they are true.

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

from collections.abc import Iterable, Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Attachment, Blocker, Network, Peer, TransitRouter
from cenguard.network.details import Details, Joining, Route, Routes
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each attachment that some end does not route."""
    details = network.details
    for joining in details.joinings.values():
        item = joining.item
        if isinstance(item, Attachment) and item.direct:
            continue
        missing, blocker = _missing(details, joining, item)
        if not missing:
            continue
        yield finding_about(
            joining,
            f"{joining.name} is not routed: {'; '.join(missing)}. It carries no traffic.",
            question=f"{joining.name} is routed",
            blocker=blocker,
            because=missing,
            fix="Add a TransitRouterRouteTableAssociation, and a TransitRouterRouteTablePropagation (or a route entry) for it.",
            instance=item.instance,
        )


def _missing(details: Details, joining: Joining, item: Attachment | Peer) -> tuple[list[str], Blocker | None]:
    """What each end lacks, and why that is not certain."""
    routes = details.routes.get(joining.urn, Routes())
    ends: tuple[TransitRouter | None, ...] = (item.local, item.far) if isinstance(item, Peer) else (joining.router,)
    missing: list[str] = []
    blockers: list[Blocker | None] = []
    for index, router in enumerate(ends):
        other = ends[1 - index] if len(ends) == 2 else None
        lacks = []
        if not joining.associated.value and not _at(routes.associations, router, other):
            lacks.append("no association")
        if not joining.propagated.value and not _at(routes.learned, router, other):
            lacks.append("no propagation and no route entry")
        if lacks:
            missing.append(f"{' and '.join(lacks)} at {router.label if router else 'a router that is not in the input'}")
            blockers.append(_blocker(details, joining, router, lacks))
    return missing, None if None in blockers else next(iter(blockers), None)


def _at(routes: Iterable[Route], router: TransitRouter | None, other: TransitRouter | None) -> bool:
    """Whether one of them is in a table of the router, or in one that nobody can tell."""
    return any(router is None or not route.routers or router in route.routers or other is None for route in routes)


def _blocker(details: Details, joining: Joining, router: TransitRouter | None, lacks: list[str]) -> Blocker | None:
    flags = (joining.associated.blocker, joining.propagated.blocker)
    for said, blocker in zip(("no association", "no propagation and no route entry"), flags, strict=True):
        if said in lacks and blocker:
            return blocker
    if details.loose_routes:
        return details.loose_routes[0]
    if router is None or not router.declared:
        name = router.label if router else f"the router of {joining.name}"
        return Blocker(
            f"tables {name}", f"{name} is not a resource of the input", "the document of the stack that makes it would settle it"
        )
    return None


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
