"""Plans that show less than the program: what is said of them, and what they are not called."""

from tests.readers.terraform.documents import configured, entry, load, report_of, undetermined, violated

PACKAGE = "alicloud_cen_bandwidth_package.china_us"


def source_of(report):
    (source,) = report.sources
    return source


def test_what_stands_without_an_entry_was_left_out():
    """OpenTofu writes no mark; an ordinary plan has an entry for each thing, changed or not."""
    source = source_of(report_of(load("tofu-exclude-package")))

    assert not source.complete
    (note, *_) = source.notes
    assert "left out by -target or -exclude, and judged as they stand" in note
    assert PACKAGE in note


def test_a_plan_of_everything_that_changes_nothing_is_complete():
    source = source_of(report_of(load("tofu-basic-create", "plan-unchanged.json")))

    assert source.complete
    assert not source.notes


def test_a_plan_that_only_destroys_is_complete():
    assert source_of(report_of(load("tofu-target-destroy"))).complete


def test_a_refresh_after_which_nothing_stands_says_what_was_lost():
    report = report_of(load("tofu-refresh-all-gone"))

    assert violated(report, "advisory") == ["CEN408"]
    assert violated(report) == []
    assert "outside of this update" in report.findings[0].message
    assert source_of(report).complete


def test_a_plan_without_any_change_where_nothing_stands_names_what_it_may_be():
    document = load("tofu-refresh-all-gone")
    del document["resource_drift"]
    report = report_of(document)

    assert violated(report) == ["CEN904"]
    assert "-refresh-only, -destroy, an action, a -target that leaves all of it out" in report.findings[0].message


def test_an_instance_that_a_refresh_found_gone_is_not_deleted_by_the_update():
    document = load("tofu-refresh-all-gone")
    prior = {"address": "", "mode": "managed", "provider_name": "p", "schema_version": 0}
    gone = document["resource_drift"]
    kept = [item for item in gone if item["type"] != "alicloud_cen_instance"]
    standing = [{**prior, "address": item["address"], "type": item["type"], "values": item["change"]["before"]} for item in kept]
    document["prior_state"] = {"format_version": "1.0", "values": {"root_module": {"resources": standing}}}
    document["resource_drift"] = [item for item in gone if item not in kept]
    (finding,) = (item for item in report_of(document).findings if item.rule == "CEN408")

    assert "was deleted outside of this update under what stays on it" in finding.message
    assert "update fails" not in finding.message
    assert finding.fix is not None
    assert "Find out who changed it" in finding.fix.summary


def changed_package(**change):
    """A package that stands and changes."""
    document = load("tofu-basic-create", "plan-unchanged.json")
    item = entry(document, PACKAGE)["change"]
    item["actions"] = change.pop("actions", ["update"])
    for side, values in change.items():
        item[side] = {**item[side], **values}
    return document


def test_what_the_program_writes_now_was_not_set_where_the_old_state_has_nothing():
    paid = {"payment_type": "PrePaid"}
    document = changed_package(
        before={**paid, "period": None, "auto_renew": None}, after={**paid, "period": 6, "auto_renew": True}
    )
    configured(document, PACKAGE)["expressions"] |= {"period": {"constant_value": 6}, "auto_renew": {"constant_value": True}}
    report = report_of(document)

    assert "CEN410" in violated(report, "advisory")
    assert "CEN410" not in undetermined(report)


def test_an_old_area_that_is_a_secret_is_no_word_of_ours():
    document = changed_package(
        actions=["delete", "create"],
        before={"geographic_region_b_id": "North-America"},
        after={"geographic_region_b_id": "Europe"},
        before_sensitive={"geographic_region_b_id": True},
        after_sensitive={"geographic_region_b_id": True},
    )
    (finding,) = (item for item in report_of(document).findings if item.rule == "CEN404")

    assert "Unknown" not in finding.message + "".join(finding.because)
    assert "North-America" not in finding.message
    assert "China/(not told)" in finding.message
