"""What a plan leaves out, and what that makes of pairs of regions."""

from copy import deepcopy

import pytest

from cenguard.errors import UnreadableInput
from cenguard.readers.terraform.partial import EVERYTHING_GOES
from tests.readers.terraform.documents import (
    configured,
    entry,
    load,
    pairs,
    read,
    recorded,
    report_of,
    violated,
)

BASIC = "tofu-basic-create"
PACKAGE, LIMIT = "alicloud_cen_bandwidth_package.china_us", "alicloud_cen_bandwidth_limit.bj_us"
LIMIT_TYPE = "alicloud_cen_bandwidth_limit"
CONNECTED = {
    ("cn-beijing", "eu-central-1"): ("funded", 5),
    ("cn-beijing", "us-west-1"): ("funded", 4),
    ("eu-central-1", "us-west-1"): ("no_package", None),
}


def by_urn(records):
    return {resource.urn: resource for resource in records.resources}


def messages(report, rule):
    return " ".join(item.message for item in report.findings if item.rule == rule)


class TestWhatIsLeftOut:
    def test_nothing_of_the_network_is_made(self):
        document = load(BASIC)
        document["resource_changes"], document["planned_values"] = [], {"root_module": {}}
        report = report_of(document)

        assert violated(report) == ["CEN904"]
        document["complete"] = True  # Terraform says that nothing is left out
        assert violated(report_of(document)) == []

    @pytest.mark.parametrize("written", [{}, {"complete": True}, {"complete": True, "action_invocations": [{}]}])
    def test_a_refresh_before_anything_stands_is_no_pass(self, written):
        document = load(BASIC)
        del document["resource_changes"]
        document["planned_values"] = {"root_module": {}}
        report = report_of(document | written)

        assert violated(report) == ["CEN904"]
        assert "a plan" in messages(report, "CEN904")

    def test_a_refresh_of_what_may_be_empty_is_one(self):
        document = load(BASIC)
        del document["resource_changes"]
        for resource in document["configuration"]["root_module"]["resources"]:
            resource["count_expression"] = {"references": ["var.on"]}

        assert violated(report_of(document | {"complete": True})) == []

    def test_a_plan_that_only_forgets_is_not_said_to_destroy(self):
        document = load(BASIC, "plan-destroy.json")
        assert report_of(document).sources[0].notes == (EVERYTHING_GOES,)
        for change in document["resource_changes"]:
            change["change"]["actions"] = ["forget"]

        assert "destroys" not in report_of(document).sources[0].notes[0]

    def test_what_an_option_destroys_is_to_be_left_out_of_that_and_not_bought_again(self):
        found = {item.rule: item for item in report_of(recorded("tofu-target-destroy")).findings}
        package = "package `china_us` and package attachment `china_us`"

        assert sorted(found) == ["CEN201", "CEN408"]
        assert f"{package} are in the program and destroyed by this plan" in found["CEN201"].message
        assert found["CEN201"].fix.summary == f"Leave {package} out of the destruction: the program has them still."
        assert all(not item.fix.edits and item.fix.with_ is None for item in found.values())

    def test_what_left_the_program_is_put_back(self):
        found = [item for item in report_of(recorded("tofu-change-remove-package")).findings if item.rule == "CEN201"]

        assert not any("destroyed" in item.message for item in found)
        assert any(item.fix.edits for item in found)

    def test_an_option_that_only_takes_out_what_left_the_program_leaves_out_what_comes_instead(self):
        """A package that has a new name: the old one is detached, and the new one is not made."""
        report = report_of(recorded("terraform-target-renamed"))
        (found,) = [item for item in report.findings if item.rule == "CEN201"]

        assert "package `q` and package attachment `q` are in the program and left out by -target" in found.message
        assert not found.fix.edits  # nothing is to be bought
        (source,) = report.sources
        assert not source.complete
        assert source.notes[0] == "The plan only destroys: what stays is judged."
        assert "alicloud_cen_bandwidth_package.q and alicloud_cen_bandwidth_package_attachment.q" in source.notes[1]

    def test_what_attaches_another_package_is_not_what_one_misses(self):
        document = load("terraform-target-renamed")
        report = report_of(document)
        assert "attached to no instance" in messages(report, "CEN203")
        assert "missing" not in messages(report, "CEN203")

        old = "alicloud_cen_bandwidth_package.p"
        attachment = configured(document, "alicloud_cen_bandwidth_package_attachment.q")
        attachment["expressions"]["bandwidth_package_id"] = {"references": [f"{old}.id", old]}
        assert "package attachment `q` is in the program and left out by -target" in messages(report_of(document), "CEN203")

    def test_what_attaches_the_new_package_is_not_what_the_old_one_misses(self):
        """A replacement could not delete it; its attachment is another one's."""
        document = load("terraform-target-package")
        prior = document["prior_state"]["values"]["root_module"]["resources"]
        new = next(item for item in prior if item["type"] == "alicloud_cen_bandwidth_package")
        prior.append(new | {"deposed_key": "5ad1f2c3", "values": new["values"] | {"id": "cenbwp-old"}})
        document["resource_changes"] = []
        prior[:] = [item for item in prior if item["type"] not in ("alicloud_cen_bandwidth_package_attachment", LIMIT_TYPE)]
        report = report_of(document)
        said = {"old package" in item.message: item for item in report.findings if item.rule == "CEN203"}

        assert "missing" not in said[True].message
        assert "The next update tries to delete it again" in said[True].fix.summary
        assert "in the program and left out by -target" in said[False].message

    def test_the_head_names_what_is_not_made_and_what_to_do(self):
        (note,) = report_of(load("tofu-enabled-off-create")).sources[0].notes

        assert note == (
            "2 resources of the program are off, empty, or left out by -target or -exclude, and not made: "
            "alicloud_cen_bandwidth_package.china_us and alicloud_cen_bandwidth_package_attachment.china_us. The answer is about this "
            "plan alone: where an option left something out, plan without it to judge the whole program."
        )

    def test_what_may_be_empty_says_nothing(self):
        document = load("tofu-enabled-off-create")
        for resource in document["configuration"]["root_module"]["resources"]:
            if resource["type"].startswith("alicloud_cen_bandwidth_package"):
                resource["count_expression"] = {"references": ["var.funded"]}
        report = report_of(document)

        assert report.sources[0].complete is True
        assert "CEN201" in violated(report)

    def test_deferred_changes_are_a_first_part(self):
        assert violated(report_of(recorded("terraform-deferred"))) == ["CEN904"]

    def test_deferred_changes_beside_a_network_are_no_target(self):
        report = report_of(recorded("terraform-deferred-beside"))

        assert violated(report, "advisory") == ["CEN111"]
        assert report.sources[0].notes[0] == (
            "The plan is a first part: it defers what is no part of a network: terraform_data.record[*]. "
            "Apply this plan, and plan again, to see the rest."
        )
        assert not any("-target" in note for note in report.sources[0].notes)

    def test_a_leftover_that_is_deleted_at_last_is_none(self):
        document = load(BASIC, "plan-unchanged.json")
        old = deepcopy(entry(document, PACKAGE))
        old |= {"deposed": "0123abcd"}
        old["change"] |= {"actions": ["delete"], "after": None}
        document["resource_changes"].append(old)

        assert pairs(report_of(document)) == CONNECTED
        assert violated(report_of(document)) == []

    def test_unknown_actions_are_refused(self):
        document = load(BASIC)
        entry(document, PACKAGE)["change"]["actions"] = ["explode"]

        with pytest.raises(UnreadableInput, match="actions"):
            read(document)


