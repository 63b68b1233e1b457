"""The area catalogue: which regions lie in which area, as dated data.

One JSON file for each edition, `areas-<edition>.json`. The table is data: a user's own file overrides rows, and no code
holds a region's name. Sources stand in the files.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from cenguard.errors import InvalidSettings, UnknownName, nearest
from cenguard.geography.areas import MAINLAND, Area, AreaPair, Certainty, area_pair
from cenguard.geography.regions import CCN_PREFIX, Region, RegionPair, RegionStatus, surrounding

SCHEMA = 1
LEAST_BEGINNING = 3
"""Letters that an area is known by, where no other begins with them."""
_FOLDER = Path(__file__).parent / "editions"
_Row = TypeVar("_Row", Area, Region)


class Doubt(NamedTuple):
    """Why the catalogue cannot place a region in an area for certain."""

    region: str
    reason: str
    candidates: tuple[str, ...] = ()
    """Areas it may lie in; empty when it could be any."""
    is_unlisted: bool = False
    """Whether the catalogue does not have it: its name may be wrong."""


class Catalogue:
    """One edition of the area table, with what a user's own file changed in it. Nobody changes it later."""

    def __init__(
        self,
        *,
        edition: str,
        retrieved: str,
        areas: Mapping[str, Area],
        regions: Mapping[str, Region],
        sources: tuple[str, ...] = (),
    ) -> None:
        self.edition = edition
        self.retrieved = retrieved
        self.areas = areas
        self.regions = regions
        self.sources = sources
        self._placed: dict[str, str | Doubt] = {}
        self._area_pairs: dict[RegionPair, AreaPair | Doubt] = {}
        self._homes: dict[str, str | None] = {}
        self.legacy = frozenset(row.id for row in regions.values() if row.status is RegionStatus.ALIAS)
        """Names of regions that may be other names of one that has a row of its own."""

    def is_meant(self, name: str) -> bool:
        """Whether a text that is no region was meant as one: nearly an id, or a title, whatever else it is near to."""
        return nearest(name, self.regions) is not None or name.lower() in {row.title.lower() for row in self.regions.values()}

    def region(self, name: str) -> Region:
        """The row of a region (of the plain region around a `ccn-` one).

        Raises:
            UnknownName: the edition has no such region.
        """
        row = self.regions.get(surrounding(name))
        if row is None:
            meant = self.nearest_region(name)
            raise UnknownName("region", name, self.regions, note=f"(area catalogue {self.edition})", meant=meant)
        return row

    def nearest_region(self, name: str) -> str | None:
        """The known region closest to a misspelt one: by id, else by title ("Beijing"); of CCNs one that has them."""
        plain = surrounding(name)
        titles = {row.title: row.id for row in self.regions.values()}
        by_title = nearest(plain, titles)
        found = nearest(plain, self.regions) or (titles[by_title] if by_title else None)
        if found is None or plain == name:
            return found
        return f"{CCN_PREFIX}{found}" if self.has_ccn(found) else None

    def title(self, region: str) -> str:
        """A region as people call it: `cn-beijing (Beijing)`; the id alone when the catalogue has no title."""
        row = self.regions.get(surrounding(region))
        return f"{region} ({row.title})" if row and row.title != region else region

    def has_ccn(self, region: str) -> bool:
        """Whether a Cloud Connect Network is known in a region (in the plain region around a `ccn-` one)."""
        row = self.regions.get(surrounding(region))
        return row is not None and row.ccn

    @property
    def ccn_regions(self) -> tuple[str, ...]:
        """The regions of Cloud Connect Networks, sorted."""
        return tuple(sorted(CCN_PREFIX + row.id for row in self.regions.values() if row.ccn))

    def may_be_one_region(self, first: str, second: str) -> bool:
        """Whether two names may be those of one region: the edition takes one for a legacy name of the other.

        >>> default_catalogue().may_be_one_region("cn-hzfinance", "cn-hangzhou-finance")
        True
        """
        one, other = self.regions.get(first), self.regions.get(second)
        if one is None or other is None or RegionStatus.ALIAS not in (one.status, other.status):
            return False
        names = [row.alias_of if row.status is RegionStatus.ALIAS else row.id for row in (one, other)]
        return names[0] == names[1] or (None in names and one.area == other.area)

    def region_of_zone(self, zone: str) -> str | None:
        """The region of a zone: the longest id of a region that the zone's begins with; None where there is none.

        >>> default_catalogue().region_of_zone("cn-shanghai-finance-1a")
        'cn-shanghai-finance-1'
        """
        found = self._homes.get(zone, zone)
        if found == zone:  # which is no region's id: thousands of attachments lie in a few zones
            found = self._homes[zone] = next(
                (zone[:end] for end in range(len(zone) - 1, 0, -1) if zone[:end] in self.regions), None
            )
        return found

    def area_of(self, region: str) -> str | Doubt:
        """The id of the area a region lies in, or why that is not certain.

        Only documented rows, and rows read in the provider's code, are certain.
        """
        placed = self._placed.get(region)
        if placed is None:
            placed = self._placed[region] = self._look_up(region)
        return placed

    def _look_up(self, region: str) -> str | Doubt:
        row = self.regions.get(surrounding(region))
        if row is None:
            return Doubt(region, f"region {region!r} is not in the area catalogue {self.edition}", is_unlisted=True)
        if row.area is None:
            return Doubt(region, f"the area of {region} is open: {' or '.join(row.candidates)}", row.candidates)
        if not row.certainty.is_firm:
            return Doubt(region, f"the area of {region}, {row.area}, is only inferred (catalogue {self.edition})")
        return row.area

    def area_pair(self, regions: RegionPair) -> AreaPair | Doubt:
        """The area pair that a pair of regions needs bandwidth for, or why that is not certain."""
        area_pair = self._area_pairs.get(regions)
        if area_pair is None:
            area_pair = self._area_pairs[regions] = self._look_up_pair(regions)
        return area_pair

    def crosses_border(self, regions: RegionPair) -> bool | Doubt:
        """Whether exactly one of two regions lies in the Chinese mainland, or why nobody knows.

        That takes no area for certain: Dubai lies outside, whichever area it is sold in.
        """
        first, second = self._in_mainland(regions.first), self._in_mainland(regions.second)
        if isinstance(first, Doubt):
            return first
        return second if isinstance(second, Doubt) else first != second

    def _in_mainland(self, region: str) -> bool | Doubt:
        row = self.regions.get(surrounding(region))
        areas = (row.area,) if row is not None and row.area is not None else row.candidates if row is not None else ()
        if areas and (MAINLAND not in areas or len(areas) == 1):
            return MAINLAND in areas
        placed = self.area_of(region)
        return placed if isinstance(placed, Doubt) else placed == MAINLAND

    def settled_area_pair(self, regions: RegionPair) -> AreaPair | None:
        """The area pair of a pair of regions; None where the catalogue does not settle it."""
        found = self.area_pair(regions)
        return None if isinstance(found, Doubt) else found

    def _look_up_pair(self, regions: RegionPair) -> AreaPair | Doubt:
        first = self.area_of(regions.first)
        if isinstance(first, Doubt):
            return first
        second = self.area_of(regions.second)
        return second if isinstance(second, Doubt) else area_pair(first, second)

    def knows_area(self, word: str) -> bool:
        """Whether the word is spelled as the service spells an area, of this edition or the newest one."""
        return word in self.areas or word in default_catalogue().areas

    def nearest_area(self, word: str) -> str | None:
        """The area a misspelt word most likely means: by alias, else by its beginning, else by likeness."""
        wanted = word.strip().lower().replace("_", "-")
        for area in self.areas.values():
            if wanted in area.aliases or wanted.replace("-", " ") in area.aliases:
                return area.id
        squeezed = {area.id.lower().replace("-", ""): area.id for area in self.areas.values()}
        plain = wanted.replace("-", "").replace(" ", "")
        begun = [name for known, name in squeezed.items() if known.startswith(plain)] if len(plain) >= LEAST_BEGINNING else []
        return squeezed.get(plain) or (begun[0] if len(begun) == 1 else nearest(word, self.areas))

    def unsold(self, areas: AreaPair) -> str | None:
        """The first area of the pair that the service no longer sells, or None."""
        for name in areas.names:
            row = self.areas.get(name)
            if row is not None and row.sold is False:
                return name
        return None


