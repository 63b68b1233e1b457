"""CEN502: packages stay below their caps."""

from cenguard.rules.organisation import bandwidth_above_cap
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def of_size(mbps, more=None):
    """Packages of China and Europe on one instance, and perhaps another instance."""
    world = a_world().instance().package("China", "Europe", mbps, "package")
    return world if more is None else world.instance("other").package("China", "Europe", more, "second")


test_bandwidth_above_cap = table(
    bandwidth_above_cap.RULE,
    case("nothing is configured", of_size(1000)),
    case("above the cap of a package", of_size(60), "violated package", package_mbps=50),
    case("at the cap", of_size(50), package_mbps=50),
    case("not known yet", of_size(UNKNOWN), "undetermined package", package_mbps=50),
    case("a sum above the cap of the area pair", of_size(60, 60), "violated second", area_pairs={"Europe/China": 100}),
    case("a sum at the cap", of_size(60, 40), area_pairs={"China/Europe": 100}),
    case("a sum above it whatever an unknown one is", of_size(120, UNKNOWN), "violated second", area_pairs={"China/Europe": 100}),
    case("a sum that hangs on an unknown one", of_size(60, UNKNOWN), "undetermined second", area_pairs={"China/Europe": 100}),
    case("another area pair is meant", of_size(1000), area_pairs={"China/China": 100}),
)
