"""The policy pack as the engine calls it.

A call of `Analyze`, by the time that passes, is compared with a servicer that answers nothing; the whole stack, by the
processor's time of the pack's process, with one that only reads the call, and with the official Python host.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from benchmarks import enterprise, estate
from benchmarks.processes import ROOT, python_with

ATTACHMENTS = 10_000
CALLS = 1_000
"""Attachments of the estate that `Analyze` is asked about, resource by resource."""
MORE = "more findings"
"""What the pack calls the diagnostic that counts the findings for which an answer has no room."""
NOTHING = (sys.executable, "-m", "benchmarks.empty_servicer")
"""Starts the servicer that answers nothing."""
RESOURCES = 10_000
"""Of the stack that the official host is given."""


def requests(items: Iterable[tuple[estate.Item, str]]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The calls of the engine for a new estate, whose resources come with their regions: one Analyze a resource, and AnalyzeStack."""
    providers: dict[str, dict[str, Any]] = {}
    single: list[dict[str, Any]] = []
    stack: list[dict[str, Any]] = []
    for item, region in items:
        if region not in providers:
            providers[region] = _provider(region)
        shared = {
            "type": item.type,
            "urn": item.urn,
            "name": item.name,
            "options": {"parent": estate.STACK},
            "provider": providers[region],
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
    single = [*providers.values(), *single]  # the engine asks about them too, before what they make
    stack += [{**provider, "parent": estate.STACK} for provider in providers.values()]
    return single, {"resources": stack}


def _provider(region: str) -> dict[str, Any]:
    properties = {"region": region, "version": "4.0.0", "accessKey": "LTAI", "secretKey": "dummy", "protocol": "HTTPS"}
    urn = f"{estate.PREFIX}pulumi:providers:alicloud::{region}"
    return {"type": "pulumi:providers:alicloud", "urn": urn, "name": region, "properties": properties}


class Pack:
    """A policy pack in a process of its own, configured as the engine does it."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        """Start it."""
        import grpc
        from google.protobuf.empty_pb2 import Empty
        from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

        self._child = subprocess.Popen(
            command,
            cwd=folder,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PULUMI_PROJECT": "estate", "PULUMI_STACK": "prod", "PULUMI_DRY_RUN": "true", **environment},
        )
        assert self._child.stdout is not None
        port = self._child.stdout.readline().strip()
        self._channel = grpc.insecure_channel(
            f"127.0.0.1:{port}", options=[("grpc.max_send_message_length", -1), ("grpc.max_receive_message_length", -1)]
        )
        self.stub = analyzer_pb2_grpc.AnalyzerStub(self._channel)
        levels = {
            item.name: analyzer_pb2.PolicyConfig(enforcementLevel=item.enforcementLevel)
            for item in self.stub.GetAnalyzerInfo(Empty()).policies
        }
        self.stub.Configure(analyzer_pb2.ConfigureAnalyzerRequest(policyConfig=levels))

    @property
    def seconds(self) -> float:
        """Processor's time of its process, where the system tells it (Linux); else the time that passes."""
        stat = Path(f"/proc/{self._child.pid}/stat")
        if not stat.exists():
            return time.perf_counter()
        user, system = stat.read_text("utf-8").rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._channel.close()
        self._child.kill()
        self._child.wait()


def host(python: str, folder: Path, **environment: str) -> Pack:
    """A pack's folder, started as the engine starts one in Python."""
    return Pack([python, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(folder)], folder, environment)


def of_stack(pack: Pack, items: Iterable[tuple[estate.Item, str]], runs: int) -> tuple[float, Counter[str]]:
    """Seconds of AnalyzeStack after an Analyze of each resource, and what was said, by policy."""
    from google.protobuf.json_format import ParseDict
    from pulumi.runtime.proto import analyzer_pb2

    single, stack = requests(items)
    for request in single:
        pack.stub.Analyze(ParseDict(request, analyzer_pb2.AnalyzeRequest()))
    message = ParseDict(stack, analyzer_pb2.AnalyzeStackRequest())
    seconds = []
    for _ in range(runs):
        started = pack.seconds
        answer = pack.stub.AnalyzeStack(message)
        seconds.append(pack.seconds - started)
    said = Counter(item.policyName for item in answer.diagnostics)
    for item in answer.diagnostics:
        if item.description == MORE:  # an answer holds 4 MB: advice beyond is counted
            said[MORE] += int(item.message.partition(" ")[0]) - 1
    return min(seconds), said


def must_say(said: Mapping[str, int], expected: Mapping[str, int]) -> None:
    """End the benchmark where the pack does not find the known faults of an estate: mandatory ones by rule, the others in all."""
    from cenguard.findings import Level
    from cenguard.rules import RULES

    rules = {rule.code: rule for rule in RULES}
    missing = {
        code: (said.get(rules[code].name, 0), count)
        for code, count in expected.items()
        if rules[code].level is Level.MANDATORY and said.get(rules[code].name, 0) < count
    }
    if missing or sum(said.values()) < sum(expected.values()):
        raise SystemExit(f"known faults were not found by the pack: {missing}")


def whole_stacks(attachments: int, runs: int) -> Iterator[tuple[str, str, str]]:
    """`AnalyzeStack` with few findings and with many, beside a servicer that reads the call and says nothing."""
    few, many = [(item, "cn-beijing") for item in estate.items(attachments)], list(enterprise.items(attachments))
    for items, expected, what, budget in (
        (few, estate.expected(attachments), "few findings", "0.2 s"),
        (many, enterprise.expected(attachments), "{count:,} findings", "0.6 s"),
    ):
        with host(sys.executable, ROOT / "policy_pack") as pack:
            seconds, said = of_stack(pack, items, runs)
        must_say(said, expected)
        with Pack(NOTHING, ROOT, {}) as pack:
            least, _ = of_stack(pack, items, runs)
        told = what.format(count=said.total())
        measured = f"{seconds:.2f} s ({least:.2f} s to read the call and say nothing)"
        yield f"the pack's `AnalyzeStack`, {attachments:,} attachments, {told}", measured, budget


def single_calls(attachments: int, runs: int) -> Iterator[tuple[str, str, str]]:
    """A call of `Analyze`, beside a servicer that answers nothing: the best of several passes over an estate, in turns."""
    from google.protobuf.json_format import ParseDict
    from pulumi.runtime.proto import analyzer_pb2

    single, _ = requests((item, "cn-beijing") for item in estate.items(attachments))
    messages = [ParseDict(request, analyzer_pb2.AnalyzeRequest()) for request in single]
    with ExitStack() as stack:
        servers = {
            "ours": stack.enter_context(host(sys.executable, ROOT / "policy_pack")),
            "nothing": stack.enter_context(Pack(NOTHING, ROOT, {})),
        }
        best = dict.fromkeys(servers, float("inf"))
        for _ in range(runs):
            for name, server in servers.items():
                started = time.perf_counter()
                for message in messages:
                    server.stub.Analyze(message)
                best[name] = min(best[name], time.perf_counter() - started)
    each = {name: seconds / len(messages) * 1000 for name, seconds in best.items()}
    measured = f"{best['ours'] / best['nothing']:.2f} ({each['ours']:.2f} ms : {each['nothing']:.2f} ms)"
    yield "a call of the pack's `Analyze` : a servicer that answers nothing", measured, "1.25"


def beside_official() -> Iterator[tuple[str, str, str]]:
    """`AnalyzeStack` beside the official host with as many policies of one line."""
    from cenguard.rules import RULES

    attachments = RESOURCES * 10 // 14
    with host(sys.executable, ROOT / "policy_pack") as pack:
        ours, _ = of_stack(pack, ((item, "cn-beijing") for item in estate.items(attachments)), 5)
    python = python_with(".venv-official", "pulumi-policy", "setuptools<81")
    with host(python, ROOT / "benchmarks" / "official_pack", BENCHMARK_RULES=str(len(RULES))) as pack:
        official, _ = of_stack(pack, ((item, "cn-beijing") for item in estate.items(attachments)), 1)
    what = f"official Python host with {len(RULES)} one-line policies : the pack, {RESOURCES:,} resources"
    yield what, f"{official / ours:.0f} ({official:.1f} s : {ours:.2f} s)", "100, when every rule is there"


def rows() -> Iterator[tuple[str, str, str]]:
    """Every row about packs."""
    yield from single_calls(CALLS, 7)
    yield from whole_stacks(ATTACHMENTS, 5)
    yield from beside_official()
