"""CEN201: a region is attached that no package could connect."""

from dataclasses import replace

import msgspec
import pytest

from cenguard.areas import AreaPair
from cenguard.inventory import Inventory, KnownAttachment, KnownInstance, KnownPackage
from tests.rules.worlds import SECRET, UNKNOWN, From

CODE = "CEN201"


def test_two_regions_without_a_package_are_cut_off(basic):
    assert basic.world.found(CODE, levels=True) == {("violated", "core", "mandatory")}


def test_a_package_with_a_limit_connects_them(basic):
    basic.buy()
    basic.connect()

    assert basic.world.found(CODE) == set()


def test_an_empty_network_has_nothing_to_connect(world):
    world.instance()

    assert world.found(CODE) == set()


def test_one_region_is_free_whatever_is_attached_there(world):
    core = world.instance()
    world.attach(core, "cn-beijing", "shop")
    world.attach(core, "cn-beijing", "ledger")

    assert world.found(CODE) == set()


def test_two_regions_of_one_area_need_that_area_with_itself(world):
    core = world.instance()
    world.attach(core, "cn-beijing", "shop")
    world.attach(core, "cn-shanghai", "ledger")
    (finding,) = world.report().findings

    assert (finding.rule, finding.area_pair) == (CODE, ("China", "China"))


def test_hong_kong_is_asia_pacific_though_its_id_begins_with_cn(world):
    core = world.instance()
    world.attach(core, "cn-beijing", "shop")
    world.attach(core, "cn-hongkong", "branch")

    assert {item.area_pair for item in world.report().findings} == {("Asia-Pacific", "China")}


def test_a_package_without_limit_is_another_rules_finding(basic):
    basic.buy()

    assert basic.world.found(CODE, "CEN206") == {("CEN206", "violated", "package")}


def test_an_attached_package_of_other_areas_is_the_nearest_miss(basic):
    basic.buy("China", "Asia-Pacific")
    finding = next(item for item in basic.world.report().findings if item.rule == CODE)

    assert any("nearest miss: package" in step for step in finding.because)


def test_a_package_that_is_not_attached_is_the_nearest_miss_and_the_fix_attaches_it(basic):
    basic.buy(bind=False)
    finding = next(item for item in basic.world.report().findings if item.rule == CODE)

    assert any("is attached to no instance" in step for step in finding.because)
    assert "bandwidth_package_id=package.id" in finding.fix.python


def test_a_package_on_another_instance_does_not_help(basic):
    other = basic.world.instance("other")
    basic.world.bind(other, basic.buy(bind=False), "elsewhere")
    finding = next(item for item in basic.world.report().findings if item.rule == CODE)

    assert any("attached to another instance, other" in step for step in finding.because)


def test_a_hub_covers_its_spokes(basic):
    frankfurt = basic.world.attach(basic.core, "eu-central-1", "branch")
    basic.buy()
    basic.connect()
    europe = basic.world.package("China", "Europe", name="europe")
    bound = basic.world.bind(basic.core, europe, "europe-bound")
    basic.world.limit(basic.core, ["cn-beijing", "eu-central-1"], name="spoke", after=[basic.shop, frankfurt, bound])

    assert basic.world.found(CODE, "CEN218") == {("CEN218", "violated", "core")}


def test_any_of_several_packages_would_do_and_each_has_its_finding(basic):
    basic.buy()
    basic.connect()
    basic.world.attach(basic.core, "eu-central-1", "branch")
    findings = [item for item in basic.world.report().findings if item.rule == CODE]

    assert {item.area_pair for item in findings} == {("China", "Europe"), ("Europe", "North-America")}
    assert all("Any one of the packages" in item.message for item in findings)


@pytest.mark.parametrize("region", [UNKNOWN, SECRET])
def test_a_region_that_is_not_known_leaves_it_open(world, region):
    core = world.instance()
    world.attach(core, "cn-beijing", "shop")
    world.attach(core, region, "sales")

    assert world.found(CODE) == {("undetermined", "core")}


