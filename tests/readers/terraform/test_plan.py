"""What a plan says: edges through modules and locals, regions, what is unknown, what is left out."""

import json
import subprocess
import sys
from copy import deepcopy

import pytest

from cenguard.resources.values import SECRET, UNKNOWN
from tests.readers.terraform.documents import (
    RECORDINGS,
    configured,
    entry,
    load,
    messages,
    pairs,
    read,
    recorded,
    report_of,
    undetermined,
    violated,
)

BASIC = "tofu-basic-create"
PACKAGE, LIMIT = "alicloud_cen_bandwidth_package.china_us", "alicloud_cen_bandwidth_limit.bj_us"
CONNECTED = {
    ("cn-beijing", "eu-central-1"): ("funded", 5),
    ("cn-beijing", "us-west-1"): ("funded", 4),
    ("eu-central-1", "us-west-1"): ("no_package", None),
}


def by_urn(records):
    return {resource.urn: resource for resource in records.resources}


class TestEdges:
    def test_through_modules_with_count_and_for_each(self):
        found = by_urn(recorded("terraform-module-for-each"))
        second = found["module.beijing.alicloud_cen_instance_attachment.net[1]"]
        limit = found['module.span["eu"].alicloud_cen_bandwidth_limit.pair["home"]']

        assert second.property_dependencies["childInstanceId"] == ("module.beijing.alicloud_vpc.net[1]",)
        assert second.property_dependencies["instanceId"] == ("alicloud_cen_instance.hub[0]",)
        assert limit.property_dependencies["instanceId"] == ('module.span["eu"].alicloud_cen_bandwidth_package_attachment.this',)
        assert limit.name == 'span["eu"].pair["home"]'

    def test_depends_on_of_a_module_is_an_order(self):
        document = load("terraform-module-for-each")
        assert "CEN211" not in violated(report_of(document))
        del document["configuration"]["root_module"]["module_calls"]["span"]["depends_on"]

        assert "CEN211" in {*violated(report_of(document)), *undetermined(report_of(document))}

    def test_without_an_order_it_is_said(self):
        document = load(BASIC)
        limit = configured(document, LIMIT)
        limit["depends_on"], limit["expressions"]["region_ids"] = [], {"constant_value": ["cn-beijing", "us-west-1"]}

        assert violated(report_of(document)) == ["CEN211"]

    def test_what_a_local_is_made_of_is_in_no_plan(self):
        document = load(BASIC)
        limit = configured(document, LIMIT)
        limit["depends_on"], limit["expressions"]["region_ids"] = [], {"references": ["local.regions"]}
        report = report_of(document)

        assert violated(report) == []
        assert "CEN211" in undetermined(report)
        assert "local.regions" in messages(report, "CEN211")

    @pytest.mark.parametrize("second", [False, True], ids=["one instance", "two instances"])
    def test_a_local_means_the_only_resource_there_is(self, second):
        document = load(BASIC)
        for resource in document["configuration"]["root_module"]["resources"]:
            if "instance_id" in resource["expressions"]:
                resource["expressions"]["instance_id"] = {"references": ["local.cen_id"]}
        if second:
            other = deepcopy(entry(document, "alicloud_cen_instance.backbone"))
            other |= {"address": "alicloud_cen_instance.other", "name": "other"}
            document["resource_changes"].append(other)
            program = deepcopy(configured(document, "alicloud_cen_instance.backbone"))
            program |= {"address": "alicloud_cen_instance.other", "name": "other"}
            document["configuration"]["root_module"]["resources"].append(program)
        found = pairs(report_of(document))

        assert found == CONNECTED or (second and {state for state, _ in found.values()} <= {"undetermined"})
        assert (found == CONNECTED) is not second

    def test_an_index_that_is_shifted_means_no_certain_one(self):
        """`x[count.index]` and `x[count.index + 1]` look alike in a plan."""
        document = load("terraform-enterprise")
        for name in ("transit_router_id", "peer_transit_router_id"):
            peer = configured(document, "alicloud_cen_transit_router_peer_attachment.hz_sg")
            peer["expressions"][name] = {"references": ["alicloud_cen_transit_router.all", "count.index"]}
        peer["count_expression"] = {"constant_value": 1}
        router = deepcopy(configured(document, "alicloud_cen_transit_router.hz"))
        router |= {"address": "alicloud_cen_transit_router.all", "name": "all", "count_expression": {"constant_value": 2}}
        document["configuration"]["root_module"]["resources"].append(router)
        for index in (0, 1):
            made = deepcopy(entry(document, "alicloud_cen_transit_router.hz"))
            made |= {"address": f"alicloud_cen_transit_router.all[{index}]", "name": "all", "index": index}
            document["resource_changes"].append(made)
        entry(document, "alicloud_cen_transit_router_peer_attachment.hz_sg")["address"] += "[0]"

        assert "CEN307" not in violated(report_of(document))


