#!/usr/bin/env bash
# A provider or a package of components in Python takes its engine's address from the command line, after flags that it ignores. Under
# `pulumi preview --tracing` and `--otel-traces` the engine starts each plugin with `--tracing ENDPOINT ADDRESS`. Pulumi's Python SDK
# does not know that this flag has a value: its parser passes over the flag and takes the endpoint for the engine. Where the endpoint
# is that of a collector (tcp://…) each component that logs a line or warns of a deprecation fails; where it understands gRPC, the line
# goes there and never to the user. Both `pulumi.provider.main` and `component_provider_host` do so.
# Needs python3. Seen with pulumi 3.272.0 (PyPI). No engine is run: a listener stands for it, and another one for the collector. The
# flags are those of the engine's own test (plugin_test.go in github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin).
# cenguard's components leave flag and endpoint out before the SDK looks (components/cenguard_components/host.py);
# tests/components/test_host.py starts them with both.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pulumi==3.272.0
mkdir plain hosted
cat > plain/__main__.py <<'PY'
import sys

import pulumi
import pulumi.provider


class Hub(pulumi.provider.Provider):
    def construct(self, name, resource_type, inputs, options=None):
        pulumi.log.info(f"{name} speaks to its engine")
        return pulumi.provider.ConstructResult(urn="urn:pulumi:dev::net::hub:index:Hub::core", state={})


pulumi.provider.main(Hub("1.0.0"), sys.argv[1:])
PY
cat > hosted/__main__.py <<'PY'
from typing import Optional, TypedDict

import pulumi
from pulumi.provider.experimental import component_provider_host


class HubArgs(TypedDict):
    mbps: Optional[pulumi.Input[int]]


class Hub(pulumi.ComponentResource):
    def __init__(self, name: str, args: HubArgs, opts: Optional[pulumi.ResourceOptions] = None):
        pulumi.log.info(f"{name} speaks to its engine")
        super().__init__("hub:index:Hub", name, {}, opts)


component_provider_host(name="hub", components=[Hub])
PY
cat > start.py <<'PY'
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2_grpc, provider_pb2, provider_pb2_grpc, resource_pb2, resource_pb2_grpc


class Listener(engine_pb2_grpc.EngineServicer, resource_pb2_grpc.ResourceMonitorServicer):
    def __init__(self):
        self.heard = []
        server = grpc.server(ThreadPoolExecutor(4))
        engine_pb2_grpc.add_EngineServicer_to_server(self, server)
        resource_pb2_grpc.add_ResourceMonitorServicer_to_server(self, server)
        self.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
        server.start()
        self.server = server

    def Log(self, request, context):
        self.heard.append(request.message)
        return empty_pb2.Empty()

    def SupportsFeature(self, request, context):
        return resource_pb2.SupportsFeatureResponse(hasSupport=True)

    def RegisterResource(self, request, context):
        return resource_pb2.RegisterResourceResponse(urn=f"urn:pulumi:dev::net::{request.type}::{request.name}")

    def RegisterResourceOutputs(self, request, context):
        return empty_pb2.Empty()


def construct(folder, flags):
    engine, collector = Listener(), Listener()
    flags = [flag.replace("COLLECTOR", collector.address) for flag in flags]
    provider = subprocess.Popen([sys.executable, "-u", folder, *flags, engine.address], stdout=subprocess.PIPE, text=True)
    try:
        port = int(provider.stdout.readline())
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            request = provider_pb2.ConstructRequest(
                project="net", stack="dev", dryRun=True, parallel=1, monitorEndpoint=engine.address, type="hub:index:Hub", name="core"
            )
            stub = provider_pb2_grpc.ResourceProviderStub(channel)
            try:
                stub.Construct(request, timeout=60)
                told = "made"
            except grpc.RpcError as error:
                told = "not made" if error.code() is not grpc.StatusCode.DEADLINE_EXCEEDED else "no answer"
    finally:
        provider.kill()
        provider.wait(10)
        engine.server.stop(None)
        collector.server.stop(None)
    mine, others = (sum("speaks to its engine" in item for item in heard.heard) for heard in (engine, collector))
    print(f"{folder} {' '.join(sys.argv[2:]) or 'without flags'}: {told}, lines at the engine {mine}, at the collector {others}")


construct(sys.argv[1], sys.argv[2:])
PY
for folder in plain hosted; do
    timeout 120 env/bin/python start.py "$folder" 2>> said
    timeout 120 env/bin/python start.py "$folder" --logtostderr -v=9 2>> said
    timeout 120 env/bin/python start.py "$folder" --tracing COLLECTOR 2>> said
    timeout 120 env/bin/python start.py "$folder" --tracing tcp://127.0.0.1:1 2>> said
done | tee seen
cat said
for folder in plain hosted; do
    grep -qxF "$folder without flags: made, lines at the engine 1, at the collector 0" seen
    grep -qxF "$folder --logtostderr -v=9: made, lines at the engine 1, at the collector 0" seen
    grep -qxF "$folder --tracing COLLECTOR: made, lines at the engine 0, at the collector 1" seen
    grep -qxF "$folder --tracing tcp://127.0.0.1:1: not made, lines at the engine 0, at the collector 0" seen
done
echo "as before"