def test_a_package_of_unknown_areas_may_be_the_one(basic):
    basic.buy(UNKNOWN, "North-America")

    assert basic.world.found(CODE) == {("undetermined", "core")}


def test_a_package_known_by_its_id_alone_may_be_the_one(basic):
    basic.world.bind(basic.core, "cenbwp-1")

    assert basic.world.found(CODE) == {("undetermined", "core")}


def test_known_to_be_wrong_is_violated_even_beside_an_unknown(basic):
    """The unknown is the size of a package on another instance; it settles nothing here."""
    other = basic.world.instance("other")
    basic.world.bind(other, basic.world.package("China", "Europe", UNKNOWN), "elsewhere")

    assert basic.world.found(CODE) == {("violated", "core")}


def test_a_region_whose_area_is_only_inferred_is_left_open(world):
    core = world.instance()
    world.attach(core, "eu-central-1", "office")
    world.attach(core, "me-east-1", "dubai")

    assert world.found(CODE) == {("undetermined", "core")}


def test_a_doubtful_area_rescues_nobody_where_no_package_could_join_it(basic):
    basic.world.attach(basic.core, "me-east-1", "dubai")

    assert basic.world.found(CODE) == {("violated", "core"), ("undetermined", "core")}


def test_an_area_that_is_no_longer_sold_has_no_package_to_propose(world):
    core = world.instance()
    world.attach(core, "cn-beijing", "shop")
    world.attach(core, "ap-southeast-2", "sydney")
    (finding,) = [item for item in world.report().findings if item.rule == CODE]

    assert "can be bought today" in finding.fix.summary
    assert finding.fix.python is None


@pytest.mark.parametrize("regions", [("cn-beijing",), ("cn-beijing", "us-west-1"), ("cn-beijing", "us-west-1", "eu-central-1")])
def test_an_instance_known_by_its_id_gives_one_open_line_whatever_the_regions(world, regions):
    for region in regions:
        world.attach("cen-1", region, region)

    assert world.found(CODE) == {("undetermined", regions[0])}


def test_an_instance_that_is_read_gives_one_open_line(world):
    core = world.read("alicloud:cen/instance:Instance", "core", "cen-1")
    world.attach(core, "cn-beijing", "shop")
    world.attach(core, "us-west-1", "sales")

    assert world.found(CODE) == {("undetermined", "sales")}


def test_an_instance_of_another_stack_gives_one_open_line(world):
    reference = From((world.stack_reference().urn,))
    world.attach(reference, "cn-beijing", "shop")
    world.attach(reference, "us-west-1", "sales")

    assert world.found(CODE) == {("undetermined", "sales")}


def test_an_instance_that_the_settings_call_shared_is_one_from_elsewhere(basic):
    basic.world.settings = replace(basic.world.settings, shared=("co*",))

    assert basic.world.found(CODE) == {("undetermined", "core")}


def test_every_certain_absence_names_the_way_out(basic):
    assert "name it in the setting `shared`" in basic.world.report().findings[0].message


class TestInventory:
    def given(self, world, *, complete):
        world.inventory = Inventory(
            instances={"cen-1": KnownInstance(id="cen-1", complete=complete)},
            packages={
                "cenbwp-1": KnownPackage(
                    id="cenbwp-1", area_pair=AreaPair("China", "North-America"), bandwidth=100, instance="cen-1"
                )
            },
            attachments=(
                KnownAttachment(instance="cen-1", region="cn-beijing", id="vpc-1"),
                KnownAttachment(instance="cen-1", region="us-west-1", id="vpc-2"),
            ),
        )
        world.attach("cen-1", "eu-central-1", "branch")

    def test_a_complete_one_makes_the_absence_certain(self, world):
        self.given(world, complete=True)

        assert world.found(CODE) == {("violated", "branch")}
        assert {item.area_pair for item in world.report().findings if item.rule == CODE} == {
            ("China", "Europe"),
            ("Europe", "North-America"),
        }

    def test_without_complete_it_stays_open(self, world):
        self.given(world, complete=False)

        assert world.found(CODE) == {("undetermined", "branch")}

    def test_a_package_it_vouches_for_covers_the_pair(self, world):
        self.given(world, complete=True)
        world.inventory = msgspec.structs.replace(
            world.inventory,
            packages={
                **world.inventory.packages,
                "cenbwp-2": KnownPackage(id="cenbwp-2", area_pair=AreaPair("China", "Europe"), bandwidth=10, instance="cen-1"),
            },
        )

        assert world.found(CODE) == set()