class TestRegions:
    def test_a_variable_gives_the_region(self):
        assert {r.inputs.get("region") for r in recorded(BASIC).resources if r.urn.startswith("provider.")} == {
            "cn-beijing",
            "eu-central-1",
            "us-west-1",
        }

    def test_a_network_in_another_region_than_its_provider(self):
        document = load(BASIC)
        document["configuration"]["provider_config"]["alicloud.eu"]["expressions"]["region"] = {"constant_value": "eu-west-1"}

        assert violated(report_of(document)) == ["CEN101"]

    def test_the_environments_region_is_not_known(self):
        document = load(BASIC)
        for config in document["configuration"]["provider_config"].values():
            config["expressions"].pop("region", None)
        report = report_of(document)

        assert violated(report) == []
        assert "CEN101" in undetermined(report)

    @pytest.mark.parametrize(
        ("values", "told"),
        [
            ({"current": True, "regions": [{"id": "cn-beijing", "region_id": "cn-beijing"}]}, True),
            ({"current": None, "regions": [{"id": "cn-beijing"}, {"id": "cn-hangzhou"}]}, False),
            ({"current": True, "regions": []}, False),
            ({"current": True, "regions": None, "ids": ["cn-beijing"]}, False),
        ],
    )
    def test_a_look_up_of_the_current_region_tells_the_environments(self, values, told):
        """Many programs set none and ask for it; what they ask is answered for the provider of the data source."""
        document = load(BASIC)
        for config in document["configuration"]["provider_config"].values():
            config["expressions"].pop("region", None)
        asked = {"address": "data.alicloud_regions.here", "mode": "data", "type": "alicloud_regions", "name": "here"}
        document["configuration"]["root_module"]["resources"].append(
            {**asked, "provider_config_key": "alicloud", "expressions": {}}
        )
        stood = {"resources": [{**asked, "values": values, "sensitive_values": {}}]}
        document["prior_state"] = {"format_version": "1.0", "values": {"root_module": stood}}
        regions = {r.urn: r.inputs.get("region") for r in read(document).resources if r.urn.startswith("provider.")}

        assert regions["provider.alicloud"] == ("cn-beijing" if told else None)
        assert regions["provider.alicloud.eu"] is None

    def test_a_text_around_a_variable_is_no_region(self):
        document = load(BASIC)
        document["variables"]["city"] = {"value": "beijing"}
        document["configuration"]["provider_config"]["alicloud"]["expressions"]["region"] = {"references": ["var.city"]}

        assert violated(report_of(document)) == []

    def test_several_providers_of_one_block_are_not_one(self):
        document = load(BASIC)
        configs = document["configuration"]["provider_config"]
        configs["alicloud"]["expressions"]["region"] = {"references": ["each.value"]}
        for resource in document["configuration"]["root_module"]["resources"]:
            resource["provider_config_key"] = "alicloud"

        assert "CEN101" not in violated(report_of(document))


class TestValues:
    def test_what_is_computed_is_not_set(self):
        package = by_urn(recorded(BASIC))[PACKAGE]

        assert "chargeType" not in package.inputs
        assert "geographicRegionIds" not in package.inputs
        assert by_urn(recorded(BASIC))[LIMIT].inputs["instanceId"] is UNKNOWN

    def test_a_secret_is_used_as_unknown_and_never_shown(self):
        document = load("tofu-sensitive")
        records = read(document)
        secret = {
            (resource.urn, key) for resource in records.resources for key, value in resource.inputs.items() if value is SECRET
        }

        assert secret
        assert violated(report_of(document)) == []

    def test_null_of_a_conditional_is_not_set(self):
        """A peer by traffic whose package is `var.billing == "DataTransfer" ? null : …`."""
        document = load("terraform-enterprise")
        address = "alicloud_cen_transit_router_peer_attachment.hz_sg"
        configured(document, address)["expressions"]["cen_bandwidth_package_id"] = {
            "references": [f"{PACKAGE}.id", PACKAGE, "var.billing"]
        }
        entry(document, address)["change"]["after"]["cen_bandwidth_package_id"] = None

        assert pairs(report_of(document))["ap-southeast-1", "cn-hangzhou"] == ("pay_by_traffic", 20)


