"""CEN309: a peer, VPC or VBR attachment of a router sets no CEN instance."""

from tests.rules.worlds import UNKNOWN

CODE = "CEN309"


def test_a_vpc_attachment_without_it_gets_a_broken_id(world):
    world.router_attachment(world.router(world.instance(), "cn-hangzhou"), "plant", names_instance=False)

    assert world.found(CODE, levels=True) == {("violated", "plant", "mandatory")}


def test_a_peer_without_it_gets_a_broken_id(enterprise):
    enterprise.world.peer(enterprise.near, enterprise.far, billing="DataTransfer", names_instance=False)

    assert enterprise.world.found(CODE) == {("violated", "peer")}


def test_it_counts_for_its_routers_instance_all_the_same(world):
    core = world.instance()
    near, far = world.router(core, "cn-hangzhou"), world.router(core, "eu-central-1")
    world.router_attachment(near, "plant", names_instance=False)
    world.router_attachment(far, "office")

    assert world.found("CEN201", "CEN309") == {("CEN201", "violated", "core"), ("CEN309", "violated", "plant")}


def test_one_that_is_not_known_yet_is_set(world):
    router = world.router(world.instance(), "cn-hangzhou")
    attachment = world.router_attachment(router, "plant")
    attachment.resource.inputs["cenId"] = UNKNOWN

    assert world.found(CODE) == set()


def test_a_vpn_attachment_has_an_id_of_its_own(world):
    router = world.router(world.instance(), "cn-hangzhou")
    properties = {"transitRouterId": router.get("transitRouterId"), "vpnId": "vco-1"}
    world.add("alicloud:cen/transitRouterVpnAttachment:TransitRouterVpnAttachment", "vpn", properties, region="cn-hangzhou")

    assert world.found(CODE) == set()


def test_a_direct_attachment_is_none_of_a_routers(basic):
    assert basic.world.found(CODE) == set()


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
