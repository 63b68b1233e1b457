"""A pass says that a CEN was seen and is right: what cannot be read is said, and where no CEN is, that is said too."""

import json

import pytest

from cenguard.judging.check import check, exit_status
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document
from cenguard.resources.type_table import bridged
from tests.commands.test_wrong_input import run
from tests.roads.documents import UNKNOWN, export, network, preview, resource, urn

CORE = urn("alicloud:cen/instance:Instance", "core")
ECS = [resource("alicloud:ecs/instance:Instance", f"web-{index}", inputs={"instanceName": "web"}) for index in range(2)]
BUCKET = resource("aws:s3/bucket:Bucket", "logs")
DYNAMIC = "pulumi-python:dynamic/tools:Attach"


def judged(*resources, kind=preview):
    return check([read_document(kind(*resources), "document.json")], Options())


def unread(report) -> dict[str, str]:
    return {item.resource: item.level for item in report.findings if item.rule == "CEN904"}


def view(name: str, inputs=None, module="pipe"):
    parent = urn("backbone:index:Module", module)
    return resource("backbone:tf:alicloud_cen_instance", name, parent=parent, custom=False, viewOf=parent, inputs=inputs or {})


class TestWhatCannotBeRead:
    @pytest.mark.parametrize(
        "item",
        [
            resource("alicloud:cen/somethingNew:SomethingNew", "new"),
            resource("alicloud:index/cenSomethingNew:CenSomethingNew", "new"),
            resource("aliyun:cen/instance:Instance", "new"),
            resource("backbone:tf:alicloud_cen_something_new", "new", custom=False, inputs={"id": UNKNOWN}),
            resource("backbone:index:Module", "new", inputs={"cen_name": "core"}),
            resource("backbone:index:Module", "new", inputs={"networks": {"home": {"region": "cn-beijing"}}}),
            resource(
                "backbone:index:Module", "new", inputs={"cidrs": []}, edges={"cidrs": [urn("alicloud:vpc/network:Network", "a")]}
            ),
            resource("hcl:index:Module", "new", inputs={"source": "terraform-alicloud-modules/cen/alicloud"}, custom=False),
            resource("alicloud-cen:index:CenNetwork", "new", custom=False),
            resource("acme:net:Backbone", "new", custom=False, inputs={"cenId": "x"}),
            resource(DYNAMIC, "new", edges={"instance": [CORE]}),
            resource("pulumi-nodejs:dynamic:Resource", "new", inputs={"nested": [{"id": "cenbwp-4c2zaavbvh5fx1"}]}),
        ],
        ids=lambda item: item["type"],
    )
    def test_is_said_with_its_urn_and_status_2(self, item):
        report = judged(item, *ECS)
        found = [finding for finding in report.findings if finding.rule == "CEN904"]

        assert [(finding.urn, finding.type, finding.level) for finding in found] == [(item["urn"], item["type"], "mandatory")]
        assert found[0].fix
        assert exit_status(report, "never") == 2
        assert not report.sources[0].complete

    @pytest.mark.parametrize(
        "item",
        [
            resource("alicloud:ga/accelerator:Accelerator", "one"),
            resource("alicloud:vpc/commonBandwithPackage:CommonBandwithPackage", "one"),
            resource("alicloud:index/securityCenterGroup:SecurityCenterGroup", "one"),
            resource("alicloud:cen/flowLog:FlowLog", "one"),
            resource("alicloud:cen/routeMap:RouteMap", "one"),
            resource("volcengine:index/cenBandwidthPackage:CenBandwidthPackage", "one"),
            resource("aws:ssm/parameter:Parameter", "one", inputs={"value": "cen-fbifwbkjygw42xwxqn"}),
            resource("time:index/sleep:Sleep", "one", edges={"triggers": [CORE]}),
            resource("command:local:Command", "one", inputs={"create": "echo cen-fbifwbkjygw42xwxqn"}, edges={"create": [CORE]}),
            resource("components:index:Labels", "one", custom=False, inputs={"cen_name": "core"}),
            resource("eks:index:Cluster", "one", custom=False, inputs={"region": "eu-central-1"}),
            resource("backbone:index:Module", "one", inputs={"name": "web", "region": "us-west-1"}),
            resource(DYNAMIC, "one", inputs={"name": "tr-ansient", "text": "the cen-tral office"}),
        ],
        ids=lambda item: item["type"],
    )
    def test_what_holds_no_cen_is_none(self, item):
        report = judged(item, *ECS)

        assert unread(report) == {}
        assert exit_status(report, "mandatory") == 0

    def test_a_component_whose_resources_are_shown_is_read(self):
        parent = resource("alicloud-cen:index:CenNetwork", "core", custom=False)
        child = resource("alicloud:cen/instance:Instance", "core", parent=parent["urn"])

        assert unread(judged(parent, child)) == {}

    def test_an_unknown_type_beside_readable_ones_is_advisory(self):
        report = judged(*network(), resource("alicloud:cen/somethingNew:SomethingNew", "new"))

        assert unread(report) == {"new": "advisory"}
        assert exit_status(report, "mandatory") == 0

    def test_views_without_properties_are_said_once_for_their_module(self):
        module = resource("backbone:index:Module", "pipe", inputs={"name": "x"})
        report = judged(module, view("module.pipe.alicloud_cen_instance.a"), view("module.pipe.alicloud_cen_instance.b"))

        assert unread(report) == {"pipe": "mandatory"}
        assert report.sources[0].cen == 0

    def test_views_that_are_no_cen_tell_that_a_module_holds_none(self):
        module = resource("backbone:index:Module", "pipe", inputs={"region": "cn-beijing"})
        item = view("module.pipe.alicloud_instance.web")
        item["type"] = "backbone:tf:alicloud_instance"

        assert unread(judged(module, item)) == {}

    def test_what_an_instance_may_have_in_it_is_undetermined(self):
        pipe = resource("backbone:index:Module", "pipe", inputs={"cen_id": UNKNOWN}, edges={"cen_id": [CORE]})
        report = judged(*network(package=False), pipe)

        assert {item.rule for item in report.findings if item.verdict == "violated"} <= {"CEN904", "CEN111"}
        assert "CEN201" in {item.rule for item in report.findings if item.verdict == "undetermined"}

    def test_an_instance_that_it_does_not_know_is_judged_as_ever(self):
        other = resource("backbone:index:Module", "other", inputs={"region": "cn-beijing"})
        report = judged(*network(package=False), other)

        assert {"CEN201", "CEN904"} == {item.rule for item in report.findings if item.level == "mandatory"}


