"""CEN407: crossing the border of the mainland needs a qualification."""

from cenguard.resources.tokens import PEER
from cenguard.rules.money import cross_border_connection
from cenguard.testing import UNKNOWN, a_world, of
from tests.rules.tables import case, table


def joining(a, b):
    """A package for two areas."""
    return a_world().instance().package(a, b, 10, "package")


def to(region, billing="DataTransfer"):
    """A peer from Hangzhou to the router of another stack."""
    stated = {
        "cenId": of("core"),
        "transitRouterId": "tr-1",
        "peerTransitRouterId": "tr-2",
        "peerTransitRouterRegionId": region,
        "bandwidthType": billing,
        "bandwidth": 5,
    }
    return a_world().instance().resource(PEER, "peer", stated, region="cn-hangzhou")


def across():
    """A peer from Hangzhou to Frankfurt that is paid by traffic."""
    world = a_world().instance().router("cn-hangzhou", "a").router("eu-central-1", "b")
    return world.peer("a", "b", 5, "peer", billing="DataTransfer")


def beside_a_package():
    """Routers of Hangzhou and Frankfurt, and a package of their areas, which all stand."""
    world = a_world().instance().router("cn-hangzhou", "a").router("eu-central-1", "b")
    return world.package("China", "Europe", 10, "package").standing()


test_cross_border_connection = table(
    cross_border_connection.RULE,
    case("a package of China and Europe", joining("China", "Europe"), "violated package"),
    case("Hong Kong lies outside", joining("China", "Asia-Pacific"), "violated package"),
    case("within the mainland", joining("China", "China")),
    case("outside the mainland", joining("Asia-Pacific", "Europe")),
    case("an area that is not known", joining("China", UNKNOWN), "undetermined package"),
    case("what stands has been accepted", joining("China", "Europe").standing()),
    case(
        "a package, and what draws on it, are one finding",
        joining("China", "Europe").limit("cn-beijing", "eu-west-1", 5),
        "violated package",
    ),
    case(
        "a limit whose package stands elsewhere",
        a_world().instance().limit("cn-beijing", "eu-west-1", 5, "limit"),
        "violated limit",
    ),
    case("a peer paid by traffic", across(), "violated peer"),
    case("to Dubai, in whichever area that is", to("me-east-1"), "violated peer"),
    case("to Mexico, in one of two areas", to("na-south-1"), "violated peer"),
    case("to a region that the catalogue does not have", to("xx-new-1"), "undetermined peer"),
    case("to a region that is not known yet", to(UNKNOWN), "undetermined peer"),
    case("to Dubai, and nobody knows how it is paid", to("me-east-1", UNKNOWN), "undetermined peer"),
    case("to Dubai, of a package, whose areas tell it", to("me-east-1", "BandwidthPackage")),
    case("to a region of the mainland, so far as is known", to("cn-zhongwei")),
    case("what stands to Dubai", to("me-east-1").standing()),
    case(
        "a package that is not attached yet",
        a_world().package("China", "Europe", 10, "package", attached=False),
        "violated package",
    ),
    case("one that is bought already and is updated", joining("China", "Europe").standing().updated("package", period=1)),
    case("a new limit on a package that stands", joining("China", "Europe").standing().limit("cn-beijing", "eu-west-1", 5)),
    case("a peer that stands and is updated", across().standing().updated("peer", bandwidth=2)),
    case("one to Dubai that stands and is updated", to("me-east-1").standing().updated("peer", bandwidth=2)),
    case(
        "a limit that stands and is updated, and whose package stands elsewhere",
        a_world().instance().limit("cn-beijing", "eu-west-1", 5, "limit").standing().updated("limit", bandwidthLimit=2),
    ),
    case(
        "a new peer beside one that stands and is paid like it",
        across().standing().router("cn-beijing", "c").peer("c", "b", 5, "next", billing="DataTransfer"),
    ),
    case(
        "a peer that is paid by traffic from now on: that is another qualification",
        across().standing().updated("peer", bandwidthType="BandwidthPackage"),
        "violated peer",
    ),
    case(
        "a package beside a peer paid by traffic that stands",
        across().standing().package("China", "Europe", 10, "package"),
        "violated package",
    ),
    case(
        "one more peer paid by traffic beside one that stands, and a package",
        across().package("China", "Europe", 10, "package").standing().peer("a", "b", 5, "late", billing="DataTransfer"),
    ),
    case(
        "a first peer paid by traffic beside a package that stands",
        beside_a_package().peer("a", "b", 5, "peer", billing="DataTransfer"),
        "violated peer",
    ),
    case(
        "one behind another, which draws on the package that stands",
        beside_a_package()
        .peer("a", "b", 5, "bought", billing="BandwidthPackage", package="package-attachment")
        .peer("a", "b", 5, "peer", billing="DataTransfer"),
        "violated peer",
    ),
)
