"""CEN333: entries lead to every vSwitch of a network."""

from cenguard.rules.routes import partly_routed
from tests.network.routes.estates import one_router
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def led(block):
    """A network of two vSwitches that an entry leads to."""
    estate = one_router().site("near", "plant", A).site("near", "office", B, "10.2.2.0/24").joined("near-table", "plant")
    return estate.associated("near-table", "office").entry("near-table", block, "office")


test_partly_routed = table(
    partly_routed.RULE,
    case("one of two vSwitches", led(B), "violated office-attachment"),
    case("both", led("10.2.0.0/16")),
    case("a black hole for one is meant", led("10.2.0.0/16").entry("near-table", B)),
    case(
        "an entry of the sender's own leaves one out",
        one_router()
        .site("near", "plant", A, publish=None)
        .site("near", "office", B, "10.2.2.0/24")
        .joined("near-table", "plant", "office")
        .by_hand("plant", B),
        "violated office-attachment",
    ),
)
