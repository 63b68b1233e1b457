"""CEN213: a limit joins regions whose routers are Enterprise Edition."""

CODE = "CEN213"


def test_a_limit_between_enterprise_regions_carries_nothing(enterprise):
    enterprise.buy()
    enterprise.world.limit(enterprise.core, ["cn-hangzhou", "eu-central-1"])
    (finding,) = [item for item in enterprise.world.report().findings if item.rule == CODE]

    assert (finding.verdict, finding.level, finding.resource) == ("violated", "mandatory", "limit")
    assert "TransitRouterPeerAttachment" in finding.fix.python


def test_one_enterprise_end_is_enough(world):
    core = world.instance()
    world.attach(core, "cn-beijing", "shop")
    world.router_attachment(world.router(core, "eu-central-1"), "office")
    world.limit(core, ["cn-beijing", "eu-central-1"])

    assert world.found(CODE) == {("violated", "limit")}


def test_basic_regions_are_kept(basic):
    basic.connect(after=[])

    assert basic.world.found(CODE) == set()


def test_a_router_of_another_instance_does_not_count(basic):
    basic.world.router(basic.world.instance("other"), "us-west-1")
    basic.connect(after=[])

    assert basic.world.found(CODE) == set()


def test_a_router_in_a_third_region_does_not_count(basic):
    basic.world.router(basic.core, "eu-central-1")
    basic.connect(after=[])

    assert basic.world.found(CODE) == set()


def test_a_router_whose_region_is_not_known_may_lie_in_one_of_them(basic):
    basic.world.router(basic.core, None, "somewhere")
    basic.connect(after=[])

    assert basic.world.found(CODE) == {("undetermined", "limit")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
