"""CEN101: a network lies in the region of its provider."""

from cenguard.rules.attachments import attachment_in_wrong_region
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def router_of_nowhere():
    """A router attachment that runs on a provider whose region nobody tells."""
    world = a_world().instance().router("cn-hangzhou", "near").provider("somewhere", region=UNKNOWN)
    return world.attach_to("near", "plant", "ECR", network="ecr-1", provider="somewhere")


test_attachment_in_wrong_region = table(
    attachment_in_wrong_region.RULE,
    case(
        "the network is made in another region",
        a_world().instance().attach("us-west-1", "plant", home="eu-central-1"),
        "violated plant",
    ),
    case(
        "under a legacy name of what may be that region",
        a_world().instance().attach("cn-hzfinance", "plant", home="cn-hangzhou-finance"),
        "undetermined plant",
    ),
    case(
        "under a legacy name of another region",
        a_world().instance().attach("cn-szfinance", "plant", home="cn-hangzhou-finance"),
        "violated plant",
    ),
    case("the network is made where it is declared", a_world().instance().attach("us-west-1", "plant")),
    case(
        "a leased line ends in another region",
        a_world().instance().attach("us-west-1", "line", "VBR", home="cn-beijing"),
        "violated line",
    ),
    case(
        "a cloud connect network has a region of its own",
        a_world().instance().attach("ccn-cn-shanghai", "branches", "CCN", home="cn-shanghai"),
    ),
    case("a network known by its id says nothing", a_world().instance().attach("us-west-1", "plant", network="vpc-1")),
    case(
        "two regions for the networks of one provider cannot both be right, whatever its region is",
        a_world()
        .instance()
        .provider("somewhere", region=None)
        .network("", "a-vpc", provider="somewhere")
        .network("", "b-vpc", provider="somewhere")
        .attach("cn-beijing", "a", network="a-vpc")
        .attach("us-west-1", "b", network="b-vpc"),
        "violated a",
    ),
    case(
        "one region for the networks of a provider without region stays open, once for the provider",
        a_world()
        .instance()
        .provider("somewhere", region=UNKNOWN)
        .network("", "a-vpc", provider="somewhere")
        .network("", "b-vpc", provider="somewhere")
        .attach("cn-beijing", "a", network="a-vpc")
        .attach("cn-beijing", "b", network="b-vpc"),
        "undetermined a",
    ),
    case(
        "a declared region that is not known stays open",
        a_world().instance().attach(UNKNOWN, "plant", home="eu-central-1"),
        "undetermined plant",
    ),
    case("two networks, each where it is made", a_world().instance().attach("us-west-1", "a").attach("cn-beijing", "b")),
    case(
        "a router attachment runs on another region's provider than its router",
        a_world()
        .instance()
        .provider("west", region="us-west-1")
        .router("cn-hangzhou", "near")
        .attach_to("near", "plant", provider="west"),
        "violated plant",
    ),
    case(
        "a router attachment runs where its router is",
        a_world().instance().router("cn-hangzhou", "near").attach_to("near", "plant"),
    ),
    case(
        "a network of another region on a router",
        a_world()
        .instance()
        .provider("west", region="us-west-1")
        .router("cn-hangzhou", "near")
        .resource("alicloud:vpc/network:Network", "plant-vpc", {"cidrBlock": "10.0.0.0/8"}, provider="west")
        .attach_to("near", "plant", network="plant-vpc"),
        "violated plant",
    ),
    case(
        "a network of another provider of the region on a router",
        a_world()
        .instance()
        .provider("other-account", region="cn-hangzhou")
        .router("cn-hangzhou", "near")
        .resource("alicloud:vpc/network:Network", "plant-vpc", {"cidrBlock": "10.0.0.0/8"}, provider="other-account")
        .attach_to("near", "plant", network="plant-vpc"),
    ),
    case(
        "a network of a provider whose region is not known on a router",
        a_world()
        .instance()
        .provider("somewhere", region=UNKNOWN)
        .router("cn-hangzhou", "near")
        .resource("alicloud:vpc/network:Network", "plant-vpc", {"cidrBlock": "10.0.0.0/8"}, provider="somewhere")
        .attach_to("near", "plant", network="plant-vpc"),
        "undetermined plant",
    ),
    case(
        "one that stands was accepted, and a state does not tell the region of every network",
        a_world()
        .instance()
        .provider("somewhere", region=UNKNOWN)
        .router("cn-hangzhou", "near")
        .resource("alicloud:vpc/network:Network", "plant-vpc", {"cidrBlock": "10.0.0.0/8"}, provider="somewhere")
        .attach_to("near", "plant", network="plant-vpc")
        .standing(),
    ),
    case(
        "a router attachment of a provider whose region is not known",
        router_of_nowhere(),
        "undetermined plant",
    ),
    case("one that stands: the service took it in its router's region", router_of_nowhere().standing()),
    case(
        "networks of one provider that stand, whose region is not known",
        a_world()
        .instance()
        .provider("somewhere", region=UNKNOWN)
        .network("", "a-vpc", provider="somewhere")
        .attach("cn-beijing", "a", network="a-vpc")
        .standing(),
    ),
    case(
        "a network known by its id alone on a router",
        a_world().instance().router("cn-hangzhou", "near").attach_to("near", "plant", network="vpc-1"),
    ),
    case(
        "a peer runs on the far end's provider",
        a_world()
        .instance()
        .router("cn-hangzhou", "near")
        .router("eu-central-1", "far")
        .peer("near", "far", 5, billing="DataTransfer", provider="provider-eu-central-1"),
        "violated peer",
    ),
    case(
        "a peer runs where its local router is",
        a_world()
        .instance()
        .router("cn-hangzhou", "near")
        .router("eu-central-1", "far")
        .peer("near", "far", 5, billing="DataTransfer"),
    ),
)