def test_nothing_but_a_version_is_an_empty_state():
    (nothing_there,) = report_of(b'{"format_version": "1.0"}').sources[0].notes
    assert nothing_there.startswith("no state: nothing has been applied yet, or all of it was destroyed")
    assert "Check a plan of the program" in nothing_there
    raw = {"version": 4, "terraform_version": "1.12.6", "serial": 20, "lineage": "x", "outputs": {}, "resources": []}
    for destroyed in ({"format_version": "1.0", "values": {"root_module": {}}}, raw):
        assert "The state is empty: nothing stands" in report_of(json.dumps(destroyed).encode()).sources[0].notes[0]


def test_findings_speak_of_attributes_as_terraform_does():
    report = report_of(recorded("tofu-basic-no-package"))
    text = json.dumps([[item.message, item.because] for item in report.findings], default=str)

    assert "child_instance_region_id" in text
    assert "childInstanceRegionId" not in text
    assert "Pulumi program" not in text


def test_so_do_findings_about_what_nothing_names():
    document = load(BASIC)
    del document["configuration"]
    report = report_of(document)

    assert "Whether the package of china_us serves" in messages(report, "CEN202")
    text = json.dumps([[item.message, item.because] for item in report.findings] + [str(report.blockers)], default=str)
    assert "bandwidth_package_id" in text
    assert "bandwidthPackageId" not in text


def test_nothing_of_pulumi_is_advised():
    destroyed = load(BASIC, "plan-destroy.json")
    for change in destroyed["resource_changes"]:
        if change["address"] == PACKAGE:
            change["change"]["before"] |= {"payment_type": "PrePaid", "charge_type": "PrePaid"}
    unattached = load(BASIC)
    unattached["resource_changes"] = [
        item for item in unattached["resource_changes"] if item["type"] != "alicloud_cen_bandwidth_package_attachment"
    ]
    half = load(BASIC, "terraform.tfstate")
    for resource in half["resources"]:
        if f"{resource['type']}.{resource['name']}" == LIMIT:
            resource["instances"][0]["status"] = "tainted"
        if f"{resource['type']}.{resource['name']}" == PACKAGE:
            resource["instances"].append(resource["instances"][0] | {"deposed": "f00d"})
    for document, expected in (
        (destroyed, {"CEN411"}),
        (unattached, {"CEN111", "CEN203"}),
        (half, {"CEN203", "CEN206"}),
    ):
        found = report_of(document).findings
        text = json.dumps([[item.message, item.because, item.fix.summary] for item in found], default=str)

        assert expected <= {item.rule for item in found}
        assert not [word for word in ("CenNetwork", "PackageAttachment", "etainOnDelete", "Pulumi", "`pulumi ") if word in text]


def test_a_package_that_is_replaced_under_its_own_name_is_said_once():
    """With `-replace`: its attachment is replaced with it, and is no second package."""
    report = report_of(recorded("tofu-replace-package"))

    assert violated(report) == ["CEN404"]
    assert [item.resource for item in report.findings if item.rule == "CEN404"] == ["package"]


def test_an_import_that_is_replaced_at_once_buys_the_new_one():
    document = load("terraform-import-replace")
    report = report_of(document)

    assert [item.urn for item in report.purchases] == ["alicloud_cen_bandwidth_package.china_us"]
    imported = entry(document, "alicloud_cen_bandwidth_package.china_us")
    imported["change"] |= {
        "actions": ["no-op"],
        "after": imported["change"]["before"],
        "after_unknown": {},
        "replace_paths": None,
    }
    assert not report_of(document).purchases


def test_every_command_reads_a_plan(tmp_path):
    plan = str(RECORDINGS / BASIC / "plan.json")
    state = str(RECORDINGS / BASIC / "state.json")
    for arguments in (
        ("explain", plan, "--from", "cn-beijing", "--to", "us-west-1"),
        ("map", state, "-o", str(tmp_path / "map.svg")),
        ("inventory", state, "-o", str(tmp_path / "seen.toml")),
        ("check", plan, "--base", state),
    ):
        done = subprocess.run([sys.executable, "-m", "cenguard", *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "hildInstance" not in done.stdout  # attributes are called as Terraform calls them
    assert "cenbwp-" in (tmp_path / "seen.toml").read_text()


def test_whether_a_package_is_protected_is_in_no_plan():
    document = load(BASIC)
    entry(document, PACKAGE)["change"]["after"]["payment_type"] = "PrePaid"
    report = report_of(document)

    assert "CEN406" in undetermined(report)
    assert "CEN406" not in violated(report, "advisory")
    said = next(item for item in report.findings if item.rule == "CEN406")
    assert "which is prepaid, is protected cannot be told" in said.message  # what it is paid by is known
    assert said.because[-1].endswith(": not told")
