"""The key `area_pair`, which waivers and inventories share."""

from collections.abc import Sequence
from typing import Protocol

from cenguard.errors import InvalidSettings, shown
from cenguard.geography.areas import AreaPair, area_pair
from cenguard.geography.catalogue import Catalogue


class Row(Protocol):
    """A table of a file that says what is wrong in it (`cenguard.text.tables.Table`)."""

    def texts(self, key: str, /) -> Sequence[str]:
        """The strings of a list."""

    def refuse(self, key: str, reason: str, /) -> InvalidSettings:
        """The error for one of its keys, with the line."""


def read_area_pair(row: Row, catalogue: Catalogue) -> AreaPair:
    """The key `area_pair` of a table: two areas as the service spells them.

    Raises:
        InvalidSettings: they are not two, or not known.
    """
    names = row.texts("area_pair")
    if len(names) != 2:
        raise row.refuse("area_pair", f'two areas were expected, such as ["China", "Europe"], not {len(names)}')
    for name in names:
        if not catalogue.knows_area(name):
            hint = catalogue.nearest_area(name)
            raise row.refuse("area_pair", f"no area {shown(name)}" + (f"; did you mean {hint}?" if hint else ""))
    return area_pair(*names)
