"""The id of a resource stands where the bare id of a router or attachment belongs.

What it does:
    Looks for known values of the form `cen-…:tr-…` in properties that want the id of a router (`tr-…`) or of an attachment
    (`tr-attach-…`). VPN and ECR attachments are right to be handed on by `id`. A value that is not known yet says nothing.

Why it matters:
    The `id` of a router, and of a VPC, VBR or peer attachment, begins with the instance's. The service knows no such router.

Example:
    table = alicloud.cen.TransitRouterRouteTable(
        "table",
        transit_router_id="cen-1:tr-1",
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
    aliyun/terraform-provider-alicloud, resource_alicloud_cen_transit_router.go: the id is `<cen>:<router>`
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.findings.fix import Ref, Value
from cenguard.network import Network
from cenguard.network.details import Composite
from cenguard.rules.about import finding_about
from cenguard.rules.evidence import listed
from cenguard.rules.remedies import parts, single
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each resource that hands on such an id."""
    found: dict[str, list[Composite]] = {}
    for item in network.details.composites:
        found.setdefault(item.urn, []).append(item)
    for items in found.values():
        first, wanted = items[0], [item.value.rpartition(":")[2] for item in items]
        outputs = dict.fromkeys(f"transit router {'attachment ' if bare.startswith('tr-attach-') else ''}id" for bare in wanted)
        said = listed(f"{item.key} to {item.value}" for item in items)
        ids = "id of the resource" if len(items) == 1 else "ids of the resources"
        yield finding_about(
            first,
            f"{first.label} sets {said}, the {ids}: the service wants {listed(wanted)} there.",
            question="",
            because=[f"{item.key} of {item.label}: {item.value}" for item in items],
            fix=f"Hand on the {listed(outputs)} instead of the {ids}.",
            cause=single.says(
                first.urn,
                {item.key: _handed_on(network, item.value, bare) for item, bare in zip(items, wanted, strict=True)},
                single.SAFE,
            ),
        )


def _handed_on(network: Network, value: str, bare: str) -> Value:
    """The right output of the router or attachment that the id is of, where the input has it; else the right part of the id."""
    router = next((found for found in network.routers if found.urn and bare == found.id), None)
    if router is not None:
        return parts.router_id(router)
    attached = next((found.urn for found in (*network.attachments, *network.peers) if found.urn and value == found.id), None)
    return Ref(attached, "transitRouterAttachmentId") if attached else bare


RULE = Rule(
    code="CEN308",
    name="composite-router-id",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
