"""What stands is evidence, and void against the change itself; what may be bought outside is one question."""

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.judging.proof import prove
from cenguard.judging.regional_map import map_of
from cenguard.network.connectivity import connectivity_of
from cenguard.resources.records import SourceKind
from cenguard.settings.model import Settings
from cenguard.testing import UNKNOWN, a_world, an_inventory, assert_says, findings_of
from tests.rules.tables import OF_NETWORKS, enterprise


def bare(*regions):
    """Regions on one instance, all deployed, and no package."""
    world = a_world().instance()
    for region in regions or ("cn-beijing", "us-west-1"):
        world.attach(region, region)
    return world.standing()


def limited():
    """The same with a limit that stands, and whose package somebody else looks after."""
    return bare().limit("cn-beijing", "us-west-1", 5, "limit").standing()


def pairs(world):
    """Disposition and Mbps of each pair, by its regions."""
    found = connectivity_of(world.assembled())
    return {
        pair.names: (item.disposition.value, item.mbps) for items in found.values() for pair, item in items.connections.items()
    }


def codes(world):
    """The codes of all findings about networks."""
    return {item.rule for item in findings_of(world, rules=OF_NETWORKS).values()}


# ---------------------------------------------------------------- an instance that stands


def test_an_instance_that_stands_without_any_package_is_one_question():
    world = bare("cn-beijing", "us-west-1", "eu-central-1")
    (finding,) = findings_of(world, rules=OF_NETWORKS).values()

    assert (finding.rule, finding.verdict) == ("CEN201", "undetermined")
    assert set(pairs(world).values()) == {("undetermined", None)}
    assert "buy" not in finding.fix.summary.lower()
    assert finding.fix.edits == ()
    for way in ("inventory", "aliyun cbn DescribeCenBandwidthPackages", "data source", "import"):
        assert way in finding.fix.summary


def test_a_region_that_the_update_adds_makes_it_certain():
    world = bare().attach("eu-central-1", "branch")

    assert "CEN201 violated core" in findings_of(world, rules=OF_NETWORKS)
    assert pairs(world)["cn-beijing", "eu-central-1"] == ("no_package", None)
    assert pairs(world)["cn-beijing", "us-west-1"] == ("undetermined", None)


def test_an_instance_that_is_new_has_what_the_input_has():
    assert_says(
        a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales"), "CEN201 violated core", rules=OF_NETWORKS
    )


@pytest.mark.parametrize(
    "world",
    [
        bare().package("China", "Europe", 10, "package"),
        bare().package("North-America", "China", 10, "package", attached=False),
        bare().package("China", "North-America", 10, "package").standing().deleted("package-attachment", "package"),
        bare().package("China", "North-America", 10, "package").standing().deleted("package-attachment"),
        bare().package("China", "North-America", 10, "package", attached=False).standing().deleted("package"),
        bare().inventory(an_inventory(packages=[("cenbwp-1", "China", "Europe", 10, "core-id")])),
        bare().inventory(an_inventory(packages=[("cenbwp-1", "China", "North-America", 10, None)])),
        bare().inventory(an_inventory(complete=["core-id"])),
    ],
    ids=[
        "another one is attached", "one is attached to nothing", "one is deleted", "one is detached", "a loose one is deleted",
        "an inventory has another one", "an inventory has one attached to nothing", "an inventory is complete",
    ],
)  # fmt: skip
def test_an_instance_whose_packages_the_input_knows_is_certain(world):
    assert "CEN201 violated core" in findings_of(world, rules=OF_NETWORKS)


def test_an_imported_instance_may_have_packages_too():
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales").imported()

    assert_says(world, "CEN201 undetermined core", rules=OF_NETWORKS)


def test_a_new_limit_on_an_instance_that_stands_is_a_question():
    world = bare().limit("cn-beijing", "us-west-1", 5, "limit")

    assert_says(world, "CEN201 undetermined core", "CEN207 undetermined limit", rules=OF_NETWORKS)


# ---------------------------------------------------------------- evidence


def test_a_limit_that_stands_proves_its_package():
    assert pairs(limited()) == {("cn-beijing", "us-west-1"): ("outside", 5)}
    assert_says(limited(), rules=OF_NETWORKS)


