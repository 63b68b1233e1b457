"""Providers that a program calls as the engine calls its own: no preview lists them, and they are not those of the configuration."""

import json
from pathlib import Path

import pytest

from tests.commands.test_cli import run

RECORDED = Path(__file__).parents[1] / "recordings" / "runs"
PROGRAM = """
import pulumi
import pulumi_alicloud as alicloud

{name} = alicloud.Provider("{name}", region="us-west-1")
there = pulumi.ResourceOptions(provider={name})
core = alicloud.cen.Instance("core", opts=there)
for number, region in enumerate(("us-west-1", "eu-central-1")):
    alicloud.cen.InstanceAttachment(
        region,
        instance_id=core.id,
        child_instance_id=f"vpc-{{number}}",
        child_instance_type="VPC",
        child_instance_region_id=region,
        opts=there,
    )
"""


def findings(*arguments):
    """What a check finds, by rule."""
    report = json.loads(run("check", *arguments, "--format", "json").stdout)
    return {(item["rule"], item["verdict"], item["resource"]): item for item in report["findings"]}


def test_a_preview_does_not_say_in_which_region_they_work():
    found = findings(RECORDED / "default-named-preview.json", "--select", "CEN101")

    assert set(found) == {("CEN101", "undetermined", "us"), ("CEN101", "undetermined", "eu")}
    assert any("the region of provider default-eu is not known" in item["message"] for item in found.values())


def test_what_would_settle_it_does():
    said = run("check", RECORDED / "default-named-preview.json", "--select", "CEN101").stdout.decode()

    assert "the saved plan or the program would settle it" in " ".join(said.split())
    assert not findings(RECORDED / "default-named-plan.json", "--select", "CEN101")


@pytest.mark.parametrize("name", ["default", "default_us", "us"])
def test_what_a_fix_adds_is_made_by_them_as_well(tmp_path, name):
    (tmp_path / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text('config: {alicloud:region: "cn-beijing"}\n')
    (tmp_path / "__main__.py").write_text(PROGRAM.format(name=name))

    found = findings(tmp_path, "--select", "CEN201")["CEN201", "violated", "core"]["fix"]

    assert found["edits"][0]["provider"].endswith(f"::pulumi:providers:alicloud::{name}")
    assert f"provider={name}" in found["code"]["text"]
