"""CEN219: the pairs that must talk do, with the Mbps they need."""

from cenguard.rules.bandwidth import required_pair_unmet
from cenguard.testing import UNKNOWN, a_world, stack_output
from tests.rules.tables import case, table

PAIR = {"pairs": [{"regions": ["us-west-1", "cn-beijing"], "min_mbps": 10}]}
HUB = {"hub": "cn-beijing"}


def joined(mbps, *, size=10):
    """Beijing and Silicon Valley with a limit."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    return world.package("China", "North-America", size, "package").limit("cn-beijing", "us-west-1", mbps, "limit")


def apart():
    """Two regions and nothing between them."""
    return a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")


def hub():
    """Beijing reaches two regions that do not reach each other."""
    world = joined(5).attach("eu-central-1", "plant").package("China", "Europe", 10, "europe")
    return world.limit("cn-beijing", "eu-central-1", 5, "spoke")


def two_instances(region):
    """A network on each of two instances."""
    return a_world().instance().attach("cn-beijing", "shop").instance("lab").attach(region, "bench")


def on_an_unknown_instance():
    """Two regions of an instance that nobody knows yet."""
    return (
        a_world().stack_reference("org/net").on(stack_output("org/net")).attach("cn-beijing", "shop").attach("us-west-1", "sales")
    )


def beside_one():
    """A network of an instance, and the hub of one that nobody knows yet."""
    return a_world().instance().attach("us-west-1", "sales").on(UNKNOWN).attach("cn-beijing", "shop")


test_required_pair_unmet = table(
    required_pair_unmet.RULE,
    case("an instance that nobody knows yet", on_an_unknown_instance(), "undetermined sales", require=PAIR),
    case("every pair of it", on_an_unknown_instance(), "undetermined sales", require="every-pair"),
    case("it may be the one that is meant", on_an_unknown_instance(), "undetermined sales", require={**HUB, "instance": "core"}),
    *(
        case(f"a network of an instance that may be this one, {asked}", beside_one(), "undetermined core", require=require)
        for asked, require in (("a pair", PAIR), ("a hub", HUB), ("every pair", "every-pair"))
    ),
    case("of another instance than is meant", beside_one(), "undetermined core", require={**HUB, "instance": "core"}),
    case(
        "what may be the other instance has the hub, and nothing else is there",
        a_world().instance().on(UNKNOWN).attach("cn-beijing", "shop"),
        "undetermined core",
        require=PAIR,
    ),
    case(
        "a limit is raised to what is asked for, and whether its package, bought elsewhere, holds that is not known",
        apart().limit("cn-beijing", "us-west-1", 10, "limit").standing().updated("limit", bandwidthLimit=5),
        "undetermined core",
        require=PAIR,
    ),
    case("nothing is asked for", apart()),
    case("a pair that is not covered", apart(), "violated core", require=PAIR),
    case("fewer Mbps than asked for", joined(4), "violated core", require=PAIR),
    case("just as many Mbps as asked for", joined(10), require=PAIR),
    case("Mbps that are not known", joined(UNKNOWN), "undetermined core", require=PAIR),
    case(
        "Mbps that nobody asked for need not be known",
        joined(UNKNOWN),
        require={"pairs": [{"regions": ["cn-beijing", "us-west-1"]}]},
    ),
    case("a hub reaches every region", hub(), require=HUB),
    case(
        "a hub that none of two instances has attached",
        two_instances("us-west-1"),
        "violated core",
        require={"hub": "eu-central-1"},
    ),
    case("a hub that the other of two instances has", two_instances("eu-central-1"), require={"hub": "eu-central-1"}),
    case("two spokes do not reach each other", hub(), "violated core", require="every-pair"),
    case("every pair of a pair is one", joined(2), require="every-pair"),
    case(
        "a region that is not attached", joined(5), "violated core", require={"pairs": [{"regions": ["cn-beijing", "eu-west-1"]}]}
    ),
    case("a list of wishes asks for all of them", joined(4), "violated core", require=[HUB, PAIR]),
    case("another instance is meant", apart(), require={**PAIR, "instance": "lab-*"}),
    case("this instance is meant", apart(), "violated core", require={**PAIR, "instance": "co*"}),
    case(
        "one region needs nothing", a_world().instance().attach("cn-beijing", "a").attach("cn-beijing", "b"), require="every-pair"
    ),
    case("other stacks may buy for a shared instance", apart().shared("core"), "undetermined core", require=PAIR),
    case("a package known by its id may cover it", apart().attach_package("cenbwp-1"), "undetermined core", require=PAIR),
)
