"""What leaves in a plan of Terraform: nobody is asked about it, and what still hangs on it is."""

from copy import deepcopy

import pytest

from tests.readers.terraform.documents import entry, load, pairs, recorded, report_of, undetermined, violated

TRAFFIC = "terraform-peer-to-traffic"
ATTACHMENT = "alicloud_cen_bandwidth_package_attachment.p"
PEER = "alicloud_cen_transit_router_peer_attachment.p"


def messages(report, code):
    return " | ".join(item.message for item in report.findings if item.rule == code)


def rules(findings):
    return sorted(item.rule for item in findings)


def test_the_owner_of_what_is_detached_is_no_question_that_is_settled():
    """The program says no more which provider the attachment had: its network's may be another one's by name, and nothing else."""
    report = report_of(recorded("terraform-attachment-leaves"))

    assert "CEN103" not in rules(report.fixed)


class TestAPeerThatGoesToTrafficWhileItsPackageLeaves:
    def test_which_comes_first_is_not_told(self):
        """Run with Terraform 1.11.4: refused as the plan stands; done where either has `create_before_destroy`."""
        (finding,) = [item for item in report_of(recorded(TRAFFIC)).findings if item.rule == "CEN404"]

        assert (finding.verdict, finding.urn) == ("undetermined", PEER)
        assert "Terraform detaches package p before it changes peer p" in finding.message
        assert "an update that lets p go to traffic" in finding.fix.summary

    def test_the_package_may_stay_where_only_its_attachment_leaves(self):
        document = load(TRAFFIC)
        document["resource_changes"] = [
            item for item in document["resource_changes"] if item["type"] != "alicloud_cen_bandwidth_package"
        ]

        assert "CEN404" in undetermined(report_of(document))

    def test_the_attachment_stays_or_is_let_go(self):
        document = load(TRAFFIC)
        change = entry(document, ATTACHMENT)["change"]
        for actions in (["no-op"], ["forget"]):
            other = deepcopy(document)
            entry(other, ATTACHMENT)["change"] = change | {"actions": actions, "after": change["before"], "after_unknown": {}}

            assert "CEN404" not in undetermined(report_of(other))

    def test_the_peer_paid_by_traffic_before_or_draws_on_it_still(self):
        document = load(TRAFFIC)
        change = entry(document, PEER)["change"]
        by_traffic, draws = deepcopy(document), deepcopy(document)
        entry(by_traffic, PEER)["change"]["before"]["bandwidth_type"] = "DataTransfer"
        entry(draws, PEER)["change"]["after"] |= {"bandwidth_type": "BandwidthPackage"}
        entry(draws, PEER)["change"]["after"] |= {"cen_bandwidth_package_id": change["before"]["cen_bandwidth_package_id"]}

        assert "CEN404" not in undetermined(report_of(by_traffic))
        assert "CEN404" not in undetermined(report_of(draws))
        assert "CEN303" in violated(report_of(draws))


class TestALimitReplacedWithTheOldOneDeletedFirst:
    """Two limits of one pair are one object for the service: the other one stands, and has no Mbps once the old one is deleted."""

    @staticmethod
    def plan(regions, *actions, waits=False):
        document = load("tofu-change-limit")
        for item in document["configuration"]["root_module"]["resources"]:
            if waits and item["address"] == "alicloud_cen_bandwidth_limit.bj_eu":
                item["depends_on"] = ["alicloud_cen_bandwidth_limit.bj_us"]
        if actions:
            made = entry(document, "alicloud_cen_bandwidth_limit.bj_eu")["change"]
            made |= {"actions": list(actions)}
            if "update" in actions:
                made["before"] = made["before"] | {"bandwidth_limit": 1}
            else:
                made |= {"before": None, "after_unknown": {"id": True}}
        change = entry(document, "alicloud_cen_bandwidth_limit.bj_us")["change"]
        change["actions"] = ["delete", "create"]
        change["before"]["region_ids"] = regions
        change["after_unknown"] = {"id": True}
        return [item for item in report_of(document).findings if item.rule == "CEN212"]

    def test_it_was_of_the_pair_of_one_that_stands(self):
        (finding,) = self.plan(["cn-beijing", "eu-central-1"])

        assert (finding.urn, finding.level) == ("alicloud_cen_bandwidth_limit.bj_eu", "mandatory")
        assert "The update deletes limit bj_us when limit bj_eu is there" in finding.message
        assert finding.fix.summary.startswith("Take limit bj_us out of the state alone, by `terraform state rm`")

    def test_one_of_its_old_pair_is_made(self):
        """Terraform orders neither."""
        (finding,) = self.plan(["cn-beijing", "eu-central-1"], "create")

        assert (finding.urn, finding.verdict) == ("alicloud_cen_bandwidth_limit.bj_eu", "undetermined")
        assert "in no certain order" in finding.message
        assert finding.fix.summary == "Make limit bj_eu in an update of its own, once bj_us is changed."

    def test_one_of_its_old_pair_is_changed(self):
        """It has its new Mbps where that comes last."""
        (finding,) = self.plan(["cn-beijing", "eu-central-1"], "update")

        assert finding.verdict == "undetermined"
        assert "Terraform deletes limit bj_us and changes bj_eu in no certain order" in finding.message
        assert finding.fix.summary.startswith("Take limit bj_us out of the state alone")
        assert self.plan(["cn-beijing", "eu-central-1"], "update", waits=True) == []

    def test_the_one_that_is_made_waits_for_the_replacement(self):
        assert self.plan(["cn-beijing", "eu-central-1"], "create", waits=True) == []

    def test_it_was_of_its_own_pair_or_of_none_that_stands(self):
        assert self.plan(["cn-beijing", "us-west-1"]) == self.plan(["cn-beijing", "us-east-1"]) == []


