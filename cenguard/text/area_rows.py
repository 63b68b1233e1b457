"""The key `area_pair`, which waivers and inventories share."""

from cenguard.geography.areas import AreaPair, area_pair
from cenguard.geography.catalogue import Catalogue
from cenguard.text.tables import Table, shown


def read_area_pair(row: Table, catalogue: Catalogue) -> AreaPair:
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
