"""CEN313: an instance has one router in a region."""

from cenguard.rules.transit_routers import duplicate_router
from cenguard.testing import UNKNOWN, a_world, stack_output
from tests.rules.tables import case, table

test_duplicate_router = table(
    duplicate_router.RULE,
    case("two in one region", a_world().instance().router("cn-hangzhou", "a").router("cn-hangzhou", "b"), "violated b"),
    case(
        "two providers of one region",
        a_world().instance().provider("other", region="cn-hangzhou").router("cn-hangzhou", "a").router("", "b", provider="other"),
        "violated b",
    ),
    case("two regions", a_world().instance().router("cn-hangzhou", "a").router("cn-beijing", "b")),
    case(
        "a legacy name of what may be the region of the other one",
        a_world().instance().router("cn-hangzhou-finance", "a").router("cn-beijing", "b").router("cn-hzfinance", "c"),
        "undetermined c",
    ),
    case(
        "two that stand were taken for two regions",
        a_world().instance().router("cn-hangzhou-finance", "a").router("cn-hzfinance", "b").standing(),
    ),
    case("a legacy name of another region", a_world().instance().router("cn-hangzhou-finance", "a").router("cn-szfinance", "b")),
    case("two instances", a_world().instance("one").router("cn-hangzhou", "a").instance("two").router("cn-hangzhou", "b")),
    case(
        "one provider lies in one region, whichever it is",
        a_world().instance().provider("p", region=None).router("", "a", provider="p").router("", "b", provider="p"),
        "violated b",
    ),
    case(
        "a region that is not known may be the same",
        a_world().instance().provider("p", region=UNKNOWN).router("cn-hangzhou", "a").router("", "b", provider="p"),
        "undetermined b",
    ),
    case(
        "one whose region is known may lie where an earlier one does that is not known",
        a_world().instance().provider("p", region=UNKNOWN).router("", "a", provider="p").router("cn-hangzhou", "b"),
        "undetermined b",
    ),
    case(
        "one of an instance that is not known",
        a_world().instance().router("cn-hangzhou", "a").on(UNKNOWN).router("cn-hangzhou", "b"),
        "undetermined b",
    ),
    case(
        "on the provider of the other one, whose region is not known",
        a_world().instance().provider("p", region=None).router("", "a", provider="p").on(UNKNOWN).router("", "b", provider="p"),
        "undetermined b",
    ),
    case(
        "two of instances that are not known",
        a_world().on(UNKNOWN).router("cn-hangzhou", "a").on(UNKNOWN).router("cn-hangzhou", "b"),
        "undetermined b",
    ),
    case(
        "in another region",
        a_world().instance().router("cn-hangzhou", "a").on(UNKNOWN).router("cn-beijing", "b"),
    ),
    case(
        "one of another stack's instance",
        a_world()
        .stack_reference("org/hub/prod")
        .instance()
        .router("cn-hangzhou", "a")
        .on(stack_output("org/hub/prod"))
        .router("cn-hangzhou", "b"),
    ),
    case(
        "both stand",
        a_world().instance().router("cn-hangzhou", "a").on(UNKNOWN).router("cn-hangzhou", "b").standing(),
    ),
    case("one of unknown region alone", a_world().instance().provider("p", region=UNKNOWN).router("", "a", provider="p")),
    case(
        "a new name without an alias",
        a_world().instance().router("cn-hangzhou", "a").standing().router("cn-hangzhou", "b").deleted("a"),
        "violated b",
    ),
    case(
        "a new name of an instance that is not known",
        a_world().instance().router("cn-hangzhou", "a").standing().on(UNKNOWN).router("cn-hangzhou", "b").deleted("a"),
        "undetermined b",
    ),
    case(
        "of another stack's instance, which this one does not make",
        a_world()
        .stack_reference("org/hub/prod")
        .instance()
        .router("cn-hangzhou", "a")
        .standing()
        .on(stack_output("org/hub/prod"))
        .router("cn-hangzhou", "b")
        .deleted("a"),
    ),
    case(
        "one of another region goes",
        a_world().instance().router("cn-hangzhou", "a").standing().router("cn-beijing", "b").deleted("a"),
    ),
)
