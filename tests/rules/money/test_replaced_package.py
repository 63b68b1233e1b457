"""CEN404: an update does not replace a package."""

from cenguard.rules.money import replaced_package
from cenguard.testing import a_world, said
from tests.rules.tables import case, table


def package(**inputs):
    """A package with some terms."""
    return a_world().instance().package("China", "Europe", 10, "package", **inputs)


def message_of(world):
    """What the rule says of the package."""
    return said(world, rules=[replaced_package.RULE])["CEN404 violated package"]


test_replaced_package = table(
    replaced_package.RULE,
    case("other areas", package().standing().replaced("package", geographicRegionAId="North-America"), "violated package"),
    case("another payment", package().standing().replaced("package", paymentType="PrePaid"), "violated package"),
    case("another size is no replacement", package().standing().updated("package", bandwidth=5)),
    case("a new package", package()),
    case("what stands", package().standing()),
)


def test_two_areas_that_are_merely_swapped_are_told_so():
    world = package().standing().replaced("package", geographicRegionAId="Europe", geographicRegionBId="China")

    assert "merely swapped" in message_of(world)


def test_an_attached_one_fails_half_way():
    world = package().standing().replaced("package", geographicRegionAId="North-America").replaced("package-attachment")

    assert "fails half-way" in message_of(world)


def test_a_detached_one_stops_traffic():
    world = a_world().instance().package("China", "Europe", 10, "package", attached=False)

    assert "It is not attached: traffic stops" in message_of(
        world.standing().replaced("package", geographicRegionAId="North-America")
    )


def test_where_unchanged_resources_are_hidden_it_says_both():
    world = a_world().instance().package("China", "Europe", 10, "package", attached=False).incomplete()

    assert "If it is attached" in message_of(world.standing().replaced("package", geographicRegionAId="North-America"))