def test_actions_are_said_to_run_and_not_to_be_judged():
    (note,) = report_of(load("terraform-actions-update")).sources[0].notes

    assert note == "2 actions run as this plan is applied: what that does is not known, and not judged."


def test_a_limit_lowered_to_nothing_is_no_connection():
    document = load("tofu-change-limit")
    entry(document, LIMIT)["change"]["after"]["bandwidth_limit"] = 0
    report = report_of(document)

    assert pairs(report)["cn-beijing", "us-west-1"] == ("unallocated", None)
    assert violated(report) == ["CEN206"]
    assert "4 Mbps → the 1 Kbps test bandwidth" in messages(report, "CEN408")


def test_a_region_whose_peer_is_broken_does_not_make_the_others_cut_off():
    document = load("terraform-enterprise")
    entry(document, "alicloud_cen_transit_router_peer_attachment.hz_fra")["change"]["after"]["bandwidth_type"] = "DataTransfer"
    report = report_of(document)

    assert "CEN304" in violated(report)
    assert "no connection at all, like every pair of eu-central-1." in messages(report, "CEN218")


def test_a_limit_that_is_forgotten_and_made_anew_had_what_the_old_one_gave():
    report = report_of(load("tofu-forgotten-limit"))

    assert violated(report, "advisory") == ["CEN408"]
    assert report.fixed == ()
    (pair,) = report.pairs
    assert (str(pair.disposition), pair.mbps, pair.mbps_before) == ("funded", 2, 4)


