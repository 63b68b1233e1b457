"""Engines before 3.169 lay into the environment what newer ones tell a pack in a call of its own."""

import json
from pathlib import Path

import pytest

from cenguard.judging.options import Options
from cenguard.pack.service import Analyzer
from tests.pack.engine import parsed

RECORDINGS = Path(__file__).parents[1] / "recordings"
CALLS = ("Remediate", "Analyze", "AnalyzeStack")
PACKAGES = ("alicloud:cen/bandwidth",)


def findings(pack):
    """What the pack says of a network that an update has just made, but for its package and limit."""
    for line in (RECORDINGS / "basic-create" / "analyzer-up.ndjson").read_text().splitlines():
        entry = json.loads(line)
        rpc, request = entry["rpc"], entry["req"]
        if rpc not in CALLS or request.get("type", "").startswith(PACKAGES):
            continue
        if rpc == "AnalyzeStack":
            request["resources"] = [item for item in request["resources"] if not item["type"].startswith(PACKAGES)]
        for item in getattr(getattr(pack, rpc)(parsed(rpc, request), None), "diagnostics", ()):
            yield item.policyName, item.message.partition(":")[0]


@pytest.fixture
def pack(monkeypatch):
    said = {"PULUMI_STACK": "dev", "PULUMI_PROJECT": "network", "PULUMI_ORGANIZATION": "organization", "PULUMI_DRY_RUN": "false"}
    said["PULUMI_CONFIG"] = json.dumps(
        {"cenguard:undetermined": "mandatory", "cenguard:nonsense": "x", "network:password": "hunter2"}
    )
    for key, value in said.items():
        monkeypatch.setenv(key, value)
    return Analyzer(Options(), lambda: None)


def test_what_an_update_has_just_made_proves_nothing(pack):
    pack.GetAnalyzerInfo(None, None)

    assert ("missing-bandwidth-package", "CEN201") in set(findings(pack))


def test_the_stacks_own_settings_are_read_and_nothing_else(pack):
    pack.GetAnalyzerInfo(None, None)

    assert ("unknown-setting", "CEN905") in set(findings(pack))
    assert "hunter2" not in repr(vars(pack._conversation))


def test_the_call_of_a_newer_engine_counts(pack):
    pack.ConfigureStack(parsed("ConfigureStack", {}), None)  # as `pulumi policy analyze` makes it
    pack.GetAnalyzerInfo(None, None)

    assert ("undetermined", "CEN201") in set(findings(pack))
