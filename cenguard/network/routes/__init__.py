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

from cenguard.network.routes.dispositions import ASSUMPTIONS, FAILING, GOOD, OPEN, Leg, Pair, Step, Way
from cenguard.network.routes.estate import InstanceRoutes, routes_of
from cenguard.network.routes.members import Member

__all__ = ["ASSUMPTIONS", "FAILING", "GOOD", "OPEN", "InstanceRoutes", "Leg", "Member", "Pair", "Step", "Way", "routes_of"]
