"""Sentences about two things, or many: of two stacks that use one name, of one tool or the other, and of more than are listed."""

import pytest
from msgspec import structs

from cenguard.rules import RULES
from cenguard.testing import UNKNOWN, a_world, of
from tests.held import assert_holds, edits_of
from tests.network.routes.estates import one_router
from tests.readers.terraform.documents import configured, load, report_of
from tests.rules.tables import basic

BY_CODE = {rule.code: rule for rule in RULES}


def found(code, world, *others):
    """The one finding of a rule in some stacks."""
    (finding,) = BY_CODE[code].findings(world.assembled(*others), {})
    return finding


def stack(name, region, project="net"):
    """One of two stacks that attach to one instance, and call what they make alike."""
    world = a_world(stack=name, project=project).on("cen-1").attach(region, "shop", network="vpc-1")
    return world.limit("cn-beijing", "us-west-1", 5, "limit", after=[])


def test_limits_of_two_stacks():
    """Both said *limit*."""
    finding = found("CEN212", stack("app", "cn-beijing"), stack("net", "us-west-1"))
    assert finding.message.startswith("Limits limit of stack app and limit of stack net both give cn-beijing – us-west-1")
    assert finding.because[1] == "regionIds of limit limit of stack net (5 Mbps): cn-beijing, us-west-1"


def test_attachments_of_two_projects():
    """Both said *shop*, and the advice was to keep one of shop and shop."""
    finding = found("CEN104", stack("dev", "cn-beijing", "app"), stack("dev", "cn-beijing"))
    assert finding.message == "shop of net/dev attaches vpc-1 to cen-1, where shop of app/dev has attached it already."
    assert finding.fix.summary == "Keep one of shop of app/dev and shop of net/dev."


def test_routers_of_two_stacks():
    """Both said *near*."""
    worlds = [a_world(stack=name).on("cen-1").router("cn-hangzhou", "near") for name in ("app", "net")]
    assert found("CEN313", *worlds).message.startswith("near of stack net and near of stack app are both routers of cen-1")


def test_packages_of_two_stacks():
    """Both said *package*."""
    worlds = [a_world(stack=name).on("cen-1").package("China", "Europe", 10, "package") for name in ("app", "net")]
    finding = found("CEN204", *worlds)
    assert finding.message == (
        "cen-1 has a package for China/Europe already (package of stack app): the service refuses package of stack net with 409 "
        "BwpForGeoSpanAlreadyAssociated."
    )


@pytest.mark.parametrize(("block", "code"), [("10.1.1.0/24", "CEN105"), ("10.1.1.128/25", "CEN106")])
def test_networks_of_two_stacks(block, code):
    """Both said *vpc*."""
    worlds = [
        a_world(stack=name).on("cen-1").network(region, "vpc").vswitch("vpc", cidr).attach(region, name, network=of("vpc"))
        for name, region, cidr in (("app", "cn-beijing", "10.1.1.0/24"), ("net", "us-west-1", block))
    ]
    message = found(code, *worlds).message
    assert "vpc of stack net" in message
    assert "vpc of stack app" in message


def test_a_grant_where_nothing_tells_whose_the_network_is():
    """An owner is named; which account is ours nobody says."""
    world = a_world().instance().attach("cn-beijing", "shop", network="vpc-1", childInstanceOwnerId="1234567890123456")
    world.resource(
        "alicloud:cen/instanceGrant:InstanceGrant",
        "grant",
        {"cenId": of("core"), "childInstanceId": "vpc-1", "cenOwnerId": "6543210987654321"},
    )
    assert found("CEN103", world).message.startswith(
        "shop attaches vpc-1, for which it names an owner, and does not depend on the grant grant: it may come too early."
    )


def test_a_network_that_a_state_has_is_of_no_program():
    """A state has none; what tells is the type."""
    world = a_world().instance().network("cn-beijing", "line", "VBR").attach("cn-beijing", "a", network="line")
    assert found("CEN102", world).because[-1] == "line is a VBR, as its type says"


def crowd(count):
    """Networks of one provider of unknown region, declared in two."""
    world = a_world().instance().provider("somewhere", region=UNKNOWN)
    for index in range(count):
        world.network("", f"net-{index}", provider="somewhere")
        world.attach("cn-beijing" if index % 2 else "us-west-1", f"a-{index}", network=of(f"net-{index}"))
    return world


