"""What a program reads with `.get` is one thing by its id, on every road and under whatever names."""

import pytest

from cenguard.judging.check import check, network_of
from cenguard.judging.options import Options
from cenguard.resources import tokens
from cenguard.resources.records import SECRET_SIGNATURE, SIGNATURE, Change, SourceKind
from cenguard.rules import RULES
from cenguard.testing import UNKNOWN, a_world, said

ROADS = ("program", "preview", "export", "plan", "engine")


def on(road, world):
    """The network of a world as a road shows it: a plan and the engine's call do not list what is read."""
    records = world.records()
    records.kind = SourceKind(road)
    if road in ("plan", "engine"):
        records.resources = [item for item in records.resources if item.change is not Change.READ]
    return network_of([records], Options())


def shelves():
    """Two names read one VPC, two read one instance, and each pair meets."""
    return (
        a_world()
        .instance("hall", read="cen-hall")
        .instance("hall-again", read="cen-hall")
        .network("cn-beijing", "poems", read="vpc-shelf9")
        .network("cn-beijing", "plays", read="vpc-shelf9")
        .on("hall")
        .attach("cn-beijing", "a", network="poems")
        .on("hall-again")
        .attach("cn-beijing", "b", network="plays")
    )


@pytest.mark.parametrize("road", ROADS)
def test_two_names_of_one_thing_are_one_thing(road):
    network = on(road, shelves())
    rules = [rule for rule in RULES if rule.code in ("CEN102", "CEN104")]

    assert [item.id for item in network.instances] == ["cen-hall"]
    assert list(said(network, rules=rules)) == ["CEN104 violated b"]


@pytest.mark.parametrize("road", ROADS)
def test_packages_and_routers_that_are_read_twice_are_one(road):
    network = on(
        road,
        a_world()
        .instance()
        .read_package("bought", "cenbwp-1")
        .read_package("bought-again", "cenbwp-1")
        .attach_package("bought", "first")
        .instance("second")
        .attach_package("bought-again", "again"),
    )

    assert [item.id for item in network.packages] == ["cenbwp-1"]
    (sentence,) = said(network, rules=[rule for rule in RULES if rule.code == "CEN205"])
    assert sentence == "CEN205 violated bought"


def test_an_id_that_is_not_known_yet_joins_nothing():
    world = (
        a_world()
        .instance()
        .network("cn-beijing", "poems", read=UNKNOWN)
        .attach("cn-beijing", "a", network="poems")
        .attach("cn-beijing", "b", network="vpc-shelf9")
    )

    assert said(on("engine", world), rules=[rule for rule in RULES if rule.code in ("CEN102", "CEN104")]) == {}


def test_a_secret_of_a_package_that_is_read_is_not_printed():
    hidden = {SIGNATURE: SECRET_SIGNATURE, "plaintext": '"China"'}
    bought = {"geographicRegionAId": hidden, "geographicRegionBId": "North-America", "bandwidth": {**hidden, "plaintext": "10"}}
    world = (
        a_world()
        .instance()
        .attach("cn-beijing", "poems")
        .attach("us-west-1", "plays")
        .read_package("bought", "cenbwp-1", **bought)
        .attach_package("bought")
        .limit("cn-beijing", "us-west-1", mbps=4000)
    )
    found = check([world.records()], Options())
    package = world.assembled().packages[0]

    assert "plaintext" not in repr(found.findings)
    assert {f"{item.rule} {item.verdict}" for item in found.findings if item.rule in ("CEN202", "CEN207", "CEN208")} >= {
        "CEN202 undetermined"
    }
    assert package.mbps is None
    assert "is a secret" in package.mbps_blocker.text


@pytest.mark.parametrize("road", ["preview", "export", "engine"])
def test_an_instance_that_a_router_hands_on_is_the_instance_and_not_the_router(road):
    """`cen_id=router.cen_id` is known where the router names an instance of another stack by its id."""
    world = a_world().on("cen-9").router("cn-beijing", "hub").attach_to("hub", "poems")
    records = world.records()
    records.kind = SourceKind(road)
    (router,) = [item for item in records.resources if item.type == tokens.ROUTER]
    router.id = None
    for item in records.resources:
        if item.type == tokens.VPC_ATTACHMENT:
            item.inputs["cenId"] = "cen-9"
            item.property_dependencies = {**item.property_dependencies, "cenId": (router.urn,)}
    network = network_of([records], Options())

    assert [(item.id, item.name, item.urn) for item in network.instances] == [("cen-9", "cen-9", None)]


def test_an_instance_that_an_unlisted_router_hands_on_is_no_router():
    world = a_world().on("cen-9").router("cn-beijing", "hub").attach_to("hub", "poems")
    records = world.records()
    records.kind = SourceKind.ENGINE
    (router,) = [item for item in records.resources if item.type == tokens.ROUTER]
    records.resources.remove(router)
    for item in records.resources:
        if item.type == tokens.VPC_ATTACHMENT:
            item.inputs["cenId"] = "cen-9"
            item.property_dependencies = {**item.property_dependencies, "cenId": (router.urn,)}
    network = network_of([records], Options())

    assert [(item.id, item.name, item.urn) for item in network.instances] == [("cen-9", "cen-9", None)]


@pytest.mark.parametrize("name", ["a-look", "z-look"])
@pytest.mark.parametrize("kind", ["table", "vSwitch"])
def test_what_a_program_makes_and_reads_is_what_it_makes(kind, name):
    """Whichever of its names comes first: the table that was read was another one, and the routes of its networks were not known."""
    world = a_world().instance().router("cn-beijing", "hub")
    for key in ("shop", "plant"):
        world.attach_to("hub", key, network=f"vpc-{key}")
    world.vswitch("vpc-shop", "10.1.0.0/24", "cn-beijing-z", "vsw-shop-0")
    if kind == "table":
        world.resource(tokens.ROUTE_TABLE, name, {})
    else:
        world.vswitch("vpc-shop", None, None, name)
    records = world.standing().records()
    read = next(item for item in records.resources if item.name == name)
    made = next(item for item in records.resources if item.type == read.type and item is not read)
    made.id = "cen-1:tr-1:vtb-1" if kind == "table" else "vsw-shop-0"
    read.id, read.change, read.external, read.inputs = made.id, Change.READ, True, {}
    for item in records.resources:
        if item.name.startswith("shop-in"):
            item.property_dependencies = {**item.property_dependencies, "transitRouterRouteTableId": (read.urn,)}
        if item.name == "shop":
            item.change = Change.CREATE
    network = network_of([records], Options())
    if kind == "table":
        assert (
            network.routing.by_address[next(item.urn for item in network.attachments if item.name == "shop")][0]
            .associations[0]
            .table.declared
        )
    else:
        assert "CEN319 violated shop" in said(network, rules=[rule for rule in RULES if rule.code == "CEN319"])
