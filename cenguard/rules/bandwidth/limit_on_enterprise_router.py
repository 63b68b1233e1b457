"""A bandwidth limit joins regions whose transit routers are Enterprise Edition.

What it does:
    Looks for transit router resources of the instance in the two regions of a limit.

Why it matters:
    Limits work only between Basic Edition routers; Enterprise regions are joined by peers.

Example:
    {PACKAGE_EUROPE}
    {ATTACHED}
    limit = alicloud.cen.BandwidthLimit(
        "limit",
        instance_id=core.id,
        region_ids=["cn-hangzhou", "eu-central-1"],
        bandwidth_limit=10,
        opts=pulumi.ResourceOptions(depends_on=[attached, plant, office]),
    )

Instead:
    {PACKAGE_EUROPE}
    {ATTACHED}
    {PEER}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    https://www.alibabacloud.com/help/doc-detail/65942.htm, SetCenInterRegionBandwidthLimit
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Fix, Level
from cenguard.findings.fix import Cause
from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import takes_peers
from cenguard.network import BandwidthLimit, Network
from cenguard.network.faults import area_pair_of, enterprise_ends
from cenguard.rules import evidence
from cenguard.rules.remedies.area_pairs import AreaPairCause
from cenguard.rules.rule import Effect, Prelude, Rule, Scope, judge


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each limit on an Enterprise region."""
    for limit in network.limits:
        fault = enterprise_ends(limit)
        if fault is None:
            continue
        blocker = fault.blocker
        message = (
            f"Whether limit {limit.label} joins Basic Edition regions cannot be told: {blocker.text}."
            if blocker
            else f"Limit {limit.label} joins {' – '.join(limit.regions)}, and {fault.text}: limits work only between Basic Edition routers."
        )
        yield Finding(
            verdict=judge(blocker),
            subject=limit.address,
            message=message,
            because=(fault.text,),
            instance=limit.instance.address,
            region_pairs=(limit.pair,) if limit.pair else (),
            related=tuple(router.address for router in limit.instance.routers if router.region in limit.regions),
            fix=Fix(
                blocker.settle if blocker else _advice(limit),
                cause=None if blocker else _cause(network, limit),
            ),
            blocker=str(blocker) if blocker else None,
        )


def _advice(limit: BandwidthLimit) -> str:
    if not all(map(takes_peers, limit.regions)):
        return f"Take the limit away: {evidence.NO_PEER.format(pairs=' – '.join(limit.regions))}."
    basic = [region for region in limit.regions if region not in limit.instance.index.enterprise]
    first = f"Declare a transit router in {' and '.join(basic)} too, and join" if basic else "Join"
    return f"{first} the two routers with a peer attachment instead of the limit."


def _cause(network: Network, limit: BandwidthLimit) -> Cause | None:
    area_pair = area_pair_of(network, limit)
    if limit.pair is None or not isinstance(area_pair, AreaPair):
        return None
    return AreaPairCause(network=network, instance=limit.instance, area_pair=area_pair, pairs=(limit.pair,), rank=5)


RULE = Rule(
    code="CEN213",
    name="limit-on-enterprise-router",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
