"""CEN326: a table and what is joined with it belong to one router."""

from cenguard.resources import tokens
from cenguard.resources.records import Change
from cenguard.rules.routes import table_of_another_router
from cenguard.testing import UNKNOWN
from tests.network.routes.estates import Estate, two_routers
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def far():
    """Two routers, and a network at the near one."""
    return two_routers().site("near", "plant", A)


def somewhere():
    """A network in a table whose router is not known."""
    world = far().table("near", "some-table")
    world._specs["some-table"].inputs["transitRouterId"] = UNKNOWN
    return world.joined("some-table", "plant")


def elsewhere(far: object = "eu-central-1"):
    """A network that names an instance of another stack, and no router; a peer names the routers there."""
    peer = {"transitRouterId": "tr-near", "peerTransitRouterId": "tr-far", "peerTransitRouterRegionId": far}
    world = Estate().resource(tokens.VPC_ATTACHMENT, "plant", {"cenId": "cen-1", "vpcId": "vpc-1"}, region="cn-hangzhou")
    world.resource(
        tokens.PEER, "peer", {"cenId": "cen-1", "bandwidth": 10, "bandwidthType": "DataTransfer", **peer}, region="cn-hangzhou"
    )
    return world.joined("vtb-near", "plant", "peer").joined("vtb-far", "peer")


def read(made, name):
    """The same world, in which a resource is read with `.get`."""
    made._specs[name].change, made._specs[name].external = Change.READ, True
    return made


test_table_of_another_router = table(
    table_of_another_router.RULE,
    case("an association", far().associated("far-table", "plant"), "violated plant-attachment-in-far-table"),
    case("a propagation", far().propagated("far-table", "plant"), "violated plant-attachment-into-far-table"),
    case("an entry", far().entry("far-table", A, "plant", name="entry"), "violated entry"),
    case("its own router", far().joined("near-table", "plant").entry("near-table", A, "plant", name="entry")),
    case(
        "a table whose router is not known",
        somewhere(),
        "undetermined plant-attachment-in-some-table",
        "undetermined plant-attachment-into-some-table",
    ),
    case(
        "an attachment whose router is not known",
        two_routers().site("near", "plant", A, transitRouterId=UNKNOWN).associated("far-table", "plant"),
        "undetermined plant-attachment-in-far-table",
    ),
    case(
        "a table that is read, and does not tell its router",
        read(somewhere(), "some-table"),
        "undetermined plant-attachment-in-some-table",
        "undetermined plant-attachment-into-some-table",
    ),
    case("a table that is read, and tells its router", read(far().joined("near-table", "plant"), "near-table")),
    case(
        "a table that is read beside an attachment whose router is not known",
        read(two_routers().site("near", "plant", A, transitRouterId=UNKNOWN).associated("far-table", "plant"), "far-table"),
        "undetermined plant-attachment-in-far-table",
    ),
    case("of both that stand", somewhere().standing()),
    case("a table that is only an id", far().associated("vtb-1", "plant")),
    case("a router that only a peer names", elsewhere()),
    case("a router that a peer names, of a region that is not known", elsewhere(UNKNOWN)),
    case("what stands", far().associated("far-table", "plant").standing()),
    case("an entry that leads to the peer", far().entry("far-table", A, "peer", name="entry")),
)
