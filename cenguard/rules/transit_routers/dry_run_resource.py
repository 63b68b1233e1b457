"""A resource is only to be tried, not made.

What it does:
    Looks for `dryRun` set to true.

Why it matters:
    The service checks the call, answers DryRunOperation, and makes nothing: the deployment fails.

Example:
    table = alicloud.cen.TransitRouterRouteTable(
        "table",
        transit_router_id=near.transit_router_id,
        dry_run=True,
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )

Instead:
    table = alicloud.cen.TransitRouterRouteTable(
        "table",
        transit_router_id=near.transit_router_id,
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )
    {TRAFFIC_PEER}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    CreateTransitRouter and its sisters, `DryRun`
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.rules.about import finding_about
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each such resource."""
    for item, blocker in network.details.dry_runs:
        yield finding_about(
            item,
            f"{item.label} sets dry_run: the service answers DryRunOperation and makes nothing, and the deployment fails.",
            question=f"{item.label} is really made",
            blocker=blocker,
            because=(f"dryRun of {item.label}: {'not known' if blocker else 'true'}",),
            fix="Leave the dry run out; the preview or plan is one.",
            cause=single.says(item.urn, {"dryRun": None}, single.SAFE),
        )


RULE = Rule(
    code="CEN314",
    name="dry-run-resource",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
