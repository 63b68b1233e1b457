"""A VPC is attached in one zone only.

What it does:
    Counts the zone mappings of each VPC attachment, in regions whose routers have several zones. Where the area catalogue
    does not say how many a region has, the answer stays open.

Why it matters:
    When that zone fails, the VPC is cut off. The service recommends two.

Example:
    lab = alicloud.cen.TransitRouterVpcAttachment(
        "lab",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        vpc_id="vpc-3",
        zone_mappings=[{"zone_id": "cn-hangzhou-j", "vswitch_id": "vsw-5"}],
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )

Instead:
    lab = alicloud.cen.TransitRouterVpcAttachment(
        "lab",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        vpc_id="vpc-3",
        zone_mappings=[
            {"zone_id": "cn-hangzhou-j", "vswitch_id": "vsw-5"},
            {"zone_id": "cn-hangzhou-k", "vswitch_id": "vsw-6"},
        ],
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )
    {TRAFFIC_PEER}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    For networks that may fail with their zone.

Source:
    https://help.aliyun.com/en/cen/product-overview/regions-and-zones-that-support-transit-router
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.geography.catalogue import Catalogue
from cenguard.network import Attachment, Blocker, Network
from cenguard.network.details import Joining
from cenguard.rules.about import finding_about
from cenguard.rules.remedies.zones import cause_of_zones
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each VPC attachment with one zone."""
    for joining in network.details.routed:
        item = joining.item
        if not isinstance(item, Attachment) or item.kind != "VPC":
            continue
        zones = joining.zones
        if zones.blocker is None and zones.value != 1:
            continue
        region = item.region or _home(joining, network.catalogue)
        row = network.catalogue.regions.get(region or "")
        if row is not None and row.router_zones == "one":
            continue
        yield finding_about(
            joining,
            f"{joining.label} maps one zone of {region}, whose routers have several: when it fails, the VPC is cut off.",
            question=f"{joining.label} maps as many zones as it should",
            blocker=zones.blocker or (None if row and row.router_zones else _unlisted(item, region, network.catalogue.edition)),
            because=(f"zone mappings of {joining.label}: {zones.value or 'not known'}",),
            fix="Map a vSwitch in a second zone.",
            cause=cause_of_zones(network, joining),
            instance=item.instance,
        )


def _home(joining: Joining, catalogue: Catalogue) -> str | None:
    """The region that the zone itself names."""
    zone = next((mapping.zone for mapping in joining.mappings), None)
    return catalogue.region_of_zone(zone) if zone else None


def _unlisted(item: Attachment, region: str | None, edition: str) -> Blocker:
    if region is None and item.region_blocker:
        return item.region_blocker
    return Blocker(
        f"zones {region}",
        f"area catalogue {edition} does not say how many zones the routers of {region} have",
        "router_zones in its row of a file given with --areas would settle it",
    )


RULE = Rule(
    code="CEN311",
    name="single-zone-attachment",
    level=Level.ADVISORY,
    effect=Effect.QUALITY,
    scope=Scope.RESOURCE,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