def test_a_limit_that_stands_proves_its_package_where_the_area_of_a_region_is_not_certain():
    world = bare("cn-beijing", "me-east-1").limit("cn-beijing", "me-east-1", 5, "limit").standing()

    assert pairs(world) == {("cn-beijing", "me-east-1"): ("outside", 5)}
    assert_says(world, rules=OF_NETWORKS)
    bought = bare("cn-beijing", "me-east-1").package("China", "Middle-East", 10, "package").standing()
    bought.limit("cn-beijing", "me-east-1", 5, "limit").standing()
    assert pairs(bought) == {("cn-beijing", "me-east-1"): ("outside", 5)}
    assert "CEN207" not in codes(bought)
    assert "CEN201" not in codes(bought)
    assert codes(bare("cn-beijing", "me-east-1").limit("cn-beijing", "me-east-1", 5, "limit")) == {"CEN201", "CEN207"}


def test_a_package_that_the_update_detaches_may_be_the_one_of_an_area_that_is_not_certain():
    world = bare("cn-beijing", "me-east-1").package("China", "Middle-East", 10, "package")
    world.limit("cn-beijing", "me-east-1", 5, "limit").standing().deleted("package-attachment")

    assert pairs(world) == {("cn-beijing", "me-east-1"): ("undetermined", None)}


def test_a_peer_that_stands_proves_its_package_where_the_area_of_a_region_is_not_certain():
    def joined(area):
        world = a_world().instance().router("cn-hangzhou", "near").router("me-east-1", "far")
        world.attach_to("near", "plant").attach_to("far", "office").package("China", area, 10, "package")
        return world.peer("near", "far", 5, "peer", billing="BandwidthPackage", package="package-attachment")

    assert pairs(joined("Middle-East").standing()) == {("cn-hangzhou", "me-east-1"): ("outside", 5)}
    assert not codes(joined("Middle-East").standing()) & {"CEN201", "CEN302"}
    assert pairs(joined("Middle-East")) == {("cn-hangzhou", "me-east-1"): ("undetermined", None)}
    other = a_world().instance().router("cn-hangzhou", "near").router("me-east-1", "far")
    other.attach_to("near", "plant").attach_to("far", "office").package("Europe", "Europe", 10, "package")
    other.peer("near", "far", 5, "peer", billing="BandwidthPackage", package="package-attachment").standing()
    assert pairs(other) == {("cn-hangzhou", "me-east-1"): ("undetermined", None)}  # a package without China serves no such pair


def test_a_peer_that_stands_on_an_attached_package_known_by_its_id_alone_proves_it():
    def joined():
        return (
            enterprise().attach_package("cenbwp-1", "bound").peer("near", "far", 5, "peer", package="cenbwp-1", after=["bound"])
        )

    assert pairs(joined().standing()) == {("cn-hangzhou", "eu-central-1"): ("outside", 5)}
    assert not codes(joined().standing()) & {"CEN201", "CEN303"}
    assert pairs(joined()) == {("cn-hangzhou", "eu-central-1"): ("undetermined", None)}


def test_another_pair_of_its_areas_is_a_question_that_names_it():
    world = limited().attach("us-east-1", "backup").standing()
    finding = next(
        item for item in findings_of(world, rules=OF_NETWORKS).values() if item.area_pair == ("China", "North-America")
    )

    assert pairs(world)["cn-beijing", "us-east-1"] == ("undetermined", None)
    assert (finding.rule, finding.verdict) == ("CEN201", "undetermined")
    assert "limit limit (cn-beijing – us-west-1) stands" in finding.message
    assert "inventory" in finding.fix.summary
    assert finding.fix.edits == ()


def test_a_new_limit_of_its_areas_is_a_question():
    world = limited().attach("us-east-1", "backup").limit("cn-beijing", "us-east-1", 5, "more")

    assert "CEN207 undetermined more" in findings_of(world, rules=OF_NETWORKS)
    assert not [item for item in findings_of(world, rules=OF_NETWORKS).values() if item.level == "mandatory"]


def test_a_peer_joins_routers_and_needs_no_network_at_them():
    """The VPC of one end leaves: the router stays, and so does what the peer carries."""
    world = a_world().instance().router("cn-beijing", "near").router("eu-central-1", "far")
    world.attach_to("near", "shop", routed=False).attach_to("far", "plant").package(
        "China", "Europe", 10, "package", attached=False
    )
    world.peer("near", "far", 5, package="package").standing().deleted("shop")

    assert pairs(world) == {("cn-beijing", "eu-central-1"): ("outside", 5)}
    assert codes(world).isdisjoint({"CEN201", "CEN303", "CEN408"})