class TestAPackageThatIsDetachedBeforeWhatDrawsOnItChanges:
    """Each run with Terraform 1.11.4 and the emulated service: refused, half-way."""

    @staticmethod
    def found(document):
        return [item for item in report_of(document).findings if item.rule == "CEN404" and item.verdict == "violated"]

    def test_the_peer_waits_for_the_attachment_of_another_package(self):
        (finding,) = self.found(load("terraform-package-swapped"))

        assert (finding.urn, finding.level) == (ATTACHMENT, "mandatory")
        assert "before it changes peer" in finding.message
        assert "Change the size of p" in finding.fix.summary

    def test_the_new_attachment_comes_first(self):
        """That is refused, too: it collides with the old one."""
        document = load("terraform-package-swapped")
        entry(document, ATTACHMENT)["change"]["actions"] = ["create", "delete"]
        (finding,) = self.found(document)

        assert "is attached to it still" in finding.message

    def test_a_limit_that_changes_as_well(self):
        document = load("tofu-change-limit")
        attachment = entry(document, "alicloud_cen_bandwidth_package_attachment.china_us")["change"]
        attachment["actions"] = ["delete", "create"]
        attachment["after_unknown"] = {"id": True}
        (finding,) = self.found(document)

        assert "before it changes limit bj_us" in finding.message
        assert finding.fix.summary.startswith("Leave out what forces it")

    def test_a_limit_of_another_package_is_none_of_it(self):
        document = load("tofu-change-limit")
        attachment = entry(document, "alicloud_cen_bandwidth_package_attachment.china_eu")["change"]
        attachment["actions"] = ["delete", "create"]
        attachment["after_unknown"] = {"id": True}

        assert all("bj_us" not in item.message for item in self.found(document))

    def test_the_peer_paid_by_traffic_before(self):
        document = load("terraform-package-swapped")
        entry(document, PEER)["change"]["before"]["bandwidth_type"] = "DataTransfer"

        assert self.found(document) == []

    def test_the_peer_goes_to_traffic_and_waits_for_nothing(self):
        """What it waited for is in the state alone: its order is asked about."""
        document = load("terraform-package-swapped")
        entry(document, PEER)["change"]["after"] |= {"bandwidth_type": "DataTransfer", "cen_bandwidth_package_id": None}
        entry(document, PEER)["change"]["after_unknown"].pop("cen_bandwidth_package_id")
        for item in document["configuration"]["root_module"]["resources"]:
            if item["address"] == PEER:
                item["expressions"].pop("cen_bandwidth_package_id")

        assert self.found(document) == []
        assert "CEN404" in undetermined(report_of(document))


class TestANetworkThatLeavesTheProgramAndStays:
    """`removed` blocks with `destroy = false` over a whole network: nothing of it changes."""

    @staticmethod
    def forgotten():
        document = load("tofu-basic-create", "plan-destroy.json")
        for item in document["resource_changes"]:
            item["change"]["actions"] = ["forget"]
        return document

    def test_its_pairs_go_on_and_nothing_is_cut(self):
        report = report_of(self.forgotten())

        assert report.cuts == ()
        assert {pair.regions: (str(pair.disposition), pair.mbps, pair.mbps_before) for pair in report.pairs if pair.mbps} == {
            ("cn-beijing", "eu-central-1"): ("outside", 5, 5),
            ("cn-beijing", "us-west-1"): ("outside", 4, 4),
        }
        assert violated(report) == []

    def test_a_limit_that_is_deleted_all_the_same_is_asked_about(self):
        document = self.forgotten()
        entry(document, "alicloud_cen_bandwidth_limit.bj_us")["change"]["actions"] = ["delete"]
        report = report_of(document)
        (question,) = [item for item in report.findings if item.rule == "CEN408"]

        assert question.verdict == "undetermined"
        assert "CEN instance backbone leaves the program" in question.message
        assert report.cuts == ()


