"""Estates of any size with known faults, as the engine writes them: positions, stack traces and all.

Every instance joins ten networks of two regions by one package and one limit; every twentieth instance has a fault in
turn, so that a benchmark that finds nothing, or everything, is broken.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
ATTACHMENTS = 10
EVERY = 20
FAULTS = ("missing package", "mis-area package", "overcommitted", "unattached package", "no limit")
EXPECTED = {
    "missing package": ("CEN201", "CEN207"),
    "mis-area package": ("CEN201", "CEN202", "CEN207"),
    "overcommitted": ("CEN208",),
    "unattached package": ("CEN201", "CEN203", "CEN207"),
    "no limit": ("CEN206",),
}
HOMES = (
    ("cn-beijing", "us-west-1", "China", "North-America"),
    ("cn-hangzhou", "eu-central-1", "China", "Europe"),
    ("cn-hongkong", "ap-southeast-1", "Asia-Pacific", "Asia-Pacific"),
    ("eu-west-1", "us-east-1", "Europe", "North-America"),
)
PREFIX = "urn:pulumi:prod::estate::"
STACK = f"{PREFIX}pulumi:pulumi:Stack::estate-prod"
LIBRARY = "project:///../venv/lib/python3.11/site-packages"
OUTER_FRAMES = (
    f"{LIBRARY}/pulumi/runtime/stack.py#237",
    f"{LIBRARY}/pulumi/runtime/stack.py#133",
    f"{LIBRARY}/pulumi/runtime/stack.py#254",
    "project:///../lib/python3.11/asyncio/events.py#80",
    "project:///../lib/python3.11/asyncio/base_events.py#1922",
    "project:///../lib/python3.11/asyncio/base_events.py#607",
    "project:///../lib/python3.11/asyncio/base_events.py#640",
    "project:///../bin/pulumi-language-python-exec#232",
)


@dataclass(frozen=True, slots=True)
class Item:
    """One resource of an estate, before it takes the form of a document or of a request."""

    kind: str
    name: str
    inputs: dict[str, Any]
    edges: dict[str, str]
    waits: tuple[str, ...]
    line: int

    @property
    def type(self) -> str:
        return f"alicloud:cen/{self.kind[0].lower()}{self.kind[1:]}:{self.kind}"

    @property
    def urn(self) -> str:
        return f"{PREFIX}{self.type}::{self.name}"


def fault_of(index: int) -> str | None:
    """The fault of one instance, in turn."""
    return FAULTS[index // EVERY % len(FAULTS)] if index % EVERY == EVERY - 1 else None


def expected(attachments: int) -> dict[str, int]:
    """How many mandatory and advisory findings of each rule an estate must give."""
    found: dict[str, int] = {}
    for index in range(attachments // ATTACHMENTS):
        for code in EXPECTED.get(fault_of(index) or "", ()):
            found[code] = found.get(code, 0) + 1
    return dict(sorted(found.items()))


def items(attachments: int) -> Iterator[Item]:
    """The resources of an estate with that many cross-region attachments, in the order of a program."""
    for index in range(attachments // ATTACHMENTS):
        near, far, first, second = HOMES[index % len(HOMES)]
        fault, line = fault_of(index), 10 + index * 30
        core = Item("Instance", f"core-{index}", {"cenInstanceName": f"core-{index}", "tags": {"team": "net"}}, {}, (), line)
        yield core
        joined = []
        for number in range(ATTACHMENTS):
            region = near if number % 2 == 0 else far
            item = Item(
                "InstanceAttachment",
                f"network-{index}-{number}",
                {
                    "instanceId": UNKNOWN,
                    "childInstanceId": f"vpc-{index:05}{number:02}abcdefghij",
                    "childInstanceRegionId": region,
                    "childInstanceType": "VPC",
                },
                {"instanceId": core.urn},
                (core.urn,),
                line + 1 + number,
            )
            joined.append(item)
            yield item
        if fault == "missing package":
            attached = None
        else:
            if fault == "mis-area package":
                second = "Australia"
            package = Item(
                "BandwidthPackage",
                f"package-{index}",
                {
                    "bandwidth": 20,
                    "geographicRegionAId": first,
                    "geographicRegionBId": second,
                    "paymentType": "PrePaid",
                    "period": 6,
                    "autoRenew": True,
                    "cenBandwidthPackageName": f"package-{index}",
                },
                {},
                (),
                line + 20,
            )
            yield package
            attached = None
            if fault != "unattached package":
                attached = Item(
                    "BandwidthPackageAttachment",
                    f"attached-{index}",
                    {"instanceId": UNKNOWN, "bandwidthPackageId": UNKNOWN},
                    {"instanceId": core.urn, "bandwidthPackageId": package.urn},
                    (core.urn, package.urn),
                    line + 25,
                )
                yield attached
        if fault != "no limit":
            waits = (core.urn, joined[0].urn, joined[1].urn, *((attached.urn,) if attached else ()))
            yield Item(
                "BandwidthLimit",
                f"limit-{index}",
                {"instanceId": UNKNOWN, "regionIds": [near, far], "bandwidthLimit": 50 if fault == "overcommitted" else 20},
                {"instanceId": core.urn},
                waits,
                line + 26,
            )


PROVIDER = f"{PREFIX}pulumi:providers:alicloud::main"


def step(item: Item, provider: str = PROVIDER) -> dict[str, Any]:
    """A resource as a step of a preview document."""
    position = f"project:///__main__.py#{item.line}"
    module = f"{item.kind.lower()}.py"
    frames = [f"{LIBRARY}/pulumi_alicloud/cen/{module}#311", f"{LIBRARY}/pulumi_alicloud/cen/{module}#240", position, "", ""]
    frames += ["project:///../bin/pulumi-language-python-exec#188", *OUTER_FRAMES]
    state = {
        "urn": item.urn,
        "custom": True,
        "type": item.type,
        "inputs": {"__defaults": [], **item.inputs},
        "parent": STACK,
        **({"dependencies": list(item.waits)} if item.waits else {}),
        "provider": f"{provider}::{UNKNOWN}",
        "propertyDependencies": {key: [item.edges[key]] if key in item.edges else [] for key in item.inputs},
        "sourcePosition": position,
        "stackTrace": [{"sourcePosition": frame} if frame else {} for frame in frames],
    }
    if item.kind == "BandwidthPackage":  # as Terraform's plans, which do not tell it, are judged: no cause beside the faults
        state["protect"] = True
    return {"op": "create", "urn": item.urn, "provider": state["provider"], "newState": state, "detailedDiff": None}


def preview(attachments: int) -> bytes:
    """The estate as `pulumi preview --json --show-sames` writes it."""
    stack = {"op": "create", "urn": STACK, "newState": {"urn": STACK, "custom": False, "type": "pulumi:pulumi:Stack"}}
    provider = {
        "op": "create",
        "urn": PROVIDER,
        "newState": {
            "urn": PROVIDER,
            "custom": True,
            "type": "pulumi:providers:alicloud",
            "inputs": {"region": "cn-beijing", "version": "4.0.0"},
            "parent": STACK,
        },
    }
    steps = [stack, provider, *map(step, items(attachments))]
    document = {"steps": steps, "diagnostics": [], "duration": 1, "changeSummary": {"create": len(steps)}}
    return json.dumps(document, indent=4).encode()


def write_preview(folder: Path, attachments: int) -> Path:
    """Write the document once; the path of it."""
    path = folder / f"preview-{attachments}.json"
    path.write_bytes(preview(attachments))
    return path
