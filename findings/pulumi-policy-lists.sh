#!/usr/bin/env bash
# A policy in Python (pulumi-policy) is given lists and mappings that are none: `isinstance(value, list)` and `isinstance(value, dict)`
# are false, and a list never equals a list, whatever is in it. So `args.props["regionIds"] == ["cn-beijing", "us-west-1"]` is false of
# just that value, at the first level and inside of a mapping: a policy that compares decides wrongly with every value known, and without a
# message. A mapping does compare with a mapping, unless a list is in it. Tests of
# the policy that hand plain values to the same function are green. Policies in Node.js (@pulumi/policy) are given arrays that are.
# A part of a list (`[1:]`, `[:]`) is a list again, and one that holds placeholders: of a value that is not known yet, which ends the
# policy with a note wherever else it is read, `in` and `==` say there that it is none of those that are looked for.
# Needs python3, node and npm. Seen with pulumi-policy 1.21.0 and pulumi 3.272.0 (PyPI), @pulumi/policy 1.21.0 and @pulumi/pulumi
# 3.276.0 (npm). The packs are started as the language hosts start them, and asked as the engine asks; no engine is run.
# cenguard's pack is not built on it: it reads the engine's calls as it reads documents (cenguard/readers/engine_calls.py);
# tests/pack/test_pack.py, test_the_pack_finds_in_the_engines_calls_what_the_command_finds_in_its_document.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pulumi-policy==1.21.0 pulumi==3.272.0
mkdir python node
echo "runtime: python" > python/PulumiPolicy.yaml
cat > python/policy.py <<'PY'
def two_regions(args, report):
    props = args.props
    said = {
        "a list": props["regionIds"] == ["cn-beijing", "us-west-1"],
        "its copy": list(props["regionIds"]) == ["cn-beijing", "us-west-1"],
        "a mapping": props["tags"] == {"owner": "net"},
        "a mapping with a list": props["peers"] == {"beijing": ["virginia"]},
        "is a list": isinstance(props["regionIds"], list),
        "is a mapping": isinstance(props["tags"], dict),
    }
    for what, holds in said.items():
        report(f"{what}: {holds}")
    for what, part in (("the whole", lambda: props["zones"]), ("a part", lambda: props["zones"][:])):
        try:
            report(f"an unknown zone may be this one, {what}: {'us-west-1a' in part()}")
        except Exception as error:
            report(f"an unknown zone may be this one, {what}: {type(error).__name__}")
PY
cat > python/__main__.py <<'PY'
from policy import two_regions
from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy

policy = ResourceValidationPolicy("two-regions", "Only these two.", two_regions)
PolicyPack("network", [policy], EnforcementLevel.MANDATORY)
PY
echo "runtime: nodejs" > node/PulumiPolicy.yaml
echo '{"name": "network", "version": "1.0.0", "main": "index.js"}' > node/package.json
cat > node/index.js <<'JS'
const {isDeepStrictEqual} = require("node:util");
const {PolicyPack} = require("@pulumi/policy");
const twoRegions = ({props}, report) => {
    report(`a list: ${isDeepStrictEqual(props.regionIds, ["cn-beijing", "us-west-1"])}`);
    report(`is a list: ${Array.isArray(props.regionIds)}`);
};
new PolicyPack("network", {policies: [
    {name: "two-regions", description: "Only these two.", enforcementLevel: "mandatory", validateResource: twoRegions}]});
JS
(cd node && npm install --silent --no-audit --no-fund @pulumi/policy@1.21.0 @pulumi/pulumi@3.276.0 >/dev/null)
cat > engine.py <<'PY'
import subprocess
import sys
from types import SimpleNamespace

import grpc
from google.protobuf import json_format, struct_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

sys.path.insert(0, "python")
from policy import two_regions

PROPERTIES = {"regionIds": ["cn-beijing", "us-west-1"], "tags": {"owner": "net"}, "peers": {"beijing": ["virginia"]}}
PROPERTIES["zones"] = ["04da6b54-80e4-46f7-96ec-b56ff0331ba9"]  # what the engine sends for a text that is not known yet
TYPE = "alicloud:cen/bandwidthLimit:BandwidthLimit"

two_regions(SimpleNamespace(props=PROPERTIES), lambda said: print("a test,", said))
for name, command, folder in (
    ("Python", ["../env/bin/python", "-u", "-m", "pulumi.policy", "127.0.0.1:1", "."], "python"),
    ("Node.js", ["node", "node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js", "127.0.0.1:1", "."], "node"),
):
    pack = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    try:
        stub = analyzer_pb2_grpc.AnalyzerStub(grpc.insecure_channel(f"127.0.0.1:{pack.stdout.readline().strip()}"))
        properties = json_format.ParseDict(PROPERTIES, struct_pb2.Struct())
        urn, options = f"urn:pulumi:dev::net::{TYPE}::limit", analyzer_pb2.AnalyzerResourceOptions()
        request = analyzer_pb2.AnalyzeRequest(type=TYPE, urn=urn, name="limit", properties=properties, options=options)
        for diagnostic in stub.Analyze(request, timeout=60).diagnostics:
            print(f"{name},", diagnostic.message.splitlines()[-1], flush=True)
    finally:
        pack.kill()
PY
env/bin/python engine.py | tee seen
for what in "a list" "its copy" "a mapping" "a mapping with a list" "is a list" "is a mapping"; do
    grep -qxF "a test, $what: True" seen
done
for what in "a list" "a mapping with a list" "is a list" "is a mapping"; do
    grep -qxF "Python, $what: False" seen
done
for what in "its copy" "a mapping"; do
    grep -qxF "Python, $what: True" seen
done
grep -qxF "Python, an unknown zone may be this one, the whole: UnknownValueError" seen
grep -qxF "Python, an unknown zone may be this one, a part: False" seen
for what in "a list" "is a list"; do
    grep -qxF "Node.js, $what: true" seen
done
echo "as before"
