"""A VPC takes dynamic routes from two sources.

What it does:
    Looks for VPCs that publish over two attachments, of one router or of several, or that are attached directly or to an
    Express Connect Router besides.

Why it matters:
    A VPC takes dynamic routes from one source at a time: the service refuses the second, half-way through the update.

Example:
    other = alicloud.cen.Instance("other")
    other_router = alicloud.cen.TransitRouter("other-router", cen_id=other.id, opts=at(hangzhou))
    again = alicloud.cen.TransitRouterVpcAttachment(
        "again",
        cen_id=other.id,
        transit_router_id=other_router.transit_router_id,
        vpc_id=plant.vpc_id,
        zone_mappings=plant.zone_mappings,
        auto_publish_route_enabled=True,
        opts=at(hangzhou),
    )

Instead:
    other = alicloud.cen.Instance("other")
    other_router = alicloud.cen.TransitRouter("other-router", cen_id=other.id, opts=at(hangzhou))
    again = alicloud.cen.TransitRouterVpcAttachment(
        "again",
        cen_id=other.id,
        transit_router_id=other_router.transit_router_id,
        vpc_id=plant.vpc_id,
        zone_mappings=plant.zone_mappings,
        opts=at(hangzhou),
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    https://help.aliyun.com/en/cen/user-guide/route-synchronization;
    https://help.aliyun.com/en/express-connect/user-guide/create-and-manage-the-leased-line-gateway-ecr
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.findings.fix import Cause, Remedy, Set
from cenguard.network import Attachment, Blocker, Network
from cenguard.network.once import once
from cenguard.network.routing import End
from cenguard.rules.about import finding_about
from cenguard.rules.evidence import listed
from cenguard.rules.needs import Need
from cenguard.rules.remedies.single import REVIEW, made_by, says
from cenguard.rules.routes.parts import PROPERTY, publishing, routing_of, said_of_publication
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each later source of routes of a VPC."""
    sources: dict[str, list[tuple[End, Blocker | None]]] = {}
    for end, _, blocker in publishing(network):
        if end.network is not None and not (isinstance(end.item, Attachment) and end.item.misplaced):
            sources.setdefault(end.network, []).append((end, blocker))
    joined = dict(routing_of(network).router_associations)
    for address, possible in sources.items():
        told = [part for part in possible if part[1] is None]
        found = told if len(told) + (address in joined) > 1 else possible  # two that are certain are too many
        routed = [end for end, _ in found if not _is_direct(end)]
        if not routed or (len(found) == 1 and address not in joined):
            continue
        made = [end for end, _ in found if end.item.urn and not _is_accepted(network, end)]
        new = [end for end in made if not _is_direct(end)] or made
        later = max(new or routed, key=lambda end: end.address)  # what stands was there first
        publisher = max(routed, key=lambda end: end.address) if _is_direct(later) else later
        others = sorted(end.item.label for end, _ in found if end is not later)
        if address in joined:
            others.append(joined[address])
        if later.item.urn is None or _is_accepted(network, later):
            continue
        unknown = next((blocker for _, blocker in found if blocker is not None), None)
        beside = len(others) + 1 - len(routed)
        wanted = _wanted(publisher, routed, beside=beside)
        called = f"VPC {'of ' if later.name == later.item.name else ''}{later.name}"
        yield finding_about(
            later.item,
            f"{called} takes routes over {later.item.label} and over {', '.join(others)}: the service takes one source at a time.",
            question=f"{called} takes routes over {later.item.label} and over {', '.join(others)} at once",
            blocker=unknown,
            because=(said_of_publication(publisher), f"{called} is also joined by {', '.join(others)}"),
            fix=f"Set {PROPERTY} {wanted}.",
            cause=_cause(network, publisher, routed, beside=beside),
            instance=later.item.instance,
        )


def _wanted(publisher: End, routed: list[End], *, beside: int) -> str:
    """Where publication has to end; `beside` are the other sources, which take no such word."""
    if len(routed) == 1:
        return f"of {publisher.item.label} to false"
    names = listed(sorted(end.item.label for end in routed))
    if beside:
        return f"to false in {names}"
    return f"to false in {'one' if len(routed) == 2 else 'all but one'} of {names}"


def _cause(network: Network, publisher: End, routed: list[End], *, beside: int) -> Cause | None:
    """The edits that leave one source: what stands stays where it can, else the first."""
    kept = None if beside else min(routed, key=lambda end: (end is publisher, not _is_accepted(network, end), end.address))
    off = [end.item.urn for end in routed if end is not kept]
    if len(off) == 1:
        return says(off[0], {PROPERTY: False})
    edits = tuple(Set(urn=urn, properties={PROPERTY: False}) for urn in off if urn)
    return made_by(("published-twice", *map(str, off)), lambda _draft: Remedy(edits, REVIEW)) if len(edits) == len(off) else None


def _is_accepted(network: Network, end: End) -> bool:
    """Whether an attachment stands, or published into its VPC before the update that changes it, too."""
    return end.item.stands or (end.item.urn, end.network) in _before(network)


@once
def _before(network: Network) -> frozenset[tuple[str | None, str | None]]:
    """URNs and VPCs of the attachments that published before the update."""
    base = network.earlier
    found = publishing(base) if base is not None else ()
    return frozenset((end.item.urn, end.network) for end, _, blocker in found if blocker is None and end.item.stands)


def _is_direct(end: End) -> bool:
    return isinstance(end.item, Attachment) and end.item.direct


RULE = Rule(
    code="CEN330",
    name="published-twice",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    spares_standing=True,
    needs=(Need.ROUTES,),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
