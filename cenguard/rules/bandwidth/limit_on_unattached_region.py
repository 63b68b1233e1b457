"""A bandwidth limit names a region with no attachment on that instance.

What it does:
    Looks for a network of the instance in each region that a limit names.

Why it matters:
    The service refuses the limit (NoChildInstanceEitherRegion), in the middle of an update.

Example:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}
    backup = alicloud.cen.BandwidthLimit(
        "backup",
        instance_id=core.id,
        region_ids=["cn-beijing", "us-east-1"],
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
    When the networks are attached by another stack: then name the instance in `shared` instead.

Source:
    aliyun/terraform-provider-alicloud, issues 595 and 598
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Fix, Level
from cenguard.network import Network
from cenguard.network.faults import unattached_regions
from cenguard.rules import evidence
from cenguard.rules.remedies.duplicates import cause_of_strange_limit
from cenguard.rules.rule import Effect, Rule, Scope, judge, shared_hint


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each limit with an unattached end."""
    for limit in network.limits:
        fault = unattached_regions(network, limit)
        if fault is None:
            continue
        blocker, instance = fault.blocker, limit.instance
        message = (
            f"Whether both regions of limit {limit.label} have a network on {instance.label} cannot be told: {blocker.text}."
            if blocker
            else f"Limit {limit.label} joins {' – '.join(limit.regions)}, and {fault.text}: the service refuses it."
            + shared_hint(instance, blocker)
        )
        attached = ", ".join(instance.index.attachments) or "none"
        leaving = any((instance, region) in network.leaving.regions for region in limit.regions)
        fix = (
            "Take the limit out as well, or keep the attachment." if leaving else "Attach a network there, or correct the region."
        )
        yield Finding(
            verdict=judge(blocker),
            subject=limit.address,
            message=message,
            because=(f"regions attached to {instance.label}: {attached}",),
            instance=instance.address,
            region_pairs=(limit.pair,) if limit.pair else (),
            related=evidence.attachment_addresses(instance, [limit.pair]) if limit.pair else (),
            fix=Fix(blocker.settle) if blocker else Fix(fix, cause=cause_of_strange_limit(network, limit)),
            blocker=str(blocker) if blocker else None,
        )


RULE = Rule(
    code="CEN210",
    name="limit-on-unattached-region",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
