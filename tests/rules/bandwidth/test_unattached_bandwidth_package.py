"""CEN203: a package is attached to an instance."""

from cenguard.rules.bandwidth import unattached_bandwidth_package
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import basic, case, table


def loose():
    """Beijing and Silicon Valley, and a package that nothing attaches."""
    return basic().package("China", "Europe", 10, "package", attached=False)


test_unattached_bandwidth_package = table(
    unattached_bandwidth_package.RULE,
    case("a package that nothing attaches carries nothing", loose(), "violated package"),
    case(
        "a package in a stack without an instance",
        a_world().package("China", "Europe", 10, "package", attached=False),
        "violated package",
    ),
    case("an attached package", basic().package("China", "North-America", 10, "package")),
    case(
        "an attachment of a package that nobody knows may be its own",
        loose().attach_package(UNKNOWN),
        "undetermined package",
    ),
    case(
        "an attachment of another package by its id is not its own",
        loose().attach_package("cenbwp-1"),
        "violated package",
    ),
    case("a package that is read is none of this stack's", a_world().read_package("package", "cenbwp-1")),
)
