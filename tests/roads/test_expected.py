"""`expect` makes a gate that watches the wrong folder fail; placeholders are unknown, and never joined with each other."""

import json
from pathlib import Path

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document
from cenguard.settings.model import Settings
from tests.commands.test_wrong_input import run
from tests.roads.documents import UNKNOWN, network, preview, resource

RECORDINGS = Path(__file__).parents[1] / "recordings"
PROGRAM = 'import pulumi_alicloud as alicloud\nalicloud.cen.Instance("core", cen_instance_name="wan")\n'


@pytest.fixture
def folder(tmp_path):
    project = tmp_path / "net"
    project.mkdir()
    (project / "preview.json").write_bytes(preview(*network()))
    return project


def codes(done) -> dict[str, str]:
    return {item["rule"]: item["level"] for item in json.loads(done.stdout)["findings"] if item["rule"].startswith("CEN9")}


class TestExpect:
    @pytest.mark.parametrize("name", ["core", "co*", "*:Instance::core"])
    def test_an_instance_that_is_there_says_nothing(self, folder, name):
        (folder / "cenguard.toml").write_text(f'expect = ["{name}"]\n')

        assert codes(run("check", "preview.json", "--format", "json", cwd=folder)) == {}

    def test_one_that_is_not_there_is_mandatory(self, folder):
        (folder / "cenguard.toml").write_text('expect = ["core", "backbone"]\n')
        done = run("check", "preview.json", "--format", "json", cwd=folder)
        (finding,) = (item for item in json.loads(done.stdout)["findings"] if item["rule"] == "CEN906")

        assert done.returncode == 1
        assert (finding["name"], finding["level"]) == ("expected-instance-missing", "mandatory")
        assert "'backbone'" in finding["message"]

    def test_an_empty_document_does_not_pass(self, folder):
        (folder / "cenguard.toml").write_text('expect = "core"\n')
        (folder / "preview.json").write_bytes(preview(resource("aws:s3/bucket:Bucket", "logs")))

        assert run("check", "preview.json", cwd=folder).returncode == 1

    def test_the_documents_own_folder_is_asked_wherever_the_command_runs(self, folder):
        (folder / "cenguard.toml").write_text('expect = ["backbone"]\n')

        assert codes(run("check", "net/preview.json", "--format", "json", cwd=folder.parent)) == {"CEN906": "mandatory"}

    def test_settings_of_another_folder_are_refused_with_their_line(self, folder):
        (folder.parent / "cenguard.toml").write_text('shared = []\nexpect = ["backbone"]\n')
        done = run("check", "preview.json", cwd=folder)

        assert done.returncode == 2
        assert b"cenguard.toml: line 2, expect: " in done.stderr
        assert done.stdout == b""

    def test_settings_that_are_named_for_a_document_count(self, folder):
        (folder.parent / "gate.toml").write_text('expect = ["backbone"]\n')

        assert codes(run("check", "preview.json", "--settings", "../gate.toml", "--format", "json", cwd=folder)) == {
            "CEN906": "mandatory"
        }

    def test_for_a_project_they_must_be_its_own(self, folder):
        (folder.parent / "gate.toml").write_text('expect = ["core"]\n')
        (folder / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
        (folder / "__main__.py").write_text(PROGRAM)
        done = run("check", ".", "--settings", "../gate.toml", cwd=folder)

        assert done.returncode == 2
        assert b"gate.toml: line 1, expect: " in done.stderr


class TestPlaceholders:
    def pairs(self, *resources, **settings):
        report = check([read_document(preview(*resources), "preview.json")], Options(settings=Settings(**settings)))
        return report, {item.rule for item in report.findings if item.verdict == "violated"}

    def attached(self, first: str, second: str):
        items = network(package=False)
        for item, network_id in zip(items[1:], (first, second), strict=True):
            item["inputs"]["childInstanceId"] = network_id
            item["inputs"]["childInstanceRegionId"] = "cn-beijing"
        return items

    def test_an_id_twice_is_one_network(self):
        assert "CEN104" in self.pairs(*self.attached("vpc-00000001", "vpc-00000001"))[1]

    def test_a_placeholder_twice_is_nothing(self):
        assert "CEN104" not in self.pairs(*self.attached("vpc-00000001", "vpc-00000001"), placeholders=("vpc-0000*",))[1]

    @pytest.mark.parametrize("word", ["(sensitive value)", "REDACTED", "***", "[secret]", UNKNOWN])
    def test_a_word_in_a_values_place_is_nothing(self, word):
        report, violated = self.pairs(*self.attached(word, word))

        assert "CEN104" not in violated
        assert word not in {item.message for item in report.findings}

    def test_two_instances_of_one_placeholder_are_two(self):
        items = [item for name in ("a", "b") for item in network(package=False) if not item["urn"].endswith("Instance::core")]
        for index, item in enumerate(items):
            item["urn"] += str(index)
            item["inputs"]["instanceId"], item["propertyDependencies"], item["dependencies"] = "cen-mock", {}, []

        joined, _ = self.pairs(*items)
        apart, _ = self.pairs(*items, placeholders=("cen-mock",))

        assert len(joined.pairs) == 1
        assert apart.pairs == ()

    def test_a_redacted_id_of_a_state_joins_nothing(self):
        first, second = (resource("alicloud:cen/instance:Instance", name, id="***") for name in ("one", "two"))

        assert self.pairs(first, second)[1] == set()


def test_a_word_in_a_values_place_of_a_terraform_plan_is_nothing():
    plan = json.loads((RECORDINGS / "terraform" / "terraform-basic-create" / "plan.json").read_text())
    for change in plan["resource_changes"]:
        if change["type"] == "alicloud_cen_instance_attachment":
            change["change"]["after"] |= {"child_instance_id": "REDACTED", "child_instance_region_id": "cn-beijing"}
            change["change"]["after_unknown"].pop("child_instance_id", None)
    report = check([read_document(json.dumps(plan).encode(), "plan.json")], Options())

    assert "CEN104" not in {item.rule for item in report.findings if item.verdict == "violated"}


def test_a_word_in_a_values_place_of_a_terraform_plan_is_said_to_hide_it():
    plan = json.loads((RECORDINGS / "terraform" / "terraform-basic-create" / "plan.json").read_text())
    for change in plan["resource_changes"]:
        if change["type"] == "alicloud_cen_bandwidth_limit":
            change["change"]["after"]["bandwidth_limit"] = "(sensitive value)"
    report = check([read_document(json.dumps(plan).encode(), "plan.json")], Options())
    said = [item.message for item in report.findings if item.rule == "CEN208"]

    assert said
    assert all("is a secret, which is never looked at" in message for message in said)
