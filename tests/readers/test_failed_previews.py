"""A preview document of a run that failed is not the stack, and one that only a policy stopped is.

The engine writes a summary of what it got to, so that only its error diagnostics tell a failed run. The document of a
whole run is recorded; what a failure adds to it is what the engine adds.
"""

import json
from pathlib import Path

import pytest

from cenguard.judging.check import check, exit_status
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document

WHOLE = Path(__file__).parents[1] / "recordings" / "basic-create" / "preview.json"


def read(diagnostics=(), steps=None, summary="keep"):
    document = json.loads(WHOLE.read_text())
    document["diagnostics"] += list(diagnostics)
    document["steps"] = document["steps"][:steps]
    if summary is None:
        del document["changeSummary"]
    return read_document(json.dumps(document).encode(), "preview.json")


def error(message, **more):
    return {"message": f"error: {message}\n", "prefix": "", "color": "raw", "severity": "error", **more}


def test_a_program_that_raised_half_way_leaves_the_answer_open():
    records = read([error("Program failed with an unhandled exception:\nTraceback (most recent call last):\n  boom")], steps=6)
    report = check([records], Options())

    assert [item.rule for item in report.findings if item.level == "mandatory"] == ["CEN904"]
    assert "Program failed with an unhandled exception" in report.findings[-1].message
    assert exit_status(report, "mandatory") == 2


def test_a_resource_that_its_provider_refuses_leaves_the_answer_open():
    records = read([error("alicloud:cen:BandwidthPackage resource 'p' has a problem: expected one of", urn="urn:x::p")], steps=8)

    assert not records.complete


def test_a_preview_that_only_a_policy_stopped_is_whole():
    """Its only error is `preview failed`, about no resource: policies answer when everything is registered."""
    assert read([error("preview failed")]).complete


def test_preview_failed_beside_another_error_is_no_policys_doing():
    assert not read([error("Preview failed: refreshing urn:x: boom", urn="urn:x"), error("preview failed")]).complete


LATE = error(
    "Detected that /usr/bin/pulumi-resource-alicloud exited prematurely. \n       This is *always* a bug in the provider. "
    "Please report the issue to the provider author as appropriate.\n       To assist with debugging we have dumped the STDOUT "
    "and STDERR streams of the plugin:\n\n"
)
"""As engine 3.276 writes it, with exit status 0, of a plugin on a busy machine that did not answer its shutdown in time."""


def test_a_plugin_that_was_late_at_its_shutdown_leaves_the_preview_whole():
    assert read([LATE, LATE]).complete


def test_a_plugin_that_died_of_its_work_fails_the_resource_too():
    """The two errors that the engine writes when the provider dies while it looks at `package`."""
    urn = "urn:pulumi:dev::network::alicloud:cen/bandwidthPackage:BandwidthPackage::new"

    assert not read([error("error reading from server: EOF", urn=urn), LATE]).complete


@pytest.mark.parametrize("severity", ["warning", "info", "info#err"])
def test_what_is_no_error_says_nothing_of_completeness(severity):
    """Among them the KeyboardInterrupt lines, which come and go with the same run."""
    assert read([{"message": "KeyboardInterrupt\n", "severity": severity}]).complete


def test_a_document_without_a_summary_is_of_a_run_that_ended_before_it_began():
    records = read(summary=None, steps=1)

    assert not records.complete
    assert "no change summary" in records.missing
