"""CEN502: packages, ceilings of peers paid by traffic, and their sums stay below their caps."""

from cenguard.geography.regions import region_pair
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.network.known import Inventory, KnownPeer
from cenguard.resources.tokens import PEER
from cenguard.rules.organisation import bandwidth_above_cap
from cenguard.settings.model import Settings
from cenguard.testing import UNKNOWN, a_world, of
from tests.rules.tables import case, enterprise, table

FIFTY = {"China/Europe": 50}


def of_size(mbps, more=None):
    """Packages of China and Europe on one instance, and perhaps another instance."""
    world = a_world().instance().package("China", "Europe", mbps, "package")
    return world if more is None else world.instance("other").package("China", "Europe", more, "second")


def by_traffic(mbps, package=None, **inputs):
    """A peer of Hangzhou and Frankfurt that is paid by traffic, and perhaps a package of its area pair beside it."""
    world = enterprise().peer("near", "far", mbps, "peer", billing="DataTransfer", **inputs)
    return world if package is None else world.package("China", "Europe", package, "package")


def billed(billing, mbps, *, draws=False):
    """A peer of Hangzhou and Frankfurt of some billing, that may draw on a package of 10 Mbps."""
    world = enterprise()
    if draws:
        world.package("China", "Europe", 10, "package")
    return world.peer("near", "far", mbps, "peer", billing=billing, package="package" if draws else None)


def of_areas(near, far, mbps):
    """A package of two areas on an instance."""
    return a_world().instance().package(near, far, mbps, "package")


def by_traffic_to(region, mbps):
    """A peer by traffic from Hangzhou to the router of another stack."""
    stated = {
        "cenId": of("core"),
        "transitRouterId": "tr-1",
        "peerTransitRouterId": "tr-2",
        "peerTransitRouterRegionId": region,
        "bandwidthType": "DataTransfer",
        "bandwidth": mbps,
    }
    return a_world().instance().resource(PEER, "peer", stated, region="cn-hangzhou")


def in_inventory(mbps, package):
    """A package of the input beside a peer by traffic that only an inventory names."""
    known = KnownPeer(instance="cen-1", regions=region_pair("cn-hangzhou", "eu-central-1"), bandwidth=mbps, billing="traffic")
    return a_world().package("China", "Europe", package, "package", attached=False).inventory(Inventory(peers=(known,)))


test_bandwidth_above_cap = table(
    bandwidth_above_cap.RULE,
    case("nothing is configured", of_size(1000)),
    case("above the cap of a package", of_size(60), "violated package", package_mbps=50),
    case("at the cap", of_size(50), package_mbps=50),
    case("not known yet", of_size(UNKNOWN), "undetermined package", package_mbps=50),
    case("a sum above the cap of the area pair", of_size(60, 60), "violated second", area_pairs={"Europe/China": 100}),
    case("a sum at the cap", of_size(60, 40), area_pairs={"China/Europe": 100}),
    case("a sum above it whatever an unknown one is", of_size(120, UNKNOWN), "violated second", area_pairs={"China/Europe": 100}),
    case("a sum that hangs on an unknown one", of_size(60, UNKNOWN), "undetermined second", area_pairs={"China/Europe": 100}),
    case("a ceiling above the cap", by_traffic(60), "violated peer", package_mbps=50),
    case("a ceiling at the cap", by_traffic(50), package_mbps=50),
    case("a ceiling that is not known yet", by_traffic(UNKNOWN), "undetermined peer", package_mbps=50),
    case("no ceiling: the service's own is not known", by_traffic(None), "undetermined peer", package_mbps=50),
    case("a ceiling above the cap of the area pair", by_traffic(60), "violated peer", area_pairs={"China/Europe": 50}),
    case("package and ceiling above it together", by_traffic(30, 30), "violated package", area_pairs={"China/Europe": 50}),
    case("package and ceiling at it together", by_traffic(20, 30), area_pairs={"China/Europe": 50}),
    case(
        "together, whatever the unknown ceiling is", by_traffic(UNKNOWN, 60), "violated package", area_pairs={"China/Europe": 50}
    ),
    case(
        "together, if the unknown ceiling is high",
        by_traffic(UNKNOWN, 30),
        "undetermined package",
        area_pairs={"China/Europe": 50},
    ),
    case("the ceiling of an inventory counts", in_inventory(30, 30), "violated package", area_pairs={"China/Europe": 50}),
    case("a ceiling of another area pair", by_traffic(60), area_pairs={"China/China": 50}),
    case("another area pair is meant", of_size(1000), area_pairs={"China/China": 100}),
    case(
        "of two caps of one area pair the lower one holds, whatever comes last",
        of_size(60),
        "violated package",
        area_pairs={"China/Europe": 50, "Europe/China": 100},
    ),
    case("a peer that may be paid by traffic", billed(UNKNOWN, 60), "undetermined peer", package_mbps=50),
    case("one that may be, within the cap", billed(UNKNOWN, 50), package_mbps=50),
    case("one that may be, whatever package it names", billed(UNKNOWN, 60, draws=True), "undetermined peer", package_mbps=50),
    case("its ceiling may count for the area pair", billed(UNKNOWN, 60, draws=True), "undetermined package", area_pairs=FIFTY),
    case("were it counted, the sum would be within the cap", billed(UNKNOWN, 20, draws=True), area_pairs=FIFTY),
    case("a package of which an area is not known", of_areas("China", UNKNOWN, 60), "undetermined package", area_pairs=FIFTY),
    case("one that is within the cap, wherever it leads", of_areas("China", UNKNOWN, 50), area_pairs=FIFTY),
    case("one that leads elsewhere for certain", of_areas("Australia", UNKNOWN, 60), area_pairs=FIFTY),
    case("a peer by traffic to a region that is not known", by_traffic_to(UNKNOWN, 60), "undetermined peer", area_pairs=FIFTY),
    case(
        "a peer by traffic to a region whose area is inferred",
        by_traffic_to("me-east-1", 60),
        "undetermined peer",
        area_pairs=FIFTY,
    ),
)


def test_a_package_that_may_count_for_two_sums_is_asked_for_each():
    caps = {"China/Europe": 50, "China/China": 50}
    options = Options(settings=Settings(options={"CEN502": {"area_pairs": caps}}))
    found = [item for item in check([of_areas("China", UNKNOWN, 60).records()], options).findings if item.rule == "CEN502"]

    assert len(found) == 2
    assert len({item.fingerprint for item in found}) == 2


def test_a_package_and_the_sum_that_it_is_the_last_of_are_told_apart():
    world = of_size(60)
    settings = Settings(options={"CEN502": {"package_mbps": 50, "area_pairs": {"China/Europe": 50}}})
    found = [item for item in check([world.records()], Options(settings=settings)).findings if item.rule == "CEN502"]

    assert [item.resource for item in found] == ["package", "package"]
    assert len({item.fingerprint for item in found}) == 2