@pytest.mark.parametrize(("count", "last"), [(6, "a-5 declares cn-beijing for net-5"), (9, "and 3 more")])
def test_evidence_says_that_there_is_more(count, last):
    """Of nine networks the first six were told as all."""
    assert found("CEN101", crowd(count)).because[-1] == last


def test_evidence_says_that_there_are_more_that_cross_the_border():
    """The same of what uses an area pair."""
    world = a_world().instance().router("eu-central-1", "far").attach_to("far", "office")
    for index, region in enumerate(["beijing", "hangzhou", "shanghai", "shenzhen", "qingdao", "chengdu", "zhangjiakou"]):
        world.router(f"cn-{region}", f"near-{index}").peer(f"near-{index}", "far", 5, f"peer-{index}", billing="DataTransfer")
    assert found("CEN407", world).because[-1] == "and 1 more"


def test_what_makes_a_limit_too_early_is_terraform_itself():
    """No engine of Pulumi is there; of twelve networks three were told as all that it may wait for."""
    document = load("tofu-numeric-keys")
    del configured(document, "alicloud_cen_bandwidth_limit.bj_us")["depends_on"]
    (finding,) = [item for item in report_of(document).findings if item.rule == "CEN211"]
    assert "(bj[0], bj[10], bj[11], bj[1], bj[2], bj[3] or 6 more): Terraform may create it first, and" in finding.message


def test_a_direct_attachment_has_no_publication_to_switch_off():
    world = a_world().instance().router("cn-beijing", "router").network("cn-beijing", "net")
    world.attach("cn-beijing", "direct", network=of("net"))
    (finding,) = BY_CODE["CEN330"].findings(
        world.attach_to("router", "routed", network=of("net"), autoPublishRouteEnabled=True).assembled(), {}
    )

    assert finding.fix.summary == "Set autoPublishRouteEnabled of routed to false."
    assert finding.because[0] == "autoPublishRouteEnabled of routed is true"


def test_a_limit_of_the_settings_is_not_that_of_the_service():
    world = one_router().site("near", "plant", "10.1.1.0/24").site("near", "office", "10.2.1.0/24")
    (finding,) = BY_CODE["CEN331"].findings(world.assembled(), {"CEN331": {"limit": 1}})

    assert finding.message == "near publishes into 2 VPCs, and the settings allow 1 for a router."


@pytest.mark.parametrize(("region", "code"), [("cn-bejing", "CEN107"), ("ap-southeast-2", "CEN109")])
def test_the_region_of_a_router_is_named_by_its_provider(region, code):
    world = a_world().instance().router(region, "router")

    assert found(code, world).message.startswith("The provider of router router names ")


def test_instances_of_two_projects_that_hold_one_package():
    """Both said *core*: it was attached to core and core."""
    worlds = [a_world(stack="dev", project=name).instance().attach("cn-beijing", "shop") for name in ("app", "net")]
    for world in worlds:
        world.attach_package("cenbwp-1", "bound")
    finding = found("CEN205", *worlds)

    assert "is attached to core of app/dev and core of net/dev" in finding.message


def test_of_two_packages_one_is_attached_by_a_fix():
    """There was none: the other one is attached to nothing still, and was said to be mended with it."""
    world = basic().package("China", "North-America", 10, "a", attached=False)
    world.package("China", "North-America", 20, "b", attached=False)
    edits = edits_of(assert_holds([world.records()], structs.replace(world.options(), select=("CEN201", "CEN203"))))

    assert [edit["name"] for edit in edits] == ["a-attachment", "cn-beijing-us-west-1"]


@pytest.mark.parametrize(
    ("instances", "advice"),
    [
        (1, "Attach one of a and b to core-0, which takes no second one of these areas; let the rest go."),
        (2, "Attach it with a bandwidth package attachment."),
    ],
)
def test_of_two_packages_an_instance_takes_one(instances, advice):
    """Both were to be attached, and the service refuses the second one."""
    world = a_world()
    for index in range(instances):
        world.instance(f"core-{index}").attach("cn-beijing", f"shop-{index}").attach("us-west-1", f"sales-{index}")
    for name in ("a", "b"):
        world.package("China", "North-America", 10, name, attached=False)

    assert {item.fix.summary for item in BY_CODE["CEN203"].findings(world.assembled(), {})} == {advice}
