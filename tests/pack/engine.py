"""A stand-in for the engine: starts the pack as the engine does, and speaks the Analyzer protocol to it."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import ParseDict
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from tests.rules.states import OF_STATES

ROOT = Path(__file__).parents[2]
PACK = ROOT / "policy_pack"
REQUESTS = {
    "Handshake": analyzer_pb2.AnalyzerHandshakeRequest,
    "ConfigureStack": analyzer_pb2.AnalyzerStackConfigureRequest,
    "Configure": analyzer_pb2.ConfigureAnalyzerRequest,
    "Remediate": analyzer_pb2.AnalyzeRequest,
    "Analyze": analyzer_pb2.AnalyzeRequest,
    "AnalyzeStack": analyzer_pb2.AnalyzeStackRequest,
    "GetAnalyzerInfo": Empty,
    "GetPluginInfo": Empty,
    "Cancel": Empty,
}
LEVELS = {0: "advisory", 1: "mandatory", 2: "disabled", 3: "remediate"}


def parsed(call: str, request: dict[str, Any]) -> Any:
    """A request as recorded, as the message it was."""
    return ParseDict(request, REQUESTS[call]())


@dataclass
class Engine:
    """One conversation with one pack process."""

    process: subprocess.Popen[str]
    channel: grpc.Channel
    stub: analyzer_pb2_grpc.AnalyzerStub
    diagnostics: list[tuple[str, Any]] = field(default_factory=list)

    def call(self, name: str, request: dict[str, Any] | None = None) -> Any:
        """Make one call, and keep the findings of its answer."""
        answer = getattr(self.stub, name)(parsed(name, request or {}), timeout=30)
        self.diagnostics += [(name, item) for item in getattr(answer, "diagnostics", ())]
        return answer

    def configure(self, config: dict[str, Any] | None = None) -> None:
        """What the engine does with a policy config file: every listed policy, its own level or the file's."""
        info = self.call("GetAnalyzerInfo")
        levels = {item.name: item.enforcementLevel for item in info.policies}
        wanted = {name: {"enforcementLevel": level, "properties": {}} for name, level in levels.items()}
        for name, entry in (config or {}).items():
            base = wanted if name != "all" else {key: {} for key in wanted}
            for key in [name] if name != "all" else list(base):
                wanted.setdefault(key, {"properties": {}})["enforcementLevel"] = entry.upper()
        self.call("Configure", {"policyConfig": wanted})

    def replay(self, recording: Path, config: dict[str, Any] | None = None) -> "Engine":
        """Make the calls of a recording, with our own policies in Configure."""
        for line in recording.read_text().splitlines():
            entry = json.loads(line)
            if entry["rpc"] == "Configure":
                self.configure(config)
            elif entry["rpc"] != "Cancel":
                self.call(entry["rpc"], entry["req"])
        return self

    def found(self) -> set[tuple[str, str, str, str]]:
        """Findings as (code, policy, level, urn), but for those that hang on an old state, which no call carries."""
        return {
            (item.message.partition(":")[0], item.policyName, LEVELS[item.enforcementLevel], item.urn)
            for _, item in self.diagnostics
            if item.message.partition(":")[0] not in OF_STATES
        }

    def close(self) -> tuple[int, str]:
        """Cancel, as the engine does; the exit status and what the pack printed after the port."""
        self.call("Cancel")
        self.channel.close()
        output, _ = self.process.communicate(timeout=20)
        return self.process.returncode, output


EXECUTABLE = "from cenguard.pack.serve import main; main()"
"""What the script does that pip makes for the entry point `cenguard-pack`."""


def launch_executable(cwd: Path, env: dict[str, str] | None = None, flags: Sequence[str] = ()) -> subprocess.Popen[str]:
    """How the engine itself starts a pack that is an executable: its flags and address, pipes, and the user's PWD."""
    return subprocess.Popen(
        [sys.executable, "-c", EXECUTABLE, *flags, "127.0.0.1:1"],
        cwd=cwd,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(env or {})},
    )


def launch(pack: Path = PACK, cwd: Path | None = None, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """The command that the language host runs for a pack."""
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(pack)],
        cwd=cwd or pack,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PULUMI_PROJECT": "network", "PULUMI_STACK": "dev", "PULUMI_DRY_RUN": "true", **(env or {})},
    )


def start(pack: Path = PACK, env: dict[str, str] | None = None) -> Engine:
    """Start a pack and read its port, the first line of its standard output."""
    return connect(launch(pack, env=env))


def connect(process: subprocess.Popen[str]) -> Engine:
    """Speak to a pack that says its port."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.strip().isdecimal():
        _, errors = process.communicate(timeout=20)
        raise AssertionError(f"no port but {line!r}: {errors}")
    channel = grpc.insecure_channel(f"127.0.0.1:{line.strip()}", options=[("grpc.max_send_message_length", -1)])
    return Engine(process, channel, analyzer_pb2_grpc.AnalyzerStub(channel))
