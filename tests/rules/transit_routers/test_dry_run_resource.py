"""CEN314: what is declared is made."""

from cenguard.rules.transit_routers import dry_run_resource
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def trying(dry_run):
    """A router that is only tried."""
    return a_world().instance().router("cn-hangzhou", "near", dryRun=dry_run)


test_dry_run_resource = table(
    dry_run_resource.RULE,
    case("it is only tried", trying(True), "violated near"),
    case("it is made", trying(False)),
    case("nothing is said", trying(None)),
    case("not known yet", trying(UNKNOWN), "undetermined near"),
)