def test_the_routers_may_be_of_another_stack():
    """What the change does not take away stays, whoever has it."""
    world = a_world().instance().router("cn-beijing", "near").provider("eu", region="eu-central-1")
    world.attach_to("near", "shop", routed=False).package("China", "Europe", 10, "package", attached=False)
    world.attach_to("far", "plant", routed=False, provider="eu", transitRouterId="tr-far")
    world.peer("near", "far", 5, package="package", region="eu-central-1", peerTransitRouterId="tr-far", routed=False)
    world.standing().deleted("plant")

    assert pairs(world) == {("cn-beijing", "eu-central-1"): ("outside", 5)}
    assert codes(world).isdisjoint({"CEN201", "CEN303", "CEN408"})


def test_a_router_that_is_deleted_takes_what_joins_it():
    world = a_world().instance().router("cn-beijing", "near").router("eu-central-1", "far")
    world.attach_to("near", "shop", routed=False).attach_to("far", "plant", routed=False)
    world.package("China", "Europe", 10, "package", attached=False)
    world.peer("near", "far", 5, package="package", peerTransitRouterId="far-id", routed=False)
    world.standing().deleted("plant", "far")

    assert pairs(world) == {("cn-beijing", "eu-central-1"): ("not_attached", None)}
    assert {"CEN201", "CEN303", "CEN408"} <= codes(world)


def test_its_ends_are_attached_wherever_that_is_managed():
    world = a_world().instance().attach("cn-beijing", "shop").limit("cn-beijing", "us-west-1", 5, "limit").standing()

    assert_says(world, rules=OF_NETWORKS)
    assert_says(
        a_world().instance().attach("cn-beijing", "shop").standing().limit("cn-beijing", "us-west-1", 5, "limit", after=["shop"]),
        "CEN207 violated limit",
        "CEN210 violated limit",
        rules=OF_NETWORKS,
    )


