"""Hover: the page of a rule in settings, the proof of a resource's pairs, the regions of an area."""

from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from cenguard.editor.cursor import is_value, token_at
from cenguard.editor.diagnostics import range_of
from cenguard.editor.messages import Place
from cenguard.editor.settings_files import catalogue_for, sort_of
from cenguard.editor.texts import text_digest
from cenguard.geography.catalogue import Catalogue
from cenguard.rules import RULES
from cenguard.rules.page import markdown
from cenguard.rules.tool_pages import TOOL_PAGES, tool_markdown
from cenguard.settings.rule_tables import code_named

if TYPE_CHECKING:
    from cenguard.editor.server import Server


def register(server: "Server") -> None:
    """Register the request for what is hovered over."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        path = server.path(params.text_document.uri)
        opened = server.text(params.text_document.uri) if path is not None else None
        if path is None or opened is None:
            return None
        text, offset = opened.source, server.offset(opened, params.position)
        word, start = token_at(text, offset)
        row = params.position.line
        before = text[text.rfind("\n", 0, start) + 1 : start]
        column = params.position.character - (offset - start)
        where = types.Range(types.Position(row, column), types.Position(row, column + len(word)))
        page = rule_page(word) if word and sort_of(path, text) is not None else None
        if page is not None:
            return _hover(page, where)
        if word and not before.lstrip().startswith(("#", "//")) and is_value(text, start, start + len(word)):
            regions = area_page(word, catalogue_for(path))
            if regions is not None:
                return _hover(regions, where)
        return _proof(server, path, text, params.position)


def rule_page(word: str) -> str | None:
    """The page of a rule, by its code or name."""
    code = code_named(word.upper() if word[-1:].isdigit() else word)
    rule = next((item for item in RULES if item.code == code), None) if code is not None else None
    if rule is not None:
        return markdown(rule)
    tool = next((found for found, page in TOOL_PAGES.items() if word in (found, page[0])), None)
    return tool_markdown(tool) if tool is not None else None


def area_page(word: str, catalogue: Catalogue) -> str | None:
    """The regions of an area; None for a word that is none as the service spells it."""
    area = catalogue.areas.get(word)
    if area is None:
        return None
    sold = " Packages with it are no longer sold." if area.sold is False else ""
    rows = [row for row in catalogue.regions.values() if row.area == word or word in row.candidates]
    lines = [f"**{area.id}**: {area.title} (areas {catalogue.edition}).{sold}", ""]
    for row in rows:
        open_ = "" if row.area == word and row.certainty.is_firm else " (not certain)"
        lines.append(f"- {row.id}, {row.title}{open_}")
    return "\n".join(lines if rows else [*lines, "No region lies in it."])


def _proof(server: "Server", path: Path, text: str, position: types.Position) -> types.Hover | None:
    """What is known of the resource under the cursor, where the file is the one that was checked."""
    run = server.runs.of(path)
    answer = run.answer if run is not None else None
    if answer is None or answer.texts.get(str(path)) != text_digest(text):
        return None
    here = (position.line, position.character)
    found = [
        item
        for item in answer.hovers
        if item.place.file == str(path)
        and (item.place.start.line, item.place.start.column) <= here <= (item.place.end.line, item.place.end.column)
    ]
    if not found:
        return None
    nearest = min((item.place for item in found), key=_size)
    texts = dict.fromkeys(item.text for item in found if item.place == nearest)
    return _hover("\n\n---\n\n".join(texts), range_of(nearest))


def _size(place: Place) -> tuple[int, int]:
    return (place.end.line - place.start.line, place.end.column - place.start.column)


def _hover(text: str, where: types.Range) -> types.Hover:
    return types.Hover(contents=types.MarkupContent(types.MarkupKind.Markdown, text), range=where)
