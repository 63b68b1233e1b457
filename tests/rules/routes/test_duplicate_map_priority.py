"""CEN329: the maps of one table have priorities of their own."""

from time import process_time

from cenguard.rules.routes import duplicate_map_priority
from cenguard.rules.routes.parts import routing_of
from cenguard.testing import UNKNOWN, of, unknown_from
from tests.network.routes.estates import one_router
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def maps(**second):
    """Two maps."""
    stated = {"name": "second", "region": "cn-hangzhou", "direction": "RegionIn", "priority": 10, **second}
    return one_router().map("first", "cn-hangzhou", "RegionIn").map(**stated)


test_duplicate_map_priority = table(
    duplicate_map_priority.RULE,
    case("one priority", maps(), "violated second"),
    case("two priorities", maps(priority=20)),
    case("two directions", maps(direction="RegionOut")),
    case("two regions", maps(region="cn-beijing")),
    case("two tables", maps(transitRouterRouteTableId=of("near-table", "transitRouterRouteTableId"))),
    case("what stands", maps().standing()),
    case("a new one beside one that stands, whatever their names", maps().standing("second"), "violated first"),
    case("a priority that is not known", maps(priority=UNKNOWN), "undetermined second"),
    case("nor that of the first", maps(priority=UNKNOWN).standing("first"), "undetermined second"),
    case("in another direction", maps(priority=UNKNOWN, direction="RegionOut")),
    case("of a map that stands beside a new one", maps(priority=UNKNOWN).standing("second"), "undetermined first"),
    case("of what stands", maps(priority=UNKNOWN).standing()),
    case("a region that is not known", maps(region=UNKNOWN), "undetermined second"),
    case("a region that is not known, and another priority", maps(region=UNKNOWN, priority=20)),
    case("a direction that is not known", maps(direction=UNKNOWN), "undetermined second"),
    case(
        "one that is not known beside one that collides",
        maps().map("third", "cn-hangzhou", "RegionIn", priority=UNKNOWN),
        "violated second",
        "undetermined third",
    ),
    case("a map of an instance that is not known", maps(cenId=UNKNOWN), "undetermined second"),
    case("of another priority", maps(cenId=UNKNOWN, priority=20)),
    case(
        "beside one of its instance that collides",
        maps(cenId=UNKNOWN).map("third", "cn-hangzhou", "RegionIn"),
        "undetermined second",
        "violated third",
    ),
    case(
        "of two instances that are not known",
        maps(cenId=UNKNOWN)
        .map("third", "cn-hangzhou", "RegionIn", priority=30, cenId=UNKNOWN)
        .map("fourth", "cn-hangzhou", "RegionIn", priority=30, cenId=UNKNOWN),
        "undetermined second",
        "undetermined third",
    ),
    case("that stands, beside a new one", maps(cenId=UNKNOWN).standing("second"), "undetermined first"),
    case("that stand both", maps(cenId=UNKNOWN).standing()),
    case(
        "priorities that are none",
        one_router().map("a", "cn-hangzhou", "RegionIn", priority=None).map("b", "cn-hangzhou", "RegionIn", priority=None),
    ),
    case(
        "nor can be read",
        one_router().map("a", "cn-hangzhou", "RegionIn", priority="x").map("b", "cn-hangzhou", "RegionIn", priority="y"),
    ),
    case("the only map", one_router().map("first", "cn-hangzhou", "RegionIn", priority=UNKNOWN)),
)


def of_one_of(*instances, beside="cn-hangzhou"):
    """A map of three instances each, and one more of which only some instances are known that it may be of."""
    world = one_router().instance("two").instance("three")
    for name, priority in (("core", 10), ("two", 20), ("three", 30)):
        world.map(f"map-{name}", "cn-hangzhou", "RegionIn", priority=priority, cenId=of(name))
    return world.map("some-map", beside, "RegionIn", priority=20, cenId=unknown_from(*instances))


test_maps_of_one_of_several_instances = table(
    duplicate_map_priority.RULE,
    case("one of them has its priority", of_one_of("core", "two"), "undetermined some-map"),
    case("none of them has", of_one_of("core", "three")),
    case("in another region", of_one_of("core", "two", beside="cn-beijing")),
    case(
        "beside another of the same few",
        of_one_of("core", "three").map("a-map", "cn-hangzhou", "RegionIn", priority=20, cenId=unknown_from("three", "core")),
        "undetermined some-map",
    ),
    case(
        "beside one of any instance",
        of_one_of("core", "three").map("any-map", "cn-hangzhou", "RegionIn", priority=30, cenId=UNKNOWN),
        "undetermined map-three",
    ),
    case(
        "a map that comes later, of an instance that an earlier one may be of",
        of_one_of("core", "two")
        .map("z-map", "cn-hangzhou", "RegionIn", priority=40, cenId=unknown_from("core", "two"))
        .map("zz-map", "cn-hangzhou", "RegionIn", priority=40, cenId=of("two")),
        "undetermined some-map",
        "undetermined zz-map",
    ),
)


def test_maps_of_as_many_unknown_instances_take_no_time_each_with_each():
    count, estate = 600, one_router()
    for number in range(count):
        estate.instance(f"instance-{number}")
    for number in range(count):
        mine = unknown_from(f"instance-{number}", f"instance-{(number + 1) % count}")
        estate.map(f"map-{number}", "cn-hangzhou", "RegionIn", priority=number, cenId=mine)
    network = estate.assembled()
    routing_of(network)
    before = process_time()

    assert not [*duplicate_map_priority.check(network)]
    assert process_time() - before < 0.5  # each with each took a second


def test_maps_of_regions_that_nobody_knows_take_no_time_each_with_each():
    estate = one_router()
    for number in range(1500):
        estate.map(f"map-{number}", UNKNOWN, "RegionIn", priority=number, cenId=UNKNOWN if number % 2 else of("core"))
    network = estate.assembled()
    routing_of(network)
    before = process_time()

    assert not [*duplicate_map_priority.check(network)]
    assert process_time() - before < 2  # each with each took eight seconds
