"""A base gives its states to whatever is compared with it: for every rule, for purchases and for what is new."""

import pytest
from msgspec import structs

from cenguard.assembly.old_states import with_old_states
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.resources.forced import Forced
from cenguard.resources.records import REPLACE, SAME, UPDATE, SourceKind
from cenguard.resources.tokens import ASSOCIATION, PACKAGE, ROUTE_TABLE, VPC_ATTACHMENT
from cenguard.resources.values import SECRET, UNKNOWN
from cenguard.testing import a_world
from cenguard.testing.values import of
from tests.held import report_of


def network(mbps=5, *, size=10, areas=("China", "North-America"), ordered=True, **package):
    """Beijing and Silicon Valley with a package and a limit."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    world.package(*areas, size, "package", **package)
    return world.limit("cn-beijing", "us-west-1", mbps, "limit", after=None if ordered else ())


def against(after, before):
    """What the check says of a world, compared with another one."""
    return check([after.records()], Options(base=(before.records(),)))


def rules(report, *, new=True):
    """Codes that are said, with their level."""
    return {(item.rule, item.level) for item in report.findings if not new or item.change == "new"}


PREPAID = {"paymentType": "PrePaid", "period": 1, "autoRenew": True}


def test_what_has_not_changed_stands_buys_nothing_and_is_not_new():
    report = against(network(ordered=False), network(ordered=False))

    assert rules(report, new=False) == set()
    assert report.purchases == ()
    assert (report.summary.new, report.summary.fixed) == (0, 0)
    assert [(pair.mbps_before, pair.mbps) for pair in report.pairs] == [(5, 5)]


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        ("1234567890123456", "1234567890123456", False),
        ("1234567890123456", 1234567890123456.0, False),
        ("1234567890123456", "1234567890123457", True),
        (1234567890123456, 1234567890123457, True),
        ("5", 5.0, False),
        ("\u0663", "3", True),
        (10**400, 10**400, False),
    ],
)
def test_a_number_is_compared_with_all_of_its_digits(before, after, differs):
    """An account has sixteen: a base with a network of another account ended in a traceback, or two numbers were one."""

    def packed(value):
        return network(description=value)

    report = against(packed(after), packed(before))
    assert report.findings == ()
    changes = {item.type: item.change for item in with_old_states(packed(after).records(), packed(before).records()).resources}
    assert (changes[PACKAGE] == UPDATE) == differs


def test_what_a_fix_puts_back_may_have_any_number_of_digits():
    before = network(size=10**400, mbps=10**400, **PREPAID).standing().records()
    report = report_of([network(size=10, mbps=5, **PREPAID).records()], Options(base=(before,)))

    assert "1" + "0" * 400 in str(report["findings"])


def test_both_sides_are_judged_alike():
    """Of a limit without order, which the base holds as well, nothing is fixed: it was accepted."""
    report = against(network(ordered=False).attach("eu-central-1", "branch"), network(ordered=False))

    assert report.summary.fixed == 0
    assert "CEN211" not in {item.rule for item in report.findings}
    assert ("CEN201", "mandatory") in rules(report)


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (network(areas=("North-America", "China")), "CEN404"),
        (network(size=20), "CEN405"),
        (network(2), "CEN408"),
        (network(**{**PREPAID, "period": 6}), "CEN410"),
    ],
)
def test_the_old_state_is_that_of_the_base(after, code):
    before = network(**PREPAID) if code == "CEN410" else network()

    assert code in {item for item, _ in rules(against(after, before))}


def test_a_package_that_the_base_holds_and_the_program_does_not_is_deleted():
    after = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    report = against(after, network(**PREPAID))

    assert {("CEN411", "advisory"), ("CEN408", "mandatory"), ("CEN201", "mandatory")} <= rules(report)


def test_a_package_of_other_areas_takes_its_attachment_along():
    report = against(network(areas=("China", "Europe")), network())

    assert ("CEN404", "mandatory") in rules(report)
    assert [(item.urn.rpartition("::")[2], item.mbps_before) for item in report.purchases] == [("package", None)]


def test_a_resize_is_a_purchase_with_what_it_was():
    (purchase,) = against(network(size=20), network()).purchases

    assert (purchase.mbps_before, purchase.mbps) == (10, 20)


def test_areas_that_are_spelled_as_a_list_are_not_other_areas():
    listed = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    listed.package(None, None, 10, "package", geographicRegionIds=["North-America", "China"])
    listed.limit("cn-beijing", "us-west-1", 5, "limit")
    again = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    again.package(None, None, 10, "package", geographicRegionIds=["China", "North-America"])
    again.limit("us-west-1", "cn-beijing", 5, "limit")

    assert rules(against(again, listed), new=False) == set()


def test_a_package_attached_in_place_of_another_is_a_change():
    def world(named):
        found = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
        found.package("China", "North-America", 10, "package", attached=False)
        found.package("China", "Europe", 10, "other", attached=False)
        found.resource(
            "alicloud:cen/bandwidthPackageAttachment:BandwidthPackageAttachment",
            "bound",
            {"instanceId": of("core"), "bandwidthPackageId": of(named)},
        )
        return found.limit("cn-beijing", "us-west-1", 5, "limit", after=["bound", "shop", "sales"])

    assert "CEN408" in {code for code, _ in rules(against(world("other"), world("package")))}
    assert rules(against(world("package"), world("package"))) == set()


def test_a_base_of_another_stack_stands_for_the_only_source():
    before = a_world(stack="prod", project="old").instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    before.package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit")

    report = against(network(4), before)

    assert [(pair.mbps_before, pair.mbps) for pair in report.pairs] == [(5, 4)]
    assert report.purchases == ()


def test_what_the_program_ignores_keeps_its_old_value():
    after = network(8, size=20)
    for spec in after._specs.values():
        if spec.record.name == "package":
            spec.record.ignore_changes = ("bandwidth",)
    records = after.records()
    records.kind = type(records.kind)("program")

    report = check([records], Options(base=(network(5, size=6).records(),)))

    assert {("CEN208", "mandatory")} <= rules(report)
    assert report.purchases == ()
    assert "CEN208" not in {item.rule for item in check([records], Options()).findings}, "alone, the program's value counts"


def test_an_export_that_is_compared_with_another_stands_all_the_same():
    after, before = (
        network(2, size=20, ordered=False, paymentType="PostPaid").standing().records(),
        network().standing().records(),
    )
    for item in (after, before):
        item.kind = type(item.kind)("export")

    report = check([after], Options(base=(before,)))

    assert report.purchases == ()
    assert {code for code, _ in rules(report)} == {"CEN405", "CEN408"}


def test_imports_buy_nothing_and_are_not_foreseen_to_be_refused():
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    world.package("China", "North-America", 10, "package", paymentType=None).limit("cn-beijing", "us-west-1", 5, after=())
    report = check([world.imported().records()], Options())

    assert {item.rule for item in report.findings} == {"CEN406"}
    assert report.purchases == ()


@pytest.mark.parametrize(("names", "disposition"), [((), "funded"), (("more",), "overdrawn")])
def test_a_package_that_is_too_small_neither_connects_nor_cuts_off(names, disposition):
    world = network(7).attach("us-east-1", "backup")
    for name in names:
        world.limit("cn-beijing", "us-east-1", 7, name)
    report = check([world.records()], Options())
    found = {pair.regions: (pair.disposition, pair.mbps) for pair in report.pairs}

    assert found["cn-beijing", "us-west-1"] == (disposition, None if names else 7)
    if names:
        assert [item.rule for item in report.findings if item.level == "mandatory"] == ["CEN208"]


def mapped(*switches):
    """Two regions of Enterprise Edition without a package; what is mapped in one are vSwitches of the program."""
    world = a_world().instance().router("cn-hangzhou", "near").router("us-west-1", "far")
    world.network("cn-hangzhou", "hall").vswitch("hall", "10.0.1.0/24", "cn-hangzhou-h", "left")
    world.vswitch("hall", "10.0.2.0/24", "cn-hangzhou-i", "right").vswitch("hall", "10.0.3.0/24", "cn-hangzhou-i", "third")
    mappings = [{"zoneId": f"cn-hangzhou-{zone}", "vswitchId": of(name)} for zone, name in zip("hi", switches, strict=True)]
    return world.attach_to("near", "shop", network="hall", zoneMappings=mappings).attach_to("far", "sales")


def test_what_is_not_known_within_a_value_is_what_it_was():
    """A program does not know the ids of vSwitches that stand: their attachment has not changed."""
    same = against(mapped("left", "left"), mapped("left", "left").standing()).findings
    other = against(mapped("left", "left"), mapped("left", "right").standing()).findings

    assert [(item.verdict, item.change) for item in same if item.rule == "CEN201"] == [("undetermined", "unchanged")]
    assert [item.rule for item in same if item.rule == "CEN319"] == [], "what stands was accepted, in whatever zone"
    assert [item.rule for item in other if item.rule == "CEN319"] == ["CEN319"], "the attachment is changed"


def test_what_a_replaced_resource_hands_on_as_it_was_replaces_nothing():
    """The attachment of a package is replaced with it, on the same instance: a limit reads that from the attachment."""

    def world(**package):
        found = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
        found.package("China", "North-America", 10, "package", **package)
        return found.limit("cn-beijing", "us-west-1", 5, "limit", instanceId=of("package-attachment", "instanceId"))

    report = against(world(**PREPAID), world().standing())

    assert ("CEN404", "mandatory") in rules(report)
    assert not {"CEN212", "CEN408"} & {item for item, _ in rules(report)}
    assert [(pair.mbps_before, pair.mbps) for pair in report.pairs] == [(5, 5)]


def moved(*deleted_first):
    """A package that goes to another instance, and an attachment that says another region, against what stood."""

    def world(region, owner):
        found = a_world().instance("core").instance("other").on("core")
        found.network("cn-beijing", "hall").package("China", "North-America", 10, "package", attached=False)
        found.attach(region, "shop", network="hall").attach("us-west-1", "sales")
        return found.on(owner).attach_package("package", "bound")

    after = world("cn-shanghai", "other")
    for spec in after._specs.values():
        spec.record.delete_first = spec.record.name in deleted_first
    program = structs.replace(after.records(), kind=SourceKind.PROGRAM)  # a preview knows the ids of what stands
    report = check([program], Options(base=(world("cn-beijing", "core").standing().records(),)))
    return {item for item, level in rules(report) if level == "mandatory"}


def test_what_is_replaced_is_made_before_the_old_one_is_gone_unless_the_program_says_otherwise():
    assert {"CEN104", "CEN205"} <= moved()
    assert "CEN104" not in moved("shop")
    assert "CEN205" not in moved("bound")


def forced(how="", *, taint=False, stored=None, size=10, tags=None):
    """What is said of a package that an option of the program, or the state, replaces."""
    before = network(size=10, tags={"team": "net", "cost": "1"}, **PREPAID).standing().records()
    package = next(item for item in before.resources if item.name == "package")
    package.taint, package.replacement_trigger = taint, stored
    urn = {item.name: item.urn for item in before.resources}
    after = network(size=size, tags=tags or {"team": "net", "cost": "1"}, **PREPAID).records()
    told = {
        "trigger": {urn["package"]: Forced(trigger="2")},
        "of an id": {urn["package"]: Forced(trigger=["2", UNKNOWN])},
        "bandwidth": {urn["package"]: Forced(on=("bandwidth",))},
        "everything": {urn["package"]: Forced(on=("*",))},
        "inside": {urn["package"]: Forced(on=("tags.team",))},
        "beside": {urn["shop-vpc"]: Forced(trigger="2"), urn["package"]: Forced(beside=(urn["shop-vpc"],))},
    }
    next(item for item in before.resources if item.name == "shop-vpc").replacement_trigger = "1"
    program = structs.replace(after, kind=SourceKind.PROGRAM, forced=told.get(how, {}))
    report = check([program], Options(base=(before,)))
    return "CEN404" in {item for item, level in rules(report) if level == "mandatory"}


@pytest.mark.parametrize(("taint", "said"), [(True, {"CEN201", "CEN202", "CEN404"}), (False, set())])
def test_a_tainted_resource_is_made_of_what_the_program_says_whatever_it_ignores(taint, said):
    """Read off previews of the engine (3.276) with the provider; source: pulumi, pkg/resource/deploy/step_generator.go."""
    before, after = network(**PREPAID).standing().records(), network(**PREPAID).records()
    next(item for item in before.resources if item.name == "package").taint = taint
    package = next(item for item in after.resources if item.name == "package")
    package.inputs = {**package.inputs, "geographicRegionBId": "Asia-Pacific"}
    package.ignore_changes = ("geographicRegionBId",)
    report = check([structs.replace(after, kind=SourceKind.PROGRAM)], Options(base=(before,)))

    assert said <= {item for item, level in rules(report) if level == "mandatory"}
    assert said or not {item for item, level in rules(report) if level == "mandatory"}


def test_what_replaces_a_resource_beside_its_values_is_seen():
    """Read off previews of the engine with the provider."""
    assert not forced()
    assert forced(taint=True)
    assert forced("trigger", stored="1")
    assert not forced("trigger", stored="2")
    assert not forced("of an id", stored=["2", "vpc-1"])  # which is not known yet
    assert forced("of an id", stored=["1", "vpc-1"])
    assert not forced("trigger", stored=SECRET)
    assert not forced("trigger")  # one that the state does not have yet is only kept
    assert not forced(stored="1")
    assert forced("bandwidth", size=20)
    assert not forced("bandwidth")
    assert not forced("bandwidth", tags={"team": "other"})
    assert forced("everything", size=20)
    assert not forced("everything")
    assert forced("inside", tags={"team": "other", "cost": "1"})
    assert not forced("inside", tags={"team": "net", "cost": "2"})
    assert forced("beside")


@pytest.mark.parametrize("retained", [True, False])
def test_a_package_that_the_base_retains_stays_when_it_is_replaced(retained):
    """It is CEN414, as in the preview of the same change, and no CEN404: nothing collides with what is not taken away."""
    before = network(**PREPAID)
    before = (before.retained("package") if retained else before).standing()
    report = against(network(areas=("Asia-Pacific", "China"), **PREPAID), before)
    found = {item.rule for item in report.findings}

    assert ("CEN414" in found) is retained
    assert ("CEN404" in found) is not retained


def routed(*tables, into, **more):
    """An attachment at a router with some tables, and its association with one of them."""
    world = a_world().instance().router("cn-beijing", "hub", **more).attach_to("hub", "shop", routed=False)
    for table in tables:
        world.resource(ROUTE_TABLE, table, {"transitRouterId": of("hub", "transitRouterId")})
    inputs = {
        "transitRouterAttachmentId": of("shop", "transitRouterAttachmentId"),
        "transitRouterRouteTableId": of(into, "transitRouterRouteTableId"),
    }
    return world.resource(ASSOCIATION, "joined", inputs)


@pytest.mark.parametrize(
    ("into", "router", "replaced"),
    [
        ("first", {}, set()),
        ("second", {}, {"joined"}),
        ("first", {"cenId": "cen-other"}, {"hub", "shop", "first", "second", "joined"}),
    ],
)
def test_what_names_another_table_or_router_is_replaced_as_in_a_preview(into, router, replaced):
    """The provider makes such a one anew: it was an update of what stands, and what hung on it went on as before."""
    before = routed("first", "second", into="first").standing()
    found = with_old_states(routed("first", "second", into=into, **router).records(), before.records())

    assert {record.name for record in found.resources if record.change is REPLACE} == replaced


def test_a_router_that_a_program_names_no_more_is_kept():
    """The service filled it in, or the program did: nothing replaces an attachment that leaves it out."""
    before = routed("first", into="first").standing()
    after = routed("first", into="first")
    records = after.records()
    for record in records.resources:
        if record.type == VPC_ATTACHMENT:
            del record.inputs["transitRouterId"]
            del record.property_dependencies["transitRouterId"]
    found = with_old_states(records, before.records())

    assert {record.change for record in found.resources if record.type == VPC_ATTACHMENT} == {SAME}
