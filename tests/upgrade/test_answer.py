"""What a Basic network becomes: peers, packages, pairs, who reaches whom, and what is said of the rest."""

import pytest

from cenguard.findings.report import Prices
from cenguard.settings.model import Settings
from cenguard.testing import SECRET, UNKNOWN, a_world, an_inventory, of
from cenguard.upgrade import facts
from tests.upgrade.plans import answer, fates, names, peers, plan, whats

CN, US, EU = "cn-beijing", "us-west-1", "eu-central-1"


def basic():
    """Three regions, two packages, two limits; the third pair has none."""
    return (
        a_world()
        .instance("core")
        .attach(CN, "shop", cidr="10.1.0.0/16")
        .attach(US, "sales", cidr="10.2.0.0/16")
        .attach(EU, "plant", cidr="10.3.0.0/16")
        .package("China", "North-America", 20, "pacific")
        .package("China", "Europe", 10, "silk")
        .limit(CN, US, 20)
        .limit(CN, EU, 5)
        .standing()
    )


def test_each_limit_becomes_a_peer_at_its_mbps_on_its_package():
    found = answer(basic())

    assert peers(found) == {(CN, EU): (5, "package", "silk"), (CN, US): (20, "package", "pacific")}
    assert fates(found) == {"pacific": (20, "kept"), "silk": (5, "kept")}
    assert [item.region for item in found.routers] == [CN, EU, US]
    assert names(item.network for item in found.attachments) == ["plant-vpc", "sales-vpc", "shop-vpc"]
    assert {item.zones is None for item in found.attachments} == {True}
    assert found.keeps_everything
    assert found.result.mandatory == 0
    assert found.networks == ()
    assert found.imports == ()


def test_a_pair_without_a_limit_gets_no_peer_and_is_told_of():
    found = answer(basic())

    (without,) = [item for item in found.pairs if item.regions == (EU, US)]
    assert (without.mbps_before, without.mbps) == (None, None)
    (told,) = [item.what for item in found.changes if item.what.startswith(facts.NO_TEST_BANDWIDTH.what)]
    assert told.endswith(f": {EU} – {US}")
    assert found.stops == ()


def test_a_region_that_has_no_mbps_to_any_other_stops():
    world = a_world().instance().attach(CN, "shop").attach(US, "sales").attach(EU, "plant")
    found = answer(world.package("China", "North-America", 5).limit(CN, US, 5).standing())

    (told,) = found.stops
    assert told.what == f"{facts.REGION_ALONE.what}: {EU}"
    assert names(told.about) == ["plant-vpc"]
    assert not found.keeps_everything


@pytest.mark.parametrize(
    ("billing", "paid", "fate"),
    [
        ("package", ("package", "package"), ("too-small", "kept")),
        ("traffic", ("traffic", "traffic"), ("idle", "idle")),
        ("as-is", ("traffic", "package"), ("idle", "kept")),
    ],
)
def test_an_overdrawn_package_is_never_raised_in_silence(billing, paid, fate):
    world = a_world().instance().attach(CN, "shop").attach(US, "sales").attach("us-east-1", "lab").attach(EU, "plant")
    world.package("China", "North-America", 10, "pacific").package("China", "Europe", 5, "silk")
    world.limit(CN, US, 8).limit(CN, "us-east-1", 4).limit(CN, EU, 5).standing()
    found = answer(world, billing=billing)

    here = peers(found)
    assert {regions: item[0] for regions, item in here.items()} == {(CN, US): 8, (CN, "us-east-1"): 4, (CN, EU): 5}
    assert (here[CN, US][1], here[CN, EU][1]) == paid
    assert here[CN, "us-east-1"][1] == paid[0]
    assert tuple(item[1] for _, item in sorted(fates(found).items())) == fate
    before = {item.regions: (item.disposition_before, item.mbps_before, item.mbps) for item in found.pairs if item.mbps_before}
    assert before[CN, US] == ("overdrawn", 8, 8)
    assert found.keeps_everything is (billing != "package")
    assert (found.result.mandatory == 0) is (billing != "package")


def test_a_package_that_nothing_draws_on_is_idle():
    found = answer(basic().package("Europe", "North-America", 2, "atlantic").standing())

    assert fates(found)["atlantic"] == (0, "idle")
    assert found.keeps_everything
    assert "atlantic" in found.steps[-1].do


