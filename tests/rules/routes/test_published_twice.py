"""CEN330: a VPC takes routes from one source."""

from cenguard.resources.tokens import ROUTER_VPC_ASSOCIATION
from cenguard.rules.routes import published_twice
from cenguard.testing import UNKNOWN, of
from tests.network.routes.estates import one_router
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def twice(first=True, second=True):
    """One VPC on two routers."""
    estate = one_router().site("near", "plant", A, publish=first).instance("other").router("cn-hangzhou", "beside")
    return estate.attach_to("beside", "second", network="plant", routed=False, autoPublishRouteEnabled=second)


test_published_twice = table(
    published_twice.RULE,
    case("over two attachments", twice(), "violated second"),
    case("over one", twice(second=None)),
    case("not known", twice(second=UNKNOWN), "undetermined second"),
    case("what stands", twice().standing()),
    case(
        "beside a direct attachment",
        one_router().site("near", "plant", A).attach("cn-hangzhou", "direct", network="plant"),
        "violated plant-attachment",
    ),
    case(
        "beside an Express Connect Router",
        one_router().site("near", "plant", A).resource(ROUTER_VPC_ASSOCIATION, "line", {"vpcId": of("plant"), "ecrId": "ecr-1"}),
        "violated plant-attachment",
    ),
)
