"""What a save in an editor costs beside one `cenguard check` of the same program: `python -m benchmarks.editor [RUNS]`.

A program in Python of a hundred resources; the server, with a client that speaks the protocol over real pipes, is idle when the file is
saved. Times from the save to the diagnostics, by the clock: best of several runs, each with a server of its own.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.processes import ROOT
from tests.editor.client import Client

BUDGETS = {"first": 1.3, "second": 0.7}
"""Times the command."""
MEMORY = 120
"""MiB of all processes before the first run."""
NETWORKS = 33


def program() -> str:
    """A program of three resources a network."""
    rows = [
        "import pulumi",
        "import pulumi_alicloud as alicloud",
        "bj = alicloud.Provider('bj', region='cn-beijing')",
        "us = alicloud.Provider('us', region='us-west-1')",
        "core = alicloud.cen.Instance('core', opts=pulumi.ResourceOptions(provider=bj))",
    ]
    for number in range(NETWORKS):
        provider, region, zone = ("bj", "cn-beijing", "cn-beijing-h") if number % 2 else ("us", "us-west-1", "us-west-1a")
        rows += [
            f"v{number} = alicloud.vpc.Network('v{number}', cidr_block='10.{number}.0.0/16', opts=pulumi.ResourceOptions(provider={provider}))",
            f"alicloud.vpc.Switch('s{number}', vpc_id=v{number}.id, zone_id='{zone}', cidr_block='10.{number}.1.0/24', opts=pulumi.ResourceOptions(provider={provider}))",
            f"alicloud.cen.InstanceAttachment('a{number}', instance_id=core.id, child_instance_id=v{number}.id, child_instance_type='VPC', child_instance_region_id='{region}', opts=pulumi.ResourceOptions(provider=bj))",
        ]
    return "\n".join(rows) + "\n"


def resident(processes: list[int]) -> float:
    """MiB of processes, what they share counted for each."""
    sizes = (Path(f"/proc/{process}/status").read_text().partition("VmRSS:")[2].split()[0] for process in processes)
    return sum(map(int, sizes)) / 1024


def saved(folder: Path, path: Path) -> tuple[float, float, float]:
    """Seconds of the first and the second save, and MiB before them."""
    with Client(folder, {"trusted": True, "runPrograms": "save"}) as client:
        client.open(path)
        client.pushed(path)
        memory = resident(client.processes())
        seconds = []
        for _ in range(2):
            started = time.perf_counter()
            client.save(path)
            assert client.pushed(path)
            seconds.append(time.perf_counter() - started)
    return seconds[0], seconds[1], memory


def main() -> None:
    """Measure, and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "Pulumi.yaml").write_text("name: network\nruntime: python\n")
        path = folder / "__main__.py"
        path.write_text(program())
        command, first, second, memory = [], [], [], []
        for _ in range(runs):
            started = time.perf_counter()
            subprocess.run([sys.executable, "-m", "cenguard", "check", name], cwd=ROOT, check=False, capture_output=True)
            command.append(time.perf_counter() - started)
            measured = saved(folder, path)
            first.append(measured[0])
            second.append(measured[1])
            memory.append(measured[2])
    alone = min(command)
    print("| what | measured | budget |")
    print("|---|---|---|")
    for what, seconds in (("first", min(first)), ("second", min(second))):
        print(
            f"| the {what} save : `cenguard check` | {seconds / alone:.2f} ({seconds:.2f} s : {alone:.2f} s) | {BUDGETS[what]} |"
        )
    print(f"| all processes before the first run | {max(memory):.0f} MiB | {MEMORY} MiB |")


if __name__ == "__main__":
    main()
