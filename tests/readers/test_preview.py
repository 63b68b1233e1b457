"""What a preview document of the real engine says, read as records."""

import ast
import json
from pathlib import Path

import pytest

from cenguard.errors import UnreadableInput
from cenguard.readers.preview import read_preview
from cenguard.readers.steps import CHANGES, DELETED
from cenguard.resources.location import Location
from cenguard.resources.records import UNKNOWN_TEXT, Change, Records, SourceKind
from cenguard.resources.values import SECRET, UNKNOWN
from cenguard.sources.lines import Lines

RECORDINGS = Path(__file__).parents[1] / "recordings"
SCENARIOS = sorted(path.parent.name for path in RECORDINGS.glob("*/preview.json"))
PREFIX = "urn:pulumi:dev::net::"
PROVIDER = f"{PREFIX}pulumi:providers:alicloud::bj"


def recorded(scenario, name="preview.json"):
    return read_preview((RECORDINGS / scenario / name).read_bytes(), f"{scenario}/{name}")


def named(records):
    return {resource.name: resource for resource in records.resources}


def place_of(resource):
    records = Records(path="preview.json", kind=SourceKind.PREVIEW, project="of-nobody", resources=[resource])
    return Lines([records]).place(resource.urn)


def preview(*steps, **more):
    """A document of steps given as (op, new state, old state)."""
    found = []
    for op, new, old in steps:
        step = {"op": op, "urn": (new or old)["urn"]}
        step |= {"newState": new} if new else {}
        step |= {"oldState": old} if old else {}
        found.append(step)
    document = {"steps": found, "changeSummary": {"create": len(found)}, **more}
    return read_preview(json.dumps(document).encode(), "preview.json")


def state(name="package", kind="alicloud:cen/bandwidthPackage:BandwidthPackage", **fields):
    return {"urn": f"{PREFIX}{kind}::{name}", "type": kind, "provider": f"{PROVIDER}::{UNKNOWN_TEXT}", **fields}


class TestRecordings:
    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_a_document_is_the_whole_of_its_stack(self, scenario):
        records = recorded(scenario)

        assert (records.kind, records.project, records.stack) == (SourceKind.PREVIEW, "network", "dev")
        assert records.complete
        assert records.resource_count == len(records.resources)
        assert {UNKNOWN_TEXT, "[secret]"}.isdisjoint(
            value for resource in records.resources for value in resource.inputs.values() if isinstance(value, str)
        )

    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_every_resource_leads_to_the_line_that_makes_it(self, scenario):
        program = ast.parse((RECORDINGS / scenario / "program.py").read_text("utf-8"))
        calls = {
            line for node in ast.walk(program) if isinstance(node, ast.Call) for line in range(node.lineno, node.end_lineno + 1)
        }
        for resource in recorded(scenario).resources:
            if resource.type.startswith("alicloud:"):
                place = place_of(resource)
                assert place is not None, resource.urn
                assert place.path == "__main__.py"
                assert place.line in calls

    def test_values_that_only_the_cloud_knows_are_unknown(self):
        inputs = named(recorded("basic-create"))["att-bj"].inputs

        assert inputs == {
            "childInstanceId": UNKNOWN,
            "childInstanceRegionId": "cn-beijing",
            "childInstanceType": "VPC",
            "instanceId": UNKNOWN,
        }

    def test_secrets_are_secret_at_any_depth(self):
        records = recorded("secrets-create")

        assert named(records)["core"].inputs == {"cenInstanceName": "core", "description": SECRET, "tags": {"owner": SECRET}}
        assert named(records)["limit"].inputs["bandwidthLimit"] is SECRET
        assert set(records.config.values()) == {SECRET}

    def test_a_provider_is_the_urn_without_its_id(self):
        resources = named(recorded("basic-create"))

        assert resources["core"].provider == resources["bj"].urn
        assert resources["bj"].inputs["region"] == "cn-beijing"

    def test_the_configuration_comes_along(self):
        assert recorded("default-provider-create").config["alicloud:region"] == "cn-beijing"

    def test_an_unchanged_resource_stands_with_its_id(self):
        resources = named(recorded("basic-unchanged"))

        assert all(item.stands for item in resources.values() if item.type.startswith("alicloud:"))
        assert resources["core"].id == "cen-khdj2iaw6h1j74hvv8"
        assert resources["package"].old == resources["package"].inputs

    def test_a_replaced_resource_has_no_id_yet_and_remembers_what_it_was(self):
        package = named(recorded("basic-replace-package"))["package"]

        assert (package.change, package.id) == (Change.REPLACE, None)
        assert package.inputs["geographicRegionBId"] == "Asia-Pacific"
        assert package.old["geographicRegionBId"] == "North-America"

    def test_an_updated_resource_keeps_its_id(self):
        limit = named(recorded("basic-change-limit"))["limit"]

        assert (limit.change, limit.id) == (Change.UPDATE, "cen-khdj2iaw6h1j74hvv8:cn-beijing:us-west-1")
        assert (limit.inputs["bandwidthLimit"], limit.old["bandwidthLimit"]) == (5, 4)

    def test_a_deleted_resource_is_none_of_the_stack(self):
        records = recorded("basic-delete-package")

        assert sorted(item.name for item in records.deleted) == ["bound", "limit", "package"]
        assert {"bound", "limit", "package"}.isdisjoint(named(records))

    def test_a_resource_that_is_read_is_told_from_one_that_is_made(self):
        resources = named(recorded("unknown-from-get"))

        assert (resources["core"].change, resources["core"].id) == (Change.READ, "cen-nc5qzzhgp3m45zyr86")
        assert (resources["later"].change, resources["later"].id) == (Change.READ, None)

    @pytest.mark.parametrize("scenario", ["basic-unchanged", "enterprise-unchanged", "basic-change-limit"])
    def test_a_document_that_hides_what_is_unchanged_says_how_to_get_the_rest(self, scenario):
        records = recorded(scenario, "preview-default.json")

        assert not records.complete
        assert "unchanged resources: add --show-sames" in records.missing


