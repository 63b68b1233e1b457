"""A bandwidth limit names one region twice.

What it does:
    Compares the two regions of each limit.

Why it matters:
    Networks of one region need no bandwidth; the service refuses the limit, in the middle of an update.

Example:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}
    inner = alicloud.cen.BandwidthLimit(
        "inner",
        instance_id=core.id,
        region_ids=["cn-beijing", "cn-beijing"],
        bandwidth_limit=10,
        opts=pulumi.ResourceOptions(depends_on=[attached, shop, sales]),
    )

Instead:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    aliyun/terraform-provider-alicloud, issue 595
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Fix, Level
from cenguard.network import Network
from cenguard.network.faults import may_be_one_region
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope, judge


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each limit within one region."""
    legacy = network.catalogue.legacy
    for limit in network.limits:
        blocker = limit.regions_blocker
        if limit.pair and not limit.stands and not legacy.isdisjoint(limit.pair):
            blocker = may_be_one_region(network, *limit.pair)
        if not limit.within_one_region and not blocker:
            continue
        message = (
            f"Whether limit {limit.label} joins two different regions cannot be told: {blocker.text}."
            if blocker
            else f"Limit {limit.label} names {limit.regions[0]} twice: a limit joins two different regions."
        )
        yield Finding(
            verdict=judge(blocker),
            subject=limit.address,
            message=message,
            because=(f"regionIds of {limit.label}: {', '.join(limit.regions) or 'not known'}",),
            instance=limit.instance.address,
            fix=Fix(blocker.settle)
            if blocker
            else Fix(
                "Name the two regions to connect, or remove the limit: one region needs none.",
                cause=single.goes(network, [limit.urn]),
            ),
            blocker=str(blocker) if blocker else None,
        )


RULE = Rule(
    code="CEN209",
    name="limit-within-one-region",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    page=__doc__,
)
