"""CEN109: nothing new goes to a region that the service has closed."""

from cenguard.geography.catalogue import load
from cenguard.rules.attachments import closed_region
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table

test_closed_region = table(
    closed_region.RULE,
    case("a network attached in Sydney", a_world().instance().attach("ap-southeast-2", "sydney"), "violated sydney"),
    case("a network attached in Singapore", a_world().instance().attach("ap-southeast-1", "singapore")),
    case("what stands has been accepted", a_world().instance().attach("ap-southeast-2", "sydney").standing()),
    case("a limit of a closed region", a_world().instance().limit("ap-southeast-2", "cn-beijing", 2, "limit"), "violated limit"),
    case(
        "a limit whose Mbps change",
        a_world().instance().limit("ap-southeast-2", "cn-beijing", 2, "limit").updated("limit", bandwidthLimit=5),
    ),
    case(
        "a limit that is made anew",
        a_world().instance().limit("ap-southeast-2", "cn-beijing", 2, "limit").replaced("limit", bandwidthLimit=5),
        "violated limit",
    ),
    case(
        "a router whose name changes",
        a_world()
        .instance()
        .router("ap-southeast-2", "router", transitRouterName="new")
        .updated("router", transitRouterName="old"),
    ),
    case("a router in a closed region", a_world().instance().router("ap-southeast-2", "router"), "violated router"),
    case("a region that is not known is CEN107's question", a_world().instance().attach(UNKNOWN, "somewhere", network="vpc-1")),
    case(
        "in the edition of 2019 it was open", a_world().catalogue(load("2019-01")).instance().attach("ap-southeast-2", "sydney")
    ),
)
