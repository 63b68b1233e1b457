"""CEN209: a limit names two regions."""

from cenguard.rules.bandwidth import limit_within_one_region
from cenguard.testing import UNKNOWN
from tests.rules.tables import basic, case, table


def limited(regions):
    """Beijing and Silicon Valley with a limit."""
    return basic().limit("cn-beijing", "us-west-1", 5, "limit", regionIds=regions)


test_limit_within_one_region = table(
    limit_within_one_region.RULE,
    case("one region twice", limited(["cn-beijing", "cn-beijing"]), "violated limit"),
    # the provider holds a set: a preview's outputs show one region where the program wrote it twice
    case("a set of one is the same mistake", limited(["cn-beijing"]), "violated limit"),
    case("two regions", limited(["cn-beijing", "us-west-1"])),
    case("one region that is not known", limited(["cn-beijing", UNKNOWN]), "undetermined limit"),
    case("regions that are not known", limited(UNKNOWN), "undetermined limit"),
    case("a region and what may be its legacy name", limited(["cn-hangzhou-finance", "cn-hzfinance"]), "undetermined limit"),
    case("the same of a limit that stands", limited(["cn-hangzhou-finance", "cn-hzfinance"]).standing()),
)