def editions() -> tuple[str, ...]:
    """The editions that ship with cenguard, oldest first."""
    return tuple(sorted(path.stem.removeprefix("areas-") for path in _FOLDER.glob("areas-*.json")))


@cache
def default_catalogue() -> Catalogue:
    """The newest edition."""
    return load(editions()[-1])


@cache
def load(edition: str) -> Catalogue:
    """A shipped edition, such as `2026-03`.

    Raises:
        UnknownName: no such edition ships.
    """
    path = _FOLDER / f"areas-{edition}.json"
    if edition not in editions():
        raise UnknownName("edition of the area catalogue", edition, editions(), note=f"(there are {', '.join(editions())})")
    return read(path.read_text("utf-8"), str(path), None)


def read(text: str, source: str, base: Catalogue | None) -> Catalogue:
    """Parse one catalogue file; with `base`, rows are laid over an existing catalogue."""

    def refuse(where: str, reason: str) -> InvalidSettings:
        return InvalidSettings(source, reason, where=where)

    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise refuse(f"line {error.lineno}", f"is not JSON: {error.msg}") from None
    except ValueError:  # the interpreter reads none of more than 4,300 digits
        raise refuse("", "holds a number that is longer than any of an area catalogue") from None
    except RecursionError:
        raise refuse("", "is nested too deeply for an area catalogue") from None
    if not isinstance(document, dict):
        raise refuse("", "an object with schema, edition, areas and regions was expected")
    known = {"schema", "edition", "retrieved", "replaces", "source", "areas", "regions", "notes"}
    for key in document:
        if key not in known:
            hint = nearest(key, known)
            raise refuse(key, "is not a key of an area catalogue" + (f"; did you mean {hint}?" if hint else ""))
    if document.get("schema") != SCHEMA:
        found = f"not {document['schema']!r}" if "schema" in document else "and there is none"
        raise refuse("schema", f"schema {SCHEMA} was expected, {found}")
    replaces = document.get("replaces")
    if replaces is not None and not isinstance(replaces, str):
        raise refuse("replaces", "text or null was expected")
    if base is not None and replaces is not None:
        try:
            base = load(replaces)
        except UnknownName as error:
            raise refuse("replaces", str(error)) from None
    area_rows = _rows(document, "areas", Area, refuse)
    region_rows = _rows(document, "regions", Region, refuse)
    notes, sources = document.get("notes", []), document.get("source", [])
    if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
        raise refuse("notes", "a list of texts was expected")
    if not isinstance(sources, list) or not all(isinstance(row, dict) for row in sources):
        raise refuse("source", "a list of objects was expected")
    areas = {**(base.areas if base else {}), **{row.id: row for row in area_rows}}
    regions = {**(base.regions if base else {}), **{row.id: row for row in region_rows}}
    _check(areas, regions, refuse)
    return Catalogue(
        edition=_text(document, "edition", refuse) or (base.edition if base else ""),
        retrieved=_text(document, "retrieved", refuse) or (base.retrieved if base else ""),
        areas=areas,
        regions=regions,
        sources=tuple(str(row.get("title")) for row in sources),
    )


