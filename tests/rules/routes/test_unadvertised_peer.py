"""CEN321: a peer hands over routes, or entries lead to it at both ends."""

from cenguard.rules.routes import unadvertised_peer
from cenguard.testing import UNKNOWN
from tests.network.routes.estates import two_routers
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


test_unadvertised_peer = table(
    unadvertised_peer.RULE,
    case("nothing said", two_routers(advertise=None), "violated peer"),
    case("switched off", two_routers(advertise=False), "violated peer"),
    case("switched on", two_routers()),
    case("not known", two_routers(advertise=UNKNOWN), "undetermined peer"),
    case("entries at both ends", two_routers(advertise=None).entry("near-table", B, "peer").entry("far-table", A, "peer")),
    case("an entry at one end", two_routers(advertise=None).entry("near-table", B, "peer"), "violated peer"),
)
