"""What planning an upgrade costs beside the check of the same document: `python -m benchmarks.upgrade [ATTACHMENTS]`.

A Basic network in twenty regions, every two of which have a limit, as the engine writes it: positions, stack traces and all.
Once with networks that are only named by id, once with the VPCs and their vSwitches in it. Whole processes, side by side.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import combinations, combinations_with_replacement
from pathlib import Path
from typing import Any

from benchmarks.estate import STACK, Item, step
from benchmarks.processes import Work, beside, check_of
from cenguard.geography.catalogue import default_catalogue
from cenguard.geography.regions import RegionStatus

_OPEN = [item for item in default_catalogue().regions.values() if item.status is RegionStatus.OPEN and item.area]
REGIONS = tuple(sorted(item.id for item in _OPEN))[:20]
AREAS = sorted({item.area for item in _OPEN if item.id in REGIONS and item.area})
BUDGET = 3.0
"""Times the check."""
PREFIX = "urn:pulumi:prod::estate::"


class Vpc(Item):
    """A resource of another package than that of CEN."""

    @property
    def type(self) -> str:
        return {"Network": "alicloud:vpc/network:Network", "Switch": "alicloud:vpc/switch:Switch"}[self.kind]


def items(attachments: int, *, networks: bool) -> Iterator[tuple[Item, str]]:
    """The resources, each with its provider."""
    from benchmarks.estate import UNKNOWN

    core = Item("Instance", "core", {"cenInstanceName": "core"}, {}, (), 1)
    yield core, f"{PREFIX}pulumi:providers:alicloud::{REGIONS[0]}"
    waits: list[str] = []
    for number in range(attachments):
        region = REGIONS[number % len(REGIONS)]
        home = f"{PREFIX}pulumi:providers:alicloud::{region}"
        edges, child = {"instanceId": core.urn}, f"vpc-{number}"
        if networks:
            vpc = Vpc("Network", f"site-{number}", {"cidrBlock": "10.0.0.0/8"}, {}, (), 5)
            yield vpc, home
            for zone in range(2):
                block = f"10.{number >> 7}.{(number & 127) * 2 + zone}.0/24"
                inputs = {
                    "cidrBlock": block,
                    "vpcId": UNKNOWN,
                    "zoneId": f"{region}{'' if region[-1].isdigit() else '-'}{'ab'[zone]}",
                }
                yield Vpc("Switch", f"site-{number}-{zone}", inputs, {"vpcId": vpc.urn}, (vpc.urn,), 6), home
            edges["childInstanceId"], child = vpc.urn, UNKNOWN
        inputs = {
            "instanceId": UNKNOWN,
            "childInstanceId": child,
            "childInstanceType": "VPC",
            "childInstanceRegionId": region,
        }
        attachment = Item("InstanceAttachment", f"site-{number}", inputs, edges, tuple(edges.values()), 10)
        waits.append(attachment.urn)
        yield attachment, home
    for first, second in combinations_with_replacement(AREAS, 2):
        name = f"{first}-{second}".lower()
        areas = {"geographicRegionAId": first, "geographicRegionBId": second, "bandwidth": 10_000, "paymentType": "PostPaid"}
        package = Item("BandwidthPackage", name, areas, {}, (), 20)
        yield package, f"{PREFIX}pulumi:providers:alicloud::{REGIONS[0]}"
        edges = {"instanceId": core.urn, "bandwidthPackageId": package.urn}
        attached = Item("BandwidthPackageAttachment", name, dict.fromkeys(edges, UNKNOWN), edges, tuple(edges.values()), 21)
        waits.append(attached.urn)
        yield attached, f"{PREFIX}pulumi:providers:alicloud::{REGIONS[0]}"
    for first, second in combinations(REGIONS, 2):
        inputs = {"instanceId": UNKNOWN, "regionIds": [first, second], "bandwidthLimit": 10}
        edges = {"instanceId": core.urn}
        yield (
            Item("BandwidthLimit", f"{first}-{second}", inputs, edges, (core.urn, *waits), 30),
            f"{PREFIX}pulumi:providers:alicloud::{REGIONS[0]}",
        )


def preview(attachments: int, *, networks: bool) -> bytes:
    """The document."""

    def made(urn: str, kind: str, inputs: dict[str, Any], *, custom: bool) -> dict[str, Any]:
        state = {"urn": urn, "custom": custom, "type": kind, "inputs": inputs}
        return {"op": "create", "urn": urn, "newState": state}

    steps = [made(STACK, "pulumi:pulumi:Stack", {}, custom=False)]
    for region in REGIONS:
        kind = "pulumi:providers:alicloud"
        steps.append(made(f"{PREFIX}{kind}::{region}", kind, {"region": region, "version": "4.0.0"}, custom=True))
    steps += [step(item, provider) for item, provider in items(attachments, networks=networks)]
    document = {"steps": steps, "diagnostics": [], "duration": 1, "changeSummary": {"create": len(steps)}}
    return json.dumps(document, indent=4).encode()


def main() -> None:
    """Plan and check, and print the ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as folder:
        for name, networks in (("networks by id", False), ("VPCs and vSwitches", True)):
            path = Path(folder) / f"{count}-{networks}.json"
            path.write_bytes(preview(count, networks=networks))
            plan = Work([sys.executable, "-m", "cenguard", "upgrade", str(path), "--format", "json"], allowed=(0,))
            cost = beside({"check": check_of(path), "upgrade": plan}, runs=3)
            ratio = cost["upgrade"].seconds / cost["check"].seconds
            print(
                f"{count:,} attachments, {name}: check {cost['check'].seconds:.2f} s, {cost['check'].megabytes:.0f} MiB; "
                f"upgrade {cost['upgrade'].seconds:.2f} s, {cost['upgrade'].megabytes:.0f} MiB; {ratio:.2f} times (at most {BUDGET:g})"
            )


if __name__ == "__main__":
    main()
