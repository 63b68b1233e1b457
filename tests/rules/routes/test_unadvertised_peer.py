"""CEN321: a peer hands over routes, or entries lead to it at both ends."""

from cenguard.resources.tokens import ROUTE_ENTRY
from cenguard.rules.routes import unadvertised_peer
from cenguard.testing import UNKNOWN, findings_of, of
from tests.network.routes.estates import two_routers
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def led_somewhere():
    """A peer that advertises nothing, and an entry at its far end of which the next hop is not known."""
    hop = {"transitRouterRouteEntryNextHopType": "Attachment", "transitRouterRouteEntryNextHopId": UNKNOWN}
    block = {
        "transitRouterRouteEntryDestinationCidrBlock": A,
        "transitRouterRouteTableId": of("far-table", "transitRouterRouteTableId"),
    }
    return two_routers(advertise=False).resource(ROUTE_ENTRY, "somewhere", {**hop, **block})


test_unadvertised_peer = table(
    unadvertised_peer.RULE,
    case("nothing said", two_routers(advertise=None), "violated peer"),
    case("switched off", two_routers(advertise=False), "violated peer"),
    case("switched on", two_routers()),
    case("not known", two_routers(advertise=UNKNOWN), "undetermined peer"),
    case("entries at both ends", two_routers(advertise=None).entry("near-table", B, "peer").entry("far-table", A, "peer")),
    case("an entry at one end", two_routers(advertise=None).entry("near-table", B, "peer"), "violated peer"),
    case("an entry that leads nobody knows where at one end", led_somewhere(), "violated peer"),
)


def test_an_entry_that_may_be_there_is_not_told_as_missing():
    (finding,) = findings_of(led_somewhere(), rules=[unadvertised_peer.RULE]).values()

    assert finding.because[1] == "no route entry at near leads to peer"


def test_what_is_not_known_is_not_said_to_be_not_set():
    [finding] = findings_of(two_routers(advertise=UNKNOWN), rules=[unadvertised_peer.RULE]).values()

    assert finding.because[0] == "autoPublishRouteEnabled of peer is not known"
