"""CEN318: the router of a VPN attachment has a CIDR block."""

from cenguard.resources.tokens import ROUTER_CIDR, VPN_ATTACHMENT
from cenguard.rules.transit_routers import vpn_without_router_cidr
from cenguard.testing import UNKNOWN, a_world, of
from tests.rules.tables import case, table


def vpn(router=None):
    """A VPN attachment, and the router of a CIDR block."""
    world = a_world().instance().router("cn-hangzhou", "near").router("eu-central-1", "far")
    if router is not None:
        world.resource(ROUTER_CIDR, "block", {"cidr": "192.168.10.0/24", "transitRouterId": router})
    return world.attach_to("near", "vpn", "VPN")


def unnamed(router, region):
    """A VPN attachment of a region that names its instance alone, beside a block of some router."""
    world = a_world().instance().router("cn-hangzhou", "near").router("eu-central-1", "far")
    world.resource(ROUTER_CIDR, "block", {"cidr": "192.168.10.0/24", "transitRouterId": of(router, "transitRouterId")})
    return world.resource(VPN_ATTACHMENT, "vpn", {"vpnId": "vco-1", "cenId": of("core")}, region=region)


test_vpn_without_router_cidr = table(
    vpn_without_router_cidr.RULE,
    case("no block", vpn(), "violated vpn"),
    case("a block of the router", vpn(of("near", "transitRouterId"))),
    case("a block of another router", vpn(of("far", "transitRouterId")), "violated vpn"),
    case("a block of a router that is not known may be its own", vpn(UNKNOWN), "undetermined vpn"),
    case("a VPC attachment needs none", a_world().instance().router("cn-hangzhou", "near").attach_to("near", "plant")),
    case("no router is named, and that of its region has a block", unnamed("near", "cn-hangzhou")),
    case("no router is named, and that of its region has none", unnamed("far", "cn-hangzhou"), "violated vpn"),
    case("no router is named, and none of its region is in the input", unnamed("near", "us-west-1"), "undetermined vpn"),
    case(
        "a router from elsewhere may have one",
        a_world().instance().resource(VPN_ATTACHMENT, "vpn", {"vpnId": "vco-1", "cenId": of("core"), "transitRouterId": "tr-1"}),
        "undetermined vpn",
    ),
)
