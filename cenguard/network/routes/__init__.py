"""Routes: whether packets get from one network to another, and back.

    from cenguard.network.routes import routes_of

    routes = routes_of(network)[instance]          # an InstanceRoutes; `network` is a cenguard.network.Network
    plant, office = routes.find("plant")[0], routes.find("office")[0]   # by key, name, id, URN, address or block
    pair = routes.pair(plant, office)              # both directions: pair.disposition, pair.cause
    pair.forward.disposition, pair.back.blocks     # a Way; by block of the receiver
    routes.leg(plant, office, evidence=True).steps # one direction, with the line of evidence for each step

A `Way` says what becomes of a packet. The first certain failure on the way decides, whatever is unknown elsewhere; what is
open carries a `blocker`. Legs do not depend on bandwidth; a pair does on what connects its regions.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cenguard.network import CenInstance, Network
from cenguard.network.routes.dispositions import ASSUMPTIONS, FAILING, GOOD, OPEN, Leg, Pair, Step, Way
from cenguard.network.routes.members import Member

if TYPE_CHECKING:
    from cenguard.network.routes.carried import Verdicts
    from cenguard.network.routes.estate import InstanceRoutes


def routes_of(network: Network) -> "Mapping[CenInstance, InstanceRoutes]":
    """The routes of each instance; what they come to is worked out when it is asked for."""
    from cenguard.network.routes import estate  # what walks packets is loaded where there are some: most inputs have no routes

    return estate.routes_of(network)


def verdicts_of(network: Network) -> "Mapping[CenInstance, Verdicts]":
    """The verdicts of each instance that has transit routers."""
    if not network.routes_told:
        return {}
    from cenguard.network.routes import carried

    return carried.verdicts_of(network)


__all__ = [
    "ASSUMPTIONS",
    "FAILING",
    "GOOD",
    "OPEN",
    "Leg",
    "Member",
    "Pair",
    "Step",
    "Way",
    "routes_of",
    "verdicts_of",
]
