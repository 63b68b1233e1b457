"""CEN413: a package that the service has locked is named, and covers nothing for certain."""

import pytest

from cenguard.geography.areas import area_pair
from cenguard.network.connectivity import connectivity_of
from cenguard.network.known import Inventory, KnownInstance, KnownPackage
from cenguard.rules.bandwidth import missing_bandwidth_package
from cenguard.rules.money import locked_package
from cenguard.testing import a_world
from tests.rules.tables import basic, case, table


def served(word=None):
    """Two regions, a package and a limit, all standing; the state says how the package's business stands."""
    world = basic().package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit").standing()
    return world.outputs("package", businessStatus=word) if word is not None else world


def in_inventory(word, **more):
    """A package that only an inventory names."""
    known = KnownPackage(
        id="cenbwp-1", area_pair=area_pair("China", "Europe"), bandwidth=10, instance="cen-1", locked=word, **more
    )
    return a_world().inventory(Inventory(packages={"cenbwp-1": known}, instances={"cen-1": KnownInstance(id="cen-1")}))


test_locked_package = table(
    locked_package.RULE,
    case("the state says that a bill is unpaid", served("FinancialLocked"), "violated package"),
    case("the state says that it is locked for security", served("SecurityLocked"), "violated package"),
    case("a word that nobody knows yet is no Normal either", served("BidLocked"), "violated package"),
    case("the state says Normal", served("Normal")),
    case("the state says nothing", served()),
    case("an empty word", served("")),
    case("an inventory says so", in_inventory("FinancialLocked"), "violated cenbwp-1"),
    case("an inventory says nothing of it", in_inventory(None)),
    case(
        "its regions may be cut off, or not",
        served("FinancialLocked"),
        "CEN413 violated package",
        "CEN201 undetermined core",
        beside=[missing_bandwidth_package.RULE],
    ),
)


@pytest.mark.parametrize(("word", "disposition"), [("FinancialLocked", "undetermined"), ("Normal", "funded")])
def test_the_pair(word, disposition):
    (connectivity,) = connectivity_of(served(word).assembled()).values()

    assert [item.disposition for item in connectivity.connections.values()] == [disposition]


def test_the_finding_names_reason_and_pairs():
    (finding,) = locked_package.RULE.findings(served("FinancialLocked").assembled())

    assert "is locked (FinancialLocked: an unpaid bill), as the state says" in finding.message
    assert [str(pair) for pair in finding.region_pairs] == ["cn-beijing/us-west-1"]
    assert "Pay the bill" in finding.fix.summary