class TestCloudConnectNetworks:
    def test_a_mainland_one_reaches_a_basic_region_of_the_mainland_for_free(self, world):
        core = world.instance()
        world.attach(core, "cn-beijing", "shop")
        world.attach(core, "ccn-cn-shanghai", "branches", kind="CCN")

        assert world.found() == set()

    def test_it_reaches_its_own_region_for_free(self, world):
        core = world.instance()
        world.attach(core, "eu-central-1", "office")
        world.attach(core, "ccn-eu-central-1", "branches", kind="CCN")

        assert world.found() == set()

    def test_abroad_it_needs_a_package(self, world):
        core = world.instance()
        world.attach(core, "eu-west-1", "office")
        world.attach(core, "ccn-eu-central-1", "branches", kind="CCN")

        assert world.found(CODE) == {("violated", "core")}

    def test_an_enterprise_region_of_the_mainland_needs_one_too(self, world):
        core = world.instance()
        world.router_attachment(world.router(core, "cn-beijing"), "shop")
        world.attach(core, "ccn-cn-shanghai", "branches", kind="CCN")

        assert world.found(CODE) == {("violated", "core")}


class TestEnterprise:
    def test_without_a_peer_there_is_no_connection_at_all(self, enterprise):
        (finding,) = [item for item in enterprise.world.report().findings if item.rule == CODE]

        assert finding.rule == CODE
        assert "no connection at all" in finding.message
        assert "TransitRouterPeerAttachment" in finding.fix.python
        assert "BandwidthLimit(" not in finding.fix.python

    def test_a_peer_paid_by_traffic_needs_no_package(self, enterprise):
        enterprise.world.peer(enterprise.near, enterprise.far, billing="DataTransfer")

        assert enterprise.world.found(CODE) == set()

    def test_the_regions_of_peered_routers_are_attached(self, world):
        core = world.instance()
        near, far = world.router(core, "cn-hangzhou"), world.router(core, "eu-central-1")
        world.peer(near, far)

        assert world.found(CODE) == {("violated", "core")}

    def test_a_router_with_neither_attachment_nor_peer_does_not_count(self, world):
        core = world.instance()
        world.attach(core, "cn-beijing", "shop")
        world.router(core, "eu-central-1")

        assert world.found(CODE) == set()


class TestReferences:
    def test_an_instance_handed_on_by_the_package_attachment_is_the_same_one(self, basic):
        basic.buy()
        basic.world.limit(
            basic.bound.get("instanceId"), ["cn-beijing", "us-west-1"], after=[basic.shop, basic.sales, basic.bound]
        )

        assert basic.world.found() == set()

    def test_a_value_computed_from_two_resources_is_of_the_one_that_fits(self, basic):
        package = basic.buy(bind=False)
        both = (basic.core.urn, package.urn)
        bound = basic.world.bind(From(both), From(both))
        basic.connect(after=[basic.shop, basic.sales, bound])

        assert basic.world.found() == set()

    def test_a_value_computed_from_two_instances_leaves_both_open(self, basic):
        other = basic.world.instance("other")
        basic.world.bind(From((basic.core.urn, other.urn)), basic.buy(bind=False))

        assert basic.world.found(CODE) == {("undetermined", "core")}
