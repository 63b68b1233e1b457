"""What the verdict by pair of networks costs: `python -m benchmarks.routes [ATTACHMENTS]`.

An estate of VPCs behind the routers of twenty regions, three tables to each router, every two routers joined by a peer. The
same document is checked with routes and without, each in a process of its own; and two worst cases: as many tables as legs are
worked out for, and each network in a table of its own, all learning all.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from cenguard.geography.catalogue import default_catalogue
from cenguard.resources import tokens

REGIONS = tuple(sorted(default_catalogue().regions))[:20]
TABLES = 3
PREFIX = "urn:pulumi:prod::routes::"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
VPC, SWITCH = "alicloud:vpc/network:Network", "alicloud:vpc/switch:Switch"


def urn(kind: str, name: str) -> str:
    """The URN of a resource of the estate."""
    return f"{PREFIX}{kind}::{name}"


def step(kind: str, name: str, inputs: dict[str, Any], edges: dict[str, str], provider: str = "") -> dict[str, Any]:
    """One step of a preview document: a resource that is made."""
    stated = {**inputs, **dict.fromkeys(edges, UNKNOWN)}
    state = {
        "urn": urn(kind, name),
        "custom": True,
        "type": kind,
        "inputs": stated,
        "propertyDependencies": {key: [edges[key]] if key in edges else [] for key in stated},
        "dependencies": sorted(set(edges.values())),
    }
    if provider:
        state["provider"] = f"{urn('pulumi:providers:alicloud', provider)}::{UNKNOWN}"
    return {"op": "create", "urn": state["urn"], "newState": state}


def estate(attachments: int, tables: int = TABLES, *, worst: bool = False) -> Iterator[dict[str, Any]]:
    """The steps of an estate; the worst one has one region, and a table for each network that learns all."""
    core = urn(tokens.INSTANCE, "core")
    regions = REGIONS[:1] if worst else REGIONS
    yield step(tokens.INSTANCE, "core", {}, {})
    for region in regions:
        yield step("pulumi:providers:alicloud", region, {"region": region}, {})
        yield step(tokens.ROUTER, f"{region}-router", {}, {"cenId": core}, region)
        for index in range(0 if worst else tables):
            yield step(
                tokens.ROUTE_TABLE, f"{region}-{index}", {}, {"transitRouterId": urn(tokens.ROUTER, f"{region}-router")}, region
            )
    for number in range(attachments):
        region = regions[number % len(regions)]
        name, table = f"site-{number}", f"{region}-{number // len(regions) % tables}"
        if worst:
            table = f"table-{number}"
            yield step(tokens.ROUTE_TABLE, table, {}, {"transitRouterId": urn(tokens.ROUTER, f"{region}-router")}, region)
        block = f"10.{number >> 8}.{number & 255}.0/24" if number < 1 << 16 else "10.0.0.0/24"
        yield step(VPC, name, {"cidrBlock": "10.0.0.0/8"}, {}, region)
        yield step(SWITCH, name, {"cidrBlock": block, "zoneId": f"{region}-a"}, {"vpcId": urn(VPC, name)}, region)
        edges = {"cenId": core, "transitRouterId": urn(tokens.ROUTER, f"{region}-router"), "vpcId": urn(VPC, name)}
        stated = {"autoPublishRouteEnabled": True, "zoneMappings": [{"zoneId": f"{region}-a", "vswitchId": UNKNOWN}]}
        yield step(tokens.VPC_ATTACHMENT, name, stated, edges, region)
        learned = [table] if worst or table.endswith("-0") else [table, f"{region}-0"]  # the first one is what peers hand over
        yield from joined(urn(tokens.VPC_ATTACHMENT, name), name, learned, region)
    if worst:
        for first in range(attachments):
            attachment = urn(tokens.VPC_ATTACHMENT, f"site-{first}")
            for second in range(attachments):
                if first != second:
                    yield relation(tokens.PROPAGATION, f"site-{first}-{second}", attachment, f"table-{second}", regions[0])
    for first, second in combinations(regions, 2):
        name = f"{first}-{second}"
        ends = {"transitRouterId": first, "peerTransitRouterId": second}
        edges = {"cenId": core, **{key: urn(tokens.ROUTER, f"{region}-router") for key, region in ends.items()}}
        stated = {
            "bandwidthType": "DataTransfer", "bandwidth": 10, "peerTransitRouterRegionId": second, "autoPublishRouteEnabled": True,
        }  # fmt: skip
        yield step(tokens.PEER, name, stated, edges, first)
        for region in (first, second):
            yield from joined(
                urn(tokens.PEER, name), f"{name}-{region}", [f"{region}-{index}" for index in range(tables)], region
            )


def joined(attachment: str, name: str, into: list[str], region: str) -> Iterator[dict[str, Any]]:
    """An association with the first table, and propagations into all of them."""
    yield relation(tokens.ASSOCIATION, f"{name}-in", attachment, into[0], region)
    for table in into:
        yield relation(tokens.PROPAGATION, f"{name}-from-{table}", attachment, table, region)


def relation(kind: str, name: str, attachment: str, table: str, region: str) -> dict[str, Any]:
    """An association or a propagation."""
    edges = {"transitRouterAttachmentId": attachment, "transitRouterRouteTableId": urn(tokens.ROUTE_TABLE, table)}
    return step(kind, name, {}, edges, region)


def measure(path: Path, *, routes: bool) -> dict[str, Any]:
    """One check of a document in this process: what it took and found."""
    import gc

    from cenguard.judging.check import check
    from cenguard.judging.options import Options
    from cenguard.network import Network
    from cenguard.readers.sources import read_source

    gc.disable()
    if not routes:
        Network.routes_told = property(lambda _: False, lambda _, __: None)  # type: ignore[assignment]
    started = time.process_time()  # of the processor: what else the machine does is no matter
    report = check([read_source(str(path))], Options())
    took = time.process_time() - started
    found = report.routes
    return {
        "seconds": took,
        "peak": peak(),
        "groups": [len(item.groups) + item.more_groups for item in found.instances] if found else [],
        "complete": found.complete if found else None,
        "counts": {way: count.networks for item in found.instances for way, count in (item.counts or {}).items()}
        if found
        else {},
    }


def peak() -> float:
    """The most memory that this program has held, in MiB, without what its parent held when it was started."""
    text = Path("/proc/self/status").read_text("ascii")
    return int(text.partition("VmHWM:")[2].split()[0]) / 1024


def compared(path: Path, runs: int = 3) -> tuple[tuple[float, float, dict[str, Any]], ...]:
    """The best time and the peak memory (MiB) with routes and without, of some runs by turns."""
    taken = [(process(path, routes=True), process(path, routes=False)) for _ in range(runs)]
    return tuple((min(run[0] for run in side), min(run[1] for run in side), side[0][2]) for side in zip(*taken, strict=True))


def process(path: Path, *, routes: bool) -> tuple[float, float, dict[str, Any]]:
    """The processor's time and the peak memory (MiB) of one check in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.routes", "--measure", str(path), "with" if routes else "without"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = child.stdout.read() if child.stdout else ""
    if child.wait():
        raise SystemExit(f"{' '.join(command)} ended with status {child.returncode}")
    found = json.loads(output)
    return found["seconds"], found["peak"], found


def main() -> None:
    """Write the estates, check each with routes and without, print the ratios."""
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(Path(sys.argv[2]), routes=sys.argv[3] == "with")))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        for name, steps in (
            ("60 tables", estate(count)),
            ("a table for each of 500 networks", estate(500, 25)),
            ("each in its own table, all learning all", estate(min(300, max(2, int(count**0.5) * 3)), worst=True)),
        ):
            path = Path(folder) / f"{name}.json"
            path.write_text(json.dumps({"steps": list(steps), "changeSummary": {"create": count}}), "utf-8")
            with_routes, without = compared(path)
            print(
                f"{name}: {with_routes[0]:.2f} s with routes, {without[0]:.2f} s without ({with_routes[0] / without[0]:.2f}); "
                f"{with_routes[1]:.0f} MiB, {without[1]:.0f} MiB ({with_routes[1] / without[1]:.2f}); "
                f"groups {with_routes[2]['groups']}, complete {with_routes[2]['complete']}, {with_routes[2]['counts']}"
            )


if __name__ == "__main__":
    main()
