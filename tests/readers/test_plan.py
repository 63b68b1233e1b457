"""Plans of --save-plan: whole where everything is new, hidden where it does not change, whole again beside the export."""

import json
import shutil

import pytest

from cenguard.errors import UnreadableInput
from cenguard.readers.sources import read_document, read_estate, read_source
from cenguard.resources.records import Change
from cenguard.resources.values import HIDDEN, SECRET, UNKNOWN
from tests.readers.documents import RECORDINGS, SCENARIOS, certain, found, report_of

CREATED = [name for name in SCENARIOS if (RECORDINGS / name / "export-after-up.json").exists()]
CHANGED = [name for name in SCENARIOS if name not in CREATED]


@pytest.mark.parametrize("scenario", CREATED)
def test_a_plan_that_creates_everything_says_what_the_preview_says(scenario):
    assert found(scenario, "plan.json") == found(scenario, "preview.json")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_plan_beside_the_export_says_what_the_preview_says(scenario):
    assert found(scenario, "plan.json", "export.json") == found(scenario, "preview.json")
    assert found(scenario, "export.json", "plan.json") == found(scenario, "preview.json")


@pytest.mark.parametrize("scenario", CHANGED)
def test_what_a_plan_hides_is_undetermined_and_never_silent(scenario):
    report = report_of(scenario, "plan.json")

    assert "undetermined" in {item.verdict for item in report.findings}
    assert certain(report) <= certain(report_of(scenario, "preview.json"))
    assert all(pair.disposition == "undetermined" for pair in report.pairs)
    assert any("the stack's export beside it" in blocker for blocker in report.blockers)


def test_inputs_of_a_plan():
    plan = read_source(str(RECORDINGS / "basic-change-limit" / "plan.json"))
    limit = next(item for item in plan.resources if item.name == "limit")

    assert limit.change is Change.UPDATE
    assert limit.inputs == {"bandwidthLimit": 5, "instanceId": HIDDEN, "regionIds": HIDDEN}
    assert limit.id is None
    assert (plan.project, plan.stack, plan.kind) == ("network", "dev", "plan")


def test_a_replacement_and_a_deletion_of_a_plan():
    replaced = read_source(str(RECORDINGS / "basic-replace-package" / "plan.json"))
    deleted = read_source(str(RECORDINGS / "basic-delete-package" / "plan.json"))

    assert {item.name for item in replaced.resources if item.change is Change.REPLACE} == {"bound", "package"}
    assert {item.name for item in deleted.deleted} == {"bound", "limit", "package"}


def test_a_plan_cannot_say_that_a_package_is_kept_and_the_finding_says_so():
    report = report_of("retained-package", "plan.json")
    messages = [item.message for item in report.findings if item.rule == "CEN406"]

    assert len(messages) == 1
    assert "not protected (whether it is kept on deletion, a saved plan does not say)" in messages[0]


def test_secrets_of_a_plan_are_used_as_unknown():
    plan = read_source(str(RECORDINGS / "secrets-create" / "plan.json"))
    by_name = {item.name: item for item in plan.resources}

    assert by_name["limit"].inputs["bandwidthLimit"] is SECRET
    assert by_name["limit"].inputs["instanceId"] is UNKNOWN
    assert plan.config["network:limit"] is SECRET


def test_an_export_of_another_day_is_refused(tmp_path):
    document = json.loads((RECORDINGS / "basic-change-limit" / "export.json").read_text())
    for item in document["deployment"]["resources"]:
        if item["urn"].endswith("::core"):
            item["id"] = "cen-another"
    other = tmp_path / "export.json"
    other.write_text(json.dumps(document))

    with pytest.raises(UnreadableInput, match=r"is not the state that .* starts from: they differ in core"):
        read_estate([str(RECORDINGS / "basic-change-limit" / "plan.json"), str(other)])


@pytest.mark.parametrize(
    ("first", "second"),
    [("plan.json", "preview.json"), ("events.ndjson", "export.json"), ("preview.json", "preview-default.json")],
)
def test_any_other_two_documents_of_one_stack_are_refused(first, second):
    folder = RECORDINGS / "basic-change-limit"

    with pytest.raises(UnreadableInput, match="second source of the stack network/dev"):
        read_estate([str(folder / first), str(folder / second)])


def test_one_document_given_under_two_names_is_refused(tmp_path):
    copy = shutil.copy(RECORDINGS / "basic-create" / "plan.json", tmp_path / "copy.json")

    with pytest.raises(UnreadableInput, match="second source"):
        read_estate([str(RECORDINGS / "basic-create" / "plan.json"), str(copy)])


@pytest.mark.parametrize(
    "document",
    [
        b'{"resourcePlans": []}',
        b'{"resourcePlans": {"urn:pulumi:a::b::c::d": {"goal": {"type": 5}}}}',
        b'{"resourcePlans": {"urn:pulumi:a::b::c::d": {"goal": {"type": "t"}, "steps": ["dance"]}}}',
        b'{"resourcePlans": {"urn:pulumi:a::b::c::d": {"goal": {"type": "t"}}}}',
    ],
)
def test_what_is_no_plan_is_one_clear_line(document):
    with pytest.raises(UnreadableInput) as caught:
        read_document(document, "plan.json")

    assert str(caught.value).startswith("plan.json: ")
    assert "\n" not in str(caught.value)
