"""A region is named that is not in the area catalogue.

What it does:
    Looks up each region that an attachment, a limit, a peer or a router's provider names. Silent about what stands already,
    and about what an update changes without making it anew.

Why it matters:
    A misspelt region fails in the middle of an update; a new one has no area that could be checked.

Example:
    branch = alicloud.cen.InstanceAttachment(
        "branch",
        instance_id=core.id,
        child_instance_id="vpc-3",
        child_instance_type="VPC",
        child_instance_region_id="cn-bejing",
    )
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Instead:
    branch = alicloud.cen.InstanceAttachment(
        "branch",
        instance_id=core.id,
        child_instance_id="vpc-3",
        child_instance_type="VPC",
        child_instance_region_id="cn-beijing",
    )
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Better give the region a row in a file for `--areas`.

Source:
    https://help.aliyun.com/en/cen/user-guide/work-with-a-bandwidth-plan
"""

from collections.abc import Iterator, Mapping

from cenguard.findings import Finding, Fix, Level
from cenguard.findings.fix import Cause
from cenguard.geography.regions import surrounding
from cenguard.network import Attachment, BandwidthLimit, Blocker, Entity, Network, Peer, TransitRouter
from cenguard.rules.evidence import listed
from cenguard.rules.remedies import single
from cenguard.rules.remedies.meant import regions_meant
from cenguard.rules.rule import Effect, Rule, Scope, judge

_SAID_BY: Mapping[type[Entity], str] = {
    Attachment: "childInstanceRegionId",
    BandwidthLimit: "regionIds",
    Peer: "peerTransitRouterRegionId",
    TransitRouter: "region",
}
"""The property of a resource that names its region; of a router, that of its provider."""


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each resource that names an unknown region."""
    known = frozenset(network.catalogue.regions)
    for item, regions, blocker in named_regions(network, known):
        if (blocker is None and known.issuperset(regions)) or not item.declared or was_accepted(network, item):
            continue
        strange = sorted({region for region in regions if surrounding(region) not in known})
        if strange:
            who = namer(item)
            hints = [f"{name} → {hint}" for name in strange if (hint := network.catalogue.nearest_region(name))]
            yield Finding(
                verdict=judge(None),
                subject=item.address,
                message=f"{who} names {listed(map(repr, strange))}, which {'are' if len(strange) > 1 else 'is'} not in the area catalogue {network.catalogue.edition}.",
                because=(f"regions of {item.label}: {', '.join(regions)}",),
                fix=Fix(
                    f"Did you mean {listed(hints)}? A region that is newer than the catalogue goes into a file given with --areas."
                    if hints
                    else "Correct the name; a region that is newer than the catalogue goes into a file given with --areas.",
                    cause=_cause(network, item, regions) if len(hints) == len(strange) else None,
                ),
            )
        elif blocker:
            yield Finding(
                verdict=judge(blocker),
                subject=item.address,
                message=f"Whether the region of {item.label} is one of the service cannot be told: {blocker.text}.",
                fix=Fix(blocker.settle) if blocker.settle else None,
                blocker=str(blocker),
            )


def was_accepted(network: Network, item: Entity) -> bool:
    """Whether the service has taken the region before: the resource stands, or the update changes something else of it."""
    return item.stands or (item.urn is not None and network.surroundings.keeps(item.urn, _SAID_BY[type(item)]))


def namer(item: Entity) -> str:
    """Who names a region: of a router, its provider."""
    return f"The provider of router {item.label}" if isinstance(item, TransitRouter) else item.label


def _cause(network: Network, item: Entity, regions: tuple[str, ...]) -> Cause | None:
    meant = regions_meant(network, regions)
    if isinstance(item, BandwidthLimit):
        return single.says(item.urn, {"regionIds": meant})
    word = {Attachment: "childInstanceRegionId", Peer: "peerTransitRouterRegionId"}.get(type(item))
    return single.says(item.urn, {word: meant[0]}) if word else None


def named_regions(network: Network, passed_over: frozenset[str]) -> Iterator[tuple[Entity, tuple[str, ...], Blocker | None]]:
    """Each resource, the regions it names itself, and why one is not known.

    Attachments, by far the most, are passed over in regions that the caller has nothing to say of.
    """
    for attachment in network.attachments:
        if attachment.region not in passed_over and attachment.direct:
            yield attachment, (attachment.region,) if attachment.region else (), attachment.region_blocker
    for limit in network.limits:
        yield limit, limit.regions, limit.regions_blocker
    for router in network.routers:
        yield router, (router.region,) if router.region else (), None
    for peer in network.peers:
        yield peer, (peer.declared_region,) if peer.declared_region else (), None


RULE = Rule(
    code="CEN107",
    name="unknown-region",
    level=Level.ADVISORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    spares_standing=True,
    page=__doc__,
)
