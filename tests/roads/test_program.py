"""A project folder whose program uses the SDK of any Terraform provider is judged as one that uses the native one."""

import json

from tests.commands.test_wrong_input import run

PROGRAM = """
import pulumi


class Bridged(pulumi.CustomResource):
    def __init__(self, kind, name, properties, provider):
        token = f"ali:index/{kind}:{kind[0].upper()}{kind[1:]}"
        super().__init__(token, name, properties, pulumi.ResourceOptions(provider=provider))


class Provider(pulumi.ProviderResource):
    def __init__(self, name, region):
        super().__init__("ali", name, {"region": region})


home, away = Provider("home", "cn-beijing"), Provider("away", "us-west-1")
core = Bridged("cenInstance", "core", {"name": "core"}, home)
for name, provider, region, block in (("bj", home, "cn-beijing", "10.0.0.0/16"), ("us", away, "us-west-1", "10.1.0.0/16")):
    vpc = Bridged("vpc", name, {"cidrBlock": block}, provider)
    Bridged(
        "cenInstanceAttachment",
        name,
        {"instanceId": core.id, "childInstanceId": vpc.id, "childInstanceType": "VPC", "childInstanceRegionId": region},
        home,
    )
"""


def test_a_program_of_bridged_resources_is_judged(tmp_path):
    (tmp_path / "Pulumi.yaml").write_text("name: network\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(PROGRAM)
    done = run("check", ".", "--format", "json", cwd=tmp_path)
    report = json.loads(done.stdout)

    assert done.returncode == 1
    assert [item["rule"] for item in report["findings"] if item["level"] == "mandatory"] == ["CEN201"]
    assert report["findings"][0]["type"] == "ali:index/cenInstance:CenInstance"
    assert report["sources"][0]["cen"] == 3
