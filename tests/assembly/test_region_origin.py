"""Where a region came from, when the program's own lines do not say it: the evidence names the configuration or the variable."""

import json

import pytest

from tests.commands.test_cli import run

PROGRAM = """
import pulumi
import pulumi_alicloud as alicloud

somewhere = alicloud.Provider("somewhere"{region})
opts = {opts}
vpc = alicloud.vpc.Network("vpc", cidr_block="10.0.0.0/16", opts=opts)
core = alicloud.cen.Instance("core")
alicloud.cen.InstanceAttachment(
    "shop", instance_id=core.id, child_instance_id=vpc.id, child_instance_type="VPC", child_instance_region_id="us-west-1"
)
"""
OWN = "pulumi.ResourceOptions(provider=somewhere)"


@pytest.fixture
def evidence(tmp_path):
    """What CEN101 says of a program that declares another region than its provider's."""

    def evidence(region="", opts=OWN, config="", more="", **environment):
        (tmp_path / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
        (tmp_path / "Pulumi.dev.yaml").write_text(f"config: {{{config}}}\n")
        (tmp_path / "__main__.py").write_text(PROGRAM.format(region=region, opts=opts) + more)
        report = json.loads(run("check", tmp_path, "--format", "json", env=environment).stdout)
        return next(item["because"] for item in report["findings"] if item["rule"] == "CEN101")

    return evidence


def test_the_environments_variable(evidence):
    assert "vpc is made by provider somewhere, region eu-central-1 (from ALICLOUD_REGION)" in evidence(
        ALICLOUD_REGION="eu-central-1"
    )


def test_the_configuration(evidence):
    found = evidence(opts="None", config='alicloud:region: "eu-central-1"')

    assert any("region eu-central-1 (from alicloud:region of the stack's configuration)" in step for step in found)


def test_the_programs_own_line_needs_no_word(evidence):
    found = evidence(region=', region="eu-central-1"', ALICLOUD_REGION="cn-beijing")

    assert "vpc is made by provider somewhere, region eu-central-1" in found


def test_the_zones_of_the_vswitches_that_the_provider_makes(evidence):
    made = 'alicloud.vpc.Switch("a", vpc_id=vpc.id, cidr_block="10.0.0.0/24", zone_id="eu-central-1a")'
    found = evidence(opts="None", more=made)

    assert any("region eu-central-1 (from the zones of its vSwitches)" in step for step in found)
