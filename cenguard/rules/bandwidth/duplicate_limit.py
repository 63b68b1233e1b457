"""Two bandwidth limits give one pair of regions its Mbps, on one instance.

What it does:
    Counts the limits of each unordered pair of regions.

Why it matters:
    Both are one object for the service: the last writer wins, and deleting one drops the pair to 1 Kbps.

Example:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}
    reverse = alicloud.cen.BandwidthLimit(
        "reverse",
        instance_id=core.id,
        region_ids=["us-west-1", "cn-beijing"],
        bandwidth_limit=5,
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
    The provider's id of a limit sorts its two regions
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Fix, Level
from cenguard.network import BandwidthLimit, Blocker, Network, identity
from cenguard.network.faults import earlier_twin
from cenguard.rules import evidence
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope, judge


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each later limit of a pair."""
    for limit in network.limits:
        twin = earlier_twin(limit)
        if twin is not None:
            yield _finding(network, limit, twin, identity(limit.instance))
        elif limit.regions_blocker and len(limit.instance.limits) > 1:
            other = next(item for item in limit.instance.limits if item is not limit)
            yield _finding(network, limit, other, limit.regions_blocker)


def _finding(network: Network, limit: BandwidthLimit, twin: BandwidthLimit, blocker: Blocker | None) -> Finding:
    message = (
        f"Whether limit {limit.label} repeats another one of {limit.instance.label} cannot be told: {blocker.text}."
        if blocker
        else f"Limits {twin.label} and {limit.label} both give {' – '.join(limit.pair.names if limit.pair else ())} bandwidth on "
        f"{limit.instance.label}: the last writer wins, and deleting one deletes both."
    )
    return Finding(
        verdict=judge(blocker),
        subject=limit.address,
        message=message,
        because=tuple(
            f"regionIds of {evidence.carrier_text(item)}: {', '.join(item.regions) or 'not known'}" for item in (twin, limit)
        ),
        instance=limit.instance.address,
        region_pairs=(limit.pair,) if limit.pair else (),
        related=(twin.address,),
        fix=Fix(blocker.settle)
        if blocker
        else Fix(
            "Keep one of them: [a, b] and [b, a] are the same pair.",
            cause=single.goes(network, [(twin if limit.stands and not twin.stands else limit).urn]),
        ),
        blocker=str(blocker) if blocker else None,
    )


RULE = Rule(
    code="CEN212",
    name="duplicate-limit",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
