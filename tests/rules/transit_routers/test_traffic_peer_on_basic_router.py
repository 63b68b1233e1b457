"""CEN316: paying by traffic is sold between Enterprise Edition routers."""

from cenguard.resources.tokens import PEER, VPC_ATTACHMENT, VPN_ATTACHMENT
from cenguard.rules.transit_routers import traffic_peer_on_basic_router
from cenguard.testing import UNKNOWN, a_world, an_inventory, of
from tests.rules.tables import case, table


def between(near, far, billing="DataTransfer"):
    """A peer between the routers of two regions."""
    return a_world().instance().router(near, "near").router(far, "far").peer("near", "far", 5, billing=billing)


def with_cen_id_alone(*places, token=VPC_ATTACHMENT, key="vpcId", **inputs):
    """A peer on routers of other stacks, and attachments that name the instance alone, each on a provider of its region."""
    world = a_world().instance().provider("here", region="cn-hangzhou")
    for region in places:
        world.resource(token, region, {"cenId": of("core"), key: f"net-{region}", **inputs}, region=region)
    stated = {
        "cenId": of("core"),
        "transitRouterId": "tr-1",
        "peerTransitRouterId": "tr-2",
        "peerTransitRouterRegionId": "eu-central-1",
        "bandwidthType": "DataTransfer",
    }
    return world.resource(PEER, "peer", stated, provider="here")


def told(*editions, link="Gold"):
    """A peer on routers of an instance from elsewhere, and what an inventory says of their editions."""
    regions = ("cn-hangzhou", "eu-central-1")
    rows = [(f"tr-{region}", "cen-1", region, edition) for region, edition in zip(regions, editions, strict=False)]
    stated = {
        "cenId": "cen-1",
        "transitRouterId": "tr-cn-hangzhou",
        "peerTransitRouterId": "tr-eu-central-1",
        "peerTransitRouterRegionId": "eu-central-1",
        "bandwidthType": "DataTransfer",
        "defaultLinkType": link,
    }
    world = a_world().resource(PEER, "peer", stated, region="cn-hangzhou")
    return world.inventory(an_inventory(instances=["cen-1"], routers=rows))


test_traffic_peer_on_basic_router = table(
    traffic_peer_on_basic_router.RULE,
    case("two regions of cloud connect networks", between("ccn-cn-shanghai", "ccn-eu-central-1"), "violated peer"),
    case("two regions of routers that the program makes", between("cn-hangzhou", "eu-central-1")),
    case("billed by package", between("ccn-cn-shanghai", "ccn-eu-central-1", "BandwidthPackage")),
    case("billed nobody knows how", between("ccn-cn-shanghai", "ccn-eu-central-1", UNKNOWN), "undetermined peer"),
    case("one end is Enterprise", between("ccn-cn-shanghai", "eu-central-1")),
    case("one end is Enterprise, however it is billed", between("ccn-cn-shanghai", "eu-central-1", UNKNOWN)),
    case(
        "routers whose state calls them Basic",
        between("cn-hangzhou", "eu-central-1").standing("near", "far").outputs("near", type="Basic").outputs("far", type="Basic"),
        "violated peer",
    ),
    case(
        "routers from elsewhere",
        a_world()
        .instance()
        .resource(PEER, "peer", {"transitRouterId": "tr-1", "peerTransitRouterId": "tr-2", "bandwidthType": "DataTransfer"}),
        "undetermined peer",
    ),
    case("the service makes an Enterprise router for an attachment with cen_id alone", with_cen_id_alone("cn-hangzhou")),
    case("at the far end as well", with_cen_id_alone("eu-central-1")),
    case("a router elsewhere tells nothing", with_cen_id_alone("us-west-1"), "undetermined peer"),
    case(
        "for a VPN connection it makes none",
        with_cen_id_alone("cn-hangzhou", token=VPN_ATTACHMENT, key="vpnId"),
        "undetermined peer",
    ),
    case(
        "nor for an attachment that may name a router",
        with_cen_id_alone("cn-hangzhou", transitRouterId=UNKNOWN),
        "undetermined peer",
    ),
    case("an inventory calls both routers Basic", told("basic", "basic"), "violated peer"),
    case(
        "the input makes one of an instance that is not known in one of the two regions",
        told("basic", "basic").on(UNKNOWN).router("cn-hangzhou", "open"),
        "undetermined peer",
    ),
    case("an inventory calls one of them Enterprise", told("basic", "enterprise")),
    case("an inventory knows one of them, a Basic one", told("basic"), "undetermined peer"),
)
