"""CEN213: a limit joins regions of the Basic edition."""

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.resources.tokens import VPC_ATTACHMENT
from cenguard.rules.bandwidth import limit_on_enterprise_router
from cenguard.testing import a_world, findings_of, of
from tests.held import PEER_IN_TABLES, edits_by
from tests.rules.tables import basic, case, enterprise, table

RULE = limit_on_enterprise_router.RULE


def limited(world):
    """A limit between Beijing and Silicon Valley."""
    return world.limit("cn-beijing", "us-west-1", 5, "limit")


def unnamed(region):
    """Beside networks that are attached directly, one through the router that the service makes for it in a provider's region."""
    world = basic().provider("somewhere", region=region)
    zones = [{"zoneId": f"zone-{letter}", "vswitchId": f"vsw-{letter}"} for letter in "ab"]
    return world.resource(
        VPC_ATTACHMENT, "third", {"cenId": of("core"), "vpcId": "vpc-3", "zoneMappings": zones}, provider="somewhere"
    )


def between_routers():
    """A package and a limit for two regions with routers."""
    return enterprise().package("China", "Europe", 10, "package").limit("cn-hangzhou", "eu-central-1", 5, "limit")


test_limit_on_enterprise_router = table(
    RULE,
    case("a limit between Enterprise regions carries nothing", between_routers(), "violated limit"),
    case(
        "one Enterprise end is enough",
        a_world()
        .instance()
        .attach("cn-beijing", "shop")
        .router("eu-central-1", "far")
        .attach_to("far", "office")
        .limit("cn-beijing", "eu-central-1", 5, "limit"),
        "violated limit",
    ),
    case("Basic regions", limited(basic())),
    case("a router of another instance does not count", limited(basic().instance("other").router("us-west-1").on("core"))),
    case("a router in a third region does not count", limited(basic().router("eu-central-1"))),
    case(
        "a router whose region is not known may lie in one of them",
        limited(basic().provider("somewhere", region=None).router(None, "third", provider="somewhere")),
        "undetermined limit",
    ),
    case("an attachment for which a router is made there", limited(unnamed("cn-beijing")), "violated limit"),
    case("one for which it is made elsewhere", limited(unnamed("eu-central-1"))),
    case("one of which nobody knows where it is", limited(unnamed(None)), "undetermined limit"),
)


def test_the_fix_is_a_peer():
    edits = edits_by(between_routers(), RULE)

    assert [edit["op"] for edit in edits] == ["remove", *["add"] * len(PEER_IN_TABLES)]
    assert [edit["type"].rpartition(":")[2] for edit in edits[1:]] == PEER_IN_TABLES


def branches(mbps=5):
    """A Cloud Connect Network beside an Enterprise region abroad, and a limit between them."""
    world = a_world().instance().attach("ccn-cn-shanghai", "branches", "CCN").router("eu-central-1", "far")
    return world.attach_to("far", "office").limit("ccn-cn-shanghai", "eu-central-1", mbps, "limit")


def test_no_peer_is_proposed_for_a_region_of_cloud_connect_networks():
    finding = findings_of(branches(), rules=[RULE])["CEN213 violated limit"]

    assert "no peer joins a region of Cloud Connect Networks" in finding.fix.summary
    assert "transit router" not in finding.fix.summary
    assert edits_by(branches(), RULE) == []


def test_a_region_that_the_service_makes_the_router_of_has_no_router_to_write_down():
    world = a_world().instance().attach("cn-beijing", "shop")
    world.resource(VPC_ATTACHMENT, "office", {"cenId": of("core"), "vpcId": "vpc-1"}, region="eu-central-1")
    world.limit("cn-beijing", "eu-central-1", 5, "limit")

    assert "CEN213 violated limit" in findings_of(world, rules=[RULE])
    assert edits_by(world, RULE) == []


def test_what_may_be_an_enterprise_region_is_not_certainly_connected():
    (pair,) = check([limited(unnamed(None).package("China", "North-America", 10, "package")).records()], Options()).pairs

    assert pair.disposition == "undetermined"
