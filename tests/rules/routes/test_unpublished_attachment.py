"""CEN320: what is associated with a table leads there, or is published into."""

from cenguard.rules.routes import unpublished_attachment
from cenguard.testing import UNKNOWN, findings_of, said
from tests.held import edits_by
from tests.network.routes.estates import one_router
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"


def site(publish, **inputs):
    """An associated network."""
    return one_router().site("near", "plant", A, publish=publish, **inputs).joined("near-table", "plant")


def closed(switch, publish=True, **inputs):
    """An attachment, a publishing one if not said otherwise, of a VPC whose system table takes published routes, or takes none."""
    world = one_router().network("cn-hangzhou", "plant", systemRouteTableRoutePropagationEnable=switch)
    return world.site("near", "plant", A, publish=publish, **inputs).joined("near-table", "plant")


test_unpublished_attachment = table(
    unpublished_attachment.RULE,
    case("nothing said", site(None), "violated plant-attachment"),
    case("switched off", site(False), "violated plant-attachment"),
    case("switched on", site(True)),
    case("not known", site(UNKNOWN), "undetermined plant-attachment"),
    case("switched on under the name of old providers", site(None, autoCreateVpcRoute=True), "undetermined plant-attachment"),
    case("switched off under the name of old providers", site(None, autoCreateVpcRoute=False), "violated plant-attachment"),
    case("an entry by hand", site(None).by_hand("plant", "10.0.0.0/8")),
    case("an entry to something else", site(None).by_hand("plant", "10.0.0.0/8", kind="NatGateway"), "violated plant-attachment"),
    case("an entry of the newer type", site(None).by_newer_hand("plant", "10.0.0.0/8")),
    case(
        "one of the newer type to something else",
        site(None).by_newer_hand("plant", "10.0.0.0/8", kind="NatGateway"),
        "violated plant-attachment",
    ),
    case(
        "one of several next hops",
        site(None).by_newer_hand(
            "plant", "10.0.0.0/8", kind=None, nextHops=[{"nexthopId": "ri-1", "nexthopType": "RouterInterface"}]
        ),
        "undetermined plant-attachment",
    ),
    case("not associated", one_router().site("near", "plant", A, publish=None)),
    case(
        "associated with a table that is not known yet",
        one_router().site("near", "plant", A, publish=None).associated(UNKNOWN, "plant"),
        "violated plant-attachment",
    ),
    case("the VPC takes published routes", closed(True)),
    case("the VPC takes none", closed(False), "violated plant-attachment"),
    case("whether the VPC takes any is not known", closed(UNKNOWN), "undetermined plant-attachment"),
    case(
        "a VPN connection publishes by itself",
        one_router().site("near", "plant", kind="VPN", publish=None).joined("near-table", "plant"),
    ),
    case(
        "a VPN connection that says no",
        one_router().site("near", "plant", kind="VPN", publish=False).joined("near-table", "plant"),
        "violated plant-attachment",
    ),
    case(
        "an Express Connect Router takes them always",
        one_router().site("near", "plant", kind="ECR").joined("near-table", "plant"),
    ),
    case(
        "a network from elsewhere",
        one_router()
        .attach_to("near", "plant", network="vpc-1", routed=False, autoPublishRouteEnabled=False)
        .joined("near-table", "plant"),
        "undetermined plant",
    ),
)


def test_a_vpc_that_takes_none_is_told_and_not_the_attachment():
    """The attachment publishes already: to set that again would change nothing."""
    (message,) = said(closed(False), rules=[unpublished_attachment.RULE]).values()

    assert message == (
        "plant is associated with near-table through plant-attachment, and nothing leads from it to the router: "
        "autoPublishRouteEnabled of plant-attachment is true, and systemRouteTableRoutePropagationEnable of plant is false, "
        "and no route entry of plant leads to plant-attachment. It sends nothing there."
    )


def test_a_network_from_elsewhere_is_named_by_its_id():
    """Nothing leads from an attachment to itself."""
    world = one_router().attach_to("near", "plant", network="vpc-1", routed=False, autoPublishRouteEnabled=False)
    (message,) = said(world.joined("near-table", "plant"), rules=[unpublished_attachment.RULE]).values()

    assert message == "Whether anything leads from vpc-1 to plant cannot be told: the network of plant is not a resource of the input, and its own route tables are not told."  # fmt: skip


def test_an_attachment_that_publishes_nothing_into_a_vpc_that_takes_none_has_two_things_to_set():
    world = closed(False, publish=False)
    [finding] = findings_of(world, rules=[unpublished_attachment.RULE]).values()

    assert finding.fix.summary.startswith(
        "Set autoPublishRouteEnabled of plant-attachment and systemRouteTableRoutePropagationEnable of plant to true, or"
    )
    assert [edit["properties"] for edit in edits_by(world, unpublished_attachment.RULE)] == [
        {"autoPublishRouteEnabled": True},
        {"systemRouteTableRoutePropagationEnable": True},
    ]


def test_what_is_not_known_is_not_said_to_be_not_set():
    [finding] = findings_of(site(UNKNOWN), rules=[unpublished_attachment.RULE]).values()

    assert finding.because[0] == "autoPublishRouteEnabled of plant-attachment is not known"
