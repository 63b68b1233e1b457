"""Terraform documents do not say whose they are: names told from folders, settings and the command line."""

import json
import os
import subprocess
import sys

import pytest

from tests.readers.terraform.documents import RECORDINGS

PLAN = (RECORDINGS / "terraform-basic-create" / "plan.json").read_bytes()
STATE = (RECORDINGS / "terraform-basic-create" / "state.json").read_bytes()
PACKAGE = "alicloud_cen_bandwidth_package.china_us"


def run(folder, *arguments):
    environment = {**os.environ, "NO_COLOR": "1"}
    command = [sys.executable, "-m", "cenguard", "check", *arguments, "--format", "json"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def report(folder, *arguments):
    done = run(folder, *arguments)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def urns(found):
    return {item["urn"] for item in found["purchases"]}


@pytest.fixture
def estate(tmp_path):
    for name in ("net", "shop"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.json").write_bytes(PLAN)
    return tmp_path


def test_a_name_that_is_given_stands_before_every_address(estate):
    found = report(estate, "core=net/plan.json")

    assert found["sources"][0]["project"] == "core"
    assert found["sources"][0]["stack"] == "default"
    assert f"core:{PACKAGE}" in urns(found)
    assert {item["type"] for item in found["findings"] if item["urn"]} >= {"alicloud_cen_instance"}


def test_without_a_name_the_address_is_bare(estate):
    found = report(estate, "net/plan.json")

    assert found["sources"][0]["project"] == ""
    assert PACKAGE in urns(found)


def test_a_blank_in_the_name_of_a_folder_breaks_no_address(estate):
    """Findings had no resource and lines of others, and spoke Pulumi's words: an address holds no blank."""
    (estate / "cenguard.toml").write_text('undetermined = "advisory"\n')
    (estate / "shared services").mkdir()
    (estate / "shared services" / "plan.json").write_bytes(PLAN)

    alone, beside = report(estate, "shared services/plan.json"), report(estate, "net/plan.json", "shared services/plan.json")
    (estate / "cenguard.toml").unlink()
    without = report(estate, "net/plan.json", "shared services/plan.json")

    plain = [item["message"].replace("net:", "") for item in report(estate, "net=net/plan.json")["findings"]]
    assert f"shared-services:{PACKAGE}" in urns(alone)
    assert [item["message"] for item in alone["findings"]] == plain
    assert all(item["urn"] for item in alone["findings"])
    assert (
        urns(without)
        == urns(beside)
        == {
            item.replace("net:", name)
            for name in ("net:", "shared-services:")
            for item in urns(report(estate, "net=net/plan.json"))
        }
    )


def test_the_folder_names_it_from_the_settings_on(estate):
    (estate / "cenguard.toml").write_text('undetermined = "advisory"\n')

    assert f"net:{PACKAGE}" in urns(report(estate, "net/plan.json"))


def test_the_folder_names_it_from_the_repository_on(estate):
    (estate / ".git").mkdir()

    assert f"net:{PACKAGE}" in urns(report(estate, "net/plan.json"))


def test_settings_name_it(estate):
    (estate / "cenguard.toml").write_text('[sources]\nbackbone = "net/plan.json"\n')

    assert f"backbone:{PACKAGE}" in urns(report(estate, "net/plan.json"))


def test_a_name_that_cannot_be_one_is_refused_with_its_line(estate):
    (estate / "cenguard.toml").write_text('[sources]\n"a:b" = "net/plan.json"\n')
    done = run(estate, "net/plan.json")

    assert done.returncode == 2
    assert "line 2" in done.stderr
    assert run(estate, "a:b=net/plan.json").returncode == 2


def test_a_file_of_that_very_name_wins(estate):
    (estate / "core=net").mkdir()
    (estate / "core=net" / "plan.json").write_bytes(PLAN)

    assert report(estate, "core=net/plan.json")["sources"][0]["project"] == ""


@pytest.mark.parametrize("sources", [("net=net/plan.json", "shop=shop/plan.json"), ("net/plan.json", "shop/plan.json")])
def test_two_plans_with_equal_addresses_are_one_estate(estate, sources):
    found = report(estate, *sources)

    assert [source["project"] for source in found["sources"]] == ["net", "shop"]
    assert {f"net:{PACKAGE}", f"shop:{PACKAGE}"} <= urns(found)


def test_a_limit_waits_for_nothing_that_stands_in_another_program():
    """A hub that stands, and a program that attaches a network to it and has a limit: no order can be written between them."""
    folder = RECORDINGS / "tofu-two-programs"
    found = report(folder, "hub=hub.tfstate", "shop=plan.json")
    (pair,) = found["pairs"]

    assert found["summary"]["mandatory"] == 0
    assert (pair["disposition"], pair["mbps"]) == ("funded", 4)


def test_two_plans_of_one_name_are_refused(estate):
    done = run(estate, "a=net/plan.json", "a=shop/plan.json")

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "is called a, as net/plan.json is" in done.stderr


def test_a_plan_goes_with_its_own_state(estate):
    (estate / "net" / "unchanged.json").write_bytes((RECORDINGS / "tofu-basic-create" / "plan-unchanged.json").read_bytes())
    (estate / "net" / "state.json").write_bytes((RECORDINGS / "tofu-basic-create" / "state.json").read_bytes())
    found = report(estate, "net/unchanged.json", "net/state.json")

    assert [source["kind"] for source in found["sources"]] == ["terraform-plan"]
    assert run(estate, "net/unchanged.json", "net/plan.json").returncode == 2


@pytest.mark.parametrize("order", [1, -1])
def test_so_it_does_where_that_lies_in_another_folder(estate, order):
    """`out/plan.json` beside `net/terraform.tfstate`: the ids say that they are one program's, and nothing is there twice."""
    (estate / "out").mkdir()
    (estate / "out" / "plan.json").write_bytes((RECORDINGS / "tofu-basic-create" / "plan-unchanged.json").read_bytes())
    state = (RECORDINGS / "tofu-basic-create" / "terraform.tfstate").read_bytes()
    (estate / "net" / "terraform.tfstate").write_bytes(state)
    found = report(estate, *("out/plan.json", "net/terraform.tfstate")[::order])

    assert [source["path"] for source in found["sources"]] == ["out/plan.json"]
    assert found["summary"]["mandatory"] == 0

    other = json.loads(state)
    (package,) = (
        item for item in other["resources"] if item["type"] == "alicloud_cen_bandwidth_package" and item["name"] == "china_us"
    )
    package["instances"][0]["attributes"]["id"] = "cenbwp-another"
    (estate / "net" / "terraform.tfstate").write_text(json.dumps(other))
    assert len(report(estate, "out/plan.json", "net/terraform.tfstate")["sources"]) == 2, "it is no state of this plan"


def test_a_copy_of_a_state_is_refused(estate):
    state = (RECORDINGS / "tofu-basic-create" / "terraform.tfstate").read_bytes()
    for folder in ("net", "shop"):
        (estate / folder / "terraform.tfstate").write_bytes(state)
    done = run(estate, "net/terraform.tfstate", "shop/terraform.tfstate")

    assert done.returncode == 2
    assert "is a copy of the state net/terraform.tfstate (they have one lineage): give one of them" in done.stderr

    (estate / "shop" / "terraform.tfstate").write_text(json.dumps({**json.loads(state), "lineage": "another"}))
    assert run(estate, "net/terraform.tfstate", "shop/terraform.tfstate").returncode != 2


def test_a_pulumi_document_takes_no_name(tmp_path):
    document = RECORDINGS.parent / "basic-create" / "preview.json"
    (tmp_path / "preview.json").write_bytes(document.read_bytes())
    done = run(tmp_path, "core=preview.json")

    assert done.returncode == 2
    assert "network/dev" in done.stderr


class TestBases:
    @pytest.fixture
    def states(self, estate):
        for name in ("net", "shop"):
            (estate / "old" / name).mkdir(parents=True)
            (estate / "old" / name / "state.json").write_bytes(STATE)
        return estate

    def test_one_base_of_one_source_has_its_name(self, states):
        found = report(states, "core=net/plan.json", "--base", "old/net/state.json")

        assert found["purchases"] == []

    def test_a_base_may_be_named(self, states):
        found = report(
            states, "a=net/plan.json", "b=shop/plan.json", "--base", "b=old/net/state.json", "--base", "a=old/shop/state.json"
        )

        assert found["purchases"] == []

    @pytest.mark.parametrize(
        ("source", "said"), [("core=net/plan.json", "the source is called core"), ("net/plan.json", "the source has no name")]
    )
    def test_one_that_is_named_otherwise_than_the_one_source_is_refused(self, states, source, said):
        done = run(states, source, "--base", "cor=old/net/state.json")

        assert done.returncode == 2
        assert done.stderr == f"cenguard: old/net/state.json: is a base of cor, and {said}: give both the same name\n"

    def test_several_match_by_their_folders(self, states):
        found = report(
            states, "a=net/plan.json", "b=shop/plan.json", "--base", "old/net/state.json", "--base", "old/shop/state.json"
        )

        assert found["purchases"] == []

    def test_what_matches_none_is_refused(self, states):
        (states / "old" / "other").mkdir()
        (states / "old" / "other" / "state.json").write_bytes(STATE)
        done = run(
            states, "a=net/plan.json", "b=shop/plan.json", "--base", "old/net/state.json", "--base", "old/other/state.json"
        )

        assert done.returncode == 2
        assert done.stderr.count("\n") == 1


def test_waivers_and_fingerprints_carry_the_name(estate):
    (estate / "waivers.toml").write_text(
        '[[waiver]]\nrule = "CEN403"\nresource = "net:alicloud_cen_bandwidth_package.*"\n'
        'reason = "allowed"\nowner = "net"\nexpires = 2999-01-01\n'
    )
    found = report(estate, "net=net/plan.json", "shop=shop/plan.json", "--waivers", "waivers.toml")
    waived = {item["urn"]: item["waived_by"] for item in found["findings"] if item["rule"] == "CEN403"}

    assert {urn.partition(":")[0] for urn, by in waived.items() if by} == {"net"}
    assert len({item["fingerprint"] for item in found["findings"] if item["rule"] == "CEN403"}) == 4


def test_waivers_follow_what_moves(tmp_path):
    folder = RECORDINGS / "tofu-moved-into-module"
    (tmp_path / "plan.json").write_bytes((folder / "plan.json").read_bytes())
    (tmp_path / "waivers.toml").write_text(
        '[[waiver]]\nrule = "CEN405"\nresource = "alicloud_cen_bandwidth_package.china_us"\n'
        'reason = "known"\nowner = "net"\nexpires = 2999-01-01\n'
    )
    found = report(tmp_path, "plan.json", "--waivers", "waivers.toml")
    (resized,) = [item for item in found["findings"] if item["rule"] == "CEN405"]

    assert resized["urn"].startswith("module.")
    assert resized["waived_by"]
    assert "CEN903" not in {item["rule"] for item in found["findings"]}