def test_routers_that_the_upgrade_leaves_standing_are_imported_before_anything_is_deployed():
    """The service refuses a second router in a region, also beside one that it has upgraded itself."""
    said = [step.do.split(":")[0] for step in answer(basic()).steps]

    upgraded, imported, deployed = (
        next(at for at, what in enumerate(said) if what.startswith(start))
        for start in ("Have the Basic routers", "Import the routers", "Deploy")
    )
    assert upgraded < imported < deployed


def test_a_limit_that_stands_without_its_package_is_outside():
    """A peer at its Mbps; the package is named as unknown, and nothing is lost by that."""
    world = a_world().instance().attach(CN, "shop").attach(US, "sales").limit(CN, US, 6).standing()
    found = answer(world)

    assert peers(found) == {(CN, US): (6, "package", None)}
    (pair,) = found.pairs
    assert (pair.disposition_before, pair.mbps_before, pair.mbps, pair.disposition) == ("outside", 6, 6, "outside")
    assert any("China/North-America package" in what for what in whats(found.unknown))
    assert found.keeps_everything
    assert found.result.mandatory == 0


def test_an_inventory_tells_the_package():
    inventory = an_inventory(packages=[("cenbwp-1", "China", "North-America", 6, "core-id")])
    world = a_world().instance().attach(CN, "shop").attach(US, "sales").limit(CN, US, 6).standing()
    found = answer(world.inventory(inventory))

    assert peers(found) == {(CN, US): (6, "package", "cenbwp-1")}
    assert fates(found) == {"cenbwp-1": (6, "kept")}
    assert found.keeps_everything


@pytest.mark.parametrize("value", [SECRET, UNKNOWN])
def test_mbps_that_are_not_known_are_null_and_named(value):
    world = a_world().instance().attach(CN, "shop").attach(US, "sales").package("China", "North-America", 5)
    found = answer(world.limit(CN, US, value, "secret-limit"))

    assert peers(found)[CN, US][0] is None
    (told,) = [item for item in found.unknown if item.what.startswith("how many Mbps")]
    assert names(told.about) == ["secret-limit"]
    assert not found.keeps_everything
    assert found.result.mandatory == 0


def test_two_vbrs_are_told_of_and_one_is_not():
    one = answer(a_world().instance().attach(CN, "line", "VBR").attach(CN, "shop").standing())
    two = answer(a_world().instance().attach(CN, "line", "VBR").attach(CN, "spare", "VBR").attach(CN, "shop").standing())

    assert facts.VBR_TO_VBR.what not in whats(one.unknown)
    (told,) = [item for item in two.unknown if item.what == facts.VBR_TO_VBR.what]
    assert names(told.about) == ["line-vbr", "spare-vbr"]
    assert one.keeps_everything
    assert two.keeps_everything
    assert two.networks == ()


def test_vbrs_that_a_map_of_today_lets_talk_are_not_certain_to_talk_then():
    world = a_world().instance().attach(CN, "line", "VBR").attach(CN, "spare", "VBR")
    world.resource(
        "alicloud:cen/routeMap:RouteMap",
        "open",
        {
            "cenId": of("core"),
            "cenRegionId": CN,
            "mapResult": "Permit",
            "priority": 3,
            "transmitDirection": "RegionOut",
            "sourceChildInstanceTypes": ["VBR"],
            "destinationChildInstanceTypes": ["VBR"],
        },
    ).standing()
    found = answer(world)

    assert [(item.before, item.after) for item in found.networks] == [("reachable", "undetermined")]
    assert not found.keeps_everything


def test_a_ccn_stays_and_what_it_had_for_nothing_stops():
    world = a_world().instance().attach(CN, "shop").attach("ccn-cn-shanghai", "branches", "CCN")
    found = answer(world.standing())

    assert [(item.kind, item.region, item.zones) for item in found.attachments if item.kind == "CCN"] == [
        ("CCN", "ccn-cn-shanghai", {})
    ]
    assert [item.region for item in found.routers] == [CN]
    assert [item.what.startswith(facts.CCN_FREE.what) for item in found.stops] == [True]
    assert found.peers == ()
    assert not found.keeps_everything
    assert found.costs.connections == 2