class TestWaivers:
    WAIVER = '[[waiver]]\nrule = "{rule}"\nresource = "{resource}"\nreason = "a lab module"\nowner = "net"\nexpires = {expires}\n'

    def run(self, tmp_path, *resources, rule="CEN904", resource="pipe*", expires="2027-01-01"):
        (tmp_path / "preview.json").write_bytes(preview(*resources))
        (tmp_path / "waivers.toml").write_text(self.WAIVER.format(rule=rule, resource=resource, expires=expires))
        done = run(
            "check", "preview.json", "--waivers", "waivers.toml", "--today", "2026-11-28", "--format", "json", cwd=tmp_path
        )
        return done.returncode, json.loads(done.stdout)

    def pipes(self, *names):
        return [resource("backbone:index:Module", name, inputs={"cen_name": "x"}) for name in names]

    def test_when_all_are_accepted_the_status_is_not_2(self, tmp_path):
        status, report = self.run(tmp_path, *self.pipes("pipe-a", "pipe-b"), rule="incomplete-input")

        assert status == 0
        assert report["summary"]["waived"] == 2
        assert report["sources"][0]["complete"] is False

    def test_one_that_is_not_accepted_keeps_the_status(self, tmp_path):
        status, report = self.run(tmp_path, *self.pipes("pipe-a", "other"))

        assert status == 2
        assert report["summary"] | {"mandatory": 1, "waived": 1} == report["summary"]

    def test_one_that_is_over_is_said(self, tmp_path):
        status, report = self.run(tmp_path, *self.pipes("pipe-a"), expires="2026-11-01")

        assert status == 2
        assert {"CEN902", "CEN904"} <= {item["rule"] for item in report["findings"]}

    def test_a_document_that_hides_what_stands_is_accepted_by_nobody(self, tmp_path):
        (tmp_path / "preview.json").write_bytes(preview(*network(), changeSummary={"same": 9}))
        (tmp_path / "w.toml").write_text(self.WAIVER.format(rule="CEN904", resource="*", expires="2027-01-01"))
        done = run("check", "preview.json", "--waivers", "w.toml", "--today", "2026-11-28", cwd=tmp_path)

        assert done.returncode == 2


class TestNoCen:
    @pytest.mark.parametrize(
        ("resources", "said"),
        [
            (ECS, "no CEN in the input (2 resources of alicloud)"),
            ([resource(bridged("alicloud_instance"), "web")], "no CEN in the input (1 resource of alicloud)"),
            ([BUCKET], "no CEN in the input (no resource of Alibaba Cloud)"),
            ([], "no CEN in the input (no resource of Alibaba Cloud)"),
            (
                [resource("eks:index:Cluster", "one", custom=False)],
                "no CEN in the input (no resource of Alibaba Cloud, 1 component of other packages, whose parts are not shown)",
            ),
        ],
    )
    def test_the_head_says_so(self, resources, said):
        report = judged(*resources)

        assert report.absent == said
        assert report.sources[0].cen == 0
        assert exit_status(report, "mandatory") == 0

    @pytest.mark.parametrize("form", ["human", "html", "github"])
    def test_people_read_it(self, tmp_path, form):
        (tmp_path / "preview.json").write_bytes(preview(*ECS))

        assert (
            b"no CEN in the input (2 resources of alicloud)"
            in run("check", "preview.json", "--format", form, cwd=tmp_path).stdout
        )

    def test_a_network_that_is_there_is_counted(self):
        report = judged(*network(), *ECS)

        assert report.sources[0].cen == 6
        assert report.absent == ""

    def test_a_state_is_counted_as_well(self):
        assert judged(*(item | {"id": f"id-{index}"} for index, item in enumerate(network())), kind=export).sources[0].cen == 6

    def test_explain_answers_for_nothing_that_it_has_not_read(self, tmp_path):
        (tmp_path / "preview.json").write_bytes(
            preview(*network(), resource("backbone:index:Module", "pipe", inputs={"cen": "x"}))
        )
        for command in (["explain", "preview.json", "--from", "cn-beijing", "--to", "us-west-1"], ["map", "preview.json"]):
            done = run(*command, cwd=tmp_path)

            assert done.returncode == 2
            assert b"pipe (backbone:index:Module) may hold a CEN" in done.stderr

    def test_an_inventory_of_it_marks_no_instance_complete(self, tmp_path):
        core = network(package=False)[0] | {"id": "cen-fbifwbkjygw42xwxqn"}
        pipe = resource("acme:cen:Pipe", "pipe", custom=False, inputs={"cenId": core["id"]}, edges={"cenId": [core["urn"]]})
        (tmp_path / "export.json").write_bytes(export(core, pipe))
        done = run("inventory", "export.json", cwd=tmp_path)

        assert b"complete = true" not in done.stdout
        assert b"pipe (acme:cen:Pipe) may hold a CEN" in done.stderr
