"""CEN105: no two attached networks have the same block."""

from cenguard.rules.attachments import identical_cidrs
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def two(first, second, **more):
    """Two networks of one instance."""
    return a_world().instance().attach("cn-beijing", "a", cidr=first).attach("us-west-1", "b", cidr=second, **more)


def routed(first, second):
    """Two networks behind one router."""
    world = a_world().instance().router("cn-hangzhou", "near")
    return world.attach_to("near", "a", cidr=first).attach_to("near", "b", cidr=second)


test_identical_cidrs = table(
    identical_cidrs.RULE,
    case("two networks with one block", two("10.0.0.0/16", "10.0.0.0/16"), "violated b"),
    case("the same block written another way", two("10.0.0.0/16", "10.0.1.0/16"), "violated b"),
    case("a block inside the other is no double", two("10.0.0.0/16", "10.0.1.0/24")),
    case("blocks beside each other", two("10.0.0.0/16", "10.1.0.0/16")),
    case("through a router tables may keep them apart", routed("10.0.0.0/16", "10.0.0.0/16"), "violated b (advisory)"),
    case("a block that is not known stays open", two("10.0.0.0/16", UNKNOWN), "undetermined b"),
    case("a network without a block says nothing", two("10.0.0.0/16", None)),
    case("what is no block is the service's to refuse", two("10.0.0.0/16", "ten")),
    case(
        "on two instances it is no double",
        a_world()
        .instance("one")
        .attach("cn-beijing", "a", cidr="10.0.0.0/16")
        .instance("two")
        .attach("us-west-1", "b", cidr="10.0.0.0/16"),
    ),
    case(
        "one network attached twice is another rule's finding",
        a_world()
        .instance()
        .network("cn-beijing", "net", cidrBlock="10.0.0.0/16")
        .attach("cn-beijing", "a", network="net")
        .attach("cn-beijing", "b", network="net"),
    ),
    case("a network known by its id says nothing", two("10.0.0.0/16", None, network="vpc-1")),
    case(
        "three of one block are two findings",
        two("10.0.0.0/16", "10.0.0.0/16").attach("cn-shanghai", "c", cidr="10.0.0.0/16"),
        "violated b",
        "violated c",
    ),
)
