"""Several stacks as one estate: what one makes, another attaches to or buys for."""

import json

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_estate
from cenguard.reports.human import render

INSTANCE = "alicloud:cen/instance:Instance"
ATTACHMENT = "alicloud:cen/instanceAttachment:InstanceAttachment"
PACKAGE = "alicloud:cen/bandwidthPackage:BandwidthPackage"
BOUND = "alicloud:cen/bandwidthPackageAttachment:BandwidthPackageAttachment"
LIMIT = "alicloud:cen/bandwidthLimit:BandwidthLimit"
REFERENCE = "pulumi:pulumi:StackReference"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def urn(project, kind, name):
    return f"urn:pulumi:prod::{project}::{kind}::{name}"


def state(project, kind, name, inputs, *, identifier="", after=None, **more):
    edges = {key: after.get(key, []) if after else [] for key in inputs}
    needed = sorted({item for items in edges.values() for item in items})
    return {
        "urn": urn(project, kind, name),
        "type": kind,
        "custom": True,
        "id": identifier,
        "inputs": inputs,
        "outputs": dict(inputs),
        "dependencies": needed,
        "propertyDependencies": edges,
        **more,
    }


def export(tmp_path, project, states, outputs=None):
    stack = {
        "urn": urn(project, "pulumi:pulumi:Stack", f"{project}-prod"),
        "type": "pulumi:pulumi:Stack",
        "outputs": outputs or {},
    }
    path = tmp_path / f"{project}-export.json"
    path.write_text(json.dumps({"version": 3, "deployment": {"resources": [stack, *states]}}))
    return str(path)


def preview(tmp_path, project, states):
    stack = state(project, "pulumi:pulumi:Stack", f"{project}-prod", {})
    steps = [
        {"op": "read" if item.get("external") else "create", "urn": item["urn"], "newState": {**item, "outputs": {}}}
        for item in [stack, *states]
    ]
    path = tmp_path / f"{project}-preview.json"
    path.write_text(json.dumps({"steps": steps, "changeSummary": {"create": len(steps)}}))
    return str(path)


def attach(project, name, region, instance, after=()):
    inputs = {
        "instanceId": instance,
        "childInstanceId": f"vpc-{name}",
        "childInstanceRegionId": region,
        "childInstanceType": "VPC",
    }
    return state(project, ATTACHMENT, name, inputs, identifier=f"{instance}:{name}", after={"instanceId": list(after)})


def network(project, instance):
    """The instance, a package and its limit; the networks are other stacks'."""
    core = urn(project, INSTANCE, "core")
    package = urn(project, PACKAGE, "package")
    return [
        state(project, INSTANCE, "core", {"cenInstanceName": "core"}, identifier=instance),
        state(
            project,
            PACKAGE,
            "package",
            {
                "bandwidth": 10,
                "geographicRegionAId": "China",
                "geographicRegionBId": "Europe",
                "paymentType": "PrePaid",
                "period": 6,
                "autoRenew": True,
            },
            identifier="cenbwp-1",
            protect=True,
        ),
        state(
            project,
            BOUND,
            "bound",
            {"instanceId": instance, "bandwidthPackageId": "cenbwp-1"},
            identifier="cenbwp-1",
            after={"instanceId": [core], "bandwidthPackageId": [package]},
        ),
        state(
            project,
            LIMIT,
            "limit",
            {"instanceId": instance, "regionIds": ["cn-beijing", "eu-central-1"], "bandwidthLimit": 10},
            identifier=f"{instance}:cn-beijing:eu-central-1",
            after={"instanceId": [core]},
        ),
    ]


def pairs(report):
    return [(pair.instance, pair.regions, pair.disposition, pair.mbps) for pair in report.pairs]


def test_one_stack_owns_the_network_and_others_attach_to_it_by_id(tmp_path):
    sources = [
        export(tmp_path, "net", network("net", "cen-1")),
        export(tmp_path, "shop", [attach("shop", "shop", "cn-beijing", "cen-1")]),
        export(tmp_path, "sales", [attach("sales", "sales", "eu-central-1", "cen-1")]),
    ]
    report = check(read_estate(sources), Options())

    assert pairs(report) == [(urn("net", INSTANCE, "core"), ("cn-beijing", "eu-central-1"), "funded", 10)]
    assert {item.verdict for item in report.findings} <= {"violated"}
    assert [check(read_estate(order), Options()).findings for order in (sources, sources[::-1])] == [report.findings] * 2