class TestDocuments:
    def test_every_operation_of_the_engine_is_known(self):
        """Names of `OpType`: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/history.go."""
        assert {
            *("same", "create", "update", "delete", "replace", "create-replacement", "delete-replaced", "read"),
            *(
                "read-replacement",
                "refresh",
                "discard",
                "discard-replaced",
                "remove-pending-replace",
                "import",
                "import-replacement",
            ),
            *("read-discard",),
        } == {*CHANGES, *DELETED}

    def test_the_halves_of_a_replacement_are_one_resource(self):
        new, old = state(inputs={"bandwidth": 6}), state(id="cenbwp-1", inputs={"bandwidth": 5})
        records = preview(("create-replacement", new, None), ("delete-replaced", None, old))

        assert [(item.change, item.inputs) for item in records.resources] == [(Change.REPLACE, {"bandwidth": 6})]
        assert [item.id for item in records.deleted] == ["cenbwp-1"]

    @pytest.mark.parametrize("first", [True, False], ids=["deleted first", "created first"])
    def test_the_half_that_is_told_first_goes_first(self, first):
        """Whoever asked for it: the provider, the program, or a transform that undoes what either asked."""
        new, old = state(inputs={"bandwidth": 6}), state(id="cenbwp-1", inputs={"bandwidth": 5})
        halves = (("delete-replaced", None, old), ("create-replacement", new, None))
        (resource,) = preview(*(halves if first else reversed(halves))).resources

        assert resource.delete_first is first

    def test_an_imported_resource_stands_already(self):
        resource = preview(("import", state(id="cenbwp-1", inputs={"bandwidth": 5}), None)).resources[0]

        assert (resource.change, resource.imported) == (Change.SAME, True)

    def test_the_bridges_own_keys_are_dropped(self):
        (resource,) = preview(("create", state(inputs={"__defaults": [], "bandwidth": 5, "tags": {"a": "b"}}), None)).resources

        assert resource.inputs == {"bandwidth": 5, "tags": {"a": "b"}}

    def test_an_output_value_is_known_secret_or_unknown(self):
        signature, output = "4dabf18193072939515e22adb298388d", "d0e6a833031e9bbcd3f4e8bde6ca49a4"
        inputs = {
            "known": {signature: output, "value": "x"},
            "hidden": {signature: output, "value": "x", "secret": True},
            "later": {signature: output},
            "reference": {signature: "5cf8f73096256a8f31e491e813e4eb8e", "urn": "urn:x", "id": "cen-1"},
            "asset": {signature: "c44067f5952c0a294b673a41bacd8c17"},
        }
        (resource,) = preview(("create", state(inputs=inputs), None)).resources

        assert resource.inputs == {"known": "x", "hidden": SECRET, "later": UNKNOWN, "reference": "cen-1", "asset": UNKNOWN}

    @pytest.mark.parametrize(
        ("frames", "expected"),
        [
            (["project:///net/wan.py#7", "project:///__main__.py#3"], Location("net/wan.py", 7)),
            (["project:///../lib/pulumi/resource.py#9", "project:///__main__.py#3"], Location("__main__.py", 3)),
            (["project:///.venv/lib/python3.11/site-packages/x.py#9", "project:///__main__.py#3"], Location("__main__.py", 3)),
            (["file:///etc/x.py#9"], None),
            (["project:///__main__.py"], None),
            ([], None),
        ],
        ids=["innermost first", "not the SDK", "not a package in the project", "not elsewhere", "no line", "no frames"],
    )
    def test_the_line_is_the_users_own(self, frames, expected):
        trace = [{"sourcePosition": frame} for frame in frames]

        assert place_of(preview(("create", state(stackTrace=trace), None)).resources[0]) == expected

    def test_without_a_trace_the_position_of_the_resource_counts(self):
        (resource,) = preview(("create", state(sourcePosition="project:///__main__.py#12"), None)).resources

        assert place_of(resource) == Location("__main__.py", 12)

    def test_a_trace_of_another_shape_is_no_line_and_no_error(self):
        assert place_of(preview(("create", state(stackTrace={"frames": 1}), None)).resources[0]) is None

    def test_an_empty_stack_is_whole(self):
        records = read_preview(b'{"steps": [], "changeSummary": {}}', "preview.json")

        assert records.complete
        assert records.resources == []

    def test_an_operation_that_is_not_known_is_refused_with_its_resource(self):
        with pytest.raises(UnreadableInput, match="'explode' is no step of a preview") as refused:
            preview(("explode", state(), None))
        assert "BandwidthPackage::package" in str(refused.value)

    def test_what_is_wrong_is_named_with_its_place(self):
        with pytest.raises(UnreadableInput, match=r"\$\.steps\[0\]\.newState\.inputs"):
            preview(("create", state(inputs=[1]), None))
