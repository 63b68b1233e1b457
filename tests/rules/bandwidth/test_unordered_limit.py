"""CEN211: a limit does not wait for its package and for a network in each of its regions."""

from cenguard.readers.resources import Change
from tests.rules.worlds import From

CODE = "CEN211"


def test_a_limit_that_waits_for_nothing_may_come_first(basic):
    basic.buy()
    basic.connect(after=[])

    assert basic.world.found(CODE, levels=True) == {("violated", "limit", "mandatory")}


def test_each_of_the_three_is_asked_for(basic):
    basic.buy()
    everything = {"shop": basic.shop, "sales": basic.sales, "package-bound": basic.bound}
    for index, missing in enumerate(everything):
        basic.connect(name=f"limit-{index}", after=[handle for name, handle in everything.items() if name != missing])
    messages = {item.resource: item.message for item in basic.world.report().findings if item.rule == CODE}

    assert [missing in messages[f"limit-{index}"] for index, missing in enumerate(everything)] == [True, True, True]


def test_a_limit_that_waits_for_all_is_kept(basic):
    basic.buy()
    basic.connect()

    assert basic.world.found(CODE) == set()


def test_one_of_several_networks_of_a_region_is_enough(basic):
    basic.world.attach(basic.core, "cn-beijing", "second")
    basic.buy()
    basic.connect()

    assert basic.world.found(CODE) == set()


def test_waiting_runs_through_other_resources(basic):
    basic.buy()
    between = basic.world.add("random:index/randomId:RandomId", "between", {}, after=[basic.shop, basic.sales, basic.bound])
    basic.connect(after=[between])

    assert basic.world.found(CODE) == set()


def test_waiting_runs_through_a_chain_of_limits(basic):
    """A common way not to be throttled: each limit waits for the one before."""
    basic.buy()
    first = basic.connect()
    for number in range(300):
        first = basic.connect(name=f"limit-{number}", after=[first])

    assert basic.world.found(CODE) == set()


def test_reading_an_output_is_waiting(basic):
    basic.buy()
    regions = [basic.shop.get("childInstanceRegionId"), basic.sales.get("childInstanceRegionId")]
    basic.world.limit(basic.bound.get("instanceId"), regions)

    assert basic.world.found(CODE) == set()


def test_a_provider_configured_from_an_attachment_makes_its_resources_wait(basic):
    basic.buy()
    basic.world.provider("cn-beijing", "late", after=[basic.shop, basic.sales, basic.bound])
    limit = basic.connect(after=[])
    limit.resource.provider = basic.world.provider("cn-beijing", "late").urn

    assert basic.world.found(CODE) == set()


def test_what_stands_has_been_accepted(basic):
    basic.buy()
    basic.world.limit(basic.core, ["cn-beijing", "us-west-1"], change=Change.SAME)

    assert basic.world.found(CODE) == set()


def test_what_does_not_exist_is_another_rules_finding(basic):
    basic.world.limit(basic.core, ["cn-beijing", "us-west-1"], after=[basic.shop, basic.sales])

    assert basic.world.found(CODE, "CEN207") == {("CEN207", "violated", "limit")}


def test_the_only_package_attachment_may_be_its_own_though_the_areas_are_unknown(basic):
    basic.world.bind(basic.core, "cenbwp-1")
    basic.connect(after=[basic.shop, basic.sales])

    assert basic.world.found(CODE) == {("undetermined", "limit")}


def test_on_an_instance_that_is_not_identified_it_stays_open(world):
    instance = From((world.stack_reference().urn,))
    world.attach(instance, "cn-beijing", "shop")
    world.limit(instance, ["cn-beijing", "us-west-1"])

    assert world.found(CODE) == {("undetermined", "limit")}


def test_an_empty_network_is_quiet(world):
    assert world.found(CODE) == set()