def test_a_region_that_another_stack_attaches_is_cut_off(tmp_path):
    sources = [
        export(tmp_path, "net", network("net", "cen-1")),
        export(tmp_path, "shop", [attach("shop", "shop", "cn-beijing", "cen-1")]),
        export(tmp_path, "sales", [attach("sales", "sales", "us-west-1", "cen-1")]),
    ]
    report = check(read_estate(sources), Options())
    finding = next(item for item in report.findings if item.rule == "CEN201")

    assert (finding.verdict, finding.area_pair) == ("violated", ("China", "North-America"))
    assert finding.urn == urn("net", INSTANCE, "core")
    assert urn("sales", ATTACHMENT, "sales") in finding.related


def reader(project, instance):
    """A stack that reads the instance by its id."""
    core = urn(project, INSTANCE, "elsewhere")
    return [
        {**state(project, INSTANCE, "elsewhere", {}, identifier=instance), "external": True, "inputs": {}},
        attach(project, project, "eu-central-1", instance, [core]),
    ]


def test_an_instance_that_one_stack_reads_is_the_one_that_another_makes(tmp_path):
    sources = [
        export(tmp_path, "net", [*network("net", "cen-1"), attach("net", "shop", "cn-beijing", "cen-1")]),
        export(tmp_path, "sales", reader("sales", "cen-1")),
    ]
    report = check(read_estate(sources), Options())

    assert pairs(report) == [(urn("net", INSTANCE, "core"), ("cn-beijing", "eu-central-1"), "funded", 10)]


@pytest.mark.parametrize("name", ["organization/net/prod", "acme/net/prod"])
def test_an_output_not_known_yet_is_the_one_instance_of_its_stack(tmp_path, name):
    reference = urn("sales", REFERENCE, name)
    sources = [
        preview(
            tmp_path,
            "net",
            [*network("net", UNKNOWN), attach("net", "shop", "cn-beijing", UNKNOWN, [urn("net", INSTANCE, "core")])],
        ),
        preview(
            tmp_path,
            "sales",
            [
                {**state("sales", REFERENCE, name, {"name": name}, identifier=name), "external": True},
                attach("sales", "sales", "eu-central-1", UNKNOWN, [reference]),
            ],
        ),
    ]
    report = check(read_estate(sources), Options())

    assert [pair.instance for pair in report.pairs] == [urn("net", INSTANCE, "core")]


def test_two_instances_of_a_stack_leave_it_open_which_one_is_meant(tmp_path):
    reference = urn("sales", REFERENCE, "organization/net/prod")
    sources = [
        preview(
            tmp_path,
            "net",
            [
                state("net", INSTANCE, "core", {"cenInstanceName": "core"}, identifier=UNKNOWN),
                state("net", INSTANCE, "edge", {"cenInstanceName": "edge"}, identifier=UNKNOWN),
            ],
        ),
        preview(tmp_path, "sales", [attach("sales", "sales", "eu-central-1", UNKNOWN, [reference])]),
    ]
    report = check(read_estate(sources), Options())

    assert report.findings
    assert {item.verdict for item in report.findings} == {"undetermined"}
    assert any("core or edge" in blocker for blocker in report.blockers)


def test_a_program_reads_the_outputs_of_a_document_beside_it(tmp_path):
    folder = tmp_path / "sales"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: sales\nruntime: python\n")
    (folder / "__main__.py").write_text(
        "import pulumi\n"
        "import pulumi_alicloud as alicloud\n"
        'net = pulumi.StackReference("acme/net/prod")\n'
        'alicloud.cen.InstanceAttachment("sales", instance_id=net.require_output("cenId"), child_instance_id="vpc-1",\n'
        '    child_instance_type="VPC", child_instance_region_id="eu-central-1")\n'
    )
    states = [*network("net", "cen-1"), attach("net", "shop", "cn-beijing", "cen-1")]
    sources = [export(tmp_path, "net", states, {"cenId": "cen-1"}), str(folder)]
    report = check(read_estate(sources), Options())

    assert pairs(report) == [(urn("net", INSTANCE, "core"), ("cn-beijing", "eu-central-1"), "funded", 10)]


def test_a_finding_says_which_stack_it_is_in(tmp_path):
    sources = [
        export(tmp_path, "net", network("net", "cen-1")),
        export(tmp_path, "shop", [attach("shop", "shop", "cn-beijing", "cen-1")]),
        export(tmp_path, "sales", [attach("sales", "sales", "us-west-1", "cen-1")]),
    ]

    assert "net/prod  CEN201 missing-bandwidth-package" in render(check(read_estate(sources), Options()))
