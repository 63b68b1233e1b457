"""CEN214: packages are sold from 2 to 10,000 whole Mbps."""

from cenguard.rules.bandwidth import package_bandwidth_out_of_range
from cenguard.testing import SECRET, UNKNOWN, a_world
from tests.rules.tables import case, table


def of_size(mbps):
    """A package of a size."""
    return a_world().instance().package("China", "Europe", mbps, "package")


test_package_bandwidth_out_of_range = table(
    package_bandwidth_out_of_range.RULE,
    case("1 Mbps", of_size(1), "violated package"),
    case("2 Mbps is the least", of_size(2)),
    case("10,000 Mbps is the most", of_size(10_000)),
    case("10,001 Mbps", of_size(10_001), "violated package"),
    case("half a Mbps, before the provider cuts it off", of_size(2.5), "violated package"),
    case("the engine's 5.0 is 5", of_size(5.0)),
    case("the provider's '5' is 5", of_size("5")),
    case("not known yet", of_size(UNKNOWN), "undetermined package"),
    case("a secret", of_size(SECRET), "undetermined package"),
    case("a package that is read is not ours to size", a_world().instance().read_package("package", "cenbwp-1", bandwidth=1)),
)
