"""What Pulumi prints in JSON and what holds no resource is refused by its name, with what to give instead."""

import json

import pytest

from tests.commands.test_cli import RECORDINGS, run
from tests.commands.test_wrong_input import refused

POLICY = {
    "policyEvent": {
        "resourceUrn": "urn:pulumi:dev::net::alicloud:cen/instance:Instance::core",
        "message": "[mandatory] no",
        "policyName": "x",
        "policyPackName": "p",
        "enforcementLevel": "mandatory",
    }
}
SUMMARY = {"summaryEvent": {"result": "failed", "policyPacks": {}}}


@pytest.mark.parametrize("events", [[POLICY, SUMMARY], [SUMMARY]], ids=["findings", "none"])
@pytest.mark.parametrize("numbered", [False, True])
def test_what_policy_analyze_prints(tmp_path, events, numbered):
    lines = [{"sequence": n, "timestamp": 1_800_000_000 + n, **event} if numbered else event for n, event in enumerate(events)]
    path = tmp_path / "findings.ndjson"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))

    assert "findings.ndjson: is what `pulumi policy analyze --json` prints" in refused("check", path)


def test_the_log_of_an_update_that_begins_with_policies_is_read(tmp_path):
    log = (RECORDINGS / "basic-create" / "events.ndjson").read_text()
    path = tmp_path / "events.ndjson"
    path.write_text(json.dumps({"sequence": 0, "timestamp": 1, "policyLoadEvent": {}}) + "\n" + log)

    assert run("check", path).returncode in (0, 1)


@pytest.mark.parametrize("result", ["succeeded", "failed", "canceled"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_what_output_json_prints(tmp_path, result, end):
    path = tmp_path / "preview.json"
    path.write_text(json.dumps({"result": result, "duration": "2s", "summary": {"create": 6}}) + end)
    errors = refused("check", path)

    assert "preview.json: is the summary that `--output json` prints" in errors
    assert "`pulumi preview --json --show-sames`" in errors
