"""CEN330: a VPC takes routes from one source."""

from cenguard.resources.tokens import ROUTER_VPC_ASSOCIATION
from cenguard.rules.routes import published_twice
from cenguard.testing import UNKNOWN, findings_of, of
from tests.held import edits_by
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
    case(
        "over two of three, whatever the third one does",
        twice()
        .router("cn-hangzhou", "third")
        .attach_to("third", "whether", network="plant", routed=False, autoPublishRouteEnabled=UNKNOWN),
        "violated second",
    ),
    case("what stands", twice().standing()),
    case("what stands, one of them with another description now", twice().standing().updated("second", description="old")),
    case(
        "one that stands publishes now",
        twice().standing().updated("second", autoPublishRouteEnabled=False),
        "violated second",
    ),
    case(
        "a new one beside one that stands with another description now",
        twice().standing("second").updated("second", description="old"),
        "violated plant-attachment",
    ),
    case("a new one beside what stands, whatever their names", twice().standing("second"), "violated plant-attachment"),
    case(
        "a new direct attachment beside what stands",
        one_router().site("near", "plant", A).standing().attach("cn-hangzhou", "direct", network="plant"),
        "violated direct",
    ),
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


def test_a_vpc_that_is_only_an_id_is_called_by_its_attachment():
    estate = one_router().instance("other").router("cn-hangzhou", "beside")
    for router, name in (("near", "first"), ("beside", "second")):
        estate = estate.attach_to(router, name, vpcId="vpc-1", autoPublishRouteEnabled=True)
    (finding,) = findings_of(estate, rules=[published_twice.RULE]).values()

    assert finding.message == "VPC of second takes routes over second and over first: the service takes one source at a time."
    assert finding.fix.summary == "Set autoPublishRouteEnabled to false in one of first and second."


def test_the_advice_leaves_one_source():
    third = (
        twice()
        .router("eu-central-1", "far")
        .attach_to("far", "third", network="plant", routed=False, autoPublishRouteEnabled=True)
    )
    direct = twice().attach("cn-hangzhou", "direct", network="plant")
    said = [
        finding.fix.summary
        for estate in (third, direct)
        for finding in findings_of(estate, rules=[published_twice.RULE]).values()
    ]

    assert said == [
        "Set autoPublishRouteEnabled to false in all but one of plant-attachment, second and third.",
        "Set autoPublishRouteEnabled to false in plant-attachment and second.",
    ]
    off = [
        sorted(edit["urn"].rpartition("::")[2] for edit in edits_by(estate, published_twice.RULE)) for estate in (third, direct)
    ]
    assert off == [["second", "third"], ["plant-attachment", "second"]]
