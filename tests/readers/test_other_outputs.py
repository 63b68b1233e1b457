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


LOADED = {
    "message": "warning: using pulumi-resource-alicloud from $PATH at bin/pulumi-resource-alicloud\n",
    "severity": "warning",
}
CRASHED = [
    {"message": "ModuleNotFoundError: No module named 'pulumi'\n\n", "severity": "info#err"},
    {
        "message": "error: an unhandled error occurred: program exited with non-zero exit code: 1\n",
        "severity": "error",
    },
]
"""As engine 3.276 writes them."""


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"duration": 325821}, "of an empty stack, or of a target that matches nothing: give the stack's export"),
        ({"diagnostics": [LOADED], "duration": 804910}, "of an empty stack, or of a target that matches nothing"),
        ({"diagnostics": CRASHED, "duration": 476158080}, "failed before anything was registered (an unhandled error occurred"),
        ({}, "failed before it began: its error is on its standard error"),
        ({"diagnostics": [LOADED]}, "failed before it began"),
    ],
    ids=[
        "an empty stack",
        "a target that matches nothing",
        "a program that cannot start",
        "no such target",
        "no such policy pack",
    ],
)
def test_a_document_of_pulumi_without_any_step(tmp_path, document, said):
    path = tmp_path / "preview.json"
    path.write_text(json.dumps(document, indent=4) + "\n\n")

    assert said in refused("check", path)


@pytest.mark.parametrize("document", [{"duration": "2s"}, {"duration": 1, "name": "net"}])
def test_what_is_none_of_these_is_said_to_be_no_document(tmp_path, document):
    path = tmp_path / "other.json"
    path.write_text(json.dumps(document))

    assert "other.json: is JSON, but no document of Pulumi or Terraform" in refused("check", path)
