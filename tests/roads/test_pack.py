"""The policy pack on bridged roads: what a call does not show is a policy with a level like any other, and no CEN is silence."""

import gzip
import json
from pathlib import Path

import pytest
from pulumi.runtime.proto import analyzer_pb2

from cenguard.judging.options import Options
from cenguard.pack.service import Analyzer
from tests.pack.engine import LEVELS, parsed

ROADS = Path(__file__).parents[1] / "recordings" / "roads"


def said(requests, level: str | None = None) -> list[tuple[str, str, str]]:
    """Code, policy and level of each finding."""
    pack = Analyzer(Options(), lambda: None)
    info = pack.GetAnalyzerInfo(None, None)
    if level is not None:
        config = {item.name: {"enforcementLevel": item.enforcementLevel, "properties": {}} for item in info.policies}
        config["incomplete-input"] = {"enforcementLevel": level, "properties": {}}
        pack.Configure(parsed("Configure", {"policyConfig": config}), None)
    found = []
    for name, request in requests:
        answer = getattr(pack, name)(parsed(name, request), None)
        found += getattr(answer, "diagnostics", ())
    return [(item.message.partition(":")[0], item.policyName, LEVELS[item.enforcementLevel]) for item in found]


def recorded(folder: str):
    lines = gzip.decompress((ROADS / folder / "analyzer.ndjson.gz").read_bytes()).splitlines()
    entries = map(json.loads, lines)
    return [
        (item["rpc"], item["req"])
        for item in entries
        if item["rpc"] in ("ConfigureStack", "Remediate", "Analyze", "AnalyzeStack")
    ]


@pytest.mark.parametrize(
    ("level", "found"),
    [
        (None, [("CEN904", "incomplete-input", "mandatory")]),
        ("MANDATORY", [("CEN904", "incomplete-input", "mandatory")]),
        ("ADVISORY", [("CEN904", "incomplete-input", "advisory")]),
        ("DISABLED", []),
    ],
)
def test_a_terraform_module_is_never_passed(level, found):
    assert said(recorded("tfmod-basic-no-package"), level) == found


def test_its_policy_is_published():
    info = Analyzer(Options(), lambda: None).GetAnalyzerInfo(None, None)
    (policy,) = (item for item in info.policies if item.name == "incomplete-input")

    assert policy.enforcementLevel == analyzer_pb2.MANDATORY
    assert policy.policy_type == analyzer_pb2.POLICY_TYPE_STACK


def test_no_setting_of_it_is_unknown():
    assert "CEN905" not in {code for code, _, _ in said(recorded("hcl-triangle-create"), "ADVISORY")}


@pytest.mark.parametrize("kind", ["alicloud:ecs/instance:Instance", "alicloud:index/instance:Instance", "aws:s3/bucket:Bucket"])
def test_where_no_cen_is_the_pack_is_silent(kind, capfd):
    item = {"urn": f"urn:pulumi:dev::shop::{kind}::web", "type": kind, "name": "web", "properties": {"name": "x"}}
    provider = {
        "provider": {"urn": "urn:pulumi:dev::shop::pulumi:providers:x::x", "type": "pulumi:providers:x", "properties": {}}
    }
    requests = [("Analyze", item | provider), ("AnalyzeStack", {"resources": [item | provider]})]

    assert said(requests) == []
    assert capfd.readouterr() == ("", "")


def test_an_unknown_type_alone_is_said():
    kind = "alicloud:index/cenSomethingNew:CenSomethingNew"
    item = {"urn": f"urn:pulumi:dev::shop::{kind}::new", "type": kind, "name": "new", "properties": {}}

    assert said([("Analyze", item), ("AnalyzeStack", {"resources": [item]})]) == [("CEN904", "incomplete-input", "mandatory")]
