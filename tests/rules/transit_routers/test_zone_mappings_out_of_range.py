"""CEN315: a VPC attachment maps one to ten zones."""

from cenguard.rules.transit_routers import zone_mappings_out_of_range
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def mapping(zones, **inputs):
    """A VPC attachment that maps some zones."""
    return a_world().instance().router("cn-hangzhou", "near").attach_to("near", "plant", zones=zones, **inputs)


test_zone_mappings_out_of_range = table(
    zone_mappings_out_of_range.RULE,
    case("none", mapping(0), "violated plant"),
    case("one", mapping(1)),
    case("ten", mapping(10)),
    case("eleven", mapping(11), "violated plant"),
    case("not known", mapping(1, zoneMappings=UNKNOWN), "undetermined plant"),
    case("an unknown vSwitch in a known zone counts", mapping(1, zoneMappings=[{"zoneId": "a", "vswitchId": UNKNOWN}])),
    case("a leased line has no zones", a_world().instance().router("cn-hangzhou", "near").attach_to("near", "line", "VBR")),
)
