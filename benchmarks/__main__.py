"""Measures the budgets in one run, as ratios: `python -m benchmarks`. Prints the table of the README.

Each figure is the best of several runs: what the machine does besides only ever adds. The official policy host holds
protobuf back, so it lives in an environment of its own, made on the first run.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import estate

ROOT = Path(__file__).parents[1]
CENGUARD = [sys.executable, "-m", "cenguard"]
OFFICIAL = ROOT / "benchmarks" / ".venv-official"
DECODE_ONLY = (
    "import gc, sys; gc.disable()\n"
    "from cenguard.readers.preview import decode_document\n"
    "from cenguard.readers.sources import content_of\n"
    "from pathlib import Path\n"
    "decode_document(content_of(sys.argv[1], Path(sys.argv[1])), 'document')\n"
)
STACK_RESOURCES = 10_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took."""

    seconds: float
    megabytes: float


def process(command: list[str], runs: int, allowed: tuple[int, ...] = (0,)) -> Cost:
    """The best wall time and the peak memory of a command over several runs."""
    seconds, peak = [], []
    for _ in range(runs):
        started = time.perf_counter()
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        seconds.append(time.perf_counter() - started)
        peak.append(usage.ru_maxrss / 1024)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in allowed:
            raise SystemExit(f"{' '.join(command)} ended with status {child.returncode}")
    return Cost(min(seconds), max(peak))


def in_process(path: Path, runs: int) -> tuple[float, float]:
    """Seconds of decoding alone, and of a whole check, of one document, without start-up."""
    import gc

    from cenguard.judging.check import check
    from cenguard.judging.options import Options
    from cenguard.readers.preview import decode_document
    from cenguard.readers.sources import content_of, read_source

    gc.disable()
    decode, whole = [], []
    for _ in range(runs):
        started = time.perf_counter()
        document = decode_document(content_of(str(path), path), "document")
        decode.append(time.perf_counter() - started)
        del document
        started = time.perf_counter()
        report = check([read_source(str(path))], Options())
        whole.append(time.perf_counter() - started)
        found = {
            code: sum(item.rule == code for item in report.findings) for code in sorted({item.rule for item in report.findings})
        }
        del report
        gc.collect()
    expected = estate.expected(int(path.stem.rpartition("-")[2]))
    missing = {code: count for code, count in expected.items() if found.get(code, 0) < count}
    if missing:
        raise SystemExit(f"the estate's known faults were not found: {missing} of {found}")
    return min(decode), min(whole)


def requests(attachments: int) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The calls of the engine for a new estate: one Analyze a resource, and AnalyzeStack."""
    provider = {
        "type": "pulumi:providers:alicloud",
        "urn": estate.PROVIDER,
        "name": "main",
        "properties": {
            "region": "cn-beijing",
            "version": "4.0.0",
            "accessKey": "LTAI",
            "secretKey": "dummy",
            "protocol": "HTTPS",
        },
    }
    single: list[dict[str, Any]] = []
    stack: list[dict[str, Any]] = []
    for item in estate.items(attachments):
        shared = {
            "type": item.type,
            "urn": item.urn,
            "name": item.name,
            "options": {"parent": estate.STACK},
            "provider": provider,
        }
        single.append({**shared, "properties": item.inputs})
        answered = {key: value for key, value in item.inputs.items() if value != estate.UNKNOWN}
        stack.append(
            {
                **shared,
                "properties": {**answered, "id": ""},
                "parent": estate.STACK,
                "dependencies": list(item.waits),
                "propertyDependencies": {key: {"urns": [urn]} for key, urn in item.edges.items()},
            }
        )
    stack.append({**provider, "parent": estate.STACK})
    return single, {"resources": stack}


def ask_pack(python: str, pack: Path, environment: dict[str, str], attachments: int, runs: int) -> float:
    """Seconds of AnalyzeStack, from request to answer, of a pack started as the engine starts it."""
    import grpc
    from google.protobuf.empty_pb2 import Empty
    from google.protobuf.json_format import ParseDict
    from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

    child = subprocess.Popen(
        [python, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(pack)],
        cwd=pack,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PULUMI_PROJECT": "estate", "PULUMI_STACK": "prod", "PULUMI_DRY_RUN": "true", **environment},
    )
    assert child.stdout is not None
    port = child.stdout.readline().strip()
    channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=[("grpc.max_send_message_length", -1)])
    stub = analyzer_pb2_grpc.AnalyzerStub(channel)
    single, stack = requests(attachments)
    levels = {item.name: {"enforcementLevel": item.enforcementLevel} for item in stub.GetAnalyzerInfo(Empty()).policies}
    stub.Configure(ParseDict({"policyConfig": levels}, analyzer_pb2.ConfigureAnalyzerRequest()))
    for request in single:
        stub.Analyze(ParseDict(request, analyzer_pb2.AnalyzeRequest()))
    message = ParseDict(stack, analyzer_pb2.AnalyzeStackRequest())
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        stub.AnalyzeStack(message)
        seconds.append(time.perf_counter() - started)
    child.kill()
    child.wait()
    channel.close()
    return min(seconds)


def official_python() -> str:
    """The interpreter of the official host's environment, made when it is missing."""
    python = OFFICIAL / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(OFFICIAL)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "pulumi-policy", "setuptools<81"], check=True)
    return str(python)


