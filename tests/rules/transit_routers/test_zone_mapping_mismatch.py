"""CEN319: a VPC attachment maps zones of its router's region, each once, with a vSwitch of the VPC in that zone."""

import pytest

from cenguard.geography.catalogue import default_catalogue
from cenguard.geography.zones import lies_in
from cenguard.rules.transit_routers import zone_mapping_mismatch
from cenguard.testing import UNKNOWN, a_world, of, said
from tests.rules.tables import case, table


def hall(*zones, region="ap-southeast-6", **inputs):
    """A VPC attachment with some zones, and a vSwitch of another stack in each."""
    mappings = [{"zoneId": zone, "vswitchId": f"vsw-{index}"} for index, zone in enumerate(zones)]
    world = a_world().instance().router(region, "near")
    return world.attach_to("near", "hall", network="vpc-hall7", **{"zoneMappings": mappings, **inputs})


def made(zone, *, owner="hall-vpc", mapped="cn-hangzhou-h", standing=False):
    """An attachment that maps a vSwitch of the program, which may lie somewhere else."""
    world = a_world().instance().router("cn-hangzhou", "near").network("cn-hangzhou", "hall-vpc").network("cn-hangzhou", "other")
    world.vswitch(owner, "10.0.1.0/24", zone, "left")
    if standing:
        world.standing()
    mappings = [{"zoneId": mapped, "vswitchId": of("left")}, {"zoneId": "cn-hangzhou-i", "vswitchId": "vsw-elsewhere"}]
    return world.attach_to("near", "hall", network="hall-vpc", zoneMappings=mappings)


def both(first, second, *, switches=("left", "right"), standing=()):
    """An attachment that maps two vSwitches of the program, new but for those that stand, in the zones J and K."""
    world = a_world().instance().router("cn-hangzhou", "near").network("cn-hangzhou", "hall-vpc")
    world.vswitch("hall-vpc", "10.0.1.0/24", first, "left").vswitch("hall-vpc", "10.0.2.0/24", second, "right")
    if standing:
        world.standing(*standing)
    zones = ("cn-hangzhou-j", "cn-hangzhou-k")
    mappings = [{"zoneId": zone, "vswitchId": of(name)} for zone, name in zip(zones, switches, strict=True)]
    return world.attach_to("near", "hall", network="hall-vpc", zoneMappings=mappings)


def somewhere(*zones, home="somewhere", switches=("cn-hangzhou-j", "cn-hangzhou-k")):
    """An attachment to a router whose region the environment says, and new vSwitches in some zones."""
    world = a_world().instance().provider("somewhere", region=UNKNOWN).provider("elsewhere", region=UNKNOWN)
    world.router(None, "near", provider="somewhere").network("", "hall-vpc", provider=home)
    for number, zone in enumerate(switches):
        world.vswitch("hall-vpc", f"10.0.{number}.0/24", zone, f"part-{number}")
    mappings = [{"zoneId": zone, "vswitchId": of(f"part-{number}")} for number, zone in enumerate(zones)]
    return world.attach_to("near", "hall", network="hall-vpc", zoneMappings=mappings)


OTHERS = [{"zoneId": "ap-southeast-6a", "vswitchId": "vsw-0"}]

