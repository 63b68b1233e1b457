"""Paths of `ignore_changes`: what they keep, as the engine's `PropertyPath.Reset` answered when it was run."""

import json

import pytest

from cenguard.assembly.ignored import kept
from cenguard.resources.property_paths import steps
from tests.commands.test_cli import run

pytest.importorskip("pulumi_alicloud")

OLD = {"zones": [{"id": "h", "net": "old"}], "tags": {"a.b": "old", "team": "old"}}
NEW = {"zones": [{"id": "h", "net": "new"}], "tags": {"a.b": "new", "env": "new"}, "name": {"x": 1}}


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("zones[0].net", {"zones": OLD["zones"]}),
        ("zones[*].net", {"zones": OLD["zones"]}),
        ("zones[1].net", {}),
        ("zones.net", {}),
        ("Zones[0].net", {}),
        ('tags["a.b"]', {"tags": {"a.b": "old", "env": "new"}}),
        ("tags.a.b", {}),
        ("tags.team", {"tags": {"a.b": "new", "env": "new", "team": "old"}}),
        ("tags.env", {"tags": {"a.b": "new"}}),
        ("tags[*]", {"tags": OLD["tags"]}),
        ("name.x", {"name": {}}),
        ("zones", {"zones": OLD["zones"]}),
    ],
)
def test_a_path_keeps_what_it_leads_to(path, changed):
    assert kept(OLD, NEW, steps(path)) == {**NEW, **changed}


def test_everything_is_kept_by_a_star():
    assert kept(OLD, NEW, steps("*")) == OLD


PROGRAM = """
import pulumi
import pulumi_alicloud as alicloud

core = alicloud.cen.Instance("core", cen_instance_name="core", opts=pulumi.ResourceOptions(protect=True))
package = alicloud.cen.BandwidthPackage(
    "package", bandwidth=10, geographic_region_a_id="China", geographic_region_b_id="%s",
    opts=pulumi.ResourceOptions(ignore_changes=["%s"], protect=True),
)
"""


@pytest.mark.parametrize(
    ("path", "replaced"), [("geographicRegionBId", False), ("geographic_region_b_id", False), ("geographic_region_bid", True)]
)
def test_a_program_keeps_what_the_sdk_sends_by_its_own_name(tmp_path, path, replaced):
    """A name that the SDK does not know is sent as it is, and ignores nothing: the package is replaced (CEN404)."""
    urn = "urn:pulumi:dev::net::alicloud:cen/bandwidthPackage:BandwidthPackage::package"
    inputs = {"bandwidth": 10, "geographicRegionAId": "China", "geographicRegionBId": "Europe"}
    stands = {"urn": urn, "type": urn.split("::")[2], "custom": True, "id": "cenbwp-1", "inputs": inputs, "outputs": inputs}
    (tmp_path / "base.json").write_text(json.dumps({"version": 3, "deployment": {"resources": [stands]}}))
    (tmp_path / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(PROGRAM % ("North-America", path))
    report = run("check", str(tmp_path), "--base", str(tmp_path / "base.json"), "--format", "json")
    found = json.loads(report.stdout)["findings"]
    assert ("CEN404" in {item["rule"] for item in found}) is replaced
