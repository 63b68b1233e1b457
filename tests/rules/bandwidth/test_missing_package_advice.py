"""CEN201: what is said of a package that is missing, and what is proposed."""

from cenguard.rules.bandwidth import missing_bandwidth_package
from cenguard.testing import a_world, assert_says, findings_of, of, said, unknown_from
from tests.held import PEER_IN_TABLES, edits_by, types_by
from tests.rules.bandwidth.test_missing_bandwidth_package import attached, connected, findings, known
from tests.rules.tables import OF_NETWORKS, basic, enterprise

EITHER = {"CEN201 violated core": ("China", "Europe"), "CEN201 violated core #2": ("Europe", "North-America")}
"""A package for either pair of areas would do."""


def areas(world):
    """What any rule says of a network, and of which two areas."""
    return {sentence: finding.area_pair for sentence, finding in findings_of(world, rules=OF_NETWORKS).items()}


def test_two_regions_of_one_area_need_that_area_with_itself():
    assert areas(attached("cn-beijing", "cn-shanghai")) == {"CEN201 violated core": ("China", "China")}


def test_hong_kong_is_asia_pacific_though_its_id_begins_with_cn():
    assert areas(attached("cn-beijing", "cn-hongkong")) == {"CEN201 violated core": ("Asia-Pacific", "China")}


def test_an_attached_package_of_other_areas_is_the_nearest_miss():
    (finding,) = findings(basic().package("China", "Asia-Pacific", 10, "package"))

    assert any("nearest miss: package" in step for step in finding.because)


def test_a_package_that_is_not_attached_is_the_nearest_miss_and_the_fix_attaches_it():
    world = basic().package("China", "North-America", 10, "package", attached=False)
    (finding,) = findings(world)

    assert any("is attached to no instance" in step for step in finding.because)
    attachment = edits_by(world, missing_bandwidth_package.RULE)[0]["properties"]
    assert attachment["bandwidthPackageId"]["ref"].endswith("::package")


def test_a_package_on_another_instance_does_not_help():
    (finding,) = findings(basic().instance("other").package("China", "North-America", 10, "package"))

    assert any("attached to another instance, other" in step for step in finding.because)


def test_each_of_several_packages_that_would_do_is_one_of_them():
    world = connected().attach("eu-central-1", "branch")

    assert areas(world) == EITHER
    assert all("Any one of the packages" in finding.message for finding in findings(world))


def test_a_package_that_is_no_longer_sold_is_none_of_those_that_would_do():
    to_hong_kong, sold, to_frankfurt = findings(attached("ap-southeast-2", "cn-hongkong", "eu-central-1"))

    assert "Any one of" not in f"{to_hong_kong.message} {sold.message} {to_frankfurt.message}"
    assert " An Asia-Pacific/Europe bandwidth package would connect cn-hongkong." in to_hong_kong.message
    assert " An Asia-Pacific/Europe bandwidth package would connect eu-central-1." in to_frankfurt.message
    assert "would connect" not in sold.message


def test_an_area_that_is_no_longer_sold_has_no_package_to_propose():
    world = attached("cn-beijing", "ap-southeast-2")
    (finding,) = findings(world)

    assert "can be bought today" in finding.fix.summary
    assert edits_by(world, missing_bandwidth_package.RULE) == []


def test_every_certain_absence_names_the_way_out():
    assert "name it in the setting `shared`" in said(basic())["CEN201 violated core"]


def test_a_complete_inventory_tells_which_packages_would_do():
    said = areas(known(complete=["cen-1"]))

    assert [said[name] for name in said if name.startswith("CEN201")] == list(EITHER.values())
    assert said["CEN206 violated cenbwp-1"] == ("China", "North-America"), "complete, and no limit among its rows"


def test_without_a_peer_the_fix_is_one_and_never_a_limit():
    (finding,) = findings(enterprise())

    assert "no connection at all" in finding.message
    assert types_by(enterprise(), missing_bandwidth_package.RULE) == PEER_IN_TABLES


def test_a_mainland_cloud_connect_network_reaches_a_basic_region_of_the_mainland_for_free():
    assert_says(attached("cn-beijing").attach("ccn-cn-shanghai", "branches", "CCN"), rules=OF_NETWORKS)


def test_a_cloud_connect_network_reaches_its_own_region_for_free():
    assert_says(attached("eu-central-1").attach("ccn-eu-central-1", "branches", "CCN"), rules=OF_NETWORKS)


def test_an_instance_handed_on_by_the_package_attachment_is_the_same_one():
    world = basic().package("China", "North-America", 10, "package")

    assert_says(world.on(of("package-attachment", "instanceId")).limit("cn-beijing", "us-west-1", 5), rules=OF_NETWORKS)


def test_a_value_computed_from_two_resources_is_of_the_one_that_fits():
    both = unknown_from("core", "package")
    world = basic().package("China", "North-America", 10, "package", attached=False)
    world.on(both).attach_package(both).on("core").limit("cn-beijing", "us-west-1", 5)

    assert_says(world, rules=OF_NETWORKS)


def test_no_peer_is_proposed_for_a_region_of_cloud_connect_networks():
    world = a_world().instance().attach("ccn-cn-shanghai", "branches", "CCN").router("eu-central-1", "far")
    world.attach_to("far", "office")
    (finding,) = findings_of(world, rules=[missing_bandwidth_package.RULE]).values()

    assert "peer drawing on it" not in finding.fix.summary
    assert "no peer joins a region of Cloud Connect Networks" in finding.fix.summary
    assert "TransitRouterPeerAttachment" not in types_by(world, missing_bandwidth_package.RULE)
