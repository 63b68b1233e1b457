"""What `cenguard needs` says is true of the regions that it is asked about."""

from cenguard.geography.catalogue import default_catalogue
from cenguard.planning.planning import needs
from cenguard.reports.needs import render


def said(*regions):
    """The answer, a line each."""
    return render(needs(regions, 10, default_catalogue()), default_catalogue(), "human").splitlines()


def test_what_a_pair_has_without_anything_hangs_on_the_edition():
    """A new network is of Enterprise Edition, where nothing passes without a peer."""
    assert said("cn-beijing", "us-west-1")[1] == (
        "(areas 2026-03; without any of this a pair has 1 Kbps on Basic Edition, and no connection on Enterprise Edition)"
    )


def test_a_ccn_that_needs_nothing_on_basic_edition():
    """It does not stay at 1 Kbps; and what a new network needs was not said."""
    told = said("ccn-cn-shanghai", "cn-beijing")

    assert told[1] == "(areas 2026-03)"
    assert told[4] == (
        "    ccn-cn-shanghai – cn-beijing   (to an Enterprise router a China/China package, and Mbps of it in the service's console)"
    )
    assert said("ccn-cn-shanghai", "cn-shanghai")[4].endswith("(to an Enterprise router: not documented)")


def test_regions_of_ccns_are_of_basic_edition():
    """No network on Enterprise Edition can be made there, and no peer."""
    told = said("ccn-cn-shanghai", "ccn-eu-central-1")

    assert told[3] == "Road 1: bandwidth packages, then a bandwidth limit for each pair (Basic Edition)"
    assert not [line for line in told if "Enterprise" in line]


def test_an_area_that_is_only_inferred_can_be_settled():
    """What hangs on it, and what to give."""
    assert said("cn-beijing", "me-central-1")[-2:] == [
        "Undetermined: the area of me-central-1, Middle-East, is only inferred (catalogue 2026-03); a row for",
        "me-central-1 in a file given with --areas settles which packages its pairs need",
    ]


def test_a_road_that_is_the_only_one_is_not_the_second():
    """Which package an area that is only inferred needs is not said, so that nothing comes before pay by traffic."""
    told = said("cn-beijing", "cn-beijing-finance-1")

    assert told[3] == "A peer paid by traffic for each pair (Enterprise Edition only), no package"
    assert any(
        line.startswith("Road 2: a peer paid by traffic") for line in said("cn-beijing", "us-west-1", "cn-beijing-finance-1")
    )


def test_two_names_of_what_may_be_one_region_are_not_joined():
    """A region has one router, and no peer with itself."""
    told = "\n".join(said("cn-beijing", "cn-hangzhou-finance", "cn-hzfinance"))

    assert "cn-hangzhou-finance – cn-hzfinance" not in told
    assert "cn-beijing – cn-hzfinance: at most 10 Mbps" in told
    assert "Undetermined: cn-hangzhou-finance and cn-hzfinance may be two names of one region;" in told
