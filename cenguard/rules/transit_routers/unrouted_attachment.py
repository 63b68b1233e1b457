"""Nothing routes an attachment of a transit router.

What it does:
    Looks, for each attachment and for each end of a peer, for an association with a route table, and for a propagation into
    one or a route entry that leads to the attachment. The deprecated flags count when they are true, but of a peer they do
    nothing: providers since Terraform's 1.230.0 do not send them. A relation with a table of another router counts for nothing.

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

from collections.abc import Iterator, Sequence
from functools import cache

from cenguard.findings import Finding, Level
from cenguard.network import Attachment, Blocker, Network, Peer
from cenguard.network.routing import End
from cenguard.resources import tokens
from cenguard.resources.addresses import is_address
from cenguard.resources.type_table import terraform_type
from cenguard.rules.about import finding_about
from cenguard.rules.evidence import type_word, with_article
from cenguard.rules.needs import Need
from cenguard.rules.routes.joining import RoutedCause
from cenguard.rules.routes.parts import hops_of, router_ends
from cenguard.rules.rule import Effect, Prelude, Rule, Scope

Lack = tuple[End, str, Blocker | None]
"""What an end of an attachment lacks, or may lack: the type of the resource that it asks for, and why it may be there all the same."""

OUTSIDE = "a router that is not in the input"


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each attachment that some end does not route."""
    led = hops_of(network)
    for ends in router_ends(network):
        lacking: list[Lack] = []
        for end in ends:
            if end.misjoined and not all(item.stands for item in end.misjoined):
                break  # with a table of another router: CEN326 says what is wrong
            if not end.associations:
                lacking.append((end, tokens.ASSOCIATION, end.association_blocker or end.blocker))
            if not (end.propagations or led.to(end)):
                lacking.append((end, tokens.PROPAGATION, end.propagation_blocker or led.loose(end.router) or end.blocker))
        else:
            if lacking:
                yield _finding(network, ends[0].item, lacking)


def _finding(network: Network, item: Attachment | Peer, lacking: list[Lack]) -> Finding:
    """What is certain alone, where something is: what may be there is not told as missing, and nothing adds it again."""
    lacks = [lack for lack in lacking if lack[2] is None] or lacking
    at: list[tuple[End, tuple[str, ...]]] = []
    for end, kind, _ in lacks:
        if at and at[-1][0] is end:
            at[-1] = (end, BOTH)
        else:
            at.append((end, ONE[kind]))
    missing = [f"{_words(kinds)} at {end.router_label if end.router_entity is not None else OUTSIDE}" for end, kinds in at]
    flags = _flags(network, item) if isinstance(item, Peer) else ""
    return finding_about(
        item,
        f"{item.label} is not routed: {'; '.join(missing)}. {_carries(at)}{flags}",
        question=f"{item.label} is routed",
        blocker=lacks[0][2],
        because=missing,
        fix=_fix(frozenset([kind for _, kind, _ in lacks]), of_terraform=is_address(item.urn or ""), of_two=len(at) > 1),
        cause=RoutedCause(network, tuple(at)),
        instance=item.instance,
    )


def _carries(at: Sequence[tuple[End, tuple[str, ...]]]) -> str:
    """Whether packets get through one way.

    What is associated is let in, and what is propagated is led to; over a peer packets are let in at one end, and led to it at the other.
    """
    broken = {end.far is (kind == tokens.PROPAGATION) for end, kinds in at for kind in kinds}
    return "It carries no traffic." if len(broken) > 1 else "It carries packets one way at most, and no answer comes back."


_MISSING = {
    tokens.ASSOCIATION: ("no association", ""),
    tokens.PROPAGATION: ("no propagation and no route entry", " (or a route entry)"),
}
BOTH = (tokens.ASSOCIATION, tokens.PROPAGATION)
ONE = {kind: (kind,) for kind in BOTH}


@cache
def _words(kinds: tuple[str, ...]) -> str:
    return " and ".join(_MISSING[kind][0] for kind in kinds)


@cache
def _fix(kinds: frozenset[str], *, of_terraform: bool, of_two: bool) -> str:
    """One text for the many findings that ask for the same."""
    wanted = [
        f"{with_article(terraform_type(kind) if of_terraform else type_word(kind, ''))}{_MISSING[kind][1]}"
        for kind in BOTH
        if kind in kinds
    ]
    return f"Add {', and '.join(wanted)} for it{', at each router that lacks one' if of_two else ''}."


def _flags(network: Network, peer: Peer) -> str:
    """What is said of deprecated flags of a peer, which make nothing.

    Source: provider code: since 1.230.0 they are not sent of a peer.
    """
    joining = network.details.joinings.get(peer.urn or "")
    if joining is None or not (joining.associated.value or joining.propagated.value):
        return ""
    return " routeTableAssociationEnabled and routeTablePropagationEnabled of a peer do nothing: providers since Terraform's 1.230.0 do not send them."


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
