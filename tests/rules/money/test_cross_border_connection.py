"""CEN407: crossing the border of the mainland needs a qualification."""

from cenguard.rules.money import cross_border_connection
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def joining(a, b):
    """A package for two areas."""
    return a_world().instance().package(a, b, 10, "package")


test_cross_border_connection = table(
    cross_border_connection.RULE,
    case("a package of China and Europe", joining("China", "Europe"), "violated package"),
    case("Hong Kong lies outside", joining("China", "Asia-Pacific"), "violated package"),
    case("within the mainland", joining("China", "China")),
    case("outside the mainland", joining("Asia-Pacific", "Europe")),
    case("an area that is not known", joining("China", UNKNOWN), "undetermined package"),
    case("what stands has been accepted", joining("China", "Europe").standing()),
    case(
        "a package, and what draws on it, are one finding",
        joining("China", "Europe").limit("cn-beijing", "eu-west-1", 5),
        "violated package",
    ),
    case(
        "a limit whose package stands elsewhere",
        a_world().instance().limit("cn-beijing", "eu-west-1", 5, "limit"),
        "violated limit",
    ),
    case(
        "a peer paid by traffic",
        a_world().instance().router("cn-hangzhou", "a").router("eu-central-1", "b").peer("a", "b", 5, billing="DataTransfer"),
        "violated peer",
    ),
    case(
        "a package that is not attached yet",
        a_world().package("China", "Europe", 10, "package", attached=False),
        "violated package",
    ),
    case("one that is bought already and is updated", joining("China", "Europe").standing().updated("package", period=1)),
    case("a new limit on a package that stands", joining("China", "Europe").standing().limit("cn-beijing", "eu-west-1", 5)),
)