def main() -> None:
    """Measure everything, and print the table."""
    from cenguard.rules import RULES

    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: Path(folder) / f"preview-{size}.json" for size in (10, 1_000, 10_000)}
        for size, path in paths.items():  # by children: a process hands its own peak memory on to those it starts
            write = f"from benchmarks import estate; estate.write_preview(__import__('pathlib').Path({folder!r}), {size})"
            subprocess.run([sys.executable, "-c", write], check=True, cwd=ROOT)
            assert path.exists()
        version = process([*CENGUARD, "--version"], 10)
        small = process([*CENGUARD, "check", str(paths[10])], 10)
        rows.append(("`cenguard --version`", f"{version.seconds * 1000:.0f} ms", "150 ms"))
        rows.append(("`cenguard check` of a ten-network document", f"{small.seconds * 1000:.0f} ms", "150 ms"))
        check = process([*CENGUARD, "check", str(paths[10_000])], 3, allowed=(1,))
        baseline = process([sys.executable, "-c", DECODE_ONLY, str(paths[10_000])], 3)
        inside = {size: in_process(paths[size], 5) for size in (1_000, 10_000)}
        decode, whole = inside[10_000]
        rows.append(
            (
                "check of 10,000 attachments : decoding alone, time",
                f"{whole / decode:.1f} ({whole:.2f} s : {decode:.2f} s)",
                "1.5",
            )
        )
        memory = f"{check.megabytes / baseline.megabytes:.1f} ({check.megabytes:.0f} MB : {baseline.megabytes:.0f} MB)"
        rows.append(("the same as whole processes, peak memory", memory, "1.5"))
        rows.append(("check of 10,000 : 1,000 attachments, time", f"{whole / inside[1_000][1]:.1f}", "12"))
    attachments = STACK_RESOURCES * 10 // 14
    ours = ask_pack(sys.executable, ROOT / "policy_pack", {}, attachments, 5)
    rows.append(("the pack's `AnalyzeStack`, 10,000 resources, every rule", f"{ours:.2f} s", "0.3 s"))
    official = ask_pack(
        official_python(), ROOT / "benchmarks" / "official_pack", {"BENCHMARK_RULES": str(len(RULES))}, attachments, 1
    )
    rows.append(
        (
            f"official Python host with {len(RULES)} one-line policies : the pack",
            f"{official / ours:.0f} ({official:.1f} s : {ours:.2f} s)",
            "100, when every rule is there",
        )
    )
    print("| what | measured | budget |")
    print("|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
