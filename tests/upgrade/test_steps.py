"""The way there: each step is one that this network has, and its command looks at what is meant."""

from cenguard.findings.report import Prices
from cenguard.reports.upgrade import html, markdown
from cenguard.reports.upgrade.words import costs
from cenguard.settings.model import Settings
from cenguard.testing import a_world
from tests.upgrade.plans import answer

CN, US = "cn-hangzhou", "us-west-1"


def steps(world, **asked):
    """What is to be done."""
    return [step.do for step in answer(world, **asked).steps]


def one_region():
    """A VPC and nothing beyond."""
    return a_world().instance().attach(CN, "shop").standing()


def two_regions(mbps=10):
    """Two regions, a package and a limit."""
    world = a_world().instance().attach(CN, "shop").attach(US, "sales")
    return world.package("China", "North-America", mbps, "silk").limit(CN, US, 8, "limit").standing()


def test_nothing_is_deployed_that_the_new_network_does_not_have():
    """One region has no peers, and no second region."""
    assert (
        "Deploy routers, route tables, attachments, associations and propagations of the new network; the Basic attachment of a VPC "
        "goes before its new one publishes routes"
    ) in steps(one_region())
    assert any(
        item.startswith("Deploy routers") and "and peers of the new network, region by region;" in item
        for item in steps(two_regions())
    )


def test_the_new_network_is_looked_at_and_not_the_old_one():
    """`explain` of the old document tells the old network."""
    assert answer(two_regions()).steps[-1].check == "cenguard explain DIR --from NETWORK --to NETWORK"


def test_a_package_that_is_attached_is_resized_in_the_console():
    """A program that resizes it fails (CEN405)."""
    assert (
        "Raise package silk, which is attached, from 5 Mbps to 8 Mbps in the console, with a refresh of the stack after it; or lower limits that "
        "draw on it, or pay for its pairs by traffic"
    ) in steps(two_regions(5))


def test_the_limit_of_a_ccn_waits_for_no_peer_of_the_program():
    """It was to be taken away just before its peer is made, which no program makes."""
    world = a_world().instance().attach(CN, "shop").attach("ccn-eu-central-1", "branches", "CCN")
    told = steps(world.package("China", "Europe", 5, "silk").limit(CN, "ccn-eu-central-1", 5).standing())

    assert not [item for item in told if item.startswith("Take the bandwidth limits away")]
    assert (
        "Connect ccn-eu-central-1 – cn-hangzhou in the service's console: no program declares what joins a region of CCNs to an Enterprise "
        "router, and a bandwidth limit joins Basic routers only"
    ) in told


def test_a_ccn_alone_has_nothing_to_deploy():
    """No router, no service to activate."""
    found = answer(a_world().instance().attach("ccn-cn-shanghai", "branches", "CCN").standing())

    assert [step.do.split(":")[0] for step in found.steps] == ["Keep what stands of core", "Leave the rest as it is"]
    assert costs(found.costs)[0].startswith("1 connection, 730 connection hours")


def test_what_is_to_be_typed_is_code_on_a_page_and_in_a_comment():
    """A comment showed the backticks, and a page too."""
    told = answer(two_regions())

    assert "the answers of `aliyun cbn` as an inventory" in markdown.render(told)
    assert "the answers of <code>aliyun cbn</code> as an inventory" in html.render(told)
    assert "`" not in html.render(told)


def test_money_is_said_a_line_each_and_what_no_price_tells_is_not_known():
    """An amount that is not known was *not known a month*."""
    prices = Prices(currency="USD", mbps_month={("China", "North-America"): 100.0})

    assert costs(answer(two_regions(), settings=Settings(prices=prices)).costs)[1:] == [
        "packages kept: 1,000.00 USD a month",
        "packages idle: 0.00 USD a month",
        "packages kept and connection hours: not known",
    ]
