"""CEN311: a VPC is attached in two zones where there are two."""

from cenguard.rules.transit_routers import single_zone_attachment
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def mapping(zones, region="cn-hangzhou", **inputs):
    """A VPC attachment that maps some zones."""
    return a_world().instance().router(region, "near").attach_to("near", "plant", zones=zones, **inputs)


def somewhere(zone):
    """An attachment with one zone, to a router whose region the environment says."""
    world = a_world().instance().provider("somewhere", region=UNKNOWN).router(None, "near", provider="somewhere")
    return world.attach_to("near", "plant", zoneMappings=[{"zoneId": zone, "vswitchId": "vsw-1"}])


test_single_zone_attachment = table(
    single_zone_attachment.RULE,
    case(
        "one mapping of which nothing is known may be a list that is not known",
        mapping(1, zoneMappings=[{"zoneId": UNKNOWN, "vswitchId": UNKNOWN}]),
        "undetermined plant",
    ),
    case("one zone", mapping(1), "violated plant"),
    case("two zones", mapping(2)),
    case("one zone where there is one", mapping(1, "cn-nanjing")),
    case("one zone of a region that the catalogue does not count", mapping(1, "ap-southeast-7"), "undetermined plant"),
    case("a zone tells its region", somewhere("cn-hangzhou-h"), "violated plant"),
    case("a region of one zone, told by it", somewhere("cn-nanjing-a")),
    case("neither region nor zone is known", somewhere(UNKNOWN), "undetermined plant"),
    case("zones that are not known", mapping(1, zoneMappings=UNKNOWN), "undetermined plant"),
    case("no zone is another rule's finding", mapping(0)),
    case("a leased line has no zones", a_world().instance().router("cn-hangzhou", "near").attach_to("near", "line", "VBR")),
    case("a direct attachment has no zones", a_world().instance().attach("cn-hangzhou", "shop")),
)
