"""Fleets of states with known faults, and what auditing one costs: `python -m benchmarks.fleet [STATES]`.

States hold 20 to 2,000 resources, most of them other providers'; each third one is the core of a CEN instance whose
attachments lie in the two after it. One in ten is packed, one in a hundred damaged, and every twentieth instance has no
package: an audit that finds nothing, or everything, is broken.
"""

import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

CEN = "alicloud:cen/"
EVERY = 20
"""Each instance of so many has no package."""


class _Stack:
    def __init__(self, index: int) -> None:
        self.start = f"urn:pulumi:prod::app-{index:05}::"
        self.stack = f"{self.start}pulumi:pulumi:Stack::app-{index:05}-prod"
        self.provider = f"{self.start}pulumi:providers:alicloud::main"
        self.resources: list[dict[str, Any]] = [
            {"urn": self.stack, "custom": False, "type": "pulumi:pulumi:Stack"},
            {
                "urn": self.provider,
                "custom": True,
                "id": "p",
                "type": "pulumi:providers:alicloud",
                "inputs": {"region": "cn-beijing"},
                "parent": self.stack,
            },
        ]

    def add(self, token: str, name: str, identifier: str, inputs: dict[str, Any]) -> None:
        self.resources.append(
            {
                "urn": f"{self.start}{token}::{name}",
                "custom": True,
                "id": identifier,
                "type": token,
                "inputs": {"__defaults": [], **inputs},
                "outputs": {"__meta": "m" * 60, **inputs, "id": identifier},
                "parent": self.stack,
                "provider": f"{self.provider}::p",
                "propertyDependencies": {key: [] for key in inputs},
                "created": "2026-01-02T03:04:05Z",
                "modified": "2026-01-02T03:04:05Z",
                "sourcePosition": f"project:///__main__.py#{len(self.resources)}",
                "stackTrace": [
                    {"sourcePosition": f"project:///../venv/lib/pulumi/runtime/stack.py#{line}"} for line in range(12)
                ],
            }
        )


def _state(index: int, size: int) -> dict[str, Any]:
    stack = _Stack(index)
    core = index // 3
    cen = f"cen-{core:08}"
    regions = (("cn-beijing", "us-west-1"), ("cn-beijing",), ("us-west-1",))[index % 3]
    if index % 3 == 0:
        stack.add(f"{CEN}instance:Instance", "core", cen, {"cenInstanceName": "core", "tags": {"team": "net"}})
        if core % EVERY:
            package = f"cenbwp-{core:08}"
            areas = {"geographicRegionAId": "China", "geographicRegionBId": "North-America"}
            stack.add(
                f"{CEN}bandwidthPackage:BandwidthPackage",
                "package",
                package,
                {"bandwidth": 20, **areas, "paymentType": "PostPaid"},
            )
            ids = {"instanceId": cen, "bandwidthPackageId": package}
            stack.add(f"{CEN}bandwidthPackageAttachment:BandwidthPackageAttachment", "attached", package, ids)
            pair = ["cn-beijing", "us-west-1"]
            limit = {"instanceId": cen, "regionIds": pair, "bandwidthLimit": 20}
            stack.add(f"{CEN}bandwidthLimit:BandwidthLimit", "limit", f"{cen}:{':'.join(pair)}", limit)
    for number, region in enumerate(regions * 3):
        vpc = f"vpc-{index:06}{number}"
        inputs = {"instanceId": cen, "childInstanceId": vpc, "childInstanceRegionId": region, "childInstanceType": "VPC"}
        stack.add(f"{CEN}instanceAttachment:InstanceAttachment", f"network-{number}", f"{cen}:{vpc}:VPC:{region}", inputs)
    number = 0
    while len(stack.resources) < size:
        kind = ("aws:s3/bucket:Bucket", "alicloud:oss/bucket:Bucket", "kubernetes:core/v1:ConfigMap")[number % 3]
        stack.add(
            kind, f"thing-{number}", f"id-{number}", {"name": f"thing-{number}", "tags": {"team": "x"}, "policy": "p" * 200}
        )
        number += 1
    deployment = {"manifest": {"version": "v3.260.0"}, "resources": stack.resources}
    if index % 2:
        return {"version": 3, "checkpoint": {"stack": f"organization/app-{index:05}/prod", "latest": deployment}}
    return {"version": 3, "deployment": deployment}


def write(root: Path, states: int) -> dict[str, int]:
    """Write a fleet, and say what an audit of it must find."""
    chosen = random.Random(1)
    damaged = resources = 0
    for index in range(states):
        size = min(2000, max(20, int(chosen.lognormvariate(4, 1))))
        content = json.dumps(_state(index, size)).encode()
        folder = root / f"team-{index % 40}"
        folder.mkdir(parents=True, exist_ok=True)
        if index % 10 == 3:
            (folder / f"{index}.json.gz").write_bytes(gzip.compress(content, 5))
        elif index % 99 == 97:  # never the core of an instance
            damaged += 1
            (folder / f"{index}.json").write_bytes(content[: len(content) // 2])
            continue
        else:
            (folder / f"{index}.json").write_bytes(content)
        resources += max(size, 2)
    cores = -(-states // 3)
    return {"stacks": states - damaged, "unread": damaged, "instances": cores, "without": -(-cores // EVERY)}


class Cost(NamedTuple):
    """What an audit took."""

    seconds: float
    processor: float
    """Seconds of processors, those of every process together."""
    megabytes: float
    """Of the first process at its peak."""


def audit(root: Path, expected: dict[str, int], workers: int) -> tuple[Cost, bytes]:
    """The cost and the report of one audit; what it found is compared with what is there."""
    command = [
        sys.executable,
        "-m",
        "cenguard",
        "audit",
        str(root),
        "--workers",
        str(workers),
        "--format",
        "json",
        "--fail-on",
        "never",
    ]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout is not None
        output = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    report = json.loads(output)
    found = {name: report["summary"][name] for name in ("stacks", "unread", "instances")}
    cut_off = sum(item["rule"] == "CEN201" for item in report["findings"])
    if found != {name: expected[name] for name in found} or cut_off != expected["without"]:
        raise SystemExit(f"the fleet's known faults were not found: {found}, {cut_off} instances without a package; {expected}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), output


def main() -> None:
    """Audit fleets of growing size on one process and on two, and print the table."""
    sizes = [int(text) for text in sys.argv[1:]] or [500, 2_000, 8_000]
    print(
        "| states | MB | one process | its processor | two processes | their processors | memory |\n|---|---|---|---|---|---|---|"
    )
    for states in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "fleet"
            expected = write(root, states)
            megabytes = sum(path.stat().st_size for path in root.rglob("*.json*")) >> 20
            one, first = audit(root, expected, 1)
            two, second = audit(root, expected, 2)
            if first != second:
                raise SystemExit("two processes did not print the bytes of one")
            cells = [cell for cost in (one, two) for cell in (_rate(states, cost.seconds), _rate(states, cost.processor))]
            print(f"| {states:,} | {megabytes:,} | {' | '.join(cells)} | {one.megabytes:.0f} MB |", flush=True)


def _rate(states: int, seconds: float) -> str:
    return f"{seconds:.1f} s, {states / seconds:,.0f} a second"


if __name__ == "__main__":
    main()