class TestOldOnesOfReplacementsThatLeaveAtLast:
    """A replacement could not delete them: the state has them beside the new ones of their addresses."""

    def test_an_old_attachment_is_taken_from_under_what_draws_on_it(self):
        report = report_of(recorded("terraform-old-attachment-leaves"))

        assert pairs(report)["cn-beijing", "us-west-1"] == ("no_package", None)
        assert pairs(report)["cn-beijing", "eu-central-1"] == ("funded", 4)
        assert {"CEN201", "CEN207", "CEN408"} <= set(violated(report))
        assert [cut.regions for cut in report.cuts] == [("cn-beijing", "us-west-1")]
        assert "deletes an old package p, which is prepaid" in messages(report, "CEN411")

    def test_an_old_package_that_stays_is_told_beside_the_new_one(self):
        report = report_of(recorded("terraform-old-package-forgotten"))
        found = [item for item in report.findings if item.rule == "CEN414"]

        assert [item.message.split(" (")[0] for item in found] == ["An old package p", "Package p"]
        assert len({item.fingerprint for item in found}) == 2

    def test_a_tainted_package_that_is_let_go_stays_beside_the_new_one(self):
        """Run with Terraform 1.17.0-dev: the new one is bought, and the old one is not detached while a limit draws on it."""
        document = load("terraform-tainted-forgotten")
        assert entry(document, "alicloud_cen_bandwidth_package.china_us")["change"]["actions"] == ["create", "forget"]

        report = report_of(document)
        assert violated(report) == ["CEN404"]
        assert "CEN414" in violated(report, "advisory")
        assert "fails half-way with the second one paid" in messages(report, "CEN404")
        assert pairs(report)["cn-beijing", "us-west-1"] == ("funded", 4)

    def test_each_of_several_old_ones_is_told(self):
        state = load("tofu-basic-create", "plan-unchanged.json")
        listed = state["prior_state"]["values"]["root_module"]["resources"]
        package = next(item for item in listed if item["address"] == "alicloud_cen_bandwidth_package.china_eu")
        listed += [package | {"deposed_key": key, "values": package["values"] | {"id": f"cenbwp-{key}"}} for key in ("0a", "0b")]

        found = [item for item in report_of(state).findings if "stands beside the new one" in item.message]
        assert [item.rule for item in found] == ["CEN203", "CEN203"]
        assert len({item.fingerprint for item in found}) == 2  # else a baseline of one accepts the other


def test_a_package_that_is_imported_under_a_new_name_is_told_in_the_words_of_terraform():
    document = load("terraform-old-attachment-leaves")
    listed = document["resource_changes"] = [item for item in document["resource_changes"] if "deposed" not in item]
    old = entry(document, "alicloud_cen_bandwidth_package.p")
    old["change"]["before"]["payment_type"] = old["change"]["after"]["payment_type"] = "PostPaid"
    new = deepcopy(old) | {"address": f"{old['address']}_new", "name": "p_new"}
    new["change"]["importing"] = {"id": old["change"]["before"]["id"]}
    old["change"] |= {"actions": ["delete"], "after": None}
    listed.append(new)

    (found,) = [item for item in report_of(document).findings if item.rule == "CEN404"]
    assert "`moved` block" in found.fix.summary
    assert "pulumi" not in found.fix.summary


class TestAPackageThatIsDeletedUnderItsAttachment:
    """Nothing of the program holds it any more, whatever the provider does with it."""

    @staticmethod
    def said(payment):
        document = load("terraform-target-renamed", "plan-package.json")
        entry(document, "alicloud_cen_bandwidth_package.p")["change"]["before"]["payment_type"] = payment
        report = report_of(document)
        assert pairs(report) == {("cn-beijing", "us-west-1"): ("broken", None)}
        assert violated(report) == ["CEN404"]
        return next(item.message for item in report.findings if item.rule == "CEN404")

    @pytest.mark.parametrize("payment", ["PrePaid", None])
    def test_a_prepaid_one_is_forgotten(self, payment):
        """Applied, nothing failed, and the pair had its 4 Mbps still."""
        assert self.said(payment).endswith(
            "it is prepaid, so that the provider forgets it and deletes nothing, "
            "and what draws on it ends with its period, without a word."
        )

    def test_any_other_cannot_be_deleted(self):
        assert self.said("PostPaid").endswith("the update fails half-way.")


def test_of_a_state_the_object_that_goes_is_not_the_one_that_its_name_means():
    """Terraform writes it behind the new one, under the same name."""
    state = load("tofu-basic-create", "terraform.tfstate")
    before = pairs(report_of(state))
    package = next(
        item for item in state["resources"] if (item["type"], item["name"]) == ("alicloud_cen_bandwidth_package", "china_us")
    )
    (new,) = package["instances"]
    package["instances"].append(
        new | {"deposed": "5ad1f2c3", "attributes": new["attributes"] | {"id": "cenbwp-old", "bandwidth": 2}}
    )
    report = report_of(state)

    assert pairs(report) == before
    (found,) = [item for item in report.findings if "stands beside the new one" in item.message]
    assert (found.rule, found.urn) == ("CEN203", "alicloud_cen_bandwidth_package.china_us")
