"""CEN415: a package that a killed update was buying may be bought already."""

from cenguard.resources.values import UNKNOWN
from cenguard.rules.bandwidth import missing_bandwidth_package
from cenguard.rules.money import interrupted_purchase
from tests.rules.tables import basic, case, table


def alone(mbps=10):
    """A package that nothing attaches yet."""
    return basic().package("China", "North-America", mbps, "package", attached=False)


def attached():
    """A package and its attachment."""
    return basic().package("China", "North-America", 10, "package")


def bought():
    return basic().package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit")


test_interrupted_purchase = table(
    interrupted_purchase.RULE,
    case("a state alone", alone().interrupted("package"), "violated package"),
    case("the change beside it buys it again", bought().interrupted("package", again=True), "violated package (mandatory)"),
    case("its attachment was being made", attached().interrupted("package-attachment"), "violated package-attachment"),
    case("its size is not known", alone(UNKNOWN).interrupted("package"), "violated package"),
    case("the change takes it over by its id", bought().imported("package").interrupted("package", again=True)),
    case("a limit was being made: nothing is bought", bought().interrupted("limit")),
    case("nothing was interrupted", bought()),
    case(
        "what needs it is certain: nothing is attached",
        alone().interrupted("package"),
        "CEN415 violated package",
        "CEN201 violated core",
        beside=[missing_bandwidth_package.RULE],
    ),
)


def test_a_second_purchase_is_mandatory():
    def level(world):
        (finding,) = interrupted_purchase.RULE.findings(world.assembled())
        return finding.level

    assert level(bought().interrupted("package", again=True)).value == "mandatory"
    assert level(alone().interrupted("package")) is None


def test_the_finding_says_how_to_settle_it():
    (finding,) = interrupted_purchase.RULE.findings(bought().interrupted("package", again=True).assembled())

    assert f"`pulumi refresh --import-pending-creates {finding.subject} ID`" in finding.fix.summary
    assert "`pulumi refresh --clear-pending-creates`" in finding.fix.summary
