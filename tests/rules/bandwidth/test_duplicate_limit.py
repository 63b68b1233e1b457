"""CEN212: an unordered pair of regions has one limit."""

from cenguard.rules.bandwidth import duplicate_limit
from cenguard.testing import UNKNOWN
from tests.rules.tables import basic, case, table


def limited(*pairs):
    """Beijing and Silicon Valley with a package, and a limit for each pair: a, b, c."""
    world = basic().package("China", "North-America", 10, "package")
    for name, (first, second) in zip("abc", pairs, strict=False):
        world.limit(first, second, 5, name)
    return world


PAIR = ("cn-beijing", "us-west-1")


def moved(world, *, made=False, first=True, after=()):
    """Limit a goes to another pair, and b is of the one that it leaves."""
    world.standing()
    if made:
        world.limit(*PAIR, 5, "b", after=after)
    world.replaced("a", regionIds=list(PAIR))
    world._specs["a"].record.delete_first = first
    return world


OTHER = ("cn-beijing", "us-east-1")

test_duplicate_limit = table(
    duplicate_limit.RULE,
    case("a pair and its reverse are one object", limited(PAIR, PAIR[::-1]), "violated b"),
    case("each later one has its finding", limited(PAIR, PAIR, PAIR), "violated b", "violated c"),
    case("one pair on two instances", limited(PAIR).instance("other").limit(*PAIR, 5, "b")),
    case("different pairs", limited(PAIR, ("cn-beijing", "us-east-1"))),
    case(
        "one that is renamed: made under its new name, and deleted under the old one",
        limited(PAIR).standing().limit(*PAIR[::-1], 5, "b").deleted("a"),
        "violated b",
    ),
    case("one of two that stand is deleted", limited(PAIR, PAIR).standing().deleted("b"), "violated a"),
    case("one of another pair is deleted", limited(PAIR, ("cn-beijing", "us-east-1")).standing().deleted("b")),
    case("one of two that stand stays in the cloud", limited(PAIR, PAIR).standing().retained("b").deleted("b")),
    case(
        "one goes to another pair, and is deleted first: another one of its old pair stands",
        moved(limited(OTHER, PAIR)),
        "violated b",
    ),
    case("such a one is made in the same update, in no order", moved(limited(OTHER), made=True), "undetermined b"),
    case("it waits for the one that goes", moved(limited(OTHER), made=True, after=("a",))),
    case(
        "the old one is deleted when everything is made",
        moved(limited(OTHER), made=True, first=False, after=("a",)),
        "violated b",
    ),
    case(
        "regions that are not known beside another limit", limited(PAIR).limit(*PAIR, 5, "b", regionIds=UNKNOWN), "undetermined b"
    ),
    case(
        "a region that is not known, and a known one of the other limit",
        limited(PAIR).limit(*PAIR, 5, "b", regionIds=["us-west-1", UNKNOWN]),
        "undetermined b",
    ),
    case(
        "a region that is not known, and a known one that the other limit does not have",
        limited(PAIR).limit(*PAIR, 5, "b", regionIds=["us-east-1", UNKNOWN]),
    ),
    case(
        "a legacy name of what may be a region of the other one",
        limited(("us-west-1", "cn-hzfinance"), ("cn-hangzhou-finance", "us-west-1")),
        "undetermined b",
    ),
    case(
        "a legacy name in the later one",
        limited(("cn-hangzhou-finance", "us-west-1"), ("us-west-1", "cn-hzfinance"), PAIR),
        "undetermined b",
    ),
    case("a legacy name of another region", limited(("us-west-1", "cn-szfinance"), ("cn-hangzhou-finance", "us-west-1"))),
    case("a legacy name, and another far end", limited(("us-east-1", "cn-hzfinance"), ("cn-hangzhou-finance", "us-west-1"))),
)
