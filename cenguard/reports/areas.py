"""`cenguard areas`: the area catalogue, all of it or some regions."""

from collections.abc import Sequence

from cenguard.geography.areas import Area
from cenguard.geography.catalogue import Catalogue
from cenguard.geography.regions import Region
from cenguard.reports.json import json_text
from cenguard.text.printable import printable_lines

_SOLD = {True: "sold", False: "no longer sold", None: "sale unknown"}


def render(catalogue: Catalogue, regions: Sequence[str], form: str) -> str:
    """The catalogue as text, or as JSON.

    Raises:
        UnknownName: a region is not in it; suggests the nearest.
    """
    rows = [catalogue.region(name) for name in regions] if regions else list(catalogue.regions.values())
    areas = [area for area in catalogue.areas.values() if not regions or any(row.area == area.id for row in rows)]
    if form == "json":
        document = {
            "edition": catalogue.edition,
            "retrieved": catalogue.retrieved,
            "areas": [area._asdict() for area in areas],  # a named tuple is written as a list otherwise
            "regions": [row._asdict() for row in rows],
        }
        return json_text(document)
    lines = [f"Area catalogue {catalogue.edition}, read {catalogue.retrieved}"]
    for area in areas:
        lines += ["", _head(area), *(_row(row) for row in rows if row.area == area.id)]
    homeless = [row for row in rows if row.area is None]
    if homeless:
        lines += ["", "Area not certain", *(_row(row) for row in homeless)]
    return printable_lines("\n".join(lines)) + "\n"


def markdown_rows(catalogue: Catalogue) -> list[str]:
    """The areas, whether each is sold, and its open regions, as a table of Markdown."""
    rows = ["| area | sold | open regions |", "| --- | --- | --- |"]
    for area in catalogue.areas.values():
        sold = {True: "yes", False: "no longer", None: "not known"}[area.sold]
        open_ones = [f"`{row.id}`" for row in catalogue.regions.values() if row.area == area.id and row.status == "open"]
        rows.append(f"| {area.title} (`{area.id}`) | {sold} | {', '.join(open_ones) or '-'} |")
    return rows


def _head(area: Area) -> str:
    marks = [] if area.sold else [_SOLD[area.sold]]
    marks += [] if area.certainty.is_firm else [area.certainty.value]
    return f"{area.title} ({area.id})" + (f": {', '.join(marks)}" if marks else "")


def _row(row: Region) -> str:
    marks = [] if row.status == "open" else [row.status.value]
    marks += [] if row.certainty.is_firm else [row.certainty.value]
    marks += [f"{' or '.join(row.candidates)}"] if row.candidates else []
    marks += [f"of {row.alias_of}"] if row.alias_of else []
    marks += [row.notes] if row.notes else []
    title = row.title if row.title != row.id else ""
    return f"    {row.id:26} {title:32} {', '.join(marks)}".rstrip()
