"""Providers whose region the environment says: the zones of the vSwitches that they make tell it."""

from tests.readers.terraform.documents import load, report_of


def without_regions():
    """Three providers, of which no block says a region."""
    document = load("tofu-enterprise")
    for config in document["configuration"]["provider_config"].values():
        config.get("expressions", {}).pop("region", None)
    return document


def findings(document):
    """What is said, and of what."""
    return {(item.rule, item.urn, item.verdict) for item in report_of(document).findings}


def test_a_plan_without_regions_is_judged_as_one_with_them():
    assert findings(without_regions()) == findings(load("tofu-enterprise"))


def test_zones_of_two_regions_tell_nothing():
    document = without_regions()
    elsewhere = next(entry for entry in document["resource_changes"] if entry["address"].startswith("alicloud_vswitch.fra["))
    elsewhere["change"]["after"]["zone_id"] = "eu-west-1a"

    assert ("CEN201", "alicloud_cen_instance.wan", "undetermined") in findings(document)
