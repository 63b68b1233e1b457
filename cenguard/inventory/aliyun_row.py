"""One row of the service's answers, and what is wrong in it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from cenguard.errors import UnreadableInput
from cenguard.geography.areas import AreaPair, area_pair
from cenguard.geography.catalogue import Catalogue
from cenguard.geography.regions import RegionPair, region_pair, surrounding
from cenguard.inventory.files import unknown_region

LEAVING = frozenset({"Detaching", "Detached", "Deleting", "Deleted"})


class Row:
    """One row of an answer, with the means to say what is wrong in it."""

    def __init__(self, values: Mapping[str, Any], source: str, where: str, catalogue: Catalogue) -> None:
        self.values, self.source, self.where, self.catalogue = values, source, where, catalogue

    @property
    def leaving(self) -> bool:
        """Whether the service is taking it away, or has."""
        return self.values.get("Status") in LEAVING

    def text(self, key: str) -> str:
        """A text that must be there."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value:
            raise UnreadableInput(self.source, "a text was expected", where=f"{self.where}.{key}")
        return value

    def optional(self, key: str) -> str | None:
        """A text; None where it is absent or empty."""
        value = self.values.get(key)
        return value if isinstance(value, str) and value else None

    def flag(self, key: str) -> bool | None:
        """True or false; None where the answer does not say."""
        value = self.values.get(key)
        return value if isinstance(value, bool) else None

    def first(self, *keys: str) -> str | None:
        """The first of some keys that has a value."""
        return next((key for key in keys if self.values.get(key)), None)

    def number(self, key: str) -> float | None:
        """A number, also one that is written as text; None where it is absent or empty."""
        value = self.values.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, str) and value.isdecimal():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
            raise UnreadableInput(self.source, "a number was expected", where=f"{self.where}.{key}")
        return value

    def day(self, key: str) -> dt.date | None:
        """The day of a time."""
        value = self.optional(key)
        try:
            return dt.date.fromisoformat(value[:10]) if value else None
        except ValueError:
            raise UnreadableInput(self.source, f"a date was expected, not {value!r}", where=f"{self.where}.{key}") from None

    def region(self, key: str) -> str:
        """A region of the catalogue."""
        name = self.text(key)
        if surrounding(name) not in self.catalogue.regions:
            raise unknown_region(self.source, f"{self.where}.{key}", name, self.catalogue)
        return name

    def pair(self, first: str, second: str) -> RegionPair:
        """Two different regions."""
        a, b = self.region(first), self.region(second)
        if a == b:
            raise UnreadableInput(self.source, f"{a} is named twice", where=self.where)
        return region_pair(a, b)

    def area_pair(self, first: str, second: str) -> AreaPair:
        """The pair of two areas, which the service answers in its own spelling, or in small letters."""
        return area_pair(self._area(first), self._area(second))

    def _area(self, key: str) -> str:
        word = self.text(key)
        found = spellings(self.catalogue).get(word.lower())
        if found is None:
            raise UnreadableInput(self.source, f"no area {word!r}", where=f"{self.where}.{key}")
        return found


def spellings(catalogue: Catalogue) -> Mapping[str, str]:
    """The areas by what the service calls them, in small letters."""
    spelled = {area.lower(): area for area in catalogue.areas}
    for area in catalogue.areas.values():
        spelled |= {alias: area.id for alias in area.aliases if alias not in spelled}
    return spelled
