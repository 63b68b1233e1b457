"""CEN907: an inventory that grows old weakens what rests on it, and opens no gate."""

import json

import pytest

from tests.commands.test_cli import run

INVENTORY = """
taken = 2026-11-20
[[instance]]
id = "cen-1"
complete = true
[[attachment]]
instance = "cen-1"
region = "cn-beijing"
id = "vpc-1"
[[package]]
id = "cenbwp-1"
area_pair = ["China", "Asia-Pacific"]
bandwidth = 10
instance = "cen-1"
[[limit]]
instance = "cen-1"
regions = ["cn-beijing", "ap-southeast-1"]
bandwidth = 5
"""
LATE = ("--today", "2026-12-24")


def state(region="us-west-1", instance="cen-1"):
    """An export of a stack that attaches one network to somebody else's instance."""
    inputs = {
        "instanceId": instance,
        "childInstanceId": "vpc-9",
        "childInstanceType": "VPC",
        "childInstanceRegionId": region,
    }
    kind = "alicloud:cen/instanceAttachment:InstanceAttachment"
    return {
        "version": 3,
        "deployment": {
            "manifest": {"time": "2026-11-20T00:00:00Z", "magic": "", "version": "v3.260.0"},
            "resources": [
                {
                    "urn": f"urn:pulumi:prod::app::{kind}::app",
                    "custom": True,
                    "id": f"{instance}:vpc-9:VPC:{region}",
                    "type": kind,
                    "inputs": inputs,
                    "outputs": inputs,
                }
            ],
        },
    }


@pytest.fixture
def judged(tmp_path):
    """The report of a check beside the inventory, and its exit status."""
    (tmp_path / "net.toml").write_text(INVENTORY)

    def judged(*arguments, **where):
        (tmp_path / "export.json").write_text(json.dumps(state(**where)))
        done = run("check", "export.json", "--inventory", "net.toml", "--format", "json", *arguments, cwd=tmp_path)
        assert done.returncode in (0, 1), done.stderr
        return json.loads(done.stdout), done.returncode

    return judged


def about(report):
    """What CEN907 says in a report."""
    return [item for item in report["findings"] if item["rule"] == "CEN907"]


def test_the_gate_stays_shut(judged):
    fresh, shut = judged("--today", "2026-11-24")
    old, still = judged(*LATE)
    (found,) = about(old)

    assert (shut, still) == (1, 1)
    assert about(fresh) == []
    assert {item["level"] for item in old["findings"] if item["rule"] == "CEN201"} == {"advisory"}
    assert (found["name"], found["level"], found["verdict"]) == ("stale-inventory", "mandatory", "violated")
    assert "net.toml was taken 2026-11-20" in found["message"]
    assert "CEN201 (app, China/North-America)" in found["message"]
    assert old["summary"]["mandatory"] == 1


def test_what_only_covers_is_advice(judged):
    report, status = judged(*LATE, region="ap-southeast-1")
    (found,) = about(report)

    assert status == 0
    assert found["level"] == "advisory"


def test_an_old_file_that_nothing_rests_on_is_not_spoken_of(judged):
    report, status = judged(*LATE, instance="cen-2")

    assert (about(report), status) == ([], 0)


def test_what_is_waived_opens_it(judged, tmp_path):
    (tmp_path / "waivers.toml").write_text('[[waiver]]\nrule = "CEN201"\nreason = "lab"\nowner = "net"\nexpires = 2027-12-31\n')
    report, status = judged(*LATE, "--waivers", "waivers.toml")
    (found,) = about(report)

    assert status == 0
    assert found["level"] == "advisory"
    assert "is waived" in found["message"]


@pytest.mark.parametrize(("level", "status", "wanted"), [("advisory", 0, "advisory"), ("mandatory", 1, "mandatory")])
def test_the_level_is_that_of_what_it_weakens(judged, tmp_path, level, status, wanted):
    (tmp_path / "cenguard.toml").write_text(f'[rules.CEN201]\nlevel = "{level}"\n')
    report, found = judged(*LATE)

    assert found == status
    assert [item["level"] for item in about(report)] == [wanted]


def test_a_second_fresh_file_shuts_it_as_it_should(judged, tmp_path):
    (tmp_path / "new.toml").write_text(INVENTORY.replace("2026-11-20", "2026-12-23"))
    report, status = judged(*LATE, "--inventory", "new.toml")

    assert (about(report), status) == ([], 1)
    assert {item["level"] for item in report["findings"] if item["rule"] == "CEN201"} == {"mandatory"}


def test_only_new_findings_decide_and_age_is_none(judged, tmp_path):
    """What stood before the change was weakened before it too."""
    (tmp_path / "base.json").write_text(json.dumps(state()))
    report, status = judged(*LATE, "--base", "base.json", "--new")

    assert [item["change"] for item in about(report)] == ["unchanged"]
    assert status == 0
    report, status = judged(*LATE, "--base", "base.json", "--new", region="eu-central-1")
    assert [item["change"] for item in about(report)] == ["new"]
    assert status == 1


def test_people_read_it(judged, tmp_path):
    judged(*LATE)
    text = " ".join(run("check", "export.json", "--inventory", "net.toml", *LATE, cwd=tmp_path).stdout.decode().split())

    assert "CEN907 stale-inventory [mandatory]" in text
    assert "fix: Take the inventory again" in text
    assert b"opens no gate" in run("rules", "CEN907").stdout