@pytest.mark.parametrize("actions", [["forget", "create"], ["create", "forget"]])
@pytest.mark.parametrize(
    ("attachment", "rule"),
    [
        ("alicloud_cen_bandwidth_package_attachment.china_us", "CEN205"),
        ("alicloud_cen_instance_attachment.us", "CEN104"),
    ],
)
def test_what_is_forgotten_and_made_again_is_made_beside_the_old_one(attachment, rule, actions):
    """`lifecycle { destroy = false }`: the old one stays, and the service takes no second one."""
    document = load("tofu-change-limit")
    change = entry(document, attachment)["change"]
    change["actions"] = actions
    del change["after"]["id"]
    change["after_unknown"]["id"] = True
    report = report_of(document)
    (found,) = [item for item in report.findings if item.rule == rule]

    assert violated(report) == [rule]
    assert "which is replaced and stays in the cloud, goes on: the service refuses" in found.message
    assert found.fix.summary.startswith("Leave out what forces the replacement, or what keeps the old one")


def test_an_instance_that_is_made_again_and_the_one_that_stays_are_told_apart():
    document = load("tofu-change-limit")
    for item in document["resource_changes"]:
        if item["type"] in ("alicloud_cen_instance", "alicloud_cen_bandwidth_package_attachment"):
            change = item["change"]
            change["actions"] = ["forget", "create"]
            for key in {"id", "instance_id"} & change["after"].keys():
                del change["after"][key]
                change["after_unknown"][key] = True
    identifier = entry(document, "alicloud_cen_instance.backbone")["change"]["before"]["id"]

    assert f"is attached to backbone and backbone ({identifier}): it can be" in messages(report_of(document), "CEN205")


def test_a_router_that_is_forgotten_and_made_again_is_a_second_one():
    document = load("terraform-peer-gone")
    change = entry(document, "alicloud_cen_transit_router.bj")["change"]
    change["actions"] = ["forget", "create"]
    for key in ("id", "transit_router_id"):
        del change["after"][key]
        change["after_unknown"][key] = True
    said = messages(report_of(document), "CEN313")

    assert "which is replaced and stays in the cloud, goes on as its router there: the service refuses a second one" in said


def leaving_out(*addresses):
    """The base network's first plan, made without some of its resources."""
    document = load(BASIC)
    document["complete"] = False
    configured(document, EUROPE[-1])["expressions"]["region_ids"] = {"constant_value": ["cn-beijing", "eu-central-1"]}
    document["resource_changes"] = [item for item in document["resource_changes"] if item["address"] not in addresses]
    planned = document["planned_values"]["root_module"]
    planned["resources"] = [item for item in planned["resources"] if item["address"] not in addresses]
    return report_of(document)


EUROPE = [f"alicloud_cen_bandwidth_{kind}" for kind in ("package.china_eu", "package_attachment.china_eu", "limit.bj_eu")]


def test_a_limit_of_other_regions_is_not_what_a_pair_misses():
    report = leaving_out(EUROPE[-1])

    assert "limit `bj_eu` is in the program and left out by -target" in messages(report, "CEN206")
    assert "eu-central-1 – us-west-1" in messages(report, "CEN218")
    assert "what is missing" not in messages(report, "CEN218")


def test_a_package_that_connects_a_region_is_named_by_all_that_ask_for_one():
    said = [item for item in leaving_out(*EUROPE).findings if item.rule == "CEN201"]

    assert {item.area_pair for item in said} == {("China", "Europe"), ("Europe", "North-America")}
    for item in said:
        assert "package `china_eu` and package attachment `china_eu` are in the program and left out by -target" in item.message
        assert not item.fix.edits  # nothing is bought for a region that the whole program connects


def test_what_attaches_a_package_of_other_areas_is_not_what_is_missing_alone():
    document = load(BASIC, "plan-destroy.json")  # as with -target: the rest stands
    document["resource_changes"] = [item for item in document["resource_changes"] if item["address"] in EUROPE]
    said = [item for item in report_of(document).findings if item.rule == "CEN201"]

    assert {item.area_pair for item in said} == {("China", "Europe"), ("Europe", "North-America")}
    for item in said:
        assert (
            "package `china_eu` and package attachment `china_eu` are in the program and destroyed by this plan" in item.message
        )


def test_a_region_that_the_package_does_not_connect_asks_for_its_own():
    document = load(BASIC)
    for item in (entry(document, PACKAGE), entry(document, LIMIT)):
        document["resource_changes"].remove(item)
    configuration = document["configuration"]["root_module"]["resources"]
    configuration.remove(configured(document, PACKAGE))
    configuration.remove(configured(document, LIMIT))
    attachment = PACKAGE.replace("package", "package_attachment")
    gone = {*EUROPE, attachment}
    configuration.remove(configured(document, attachment))
    document["resource_changes"] = [item for item in document["resource_changes"] if item["address"] not in gone]
    said = {item.area_pair: item.message for item in report_of(document | {"complete": False}).findings if item.rule == "CEN201"}

    assert "left out by -target" in said["China", "Europe"]
    assert "left out by -target" not in said["China", "North-America"]
