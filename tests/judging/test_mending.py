"""The fixes of a report: one for each cause, the cheapest way first, and together they hold."""

import pytest
from msgspec import structs

from cenguard.judging import mending
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.resources.tokens import PACKAGE_ATTACHMENT
from cenguard.testing import a_world, an_inventory
from tests.held import assert_holds, report_of


def checked(world, **options):
    """Fixes by rule and resource, of a report whose edits hold."""
    return fixes_in(assert_holds([world.records()], structs.replace(world.options(), **options)))


def fixes_in(report):
    found = {}
    for item in report["findings"]:
        name, number = f"{item['rule']} {item['resource']}", 1
        while name in found:
            number += 1
            name = f"{item['rule']} {item['resource']} #{number}"
        found[name] = {**item["fix"], "fingerprint": item["fingerprint"]}
    return found


def added(fix):
    return [edit["type"].rpartition(":")[2] for edit in fix["edits"] if edit["op"] == "add"]


def three():
    return a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales").attach("eu-central-1", "plant")


def test_what_falls_with_a_package_of_wrong_areas_has_no_edits_of_its_own():
    world = a_world().instance().attach("cn-beijing", "shop").attach("eu-central-1", "plant")
    found = checked(world.package("China", "Asia-Pacific", 5, "package").limit("cn-beijing", "eu-central-1", 5, "limit"))
    carrier = found["CEN202 package"]
    assert [edit["properties"] for edit in carrier["edits"]] == [
        {"geographicRegionAId": "China", "geographicRegionBId": "Europe"}
    ]
    assert carrier["applicability"] == "review"
    for name in ("CEN201 core", "CEN207 limit"):
        assert (found[name]["with"], found[name]["edits"]) == (carrier["fingerprint"], [])


def test_a_region_that_one_package_connects_gets_no_second_one():
    found = checked(three())
    bought = [name for name, fix in found.items() if "BandwidthPackage" in added(fix)]
    assert len(bought) == 2
    last = next(fix for name, fix in found.items() if name.startswith("CEN201") and not fix["edits"])
    assert last["with"] in {found[name]["fingerprint"] for name in bought}


def three_hubs():
    """Shanghai, Singapore and Frankfurt on Enterprise Edition, and a package between two of them."""
    world = a_world().instance()
    for region, name in (("cn-shanghai", "china"), ("ap-southeast-1", "asia"), ("eu-central-1", "europe")):
        world.router(region, name).attach_to(name, f"{name}-net")
    return world.package("China", "Asia-Pacific", 20, "package")


def test_what_a_peer_of_wrong_areas_needs_is_mended_at_the_peer_and_nothing_else_is_made_or_bought():
    """It alone makes the package too small, and it connects the region, once it is mended."""
    world = three_hubs().peer("china", "asia", 10, "right", package="package-attachment")
    found = checked(world.peer("china", "europe", 15, "stray", package="package-attachment"))
    carrier = found["CEN201 core #2"]
    assert {edit["urn"].rpartition("::")[2] for edit in carrier["edits"]} == {"stray"}
    for name in ("CEN201 core", "CEN208 package", "CEN302 stray"):
        assert (found[name]["with"], found[name]["edits"]) == (carrier["fingerprint"], []), name
    assert "it holds what still draws on it" in found["CEN208 package"]["summary"]


def test_a_package_that_is_too_small_without_the_stray_peer_grows_for_what_rightly_draws():
    world = three_hubs().peer("china", "asia", 30, "right", package="package-attachment")
    found = checked(world.peer("china", "europe", 15, "stray", package="package-attachment"))
    assert [edit["properties"] for edit in found["CEN208 package"]["edits"]] == [{"bandwidth": 30}]
    assert found["CEN208 package"]["summary"].startswith("Lower the peers by 10 Mbps, or buy 30 Mbps without stray.")


def test_a_package_that_stands_and_joins_the_pair_is_attached_without_asking():
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    world.package("China", "North-America", 10, "spare", attached=False).standing()
    found = checked(world)
    fix = found["CEN201 core"]
    assert added(fix) == ["BandwidthPackageAttachment", "BandwidthLimit"]
    assert fix["applicability"] == "safe"
    assert found["CEN203 spare"]["with"] == fix["fingerprint"]


def two_that_lack_one():
    world = a_world()
    for name in ("core", "branch"):
        world.instance(name).attach("cn-beijing", f"{name}-shop").attach("us-west-1", f"{name}-sales")
    return world.on("core")


def test_a_package_that_two_instances_lack_goes_to_one_of_them_and_one_is_bought():
    world = two_that_lack_one().package("China", "North-America", 10, "spare", attached=False)
    found = checked(world)
    fixes = [found["CEN201 branch"], found["CEN201 core"]]
    assert [added(fix) for fix in fixes] == [
        ["BandwidthPackageAttachment", "BandwidthLimit"],
        ["BandwidthPackage", "BandwidthPackageAttachment", "BandwidthLimit"],
    ]
    assert {fix["applicability"] for fix in fixes} == {"review"}
    other = "Another fix of this report takes package spare, so one is bought here."
    assert [other in fix["summary"] for fix in fixes] == [False, True]