def test_a_limit_of_a_ccn_pair_is_a_peer_that_is_not_known():
    world = a_world().instance().attach(CN, "shop").attach("ccn-eu-central-1", "branches", "CCN")
    found = answer(world.package("China", "Europe", 5, "silk").limit(CN, "ccn-eu-central-1", 5).standing())

    assert peers(found) == {("ccn-eu-central-1", CN): (None, "package", "silk")}
    assert any(what.startswith(facts.CCN_PAIR.what) for what in whats(found.unknown))
    assert [(item.disposition, item.mbps) for item in found.pairs] == [("undetermined", None)]
    assert found.result.mandatory == 0  # what is not known is no fault of the new network
    assert not found.keeps_everything


def test_a_ccn_of_the_same_place_is_not_known_to_be_reached():
    found = answer(a_world().instance().attach("cn-shanghai", "shop").attach("ccn-cn-shanghai", "branches", "CCN").standing())

    assert [(item.disposition_before, item.disposition) for item in found.pairs] == [("same_region", "same_region")]
    assert [(item.before, item.after) for item in found.networks] == [("reachable", "undetermined")]
    assert any(what.startswith("whether a CCN reaches the Enterprise router of its own region") for what in whats(found.unknown))


def test_a_limit_that_stands_joins_what_another_stack_attaches():
    world = a_world().instance().attach(CN, "shop").package("China", "North-America", 5, "pacific").limit(CN, US, 5).standing()
    found = answer(world)

    assert peers(found) == {(CN, US): (5, "package", "pacific")}
    assert [item.region for item in found.routers] == [CN, US]
    assert any(what.startswith(f"which networks are attached in {US}") for what in whats(found.unknown))


def test_a_package_that_a_region_of_uncertain_area_may_draw_on_is_kept():
    world = a_world().instance().attach("na-south-1", "site").attach(US, "sales")
    world.package("North-America", "North-America", 5, "inner").package("China", "Europe", 5, "silk")
    found = answer(world.limit("na-south-1", US, 5).standing())

    assert {name: fate for name, (_, fate) in fates(found).items()} == {"inner": "kept", "silk": "idle"}
    assert peers(found) == {("na-south-1", US): (5, "package", None)}


def test_a_network_is_attached_as_what_it_is():
    """A leased line that the program attaches as a VPC is refused on Basic Edition; it becomes the attachment of a VBR."""
    world = a_world().instance().network(CN, "line", "VBR").attach(CN, "wrong", "VPC", network="line")

    assert [(item.kind, item.zones) for item in answer(world).attachments] == [("VBR", {})]


def test_a_ccn_in_a_plain_region_has_no_attachment():
    found = answer(a_world().instance().attach(CN, "shop").attach("cn-shanghai", "branches", "CCN"))

    assert [item.kind for item in found.attachments] == ["VPC"]
    assert [item.what.startswith(facts.CCN_IN_PLAIN_REGION.what) for item in found.stops] == [True]


def test_a_route_service_stops_and_a_private_zone_is_not_known():
    world = basic()
    inputs = {
        "cenId": of("core"),
        "accessRegionId": CN,
        "host": "100.118.28.0/24",
        "hostRegionId": CN,
        "hostVpcId": of("shop-vpc"),
    }
    world.resource("alicloud:cen/routeService:RouteService", "oss", inputs)
    world.resource("alicloud:cen/privateZone:PrivateZone", "dns", {key: inputs[key] for key in inputs if key != "host"})
    found = answer(world.standing())

    assert [(item.what, names(item.about)) for item in found.stops] == [(facts.ROUTE_SERVICE.what, ["oss"])]
    assert facts.PRIVATE_ZONE_AFTER.what in whats(found.unknown)
    assert not found.keeps_everything


def test_another_accounts_network_is_a_change():
    found = answer(basic().attach(EU, "guest", childInstanceOwnerId="1234567890123456").standing())

    (told,) = [item for item in found.changes if item.what == facts.CROSS_ACCOUNT.what]
    assert names(told.about) == ["guest-vpc"]
    assert found.keeps_everything


def test_networks_that_are_kept_apart_stay_apart():
    """A map that denies the routes of one network is one of the region's new table, and denies the same."""
    world = basic().attach(CN, "lab", cidr="10.9.0.0/16")
    world.resource(
        "alicloud:cen/routeMap:RouteMap",
        "no-lab",
        {
            "cenId": of("core"),
            "cenRegionId": CN,
            "mapResult": "Deny",
            "priority": 10,
            "transmitDirection": "RegionIn",
            "sourceInstanceIds": [of("lab-vpc")],
        },
    )
    found = plan(world.standing())

    assert found.answer.networks == ()
    assert [(item.what, names([item.from_])) for item in found.answer.carried] == [("route map", ["no-lab"])]
    (carried,) = found.carried
    assert carried.properties["sourceInstanceIds"] == ["lab-vpc-id"]
    assert carried.properties["transitRouterRouteTableId"].urn == "new:core-cn-beijing-table"
    assert found.answer.keeps_everything


