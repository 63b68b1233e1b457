"""One thing that two states hold: it is there once, and paid once."""

import json

import pytest

from tests.fleet.fleets import Stack, bought, run, terraform

US = ("China", "North-America")
PAIR = ["cn-beijing", "us-west-1"]


def network(project):
    """A network of two regions that reach each other."""
    stack = Stack(project)
    stack.instance("core", "cen-1")
    for number, region in enumerate(PAIR):
        stack.attachment(f"n{number}", "cen-1", region, f"vpc-{number}")
    stack.package("us", "cenbwp-us", US, 20, expiredTime="2027-01-31T16:00Z")
    stack.attached("us", "cen-1", "cenbwp-us")
    stack.limit("us", "cen-1", PAIR, 12)
    return stack


def rows(report):
    """Instances, packages and months, and which rules spoke of which state."""
    return (
        [(item.instance, dict(item.pairs)) for item in report.instances],
        [(item.id, item.instance, item.mbps, item.drawn) for item in report.packages],
        [(item.month, item.mbps) for item in report.committed],
        sorted((item.rule, (item.stack or "").rpartition("/")[2]) for item in report.findings),
    )


def test_a_package_that_two_stacks_hold_is_attached_and_paid_once(tmp_path):
    """It was imported where it is used, and nobody took it out of the stack that bought it."""
    network("net").write(tmp_path / "a.json")
    other = Stack("money")
    other.package("bought", "cenbwp-us", US, 20, expiredTime="2027-01-31T16:00Z")
    other.write(tmp_path / "b.json")

    report = run(tmp_path).report

    assert rows(report) == (
        [("cen-1", {"funded": 1})],
        [("cenbwp-us", "cen-1", 20, 12)],
        [("2027-01", 20)],
        [("CEN406", "a.json"), ("CEN406", "b.json")],  # each of them may delete it
    )
    assert [item.rpartition("/")[2] for item in report.packages[0].stacks] == ["a.json", "b.json"]


def test_states_that_do_not_agree_on_a_package_leave_it_open(tmp_path):
    network("net").write(tmp_path / "a.json")
    other = Stack("money")
    other.package("bought", "cenbwp-us", US, 5, expiredTime="2027-01-31T16:00Z")
    other.write(tmp_path / "b.json")

    report = run(tmp_path).report

    (package,) = report.packages
    assert package.mbps is None
    (finding,) = [item for item in report.findings if item.rule == "CEN208"]
    assert finding.verdict == "undetermined"
    assert "one state says 5 Mbps of package cenbwp-us, and another one 20 Mbps" in finding.message


def test_an_instance_that_two_stacks_hold_is_one(tmp_path):
    """A migration from one tool to another, half done."""
    core = Stack("core")
    core.instance("core", "cen-1")
    core.write(tmp_path / "core.json")
    network("net").write(tmp_path / "net.json")
    state = terraform("cen-1", [], "vpc")
    state["resources"].append(
        {
            "mode": "managed", "type": "alicloud_cen_instance", "name": "core", "provider": 'provider["registry.terraform.io/aliyun/alicloud"]',
            "instances": [{"attributes": {"id": "cen-1", "cen_instance_name": "core"}}],
        }
    )  # fmt: skip
    (tmp_path / "old.tfstate").write_text(json.dumps(state))

    (instance,) = run(tmp_path).report.instances

    assert instance.pairs == {"funded": 1}
    assert len(instance.stacks) == 3


@pytest.mark.parametrize("newest", ["archive/net.tfstate", "net/terraform.tfstate"])
def test_of_copies_of_a_terraform_state_the_newest_counts(tmp_path, newest):
    for name in ("archive/net.tfstate", "net/terraform.tfstate"):
        path = tmp_path / name
        path.parent.mkdir()
        regions = ["cn-beijing", "us-west-1", "eu-central-1"][: 3 if name == newest else 2]
        path.write_text(json.dumps(terraform("cen-1", regions, "vpc") | {"lineage": "one", "serial": 9 if name == newest else 8}))

    found = run(tmp_path)

    (instance,) = found.report.instances
    assert instance.regions == ("cn-beijing", "eu-central-1", "us-west-1")
    assert instance.stacks == (f"{tmp_path}/{newest}",)
    assert not [item for item in found.report.findings if item.rule == "CEN104"]
    assert [f"says the same stack as {tmp_path}/{newest}, which counts" in item for item in found.remarks] == [True]


def test_states_that_were_parted_from_one_are_no_copies(tmp_path):
    """`terraform state mv` into a new state keeps nothing of the old one, but for what both began as."""
    for name, region, network_id in (("a", "cn-beijing", "vpc-a"), ("b", "us-west-1", "vpc-b")):
        (tmp_path / f"{name}.tfstate").write_text(json.dumps(terraform("cen-1", [region], network_id) | {"lineage": "one"}))

    (instance,) = run(tmp_path).report.instances

    assert instance.regions == ("cn-beijing", "us-west-1")


@pytest.mark.parametrize(
    "times",
    [("2026-10-01T02:00:00.5Z", "2026-11-01T02:00:00.5Z"), ("2026-11-01T23:30:00.123456789+02:00", "2026-11-01T22:00:00Z")],
)
def test_of_copies_of_a_stack_the_one_that_was_written_last_counts(tmp_path, times):
    """Of two of one day it was the first one by name."""
    bought(tmp_path / "old", packages=[("us", US, "2027-01-01")])
    bought(tmp_path / "new", packages=[("us", US, "2027-01-01"), ("eu", ("China", "Europe"), "2027-02-01")])
    for folder, time in zip(("old", "new"), times, strict=True):
        path = tmp_path / folder / "net.json"
        state = json.loads(path.read_text())
        state["deployment"]["manifest"]["time"] = time
        path.write_text(json.dumps(state))
    (tmp_path / "old").rename(tmp_path / "a-copy")

    assert [item.id for item in run(tmp_path).report.packages] == ["cenbwp-eu", "cenbwp-us"]


def test_folders_that_are_called_alike_are_told_apart(tmp_path):
    """A name of a source holds no blank, so that both are called with a line in its place."""
    for folder, region, network_id in (("a b", "cn-beijing", "vpc-a"), ("a-b", "us-west-1", "vpc-b")):
        (tmp_path / folder).mkdir()
        state = terraform("cen-1", [region], network_id) | {"lineage": network_id}
        (tmp_path / folder / "terraform.tfstate").write_text(json.dumps(state))

    report = run(tmp_path).report

    assert [item.regions for item in report.instances] == [("cn-beijing", "us-west-1")]
    first, second = (item.project for item in report.stacks)
    assert first.endswith("/a-b")
    assert second == f"{first}-2"