def test_which_of_two_instances_gets_a_package_that_stands_is_asked():
    world = two_that_lack_one().package("China", "North-America", 10, "spare", attached=False).standing()
    found = checked(world)
    assert {found[f"CEN201 {name}"]["applicability"] for name in ("core", "branch")} == {"review"}


def test_a_package_of_wrong_areas_is_mended_though_another_one_is_attached_to_nothing():
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    world.package("China", "Europe", 5, "package").package("China", "North-America", 5, "spare", attached=False)
    found = checked(world)
    assert [edit["op"] for edit in found["CEN202 package"]["edits"]] == ["set", "add"]
    assert found["CEN201 core"]["with"] == found["CEN202 package"]["fingerprint"]


def test_a_limit_takes_what_is_left_of_a_package_and_no_more():
    world = three().package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 7, "limit")
    world.attach("us-east-1", "office")
    report = assert_holds([world.records()], world.options())
    sizes = [
        edit["properties"]["bandwidthLimit"]
        for item in report["findings"]
        if item["area_pair"] == ["China", "North-America"] and item["fix"]
        for edit in item["fix"]["edits"]
        if edit["op"] == "add" and "bandwidthLimit" in edit["properties"]
    ]
    assert sizes == [3]


def test_what_does_not_go_into_a_package_is_said():
    world = a_world().instance().attach("cn-beijing", "shop")
    for region in ("us-west-1", "us-east-1"):
        world.attach(region, f"in-{region}")
    world.attach("cn-shanghai", "plant").package("China", "North-America", 2, "package").standing()
    fix = fixes_in(report_of([world.records()], world.options()))["CEN206 package"]
    limits = [edit for edit in fix["edits"] if edit["type"].endswith("BandwidthLimit")]
    assert [edit["properties"]["bandwidthLimit"] for edit in limits] == [1, 1]
    assert "out: what the package holds does not go into all pairs." in fix["summary"]


def test_pairs_that_are_left_out_for_several_reasons_have_each_its_own():
    """Of a package of 3 Mbps and seven pairs one is beyond what is given unasked, and three find no room: one reason was told of all."""
    world = a_world().instance().attach("us-east-1", "office")
    for city in ("beijing", "chengdu", "hangzhou", "qingdao", "shanghai", "shenzhen", "zhangjiakou"):
        world.attach(f"cn-{city}", city)
    world.package("China", "North-America", 3, "package").standing()
    fix = fixes_in(report_of([world.records()], world.options()))["CEN206 package"]
    assert fix["summary"].endswith(
        "The edits leave cn-zhangjiakou – us-east-1 out: more than 6 pairs are not given Mbps unasked. The edits leave "
        "cn-qingdao – us-east-1, cn-shanghai – us-east-1 and cn-shenzhen – us-east-1 out: what the package holds does not go into all pairs."
    )


def test_a_replacement_is_undone_and_nothing_is_bought():
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    world.package("China", "Europe", 5, "package").limit("cn-beijing", "us-west-1", 5, "limit").standing()
    found = checked(world.replaced("package", geographicRegionBId="North-America"))
    assert found["CEN404 package"]["edits"] == [
        {
            "op": "set",
            "urn": found["CEN404 package"]["edits"][0]["urn"],
            "properties": {"geographicRegionBId": "North-America"},
            "options": {},
        }
    ]
    assert {fix["with"] for name, fix in found.items() if name[:6] in ("CEN201", "CEN202", "CEN207")} == {
        found["CEN404 package"]["fingerprint"]
    }


