"""A program that calls its resources otherwise, and says so with `aliases`, is compared with what they were called."""

import json

import pytest
from click.testing import CliRunner

from cenguard.commands.cli import main

PARTS = """\
import pulumi
import pulumi_alicloud as alicloud
from pulumi import Alias, ResourceOptions as Options

cen = alicloud.cen


def network(core="core", package="asia", attached="asia", **options):
    def own(alias=None, **more):
        aliases = options.get("aliases") or ([Alias(name=alias)] if alias else [])
        return Options(**{**options, "aliases": aliases, **more})

    net = cen.Instance(core, opts=own())
    bought = cen.BandwidthPackage(
        package, bandwidth=10, geographic_region_a_id="China", geographic_region_b_id="Europe", payment_type="PrePaid",
        period=1, auto_renew=True, opts=own("asia" if package != "asia" and ALIASED else None, protect=True))
    joined = cen.BandwidthPackageAttachment(
        attached, instance_id=net.id, bandwidth_package_id=bought.id,
        opts=own("asia" if attached != "asia" and ALIASED else None))
    ends = [
        cen.InstanceAttachment(region, instance_id=net.id, child_instance_id=f"vpc-{region}", child_instance_type="VPC",
                               child_instance_region_id=region, opts=own())
        for region in ("cn-beijing", "eu-central-1")]
    cen.BandwidthLimit("limit", instance_id=net.id, region_ids=["cn-beijing", "eu-central-1"], bandwidth_limit=10,
                       opts=own(depends_on=[joined, *ends]))


class Hub(pulumi.ComponentResource):
    def __init__(self, name, aliases=(), children=()):
        super().__init__("ours:net:Hub", name, None, Options(aliases=list(aliases)))
        network(f"{name}-core", parent=self, **({"aliases": list(children)} if children else {}))


"""
PLAIN = "network()"
CASES = {
    "a package and its attachment": (PLAIN, 'network(package="east", attached="east")'),
    "a component hands its alias down": ('Hub("old")', 'Hub("new", [Alias(name="old")])'),
    "into a component": ('network("hub-core")', 'Hub("hub", children=[Alias(parent=pulumi.ROOT_STACK_RESOURCE)])'),
    "by a whole URN": (
        'Hub("old")',
        'Hub("new", ["urn:pulumi:dev::net::ours:net:Hub::old"])',
    ),
}


def against(folder, before, after, aliased=True):
    """What `check AFTER --base BEFORE` says of two programs."""
    for name, text in (("before", before), ("after", after)):
        (folder / name).mkdir()
        (folder / name / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
        (folder / name / "__main__.py").write_text(f"ALIASED = {aliased}\n{PARTS}{text}\n")
    result = CliRunner().invoke(
        main, ["check", str(folder / "after"), "--base", str(folder / "before"), "--today", "2026-11-28", "--format", "json"]
    )
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_what_an_alias_moves_stands(tmp_path, before, after):
    status, report = against(tmp_path, before, after)

    assert (status, report["findings"], report["purchases"], report["cuts"]) == (0, [], [], [])
    assert [(pair["disposition"], pair["mbps"], pair["mbps_before"]) for pair in report["pairs"]] == [("funded", 10, 10)]


def test_without_an_alias_the_package_is_bought_again(tmp_path):
    status, report = against(tmp_path, *CASES["a package and its attachment"], aliased=False)

    assert status == 1
    assert {"CEN404", "CEN411"} <= {item["rule"] for item in report["findings"]}
    assert [item["mbps"] for item in report["purchases"]] == [10]