def test_a_region_that_it_joins_with_one_attached_elsewhere_is_not_cut_off():
    world = a_world().instance().attach("cn-beijing", "shop").attach("eu-central-1", "branch")
    world.package("China", "Asia-Pacific", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit").standing()
    cut = [item for item in findings_of(world, rules=OF_NETWORKS).values() if item.rule == "CEN201"]

    assert all("cn-beijing is cut off" not in item.message and "cn-beijing and" not in item.message for item in cut)


def test_a_peer_that_stands_proves_its_package():
    world = enterprise().standing().peer("near", "far", 5, package="cenbwp-1", billing="BandwidthPackage").standing()

    assert pairs(world) == {("cn-hangzhou", "eu-central-1"): ("outside", 5)}
    assert not [item for item in findings_of(world, rules=OF_NETWORKS).values() if item.level == "mandatory"]


def test_a_new_peer_proves_nothing():
    world = enterprise().standing().peer("near", "far", 5, package="cenbwp-1", billing="BandwidthPackage")

    assert pairs(world)["cn-hangzhou", "eu-central-1"] == ("undetermined", None)


def beyond():
    """Beijing and London cut off from each other, and a package and a limit to Silicon Valley, where another stack attaches."""
    world = bare("cn-beijing", "eu-west-1").package("China", "North-America", 10, "package")
    return world.limit("cn-beijing", "us-west-1", 5, "limit").standing()


def test_a_limit_that_stands_proves_an_end_that_another_stack_attaches():
    assert pairs(beyond()) == {("cn-beijing", "eu-west-1"): ("no_package", None), ("cn-beijing", "us-west-1"): ("funded", 5)}
    said = findings_of(beyond(), rules=OF_NETWORKS)
    assert list(said) == ["CEN201 violated core"]
    assert "eu-west-1 is cut off" in said["CEN201 violated core"].message


def test_pairs_are_sorted_with_those_beyond_the_input():
    world = bare("cn-beijing", "us-east-1", "us-west-1").limit("cn-beijing", "eu-west-1", 5, "limit").standing()

    assert [pair.regions for pair in check([world.records()], Options()).pairs] == sorted(pairs(world))


def test_a_required_pair_is_met_where_another_stack_attaches_its_end():
    require = {"pairs": [{"regions": ["cn-beijing", "us-west-1"], "min_mbps": 5}]}
    settings = Settings(options={"CEN219": {"require": require}})

    assert "CEN219" not in {item.rule for item in check([beyond().records()], Options(settings=settings)).findings}


def test_an_end_beyond_the_input_is_drawn_explained_and_upgraded():
    network = beyond().assembled()

    assert [region.id for region in map_of(network)[0].regions] == ["cn-beijing", "eu-west-1", "us-west-1"]
    assert [proof.disposition for proof in prove(network, "us-west-1", "cn-beijing", None)] == ["funded"]


def test_a_limit_to_an_end_beyond_the_input_that_is_deleted_takes_its_pair_away():
    said = findings_of(beyond().deleted("limit"), rules=OF_NETWORKS)

    assert "CEN206 violated package" in said
    assert "CEN408 violated core (advisory)" in said


def test_where_deletions_are_not_shown_an_end_beyond_the_input_is_a_question():
    records = beyond().records()
    records.kind = SourceKind.ENGINE
    report = check([records], Options())

    assert [item.verdict for item in report.findings if item.rule == "CEN202"] == ["undetermined"]


# ---------------------------------------------------------------- void against the change itself


def joined():
    """Beijing and Silicon Valley with a package and a limit, deployed."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    return world.package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit").standing()


def test_a_limit_is_no_evidence_for_the_package_that_the_update_deletes():
    world = joined().deleted("package-attachment", "package")

    assert_says(world, "CEN201 violated core", "CEN207 violated limit", "CEN408 violated core", rules=OF_NETWORKS)


def test_a_limit_is_no_evidence_for_the_end_that_the_update_detaches():
    assert "CEN210 violated limit" in findings_of(joined().deleted("sales"), rules=OF_NETWORKS)


def test_a_limit_is_no_evidence_for_the_package_that_is_in_the_base_alone():
    after = (
        a_world()
        .instance()
        .attach("cn-beijing", "shop")
        .attach("us-west-1", "sales")
        .limit("cn-beijing", "us-west-1", 5, "limit")
    )
    report = check([after.records()], Options(base=(joined().records(),)))

    assert {item.rule for item in report.findings if item.level == "mandatory"} == {"CEN201", "CEN207", "CEN408"}


def test_a_limit_is_no_evidence_for_a_package_that_stands_as_deleted():
    records = joined().deleted("package-attachment", "package").records()
    records.gone, records.deleted = records.deleted, []

    assert {item.rule for item in check([records], Options()).findings if item.level == "mandatory"} >= {"CEN201", "CEN207"}


def test_where_deletions_are_not_shown_a_limit_leaves_its_pair_open():
    records = limited().records()
    records.kind = SourceKind.ENGINE
    report = check([records], Options())

    assert [(pair.disposition, pair.mbps) for pair in report.pairs] == [("undetermined", None)]
    assert {(item.rule, item.verdict) for item in report.findings} == {("CEN201", "undetermined"), ("CEN207", "undetermined")}
    assert len(report.blockers) == 1
    assert "pulumi preview --json --show-sames" in next(iter(report.blockers))


# ---------------------------------------------------------------- isolation, full and idle packages


def test_a_region_that_may_be_connected_is_not_cut_off_for_certain():
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    world.package("China", None, 10, "half").package("China", "Europe", 10, "ahead")

    assert "CEN202 violated ahead (advisory)" in findings_of(world, rules=OF_NETWORKS)


def test_a_full_package_is_full_and_not_idle():
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales").attach("us-east-1", "backup")
    world.package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 10, "limit")
    finding = findings_of(world, rules=OF_NETWORKS)["CEN206 violated package"]

    assert "is full" in finding.message
    assert finding.fix.edits == ()
    assert "Give the pairs" not in finding.fix.summary


def test_a_package_beside_pairs_that_pay_by_traffic_idles():
    world = enterprise().package("China", "Europe", 10, "package").peer("near", "far", 5, billing="DataTransfer")

    assert "CEN206 violated package (advisory)" in findings_of(world, rules=OF_NETWORKS)


def test_a_peer_by_traffic_that_names_a_package_is_told_to_drop_it():
    world = enterprise().package("China", "Europe", 10, "package")
    world.peer("near", "far", 50, billing="DataTransfer", package="package-attachment")
    said = findings_of(world, rules=OF_NETWORKS)

    assert [item.rule for item in said.values() if item.level == "mandatory"] == ["CEN304"]
    assert said["CEN304 violated peer"].fix.summary.startswith("Drop cen_bandwidth_package_id")
    assert pairs(world)["cn-hangzhou", "eu-central-1"] == ("broken", None)


def test_an_unknown_value_is_no_evidence():
    world = bare().on(UNKNOWN).limit("cn-beijing", "us-west-1", 5, "limit").standing()

    assert not [item for item in findings_of(world, rules=OF_NETWORKS).values() if item.level == "mandatory"]
