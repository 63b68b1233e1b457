"""Documents of older versions of Terraform, which leave out what newer ones say."""

from tests.readers.terraform.documents import pairs, recorded, report_of, undetermined, violated

OLD = "terraform-0.12"
REGIONS = ("cn-beijing", "us-west-1")


def addresses(file):
    return {item.urn for item in recorded(OLD, file).resources if item.custom and item.type.startswith("alicloud:")}


class TestAddressesOfWhatStands:
    """Terraform 0.12 leaves the module and the key of an instance out of the addresses of a state."""

    def test_a_plan_changes_what_stands_and_nothing_is_there_twice(self):
        report = report_of(recorded(OLD))

        assert (violated(report), violated(report, "advisory"), undetermined(report)) == (["CEN208"], [], [])
        assert len(addresses("plan.json")) == 8

    def test_a_plan_that_destroys_leaves_nothing(self):
        report = report_of(recorded(OLD, "plan-destroy.json"))

        assert (violated(report), undetermined(report)) == ([], [])
        assert not addresses("plan-destroy.json")

    def test_a_state_is_what_the_raw_one_says(self):
        assert addresses("state.json") == addresses("terraform.tfstate")
        assert {'alicloud_vpc.bj["bj"]', "alicloud_vpc.us[0]", "module.money.alicloud_cen_bandwidth_limit.l"} <= addresses(
            "state.json"
        )
        for file in ("state.json", "terraform.tfstate", "plan-create.json"):
            assert pairs(report_of(recorded(OLD, file))) == {REGIONS: ("funded", 4)}

    def test_providers_of_a_raw_state_are_called_as_the_program_does(self):
        providers = {item.urn: item.provider for item in recorded(OLD, "terraform.tfstate").resources}

        assert providers["alicloud_cen_instance_attachment.us"] == "provider.alicloud"
