"""CEN216: an area is spelled as the service spells it."""

import pytest

from cenguard.rules.bandwidth import unknown_area
from cenguard.testing import UNKNOWN, a_world, findings_of
from tests.rules.tables import case, table

RULE = unknown_area.RULE
MEANT = {
    "china": "China",
    "North_America": "North-America",
    "AsiaPacific": "Asia-Pacific",
    "Eurpe": "Europe",
    "cn": "China",
}


def package(first, second, **inputs):
    """A package that nothing attaches."""
    return a_world().package(first, second, 10, "package", attached=False, **inputs)


test_unknown_area = table(
    RULE,
    *(case(f"{word} is no area", package("Europe", word), "violated package") for word in MEANT),
    case("the deprecated list is checked too", package(None, None, geographicRegionIds=["foo", "bar"]), "violated package"),
    *(
        case(f"{word} is a word of the service, sold or retired", package("Europe", word))
        for word in ("China", "Australia", "Middle-East", "South-America")
    ),
    case("what stands has the small letters of the service's answer", package("Europe", "south-america").standing()),
    case("what stands, in no word of the service", package("Europe", "foo").standing(), "violated package"),
    case("a word that is wrong is wrong beside one that is not known", package("Eurpe", UNKNOWN), "violated package"),
    case("a word that is not known", package("Europe", UNKNOWN), "undetermined package"),
)


@pytest.mark.parametrize(("word", "meant"), MEANT.items())
def test_the_right_spelling_is_told(word, meant):
    finding = findings_of(package("Europe", word), rules=[RULE])["CEN216 violated package"]

    assert f"→ '{meant}'" in finding.fix.summary