def test_a_payment_is_put_back_with_its_renewal():
    """Alone it led to CEN410."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    world.package("China", "North-America", 5, "package", paymentType="PostPaid").limit("cn-beijing", "us-west-1", 5, "limit")
    found = checked(world.standing().replaced("package", paymentType="PrePaid", period=6, autoRenew=True))
    assert found["CEN404 package"]["edits"][0]["properties"] == {"paymentType": "PrePaid", "period": 6, "autoRenew": True}


def test_a_deleted_package_is_said_again():
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    world.package("China", "North-America", 5, "package").limit("cn-beijing", "us-west-1", 5, "limit").standing()
    found = checked(world.deleted("limit", "package-attachment", "package"))
    assert [edit["name"] for edit in found["CEN201 core"]["edits"]] == ["package", "package-attachment", "limit"]
    assert found["CEN408 core"]["with"] == found["CEN201 core"]["fingerprint"]


def test_names_of_new_resources_are_free():
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "china-north-america")
    fix = checked(world)["CEN201 core"]
    assert fix["edits"][0]["name"] == "china-north-america-2"


def test_what_is_added_has_the_provider_of_its_instance():
    world = a_world().provider("bj", region="cn-beijing")
    world.resource("alicloud:cen/instance:Instance", "core", {"cenInstanceName": "core"}, provider="bj")
    world.on("core").attach("cn-beijing", "shop").attach("us-west-1", "sales")
    edits = checked(world)["CEN201 core"]["edits"]
    assert {edit["provider"].rpartition("::")[2] for edit in edits} == {"bj"}
    default = checked(a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales"))
    assert {edit["provider"] for edit in default["CEN201 core"]["edits"]} == {None}


def test_a_question_has_no_edits():
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales").standing()
    report = report_of([world.records()], world.options())
    assert {item["verdict"] for item in report["findings"] if item["rule"] == "CEN201"} == {"undetermined"}
    assert all((item["fix"]["edits"], item["fix"]["applicability"]) == ([], "manual") for item in report["findings"])


def test_a_package_of_an_inventory_is_attached_by_its_id():
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    world.inventory(an_inventory(packages=[("cenbwp-1", "China", "North-America", 10, None)]))
    edits = checked(world)["CEN201 core"]["edits"]
    assert edits[0]["properties"]["bandwidthPackageId"] == "cenbwp-1"


def test_an_edit_that_does_not_hold_is_left_out(monkeypatch):
    world = three()
    monkeypatch.setattr(mending.Mend, "edits", property(lambda mend: mend.remedy.edits[1:] if mend.remedy else ()))
    report = report_of([world.records()], world.options())
    assert all(
        not item["fix"]["edits"] and item["fix"]["with"] is None for item in report["findings"] if item["rule"] == "CEN201"
    )


@pytest.mark.parametrize(("count", "complete"), [(99, True), (201, False)])
def test_beyond_two_hundred_causes_nothing_is_proved(count, complete):
    world = a_world().instance()
    for number in range(count):
        world.attach("cn-beijing", f"shop-{number}").limit("cn-beijing", "cn-beijing", 1, f"limit-{number}", after=())
    options = structs.replace(world.options(), select=("CEN209",))
    report = check([world.records()], options)
    assert report.fixes_complete is complete
    assert all(bool(item.fix.edits) is complete for item in report.findings)


def test_nobody_asks_and_nothing_is_made():
    world = three()
    report = check([world.records()], structs.replace(world.options(), fixes=False))
    assert not any(item.fix.edits for item in report.findings if item.fix)


def test_a_rule_whose_fix_breaks_is_said_all_the_same(monkeypatch):
    from cenguard.rules.remedies.area_pairs import AreaPairCause

    monkeypatch.setattr(AreaPairCause, "remedy", lambda *_: 1 / 0)
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    report = report_of([world.records()], world.options())
    found = {item["rule"]: item["fix"]["edits"] for item in report["findings"]}
    assert found["CEN201"] == []
    assert "CEN901" not in found


def test_a_package_that_stays_in_the_cloud_is_attached_by_its_id():
    """It leaves the program, and what attached it goes: nothing else has to be paid."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    world.package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit").retained("package")
    report = check([world.standing().deleted("limit", "package-attachment", "package").records()], Options())
    (found,) = [item for item in report.findings if item.rule == "CEN201"]
    attached = found.fix.edits[0]

    assert found.fix.summary.startswith("Attach package package")
    assert (attached["type"], attached["properties"]["bandwidthPackageId"]) == (PACKAGE_ATTACHMENT, "package-id")


def test_each_instance_of_a_shared_package_has_its_own_finding_and_its_own_fix():
    world = (
        a_world()
        .instance()
        .attach("cn-beijing", "shop")
        .attach("us-west-1", "sales")
        .package("China", "North-America", 9, "package")
    )
    world.instance("lab").attach("cn-beijing", "test").attach("us-west-1", "try").attach_package("package", "second")

    found = checked(world)

    idle = [fix for name, fix in found.items() if name.startswith("CEN206 package")]
    assert len(idle) == 2
    assert [added(fix) for fix in idle] == [["BandwidthLimit"], ["BandwidthLimit"]]
    assert len({fix["fingerprint"] for fix in found.values()}) == len(found)


def test_no_edit_refers_to_what_another_one_takes_out():
    def network():
        world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
        return world.package("China", "North-America", 9, "package").limit("cn-beijing", "us-west-1", 9, "limit")

    waits = ("shop", "sales", "package-attachment")
    after = network().package("North-America", "China", 9, "second")
    after.limit("us-west-1", "cn-beijing", 9, "limit-again", after=waits)

    report = report_of([after.records()], Options(base=(network().records(),)))

    edits = [edit for item in report["findings"] if item["fix"] for edit in item["fix"]["edits"]]
    taken_out = {edit["urn"] for edit in edits if edit["op"] == "remove"}
    waits = {wait["ref"] for edit in edits if edit["op"] != "remove" for wait in edit["options"].get("dependsOn", ())}
    assert taken_out
    assert taken_out.isdisjoint(waits)


def test_a_fix_that_sets_a_property_twice_does_not_fall_with_itself():
    """A package of other areas gets them, is made larger for its limit, and once more when another fix moves a network."""
    world = a_world().instance().attach("cn-hongkong", "shop").attach("ap-southeast-1", "plant", home="eu-central-1")
    world.attach("ccn-eu-west-1", "branches", "CCN", network="ccn-1").package("Asia-Pacific", "North-America", 4, "package")
    found = checked(world.limit("ccn-eu-west-1", "cn-hongkong", 8, "limit"))

    assert {"CEN101 plant", "CEN202 package", "CEN207 limit"} <= set(found)