def _text(document: Mapping[str, Any], key: str, refuse: Any) -> str:
    value = document.get(key, "")
    if not isinstance(value, str):
        raise refuse(key, "text was expected")
    return value


def _rows(document: Mapping[str, Any], key: str, kind: type[_Row], refuse: Any) -> list[_Row]:
    rows = document.get(key, [])
    if not isinstance(rows, list):
        raise refuse(key, "a list of rows was expected")
    found = [_row(row, f"{key}[{index}]", kind, refuse) for index, row in enumerate(rows)]
    places: dict[str, int] = {}
    for index, item in enumerate(found):
        if places.setdefault(item.id, index) != index:
            raise refuse(f"{key}[{index}].id", f"{item.id!r} is there twice")
    return found


def _row(row: Any, where: str, kind: type[_Row], refuse: Any) -> _Row:
    names = kind._fields
    if not isinstance(row, dict):
        raise refuse(where, "an object was expected")
    for name in row:
        if name not in names:
            hint = nearest(name, names)
            raise refuse(f"{where}.{name}", "is not known here" + (f"; did you mean {hint}?" if hint else ""))
    for name in ("id", "title", *(("area",) if kind is Region else ())):
        if name not in row or row[name] == "":
            raise refuse(where, f"{name} is missing")
    values: dict[str, Any] = dict(row)
    for name, value in row.items():
        match name:
            case "aliases" | "candidates":
                if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                    raise refuse(f"{where}.{name}", "a list of texts was expected")
                values[name] = tuple(value)
            case "certainty" | "status":
                allowed = Certainty if name == "certainty" else RegionStatus
                try:
                    values[name] = allowed(value)
                except ValueError:
                    raise refuse(f"{where}.{name}", f"{value!r} is not one of {', '.join(allowed)}") from None
            case "ccn":
                if not isinstance(value, bool):
                    raise refuse(f"{where}.ccn", "true or false was expected")
            case "sold":
                if value is not None and not isinstance(value, bool):
                    raise refuse(f"{where}.sold", "true, false or null was expected")
            case "area" | "alias_of":
                if value is not None and not isinstance(value, str):
                    raise refuse(f"{where}.{name}", "text or null was expected")
            case _:
                if not isinstance(value, str):
                    raise refuse(f"{where}.{name}", "text was expected")
    return kind(**values)


