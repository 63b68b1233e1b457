"""Stack exports, alone and beside a preview document that hides what does not change."""

import json

import pytest

from cenguard.errors import UnreadableInput
from cenguard.readers.sources import read_document, read_estate, read_source
from cenguard.resources.records import Change
from cenguard.resources.values import SECRET
from cenguard.rules import RULES
from cenguard.sources.lines import Lines
from tests.readers.documents import RECORDINGS, SCENARIOS, found, recorded, report_of


@pytest.mark.parametrize("scenario", [name for name in SCENARIOS if name.endswith("-unchanged")])
def test_a_state_says_what_the_preview_of_no_change_says(scenario):
    assert found(scenario, "export.json") == found(scenario, "preview.json")


@pytest.mark.parametrize("scenario", [name for name in SCENARIOS if recorded(name, "export-after-up.json")])
def test_the_state_after_an_update_says_what_its_preview_said(scenario):
    """But for the rules that only foresee a refusal of the service: what stands has been accepted."""
    foresee = {rule.code for rule in RULES if rule.spares_standing}
    foreseen = [item for item in report_of(scenario, "preview.json").findings if item.rule not in foresee]
    before = {(item.rule, item.urn) for item in foreseen}
    asked = {(item.rule, item.urn) for item in foreseen if item.verdict == "undetermined"}
    after = {(item.rule, item.urn) for item in report_of(scenario, "export-after-up.json").findings}

    assert after <= before
    assert before - after <= {item for item in asked if item[0] in ("CEN201", "CEN207")}, "a limit that stands answers these"


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_preview_beside_the_export_hides_nothing(scenario):
    whole = report_of(scenario, "preview.json")

    for document in ("preview-default.json", "preview.json"):
        report = report_of(scenario, document, "export.json")
        assert (report.findings, report.pairs) == (whole.findings, whole.pairs)
        assert report.sources[0].complete


def test_a_preview_alone_that_hides_resources_stays_incomplete():
    report = report_of("basic-change-limit", "preview-default.json")

    assert [item.rule for item in report.findings] == ["CEN904"]


def test_an_export_that_holds_too_little_does_not_complete(tmp_path):
    document = json.loads((RECORDINGS / "basic-change-limit" / "export.json").read_text())
    resources = document["deployment"]["resources"]
    document["deployment"]["resources"] = [item for item in resources if not item["urn"].endswith("::att-sv")]
    other = tmp_path / "export.json"
    other.write_text(json.dumps(document))

    (records,) = read_estate([str(RECORDINGS / "basic-change-limit" / "preview-default.json"), str(other)])

    assert not records.complete
    assert "does not hold them all" in records.missing


def test_records_of_an_export():
    records = read_source(str(RECORDINGS / "unknown-from-get" / "export-after-up.json"))
    by_name = {item.name: item for item in records.resources}

    assert (records.project, records.stack, records.kind) == ("network", "dev", "export")
    assert by_name["core"].change is Change.READ
    assert by_name["package"].change is Change.SAME
    assert by_name["package"].stands
    assert str(Lines([records]).place(by_name["package"].urn)) == "__main__.py:24"
    assert by_name["att-bj"].provider.endswith("pulumi:providers:alicloud::bj")


def test_outputs_of_a_stack_are_kept():
    records = read_source(str(RECORDINGS / "basic-create" / "export-after-up.json"))

    assert set(records.outputs) == {"cenId", "packageId"}


def test_secrets_are_used_as_unknown_even_when_shown():
    document = json.loads((RECORDINGS / "secrets-create" / "export-after-up.json").read_text())
    text = json.dumps(document).replace('"ciphertext": "', '"plaintext": "')  # as --show-secrets writes them
    for content in (json.dumps(document), text):
        records = read_document(content.encode(), "export.json")
        limit = next(item for item in records.resources if item.name == "limit")
        assert limit.inputs["bandwidthLimit"] is SECRET


def test_a_resource_that_only_waits_for_its_deletion_is_gone():
    document = json.loads((RECORDINGS / "basic-create" / "export-after-up.json").read_text())
    for item in document["deployment"]["resources"]:
        if item["urn"].endswith("::package"):
            document["deployment"]["resources"].append({**item, "delete": True, "id": "cenbwp-old"})
            break

    records = read_document(json.dumps(document).encode(), "export.json")

    assert [item.id for item in records.resources if item.name == "package"] == ["cenbwp-tm5kllkrzrjgt9pvbt"]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b'{"version": 3, "deployment": []}', "deployment"),
        (b'{"version": 9, "deployment": {}}', "versions 1 to 4"),
        (b'{"version": 3, "deployment": {"resources": [{"urn": 5, "type": "t"}]}}', "resources"),
        (b'{"version": 3, "deployment": {"resources": [', "not whole JSON"),
        (b"\x1f\x8b\x08", "not whole gzip"),
    ],
)
def test_what_is_no_export_is_one_clear_line(document, said):
    with pytest.raises(UnreadableInput, match=said):
        read_document(document, "export.json")


def test_a_stack_with_nothing_in_it():
    records = read_document(b'{"version": 3, "deployment": {"manifest": {}, "resources": null}}', "export.json")

    assert (records.resources, records.complete) == ([], True)
