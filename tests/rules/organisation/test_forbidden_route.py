"""CEN504: networks that must be kept apart are."""

from cenguard.rules.organisation import forbidden_route
from cenguard.testing import UNKNOWN, a_world, stack_output
from tests.network.routes.estates import Estate, one_router
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"
APART = {"forbid": [{"from": "plant", "to": "office"}]}


def sites(publish=True, together=True):
    """Two networks on one router."""
    estate = one_router().table("near", "other").site("near", "plant", A, publish=publish).site("near", "office", B)
    return estate.joined("near-table", "plant").joined("near-table" if together else "other", "office")


def of_a_provider(region):
    """A router of a provider of some region."""
    estate = Estate().instance().provider("somewhere", region=region).router(None, "near", provider="somewhere")
    return estate.table("near", "near-table")


def of_another_stack():
    """The same of an instance that nobody knows yet."""
    estate = Estate().on(UNKNOWN).router("cn-hangzhou", "near")
    estate.table("near", "near-table").site("near", "plant", A).site("near", "office", B)
    return estate.joined("near-table", "plant", "office")


def direct(instance):
    """Two networks attached directly to what nobody knows yet."""
    world = a_world().stack_reference("org/net").on(instance).attach("cn-hangzhou", "plant", network=None, cidr="10.1.0.0/16")
    return world.attach("cn-hangzhou", "office", network=None, cidr="10.2.0.0/16")


BETWEEN = {"forbid": [{"from": "region:cn-*", "to": "region:us-*"}]}


def beside_one(instance):
    """A network of an instance, and one of another."""
    return a_world().instance().attach("cn-beijing", "shop").on(instance).attach("us-west-1", "sales")


test_forbidden_route = table(
    forbidden_route.RULE,
    case("an instance that nobody knows yet", of_another_stack(), "violated office-attachment", **APART),
    case(
        "it may be the instance that is meant",
        of_another_stack(),
        "undetermined office-attachment",
        forbid=[{"from": "plant", "to": "office", "instance": "core"}],
    ),
    case(
        "attached directly to what may be two instances",
        direct(stack_output("org/net")),
        "undetermined office",
        forbid=[{"from": "plant-vpc", "to": "office-vpc"}],
    ),
    case(
        "a region that nobody knows yet may be the one that is meant",
        of_a_provider(None).site("near", "plant", A).site("near", "office", B).joined("near-table", "plant", "office"),
        "undetermined core",
        forbid=[{"from": "region:cn-*", "to": "office"}],
    ),
    case("of an instance and of one that may be this one", beside_one(UNKNOWN), "undetermined core", **BETWEEN),
    case("of two instances", beside_one("cen-2"), **BETWEEN),
    case("nothing is forbidden", sites()),
    case("they reach each other", sites(), "violated core", **APART),
    case("kept apart", sites(together=False), **APART),
    case("one way is too much", sites(publish=None), "violated core", **APART),
    case(
        "the other way does not count forward",
        sites(publish=None),
        forbid=[{"from": "plant", "to": "office", "direction": "forward"}],
    ),
    case("not known", sites(publish=UNKNOWN), "violated core", **APART),
    case(
        "not known, forward",
        sites(publish=UNKNOWN),
        "undetermined core",
        forbid=[{"from": "plant", "to": "office", "direction": "forward"}],
    ),
    case("partly is too much", sites().entry("near-table", "10.2.1.0/25"), "violated core", **APART),
    case(
        "a third network gets it",
        sites()
        .site("near", "wall", "10.9.1.0/24")
        .joined("near-table", "wall")
        .entry("near-table", "10.2.1.0/25", "wall")
        .entry("near-table", "10.2.1.128/25", "wall"),
        "undetermined core",
        forbid=[{"from": "plant", "to": "office", "direction": "forward"}],
    ),
    case("a name that means no network", sites(), "undetermined core", forbid=[{"from": "plant", "to": "tag:env=prod"}]),
    case(
        "at the test bandwidth too",
        a_world()
        .instance()
        .attach("cn-hangzhou", "plant", network=None, cidr="10.1.0.0/16")
        .attach("eu-central-1", "office", cidr="10.2.0.0/16"),
        "violated core",
        forbid=[{"from": "plant-vpc", "to": "office-vpc"}],
    ),
)
