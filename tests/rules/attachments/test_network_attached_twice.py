"""CEN104: one network is attached once to one instance."""

from cenguard.rules.attachments import network_attached_twice
from cenguard.testing import UNKNOWN, a_world, of
from tests.rules.tables import case, table


def standing_net(*, routed=False, **inputs):
    """A network that stands, attached as `a`."""
    world = a_world().instance().network("cn-beijing", "net")
    return (
        world.router("cn-beijing", "near").attach_to("near", "a", network="net", routed=False)
        if routed
        else world.attach("cn-beijing", "a", network="net", **inputs)
    ).standing()


test_network_attached_twice = table(
    network_attached_twice.RULE,
    case(
        "one id attached twice",
        a_world().instance().attach("cn-beijing", "a", network="vpc-1").attach("cn-beijing", "b", network="vpc-1"),
        "violated b",
    ),
    case(
        "one new network attached twice",
        a_world()
        .instance()
        .network("cn-beijing", "net")
        .attach("cn-beijing", "a", network="net")
        .attach("cn-beijing", "b", network="net"),
        "violated b",
    ),
    case(
        "handed on by the first attachment it is the same network",
        a_world().instance().attach("cn-beijing", "a").attach("cn-beijing", "b", network=of("a", "childInstanceId")),
        "violated b",
    ),
    case("two networks", a_world().instance().attach("cn-beijing", "a").attach("cn-beijing", "b")),
    case(
        "on two instances it may share services",
        a_world()
        .instance("one")
        .attach("cn-beijing", "a", network="vpc-1")
        .instance("two")
        .attach("cn-beijing", "b", network="vpc-1"),
    ),
    case(
        "one network that is not known may be any, but two of one region may be one",
        a_world().instance().attach("cn-beijing", "a", network=UNKNOWN).attach("cn-beijing", "b", network=UNKNOWN),
        "undetermined b",
    ),
    case(
        "networks of two regions are two",
        a_world().instance().attach("cn-beijing", "a", network=UNKNOWN).attach("us-west-1", "b", network=UNKNOWN),
    ),
    case(
        "directly, and through a router",
        a_world()
        .instance()
        .router("cn-beijing", "near")
        .network("cn-beijing", "net")
        .attach("cn-beijing", "a", network="net")
        .attach_to("near", "b", network="net"),
        "violated b",
    ),
    case(
        "two names that read one network",
        a_world()
        .instance()
        .network("cn-beijing", "poems", read="vpc-shelf9")
        .network("cn-beijing", "plays", read="vpc-shelf9")
        .attach("cn-beijing", "a", network="poems")
        .attach("cn-beijing", "b", network="plays"),
        "violated b",
    ),
    case(
        "one that is read, and its id written down",
        a_world()
        .instance()
        .network("cn-beijing", "poems", read="vpc-shelf9")
        .attach("cn-beijing", "a", network="poems")
        .attach("cn-beijing", "b", network="vpc-shelf9"),
        "violated b",
    ),
    case(
        "two names that read two networks",
        a_world()
        .instance()
        .network("cn-beijing", "poems", read="vpc-shelf9")
        .network("cn-beijing", "plays", read="vpc-shelf8")
        .attach("cn-beijing", "a", network="poems")
        .attach("cn-beijing", "b", network="plays"),
    ),
    case(
        "a network of the input that another name reads",
        a_world()
        .instance()
        .network("cn-beijing", "shelf")
        .standing()
        .network("cn-beijing", "again", read="shelf-id")
        .attach("cn-beijing", "a", network="shelf")
        .attach("cn-beijing", "b", network="again"),
        "violated b",
    ),
    case(
        "two that are read under ids nobody knows yet may be one",
        a_world()
        .instance()
        .network("cn-beijing", "poems", read=UNKNOWN)
        .network("cn-beijing", "plays", read=UNKNOWN)
        .attach("cn-beijing", "a", network="poems")
        .attach("cn-beijing", "b", network="plays"),
        "undetermined b",
    ),
    case(
        "one that is read under such an id, attached twice",
        a_world()
        .instance()
        .network("cn-beijing", "poems", read=UNKNOWN)
        .attach("cn-beijing", "a", network="poems")
        .attach("cn-beijing", "b", network="poems"),
        "violated b",
    ),
    case("a new name without an alias", standing_net().attach("cn-beijing", "b", network="net").deleted("a"), "violated b"),
    case(
        "a new name without an alias, through a router",
        standing_net(routed=True).attach_to("near", "b", network="net").deleted("a"),
        "violated b",
    ),
    case(
        "from a direct attachment to a router",
        standing_net().router("cn-beijing", "near").attach_to("near", "b", network="net").deleted("a"),
        "violated b",
    ),
    case(
        "of an instance that is not known",
        standing_net().on(UNKNOWN).attach("cn-beijing", "b", network="net").deleted("a"),
        "undetermined b",
    ),
    case(
        "replaced since its region is not known any more: it may be the same one, and nothing is replaced",
        standing_net(childInstanceRegionId=UNKNOWN).replaced("a", childInstanceRegionId="cn-beijing"),
        "undetermined a",
    ),
    case(
        "replaced with another region",
        standing_net(childInstanceRegionId="cn-hangzhou").replaced("a", childInstanceRegionId="cn-beijing"),
        "violated a",
    ),
    case(
        "another network in its place",
        standing_net().attach("cn-beijing", "b", network="vpc-2").deleted("a"),
    ),
    case(
        "one that stays in the cloud",
        standing_net().retained("a").attach("cn-beijing", "b", network="net").deleted("a"),
        "violated b",
    ),
    case(
        "one that is imported under its new name, and goes with the old one",
        standing_net().attach("cn-beijing", "b", network="net").imported("b").deleted("a"),
        "violated b",
    ),
    case(
        "one that is imported under its new name, and let go under its old one",
        standing_net().retained("a").attach("cn-beijing", "b", network="net").imported("b").deleted("a"),
    ),
)
