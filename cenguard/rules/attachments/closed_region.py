"""A network is attached, or a router made, in a region that the service has closed.

What it does:
    Looks up the status of each region that an attachment, a limit, a peer or a router's provider names.

Why it matters:
    Nothing can be made there any more: the deployment fails, in the middle of an update.

Example:
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core")
    sydney = alicloud.cen.InstanceAttachment(
        "sydney",
        instance_id=core.id,
        child_instance_id="vpc-1",
        child_instance_type="VPC",
        child_instance_region_id="ap-southeast-2",
    )

Instead:
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core")
    singapore = alicloud.cen.InstanceAttachment(
        "singapore",
        instance_id=core.id,
        child_instance_id="vpc-1",
        child_instance_type="VPC",
        child_instance_region_id="ap-southeast-1",
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When your account still has the region; better, give a catalogue with its row to `--areas`.

Source:
    the area catalogue; https://help.aliyun.com/en/cen/developer-reference/api-cbn-2017-09-12-endpoint
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.geography.regions import CCN_PREFIX, RegionStatus
from cenguard.network import Network
from cenguard.rules.about import finding_about
from cenguard.rules.attachments.unknown_region import named_regions, namer, was_accepted
from cenguard.rules.evidence import listed
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each resource in a closed region."""
    shut = {name for name, row in network.catalogue.regions.items() if row.status is RegionStatus.CLOSED}
    shut |= {CCN_PREFIX + name for name in shut}
    for item, regions, _ in named_regions(network, frozenset(network.catalogue.regions) - shut):
        if shut.isdisjoint(regions) or not item.declared or was_accepted(network, item):
            continue
        closed = sorted(shut.intersection(regions))
        yield finding_about(
            item,
            f"{namer(item)} names {listed(map(network.catalogue.title, closed))}, which the service has closed.",
            question="",
            because=(f"regions of {item.label}: {', '.join(regions)}; status in catalogue {network.catalogue.edition}: closed",),
            fix="Use a region that is open: `cenguard areas` lists them.",
        )


RULE = Rule(
    code="CEN109",
    name="closed-region",
    level=Level.ADVISORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    spares_standing=True,
    page=__doc__,
)