def _alias_fault(row: Region, regions: Mapping[str, Region]) -> str:
    """What is wrong with what a row says that it is another name of; empty for nothing."""
    meant = regions.get(row.alias_of or "")
    if meant is None:
        hint = nearest(row.alias_of or "", regions)
        return f"no region {row.alias_of!r}" + (f"; did you mean {hint}?" if hint else "")
    if row.status is not RegionStatus.ALIAS:
        return f"goes with status alias, not with {row.status}"
    return f"{row.alias_of} is an alias itself" if meant.status is RegionStatus.ALIAS else ""


def _check(areas: Mapping[str, Area], regions: Mapping[str, Region], refuse: Any) -> None:
    """What holds between the rows: a region's area and what it is an alias of exist, and an open area names its candidates."""
    for row in regions.values():
        named: Iterable[str] = row.candidates if row.area is None else (row.area,)
        for name in named:
            if name not in areas:
                hint = nearest(name, areas)
                raise refuse(f"regions, {row.id}", f"no area {name!r}" + (f"; did you mean {hint}?" if hint else ""))
        if row.area is None and len(set(row.candidates)) < 2:
            raise refuse(f"regions, {row.id}", "a region without area needs two candidates or more")
        if row.id != (plain := surrounding(row.id)):
            raise refuse(f"regions, {row.id}", f"a region of CCNs is no row: write ccn true on that of {plain}")
        if row.alias_of is not None and (reason := _alias_fault(row, regions)):
            raise refuse(f"regions, {row.id}, alias_of", reason)
    seen: dict[str, str] = {}
    for area in areas.values():
        for alias in area.aliases:
            if alias != alias.lower() or seen.setdefault(alias, area.id) != area.id:
                raise refuse(f"areas, {area.id}", f"alias {alias!r} is not lower case, or used twice")
