"""CEN103: another account's network is granted before it is attached."""

from cenguard.rules.attachments import ungranted_attachment
from cenguard.testing import UNKNOWN, a_world, of
from tests.rules.tables import case, table

OWNER = "1234567890123456"
GRANT = "alicloud:cen/transitRouterGrantAttachment:TransitRouterGrantAttachment"


def foreign(*, grant=False, after=(), **inputs):
    """A network of the sales account, attached by the network account."""
    world = a_world().provider("ours", region="cn-beijing", profile="net").provider("theirs", region="us-west-1", profile="sales")
    world.instance().network("", "sales-vpc", provider="theirs")
    if grant:
        world.resource(GRANT, "grant", {"cenId": of("core"), "instanceId": of("sales-vpc")}, provider="theirs")
    return world.attach("us-west-1", "sales", network="sales-vpc", after=after, provider="ours", **inputs)


def elsewhere(**inputs):
    """A network that is known by its id only."""
    return a_world().instance().attach("us-west-1", "sales", network="vpc-1", **inputs)


def granted(*, after=(), network="vpc-1", **inputs):
    """The same with a grant in the input."""
    world = a_world().instance().resource(GRANT, "grant", {"cenId": of("core"), "instanceId": network})
    return world.attach("us-west-1", "sales", network="vpc-1", after=after, **inputs)


def foreign_by(*, theirs, instance="core", childInstanceOwnerId=None, **ours):
    """A network and its attachment by two providers."""
    said = {"childInstanceOwnerId": childInstanceOwnerId} if childInstanceOwnerId else {}
    world = a_world().provider("ours", region="cn-beijing", **ours).provider("theirs", region="us-west-1", **theirs)
    world.instance().on(instance).network("", "sales-vpc", provider="theirs")
    return world.attach("us-west-1", "sales", network="sales-vpc", provider="ours", **said)


def granted_to(instance):
    """An owner is given, and waited for is a grant for some instance."""
    world = a_world().instance("other").instance("core")
    world.resource(GRANT, "grant", {"cenId": of(instance), "instanceId": "vpc-1"})
    return world.on("core").attach("us-west-1", "sales", network="vpc-1", after=["grant"], childInstanceOwnerId=OWNER)


test_ungranted_attachment = table(
    ungranted_attachment.RULE,
    case(
        "two roles of one account",
        foreign_by(
            assumeRole={"roleArn": "acs:ram::1111:role/net"}, theirs={"assumeRole": {"roleArn": "acs:ram::1111:role/vpc"}}
        ),
    ),
    case(
        "roles of two accounts",
        foreign_by(
            assumeRole={"roleArn": "acs:ram::1111:role/net"}, theirs={"assumeRole": {"roleArn": "acs:ram::2222:role/net"}}
        ),
        "violated sales",
    ),
    case(
        "credentials of the environment on one side tell of no account",
        foreign_by(profile="net", theirs={}),
        "undetermined sales",
    ),
    case(
        "one account id said twice", foreign_by(accountId="1111", profile="net", theirs={"accountId": "1111", "profile": "vpc"})
    ),
    case("a grant for another instance", granted_to("other"), "undetermined sales"),
    case(
        "an instance from elsewhere may have been granted it there",
        foreign_by(profile="net", theirs={"profile": "vpc"}, instance="cen-1"),
        "undetermined sales",
    ),
    case("another account's network of this program, and no grant", foreign(), "violated sales"),
    case("a grant that nothing waits for", foreign(grant=True), "violated sales"),
    case("a grant that comes first", foreign(grant=True, after=["grant"])),
    case("our own network needs none", a_world().instance().attach("us-west-1", "sales")),
    case("a network that says no owner is ours", elsewhere()),
    case("an owner, and a grant that would stand in another stack", elsewhere(childInstanceOwnerId=OWNER), "undetermined sales"),
    case("the owner is the instance's own", elsewhere(childInstanceOwnerId=OWNER, cenOwnerId=OWNER)),
    case("an owner that is not known", elsewhere(childInstanceOwnerId=UNKNOWN), "undetermined sales"),
    case("an owner, and a grant here that nothing waits for", granted(childInstanceOwnerId=OWNER), "violated sales"),
    case("an owner, and a grant here that comes first", granted(childInstanceOwnerId=OWNER, after=["grant"])),
    case(
        "a grant of a network that is not known may be the one",
        granted(network=UNKNOWN, childInstanceOwnerId=OWNER),
        "undetermined sales",
    ),
    case(
        "an owner is said of a network that a provider of another region makes, whose account nothing tells",
        a_world().instance().attach("us-west-1", "sales", childInstanceOwnerId=OWNER),
        "undetermined sales",
    ),
)
