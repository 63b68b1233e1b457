"""CEN217: some areas that the provider accepts are no longer sold."""

from cenguard.geography.catalogue import load
from cenguard.rules.bandwidth import retired_area
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def joining(a, b):
    """A package for two areas."""
    return a_world().instance().package(a, b, 10, "package")


test_retired_area = table(
    retired_area.RULE,
    case("Australia", joining("China", "Australia"), "violated package"),
    case("areas that are sold", joining("China", "Europe")),
    case("Australia, and another that is not known", joining("Australia", UNKNOWN), "violated package"),
    case("Europe, and another that is not known", joining("Europe", UNKNOWN), "undetermined package"),
    case("what stands has been accepted", joining("China", "Australia").standing()),
    case("what was bought is not bought anew", joining("China", "Australia").updated("package", bandwidth=5)),
    case(
        "what is made in the place of another is",
        joining("China", "Australia").replaced("package", geographicRegionBId="Europe"),
        "violated package",
    ),
    case("a misspelt area is another rule's finding", joining("China", "Austria")),
    case("an unset area is another rule's finding", joining("China", None)),
    case("in the edition of 2019 it was sold", joining("China", "Australia").catalogue(load("2019-01"))),
)