test_zone_mapping_mismatch = table(
    zone_mapping_mismatch.RULE,
    case("two zones of the router's region", hall("ap-southeast-6a", "ap-southeast-6b")),
    case(
        "a region under its legacy name", hall("cn-shenzhen-finance-1a", "cn-shenzhen-finance-1b", region="cn-shenzhen-finance")
    ),
    case("a zone of another region", hall("ap-southeast-6a", "ap-southeast-7a"), "violated hall"),
    case("the id of the region is no zone", hall("ap-southeast-6"), "violated hall"),
    case("a letter alone is no zone", hall("h", region="cn-hangzhou"), "violated hall"),
    case(
        "the finance cloud of Shanghai is not Shanghai, whose name it begins with",
        hall("cn-shanghai-f", "cn-shanghai-finance-1a", region="cn-shanghai"),
        "violated hall",
    ),
    case("a zone of the finance cloud in it", hall("cn-shanghai-finance-1a", region="cn-shanghai-finance-1")),
    case("a region that is newer than the catalogue has zones of its name", hall("xx-new-9a", "xx-new-9b", region="xx-new-9")),
    case("one zone twice", hall("ap-southeast-6a", "ap-southeast-6a"), "violated hall"),
    case(
        "one vSwitch twice",
        hall(
            zoneMappings=[
                {"zoneId": "ap-southeast-6a", "vswitchId": "vsw-1"},
                {"zoneId": "ap-southeast-6b", "vswitchId": "vsw-1"},
            ]
        ),
        "violated hall",
    ),
    case("a vSwitch of the program in its zone and VPC", made("cn-hangzhou-h")),
    case("a vSwitch of the program in another zone", made("cn-hangzhou-g"), "violated hall"),
    case("one that stands, and is known by its id", made("cn-hangzhou-g", standing=True), "violated hall"),
    case("a vSwitch of the program in another VPC", made("cn-hangzhou-h", owner="other"), "violated hall"),
    case("a vSwitch of a VPC that nobody knows yet may be right", made("cn-hangzhou-h", owner=UNKNOWN)),
    case("a vSwitch of a zone that nobody knows yet may be right", made(UNKNOWN), "undetermined hall"),
    case("two new vSwitches in the zones they are mapped for", both("cn-hangzhou-j", "cn-hangzhou-k")),
    case("two new vSwitches of one zone, mapped for two", both("cn-hangzhou-j", "cn-hangzhou-j"), "violated hall"),
    case("one of them in a third zone, beside one that nobody knows", both("cn-hangzhou-h", UNKNOWN), "violated hall"),
    case("one of them in its zone, beside one that nobody knows", both("cn-hangzhou-j", UNKNOWN), "undetermined hall"),
    case(
        "a new vSwitch in the zone of one that stands, mapped for two",
        both("cn-hangzhou-j", "cn-hangzhou-j", standing=["left"]),
        "violated hall",
    ),
    case("a new vSwitch beside one that stands, each in its zone", both("cn-hangzhou-j", "cn-hangzhou-k", standing=["left"])),
    case("two new vSwitches, one of them in a third zone", both("cn-hangzhou-j", "cn-hangzhou-h"), "violated hall"),
    case(
        "one new vSwitch for two zones",
        both("cn-hangzhou-j", "cn-hangzhou-k", switches=("left", "left")),
        "violated hall",
    ),
    case("a zone that is not known stays open", hall("ap-southeast-6a", UNKNOWN), "undetermined hall"),
    case("a zone that is wrong is wrong beside an unknown one", hall("ap-southeast-7a", UNKNOWN), "violated hall"),
    case("mappings that are not known as a whole stay open", hall(zoneMappings=UNKNOWN), "undetermined hall"),
    case(
        "the zones of a router of unknown region stay open",
        a_world()
        .instance()
        .provider("somewhere", region=UNKNOWN)
        .router(None, "near", provider="somewhere")
        .attach_to("near", "hall"),
        "undetermined hall",
    ),
    case(
        "zones of vSwitches that the router's provider makes are zones of its region",
        somewhere("cn-hangzhou-j", "cn-hangzhou-k"),
    ),
    case(
        "those of another provider's may lie elsewhere",
        somewhere("cn-hangzhou-j", "cn-hangzhou-k", home="elsewhere"),
        "undetermined hall",
    ),
    case(
        "a zone that is not known says nothing",
        somewhere("cn-hangzhou-j", UNKNOWN, switches=("cn-hangzhou-j", UNKNOWN)),
        "undetermined hall",
    ),
    case(
        "a vSwitch in another zone is wrong wherever the router lies",
        somewhere("cn-hangzhou-j", "cn-hangzhou-h"),
        "violated hall",
    ),
    case(
        "zones of two regions are wrong wherever the router lies",
        a_world()
        .instance()
        .provider("somewhere", region=UNKNOWN)
        .router(None, "near", provider="somewhere")
        .attach_to(
            "near",
            "hall",
            zoneMappings=[{"zoneId": "cn-hangzhou-h", "vswitchId": "v-1"}, {"zoneId": "us-west-1a", "vswitchId": "v-2"}],
        ),
        "violated hall",
    ),
    case("what stands was accepted", hall("ap-southeast-7a").standing()),
    case(
        "and is accepted still when its description changes",
        hall("ap-southeast-7a").standing().updated("hall", description="old"),
    ),
    case(
        "one that maps other zones now", hall("ap-southeast-7a").standing().updated("hall", zoneMappings=OTHERS), "violated hall"
    ),
    case("a leased line has no zones", a_world().instance().router("cn-hangzhou", "near").attach_to("near", "line", "VBR")),
)


def test_the_message_names_both_regions():
    (message,) = said(hall("ap-southeast-6a", "ap-southeast-7a"), rules=[zone_mapping_mismatch.RULE]).values()

    assert message == "hall maps zone ap-southeast-7a of ap-southeast-7, and its router lies in ap-southeast-6."


@pytest.mark.parametrize(
    ("zone", "region", "right"),
    [
        ("cn-hangzhou-h", "cn-hangzhou", True),
        ("ap-southeast-1a", "ap-southeast-1", True),
        ("cn-shanghai-MAZ1(b,c)", "cn-shanghai", True),
        ("us-southeast-1a", "us-southeast-1", True),
        ("cn-beijing-finance-1k", "cn-beijing", False),
        ("cn-hangzhou", "cn-hangzhou", False),
    ],
)
def test_a_zone_begins_with_the_id_of_its_region(zone, region, right):
    assert lies_in(zone, region, default_catalogue()) is right