def test_a_map_of_todays_tables_is_not_carried():
    world = basic().resource(
        "alicloud:cen/routeMap:RouteMap",
        "odd",
        {
            "cenId": of("core"),
            "cenRegionId": CN,
            "mapResult": "Deny",
            "priority": 10,
            "transmitDirection": "RegionIn",
            "sourceRouteTableIds": ["vtb-1"],
        },
    )
    found = answer(world.standing())

    assert found.carried == ()
    (told,) = [item for item in found.unknown if item.what == facts.ROUTE_MAP_MEANING.what]
    assert names(told.about) == ["odd"]


def test_routes_that_are_advertised_and_grants_are_carried():
    world = basic().resource(
        "alicloud:cen/routeEntry:RouteEntry",
        "to-nat",
        {"instanceId": of("core"), "routeTableId": of("shop-vpc", "routeTableId"), "cidrBlock": "0.0.0.0/0"},
    )
    world.resource(
        "alicloud:cen/instanceGrant:InstanceGrant",
        "lent",
        {"cenId": of("core"), "cenOwnerId": "1", "childInstanceId": of("plant-vpc")},
    )
    found = answer(world.standing())

    assert [(item.what.split(" ")[0], names([item.from_])) for item in found.carried] == [
        ("advertised", ["to-nat"]),
        ("grant", ["lent"]),
    ]
    assert "TransitRouterGrantAttachment" in found.carried[1].to
    assert {facts.ADVERTISED_ROUTE.what, facts.GRANT_OF_BASIC.what} <= set(whats(found.unknown))
    assert found.keeps_everything


def test_a_network_that_is_attached_twice_is_attached_once():
    world = a_world().instance().attach(CN, "shop").attach(CN, "again", network="shop-vpc")

    assert names(item.network for item in answer(world.standing()).attachments) == ["shop-vpc"]


def test_money_is_told_by_the_users_own_prices():
    prices = Prices(
        currency="USD", mbps_month={("China", "North-America"): 100.0, ("China", "Europe"): 120.0}, connection_hour=0.05
    )
    world = basic()
    told = answer(world, settings=Settings(prices=prices)).costs
    without = answer(world).costs

    assert (told.packages_kept, told.packages_idle) == (20 * 100 + 10 * 120, 0)
    assert (told.connections, told.connection_hours) == (3 + 2 * 2, 730 * 7)
    assert told.amount == round(3200 + 730 * 7 * 0.05, 2)
    assert (without.currency, without.packages_kept, without.amount, without.connections) == (None, None, None, 7)


def test_the_order_of_resources_says_nothing():
    first = basic()
    second = (
        a_world()
        .instance("core")
        .attach(EU, "plant", cidr="10.3.0.0/16")
        .attach(US, "sales", cidr="10.2.0.0/16")
        .attach(CN, "shop", cidr="10.1.0.0/16")
        .package("China", "Europe", 10, "silk")
        .package("China", "North-America", 20, "pacific")
        .limit(EU, CN, 5, f"{CN}-{EU}")
        .limit(US, CN, 20, f"{CN}-{US}")
        .standing()
    )

    assert answer(first) == answer(second)


def test_what_stands_and_what_is_only_planned_become_the_same():
    """Of a first preview no id is known; the answer does not hang on ids."""
    standing, planned = answer(basic()), plan(_planned())

    assert planned.ids.made
    assert (standing.peers, standing.attachments, standing.pairs, standing.result) == (
        planned.answer.peers,
        planned.answer.attachments,
        planned.answer.pairs,
        planned.answer.result,
    )


def _planned():
    return (
        a_world()
        .instance("core")
        .attach(CN, "shop", cidr="10.1.0.0/16")
        .attach(US, "sales", cidr="10.2.0.0/16")
        .attach(EU, "plant", cidr="10.3.0.0/16")
        .package("China", "North-America", 20, "pacific")
        .package("China", "Europe", 10, "silk")
        .limit(CN, US, 20)
        .limit(CN, EU, 5)
    )
