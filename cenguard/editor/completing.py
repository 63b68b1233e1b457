"""Completion: areas and regions in the properties that take them, keys, rules and words in settings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from cenguard.editor.cursor import Spot, spot_at, value_at
from cenguard.editor.settings_files import Sort, catalogue_for, sort_of
from cenguard.geography.catalogue import Catalogue
from cenguard.rules import RULES
from cenguard.rules.options import AREA_PAIR
from cenguard.settings.rule_tables import code_named, own_options
from cenguard.settings.schema import document

if TYPE_CHECKING:
    from cenguard.editor.server import Server

AREAS = frozenset({"geographicregionaid", "geographicregionbid", "geographicregionids"})
"""Properties that take areas, in small letters and without underscores."""
REGIONS = frozenset(
    {
        "region", "regions", "regionid", "regionids", "childinstanceregionid", "peertransitrouterregionid", "sourceregionids",
        "destinationregionids", "cenregionid", "hub",
    }
)  # fmt: skip
"""Properties that take regions; of CenNetwork those as well."""
PAIRS = frozenset({"sizes", "existing"})
"""Arguments of CenNetwork whose keys are area pairs."""
_WAIVED = "waiver"
_RULE_WORDS = ("unwaivable",)
_Item = tuple[str, str]
"""A word, and what it is."""


def register(server: "Server") -> None:
    """Register the request for completion."""

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=['"', "'", "/", "[", ".", "-"]))
    def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        path = server.path(params.text_document.uri)
        opened = server.text(params.text_document.uri) if path is not None else None
        if path is None or opened is None:
            return []
        text, offset = opened.source, server.offset(opened, params.position)
        sort = sort_of(path, text)
        catalogue = catalogue_for(path)
        if sort is None:
            found = value_at(text, offset)
            if found is None:
                return []
            bare = found.quoted or path.suffix in (".yaml", ".yml")
            return _items(params.position, found.word, _of_property(found.name, catalogue), quoted=bare)
        spot = spot_at(text, offset, top=("tool", "cenguard") if sort is Sort.PYPROJECT else ())
        if spot is None:
            return []
        is_key = spot.header or not spot.key
        items = _keys(spot, sort) if is_key else _values(spot, catalogue)
        return _items(params.position, spot.word, items, quoted=spot.quoted or is_key)


def _items(position: types.Position, word: str, found: Iterable[_Item], *, quoted: bool) -> list[types.CompletionItem]:
    start = types.Position(position.line, max(0, position.character - len(word)))  # words of ours are ASCII
    return [
        types.CompletionItem(
            label=name,
            kind=types.CompletionItemKind.Value,
            detail=detail or None,
            filter_text=name,
            text_edit=types.TextEdit(types.Range(start, position), name if quoted else f'"{name}"'),
        )
        for name, detail in found
    ]


def _of_property(name: str, catalogue: Catalogue) -> Iterator[_Item]:
    if name in AREAS:
        yield from _areas(catalogue)
    elif name in REGIONS:
        yield from _regions(catalogue)
    elif name in PAIRS:
        yield from _pairs(catalogue)


def _areas(catalogue: Catalogue) -> Iterator[_Item]:
    for area in catalogue.areas.values():
        yield area.id, area.title + (", no longer sold" if area.sold is False else "")


def _regions(catalogue: Catalogue) -> Iterator[_Item]:
    for row in catalogue.regions.values():
        yield row.id, f"{row.title}, {row.area or ' or '.join(row.candidates)}"
    for name in catalogue.ccn_regions:
        yield name, "Cloud Connect Network"


def _pairs(catalogue: Catalogue) -> Iterator[_Item]:
    sold = sorted(area.id for area in catalogue.areas.values() if area.sold is not False)
    for first, second in combinations_with_replacement(sold, 2):
        yield f"{first}/{second}", "area pair"


def _rules(*, codes: bool = True) -> Iterator[_Item]:
    for rule in RULES:
        yield rule.name, f"{rule.code}: {rule.title}"
        if codes:
            yield rule.code, f"{rule.name}: {rule.title}"


def _keys(spot: Spot, sort: Sort) -> Iterator[_Item]:
    """Keys, and the names of tables in a header."""
    schema: Mapping[str, Any] = document()
    node = schema["properties"]
    if sort is Sort.WAIVERS:
        node = {_WAIVED: node[_WAIVED]}
    if spot.table == ("rules",):
        yield from _rules()
        return
    for part in spot.table:
        inner = node.get(part, {})
        inner = inner.get("items", inner)
        node = next((item["properties"] for item in (inner, *inner.get("anyOf", ())) if "properties" in item), {})
    for name, about in node.items():
        is_table = about.get("type") == "object" or (name == _WAIVED and not spot.table)
        if not spot.header or is_table:
            yield name, about.get("description", "")


def _values(spot: Spot, catalogue: Catalogue) -> Iterator[_Item]:
    """Words that a key takes."""
    if spot.table[:1] == (_WAIVED,) and spot.key == "area_pair":
        yield from _areas(catalogue)
        return
    if (spot.table[:1] == (_WAIVED,) and spot.key == "rule") or (not spot.table and spot.key in _RULE_WORDS):
        yield from _rules()
        return
    if len(spot.table) == 2 and spot.table[0] == "rules":
        code = code_named(spot.table[1])
        rule = next((item for item in RULES if item.code == code), None)
        option = next((item for item in own_options(rule) if item.name == spot.key), None) if rule is not None else None
        if option is not None:
            kinds = set(_formats(option.schema))
            if "region" in kinds:
                yield from _regions(catalogue)
            if "area" in kinds:
                yield from _areas(catalogue)
            if AREA_PAIR in kinds:
                yield from _pairs(catalogue)
    for word in _words_of(spot):
        yield word, ""


def _words_of(spot: Spot) -> Sequence[str]:
    node: Any = document()
    for part in (*spot.table, spot.key):
        items = node.get("items", node) if isinstance(node, dict) else {}
        found = [item["properties"][part] for item in (items, *items.get("anyOf", ())) if part in item.get("properties", {})]
        if not found:
            return ()
        node = found[0]
    words = [word for item in (node, *node.get("anyOf", ())) for word in item.get("enum", ()) if isinstance(word, str)]
    return list(dict.fromkeys(words))


def _formats(schema: Any) -> Iterator[str]:
    if isinstance(schema, Mapping):
        for key, value in schema.items():
            if key == "format" and isinstance(value, str):
                yield value
            else:
                yield from _formats(value)
    elif isinstance(schema, (list, tuple)):
        for item in schema:
            yield from _formats(item)
