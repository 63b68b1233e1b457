"""Update-event logs: every value, and nothing of what depends on what."""

import pytest

from cenguard.errors import UnreadableInput
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document, read_source
from cenguard.resources.records import Change
from cenguard.resources.values import SECRET
from tests.readers.documents import RECORDINGS, SCENARIOS, certain, found, report_of


@pytest.mark.parametrize("scenario", ["basic-unchanged", "enterprise-unchanged", "basic-delete-package"])
def test_a_log_whose_ids_are_known_says_what_the_preview_says(scenario):
    assert found(scenario, "events.ndjson") == found(scenario, "preview.json")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_a_log_cannot_tell_is_undetermined(scenario):
    report = report_of(scenario, "events.ndjson")

    assert certain(report) <= certain(report_of(scenario, "preview.json"))
    if found(scenario, "events.ndjson") != found(scenario, "preview.json"):
        assert any(item.verdict == "undetermined" for item in report.findings)


def test_a_changed_limit_waits_for_nothing_though_a_log_tells_no_order():
    report = report_of("basic-change-limit", "events.ndjson")

    assert [item.verdict for item in report.findings if item.rule == "CEN211"] == []


def test_records_of_a_log():
    records = read_source(str(RECORDINGS / "basic-replace-package" / "events.ndjson"))
    package = next(item for item in records.resources if item.name == "package")

    assert (records.project, records.stack, records.kind) == ("network", "dev", "events")
    assert package.change is Change.REPLACE
    assert package.id is None
    assert package.before.id == "cenbwp-tm5kllkrzrjgt9pvbt"
    assert not records.deleted


def test_secrets_of_a_log():
    records = read_source(str(RECORDINGS / "secrets-create" / "events.ndjson"))

    assert next(item for item in records.resources if item.name == "limit").inputs["bandwidthLimit"] is SECRET


def test_a_log_that_was_cut_is_incomplete():
    content = (RECORDINGS / "basic-create" / "events.ndjson").read_bytes()
    lines = content.splitlines(keepends=True)
    report = check([read_document(b"".join(lines[:-2]), "events.ndjson")], Options())

    assert "CEN904" in {item.rule for item in report.findings}
    with pytest.raises(UnreadableInput, match="line 50: is not whole JSON"):
        read_document(b"".join(lines[:49]) + lines[49][:40], "events.ndjson")


def test_windows_line_ends_change_nothing():
    content = (RECORDINGS / "basic-change-limit" / "events.ndjson").read_bytes().replace(b"\n", b"\r\n")

    assert len(read_document(content, "events.ndjson").resources) == 11
