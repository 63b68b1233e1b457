"""Estates of Enterprise Edition in which nothing is routed: a finding for every attachment, and for every peer."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.estate import ATTACHMENTS, HOMES, PREFIX, STACK, UNKNOWN, Item, step

EVERY = 20
"""In every twentieth instance the package is attached to nothing."""


def expected(attachments: int) -> dict[str, int]:
    """How many findings of each rule an estate must give."""
    instances = attachments // ATTACHMENTS
    unattached = instances // EVERY
    return {"CEN201": unattached, "CEN203": unattached, "CEN303": unattached, "CEN310": attachments + instances}


def items(attachments: int) -> Iterator[tuple[Item, str]]:
    """The resources of an estate with that many attachments, each with the region of its provider."""
    for index in range(attachments // ATTACHMENTS):
        near, far, first, second = HOMES[index % len(HOMES)]
        line = 10 + index * 30
        core = Item("Instance", f"core-{index}", {"cenInstanceName": f"core-{index}", "tags": {"team": "net"}}, {}, (), line)
        yield core, near
        routers = [
            Item("TransitRouter", f"router-{index}-{end}", {"cenId": UNKNOWN}, {"cenId": core.urn}, (core.urn,), line + 1 + end)
            for end in range(2)
        ]
        yield from zip(routers, (near, far), strict=True)
        for number in range(ATTACHMENTS):
            router, region = routers[number % 2], (near, far)[number % 2]
            mappings = [{"zoneId": f"{region}-{zone}", "vswitchId": f"vsw-{index}-{number}-{zone}"} for zone in "ab"]
            inputs = {
                "cenId": UNKNOWN,
                "transitRouterId": UNKNOWN,
                "vpcId": f"vpc-{index:05}{number:02}abcdefghij",
                "zoneMappings": mappings,
            }
            edges = {"cenId": core.urn, "transitRouterId": router.urn}
            name = f"network-{index}-{number}"
            yield Item("TransitRouterVpcAttachment", name, inputs, edges, (core.urn, router.urn), line + 3 + number), region
        yield from ((item, near) for item in _connection(index, core, routers, (first, second), far))


def _connection(index: int, core: Item, routers: list[Item], areas: tuple[str, str], far: str) -> Iterator[Item]:
    line = 10 + index * 30
    bought = {
        "bandwidth": 20,
        "geographicRegionAId": areas[0],
        "geographicRegionBId": areas[1],
        "paymentType": "PrePaid",
        "period": 6,
        "autoRenew": True,
    }
    package = Item("BandwidthPackage", f"package-{index}", bought, {}, (), line + 20)
    yield package
    waits = (core.urn, *(item.urn for item in routers), package.urn)
    if index % EVERY != EVERY - 1:
        edges = {"instanceId": core.urn, "bandwidthPackageId": package.urn}
        attached = Item(
            "BandwidthPackageAttachment", f"attached-{index}", dict.fromkeys(edges, UNKNOWN), edges, waits[:1], line + 25
        )
        yield attached
        waits += (attached.urn,)
    edges = {
        "cenId": core.urn,
        "transitRouterId": routers[0].urn,
        "peerTransitRouterId": routers[1].urn,
        "cenBandwidthPackageId": package.urn,
    }
    drawn = {"peerTransitRouterRegionId": far, "bandwidth": 10, "bandwidthType": "BandwidthPackage"}
    yield Item("TransitRouterPeerAttachment", f"peer-{index}", dict.fromkeys(edges, UNKNOWN) | drawn, edges, waits, line + 26)


def preview(attachments: int) -> bytes:
    """The estate as `pulumi preview --json --show-sames` writes it."""
    made = {"op": "create", "urn": STACK, "newState": {"urn": STACK, "custom": False, "type": "pulumi:pulumi:Stack"}}
    regions = sorted({region for home in HOMES for region in home[:2]})
    providers = {region: f"{PREFIX}pulumi:providers:alicloud::{region}" for region in regions}
    steps: list[dict[str, Any]] = [made]
    for region, urn in providers.items():
        inputs = {"region": region, "version": "4.0.0"}
        state = {"urn": urn, "custom": True, "type": "pulumi:providers:alicloud", "inputs": inputs, "parent": STACK}
        steps.append({"op": "create", "urn": urn, "newState": state})
    steps += [step(item, providers[region]) for item, region in items(attachments)]
    document = {"steps": steps, "diagnostics": [], "duration": 1, "changeSummary": {"create": len(steps)}}
    return json.dumps(document, indent=4).encode()


def write_preview(folder: Path, attachments: int) -> Path:
    """Write the document once; the path of it."""
    path = folder / f"many-{attachments}.json"
    path.write_bytes(preview(attachments))
    return path
